//! The state of one lowering: types found so far, names taken, problems met.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, ReferenceOr, Schema};
use serde_json::Value;

use super::names::{self, Scope};
use crate::{
    diagnostic::Diagnostic,
    model::{self, Shape, Struct, TypeDef, TypeKind, TypeName},
    pointer::JsonPointer,
};

/// A type that inline schemas share, and the places that do.
pub(super) struct Titled {
    pub(super) name: TypeName,
    pub(super) users: Vec<String>,
}

/// An entry of `x-validations`, to be compiled when all types are known.
pub(super) struct Entry<'d> {
    /// The structure it is about.
    pub(super) owner: TypeName,
    pub(super) entry: &'d Value,
    pub(super) at: JsonPointer,
}

/// An extension of an operation, to be compiled when all types are known.
pub(super) struct OfOperation<'d> {
    /// The index of the operation.
    pub(super) index: usize,
    pub(super) extension: &'static str,
    pub(super) entry: &'d Value,
    pub(super) at: JsonPointer,
}

impl<'d> Finished<'d> {
    /// The structure that a schema is, and its name.
    pub(super) fn structure(&self, schema: &model::Schema) -> Option<(&TypeName, &Struct)> {
        let Shape::Named(name) = &schema.shape else { return None };
        let (name, definition) = self.types.get_key_value(name)?;
        match &definition.kind {
            TypeKind::Struct(shape) => Some((name, shape)),
            TypeKind::Enum(_) => None,
        }
    }

    /// Takes the entries of one extension, in document order.
    pub(super) fn take(&mut self, extension: &str) -> Vec<OfOperation<'d>> {
        let all = std::mem::take(&mut self.of_operations).into_iter();
        let (taken, rest) = all.partition(|entry| entry.extension == extension);
        self.of_operations = rest;
        taken
    }
}

/// What a lowering ends with.
pub(super) struct Finished<'d> {
    pub(super) types: IndexMap<TypeName, TypeDef>,
    pub(super) rules: Vec<Entry<'d>>,
    pub(super) of_operations: Vec<OfOperation<'d>>,
    pub(super) forms: Vec<(model::Schema, JsonPointer)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

pub(super) struct Lower<'d> {
    pub(super) open_api: &'d OpenAPI,
    /// The same as a value, to name places in.
    pub(super) document: &'d Value,
    /// Component schemas that become types, by their names in the document.
    pub(super) components: BTreeMap<&'d str, TypeName>,
    /// Inline schemas that share a type by their `title`.
    pub(super) titled: BTreeMap<String, Titled>,
    pub(super) scope: Scope,
    /// The aliases being resolved, to notice a circle.
    pub(super) resolving: Vec<String>,
    pub(super) rules: Vec<Entry<'d>>,
    pub(super) of_operations: Vec<OfOperation<'d>>,
    /// The schemas of bodies that are forms, with their places.
    pub(super) forms: Vec<(model::Schema, JsonPointer)>,
    /// The shared responses whose examples an operation has already.
    pub(super) shown: BTreeSet<&'d str>,
    types: IndexMap<TypeName, Option<TypeDef>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'d> Lower<'d> {
    pub(super) fn new(open_api: &'d OpenAPI, document: &'d Value) -> Self {
        Self {
            open_api,
            document,
            components: BTreeMap::new(),
            titled: BTreeMap::new(),
            scope: Scope::default(),
            resolving: Vec::new(),
            rules: Vec::new(),
            of_operations: Vec::new(),
            forms: Vec::new(),
            shown: BTreeSet::new(),
            types: IndexMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Lowers every component schema that is a type of its own. Their names are taken first, so
    /// that no inline schema can take one.
    pub(super) fn component_types(&mut self) {
        let Some(components) = &self.open_api.components else { return };
        let named: Vec<_> = components
            .schemas
            .iter()
            .filter_map(|(name, schema)| Some((name, schema.as_item()?)))
            .filter(|(_, schema)| Self::is_type(schema))
            .collect();
        for (name, _) in &named {
            let code = self.scope.claim(names::type_name(name), &schema_pointer(name).to_string());
            self.components.insert(name.as_str(), TypeName(code));
        }
        for (name, schema) in named {
            let Some(code) = self.components.get(name.as_str()).cloned() else { continue };
            self.define(&code, schema, &schema_pointer(name));
        }
    }

    /// A component of the document by its reference.
    pub(super) fn component<T>(
        &mut self,
        reference: &str,
        section: &str,
        of: impl Fn(&'d Components) -> &'d IndexMap<String, ReferenceOr<T>>,
        at: &JsonPointer,
    ) -> Option<&'d T> {
        let components = self.open_api.components.as_ref();
        let name = reference.strip_prefix(&format!("#/components/{section}/"));
        let found = name.zip(components).and_then(|(name, c)| of(c).get(name)?.as_item());
        if found.is_none() {
            self.refuse(at, "unresolved-ref", format!("`{reference}` leads to no {section} entry"));
        }
        found
    }

    /// The item itself, or the component it refers to.
    pub(super) fn resolve<T>(
        &mut self,
        item: &'d ReferenceOr<T>,
        section: &str,
        of: impl Fn(&'d Components) -> &'d IndexMap<String, ReferenceOr<T>>,
        at: &JsonPointer,
    ) -> Option<&'d T> {
        match item {
            ReferenceOr::Item(item) => Some(item),
            ReferenceOr::Reference { reference } => self.component(reference, section, of, at),
        }
    }

    /// A component schema by its reference.
    pub(super) fn component_schema(&mut self, name: &str, at: &JsonPointer) -> Option<&'d Schema> {
        let reference = format!("#/components/schemas/{name}");
        self.component(&reference, "schemas", |c| &c.schemas, at)
    }

    /// Keeps a place for a type, so that the order of types is the order of the document.
    pub(super) fn reserve(&mut self, name: &TypeName) {
        self.types.entry(name.clone()).or_insert(None);
    }

    pub(super) fn insert(&mut self, definition: TypeDef) {
        self.types.insert(definition.name.clone(), Some(definition));
    }

    pub(super) fn get(&self, name: &TypeName) -> Option<&TypeDef> {
        self.types.get(name)?.as_ref()
    }

    pub(super) fn describe(&mut self, name: &TypeName, description: String) {
        if let Some(Some(definition)) = self.types.get_mut(name) {
            definition.description = description;
        }
    }

    pub(super) fn refuse(&mut self, at: &JsonPointer, code: &'static str, why: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(at.clone(), code, why));
    }

    pub(super) fn finish(self) -> Finished<'d> {
        let types = self.types.into_iter().filter_map(|(name, def)| Some((name, def?))).collect();
        Finished {
            types,
            rules: self.rules,
            of_operations: self.of_operations,
            forms: self.forms,
            diagnostics: self.diagnostics,
        }
    }
}

pub(super) fn schema_pointer(name: &str) -> JsonPointer {
    JsonPointer::root().join(["components", "schemas", name])
}
