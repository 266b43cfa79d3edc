//! Objects with properties → `model::Struct`, and the definition of named types.

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::{
    context::{Entry, Lower},
    enumeration, extensions, names,
    schema::plain,
};
use crate::{
    model::{Direction, Field, Name, OTHERS, Shape, Struct, TypeDef, TypeKind, TypeName},
    pointer::JsonPointer,
};

/// What is said of further properties where the document says nothing.
const NO_FIELD: &str = "Properties that have no field of their own, by name.";

impl<'d> Lower<'d> {
    /// Lowers the definition of a named type.
    pub(super) fn define(&mut self, name: &TypeName, schema: &'d Schema, at: &JsonPointer) {
        self.reserve(name);
        let kind = match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                TypeKind::Enum(enumeration::enumeration(schema, string))
            }
            _ => TypeKind::Struct(self.structure(name, schema, at)),
        };
        self.insert(TypeDef {
            name: name.clone(),
            pointer: at.clone(),
            description: schema.schema_data.description.clone().unwrap_or_default(),
            origins: extensions::origins(&schema.schema_data.extensions),
            direction: Direction::default(),
            kind,
        });
    }

    fn structure(&mut self, name: &TypeName, schema: &'d Schema, at: &JsonPointer) -> Struct {
        let properties = self.properties(schema, at);
        // What holds the others is named last, so that it takes no property's name.
        let wires =
            properties.fields.keys().copied().chain(properties.others.is_some().then_some("Extra"));
        let mut codes = names::distinct(wires, names::value);
        let rest = properties.others.zip(codes.split_off(properties.fields.len()).pop());
        let mut fields = Vec::with_capacity(properties.fields.len());
        for ((wire, (property, at)), code) in properties.fields.into_iter().zip(codes) {
            let hint = format!("{name}{}", names::type_name(wire));
            let data = self.data(property, &at);
            fields.push(Field {
                name: Name { wire: wire.to_owned(), code },
                required: properties.required.contains(&wire),
                description: self.description_of(property, &at),
                schema: self.schema(property, &at, &hint),
                default: data.and_then(|data| data.default.clone()),
                example: data.and_then(|data| data.example.clone()),
                deprecated: data.is_some_and(|data| data.deprecated),
                is_rest: false,
                affects_price: data
                    .is_some_and(|data| extensions::flag(&data.extensions, "x-affects-price")),
                choices: data.and_then(|data| extensions::choices(&data.extensions)),
                // What a reference leads to says where the type is from, not the field.
                origins: property
                    .as_item()
                    .map(|schema| extensions::origins(&schema.schema_data.extensions))
                    .unwrap_or_default(),
            });
        }
        fields.extend(rest.map(|((schema, at), code)| self.rest(schema, &at, name, code)));
        self.rules.extend(properties.rules.into_iter().map(|(at, entry)| Entry {
            owner: name.clone(),
            entry,
            at,
        }));
        // The rules follow when all types are known.
        Struct { fields, rules: Vec::new() }
    }

    /// The field of all properties that have none of their own.
    fn rest(
        &mut self,
        schema: &'d ReferenceOr<Schema>,
        at: &JsonPointer,
        name: &TypeName,
        code: String,
    ) -> Field {
        let own = schema.as_item().and_then(|schema| schema.schema_data.description.clone());
        let value = self.schema(schema, at, &format!("{name}Extra"));
        Field {
            name: Name { wire: OTHERS.to_owned(), code },
            required: false,
            description: own.unwrap_or_else(|| NO_FIELD.to_owned()),
            schema: plain(Shape::Map(Box::new(value))),
            default: None,
            example: None,
            deprecated: false,
            is_rest: true,
            affects_price: false,
            choices: None,
            origins: Vec::new(),
        }
    }

    /// What is said of a property beside its type: its own words, or those of its target.
    fn data(
        &mut self,
        property: &'d ReferenceOr<Box<Schema>>,
        at: &JsonPointer,
    ) -> Option<&'d SchemaData> {
        match property {
            ReferenceOr::Item(schema) => Some(&schema.schema_data),
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/schemas/").unwrap_or(reference);
                self.component_schema(name, at).map(|schema| &schema.schema_data)
            }
        }
    }

    pub(super) fn description_of(
        &mut self,
        property: &'d ReferenceOr<Box<Schema>>,
        at: &JsonPointer,
    ) -> String {
        self.data(property, at).and_then(|data| data.description.clone()).unwrap_or_default()
    }
}
