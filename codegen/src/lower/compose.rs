//! `allOf` → the properties of all its parts, in order; a later part overrides an earlier one.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use serde_json::Value;

use super::{
    context::{Lower, schema_pointer},
    extensions,
};
use crate::pointer::JsonPointer;

/// The properties of an object, each with the place where it is defined.
#[derive(Default)]
pub(super) struct Properties<'d> {
    pub(super) fields: IndexMap<&'d str, (&'d ReferenceOr<Box<Schema>>, JsonPointer)>,
    pub(super) required: Vec<&'d str>,
    /// The schema of all other properties, with its place.
    pub(super) others: Option<(&'d ReferenceOr<Schema>, JsonPointer)>,
    /// The entries of `x-validations`, each once.
    pub(super) rules: IndexMap<JsonPointer, &'d Value>,
}

/// Parts of parts are followed this deep; validation has refused circles before.
const MAX_DEPTH: usize = 32;

impl<'d> Lower<'d> {
    /// All properties of an object schema or of an `allOf` of such.
    pub(super) fn properties(&mut self, schema: &'d Schema, at: &JsonPointer) -> Properties<'d> {
        let mut found = Properties::default();
        self.gather(schema, at, MAX_DEPTH, &mut found);
        found
    }

    fn gather(
        &mut self,
        schema: &'d Schema,
        at: &JsonPointer,
        depth: usize,
        found: &mut Properties<'d>,
    ) {
        let entries = extensions::list(&schema.schema_data.extensions, "x-validations");
        for (i, entry) in entries.iter().enumerate() {
            found.rules.insert(at.child("x-validations").child(i), entry);
        }
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                for (name, property) in &object.properties {
                    let at = at.child("properties").child(name);
                    found.fields.insert(name, (property, at));
                }
                found.required.extend(object.required.iter().map(String::as_str));
                if let Some(AdditionalProperties::Schema(schema)) = &object.additional_properties {
                    self.others(schema, at.child("additionalProperties"), found);
                }
            }
            SchemaKind::AllOf { all_of } if depth > 0 => {
                for (i, part) in all_of.iter().enumerate() {
                    let at = at.child("allOf").child(i);
                    match part {
                        ReferenceOr::Item(part) => self.gather(part, &at, depth - 1, found),
                        ReferenceOr::Reference { reference } => {
                            let prefix = "#/components/schemas/";
                            let name = reference.strip_prefix(prefix).unwrap_or(reference);
                            if let Some(part) = self.component_schema(name, &at) {
                                self.gather(part, &schema_pointer(name), depth - 1, found);
                            }
                        }
                    }
                }
            }
            SchemaKind::AllOf { .. } => {
                self.refuse(
                    at,
                    "reference-cycle",
                    "these parts are nested too deep, or in a circle",
                );
            }
            _ => self.refuse(at, "unsupported", "allOf of anything but objects is not supported"),
        }
    }

    /// Notes the schema of all other properties; one part may have it.
    fn others(
        &mut self,
        schema: &'d ReferenceOr<Schema>,
        at: JsonPointer,
        found: &mut Properties<'d>,
    ) {
        if let Some((_, first)) = &found.others
            && *first != at
        {
            let why = format!("further properties have a schema at {first} already; keep one");
            self.refuse(&at, "unsupported", why);
        }
        found.others = Some((schema, at));
    }
}
