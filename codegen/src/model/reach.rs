//! What refers to what: the schemas of an operation, the type that a schema names, and all types that
//! schemas lead to.

use indexmap::IndexSet;

use super::{Api, Operation, Schema, Shape, TypeDef, TypeKind, TypeName};

impl Api {
    /// The types that schemas name, and those that these name in turn, the outermost first.
    pub fn reach<'a>(
        &'a self,
        schemas: impl Iterator<Item = &'a Schema>,
    ) -> IndexSet<&'a TypeName> {
        let mut types: IndexSet<&TypeName> = schemas.filter_map(Schema::named).collect();
        let mut next = 0;
        while let Some(name) = types.get_index(next).copied() {
            types.extend(self.types.get(name).into_iter().flat_map(TypeDef::named));
            next += 1;
        }
        types
    }
}

impl Operation {
    /// What it is sent: parameters and body.
    pub fn request_schemas(&self) -> impl Iterator<Item = &Schema> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.schema);
        parameters.chain(self.body.iter().map(|body| &body.schema))
    }

    /// What it answers, errors included.
    pub fn answer_schemas(&self) -> impl Iterator<Item = &Schema> {
        self.responses.iter().flat_map(|response| {
            response.schema.iter().chain(response.headers.iter().map(|header| &header.schema))
        })
    }

    /// All of these.
    pub fn schemas(&self) -> impl Iterator<Item = &Schema> {
        self.request_schemas().chain(self.answer_schemas())
    }
}

impl TypeDef {
    /// The types that its fields name.
    pub fn named(&self) -> impl Iterator<Item = &TypeName> {
        let fields = match &self.kind {
            TypeKind::Struct(shape) => shape.fields.as_slice(),
            TypeKind::Enum(_) => &[],
        };
        fields.iter().filter_map(|field| field.schema.named())
    }
}

impl Schema {
    /// The type that it names, through lists and maps.
    pub fn named(&self) -> Option<&TypeName> {
        match &self.shape {
            Shape::Named(name) => Some(name),
            Shape::Array(inner) | Shape::Map(inner) => inner.named(),
            _ => None,
        }
    }
}
