//! A text that a request needs is not empty: a required field, a required parameter, an item of a list. The
//! document may say otherwise by `minLength: 0`, or by a pattern.
//!
//! In: a model with directions. Out: `minLength: 1` where nothing is said. `conform` has the same rule for
//! payloads, which are checked against the document itself.

use crate::model::{Api, Location, Schema, Shape, TypeKind};

pub(super) fn run(api: &mut Api) {
    for definition in api.types.values_mut().filter(|definition| definition.direction.request) {
        if let TypeKind::Struct(shape) = &mut definition.kind {
            shape.fields.iter_mut().for_each(|field| needed(&mut field.schema, field.required));
        }
    }
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            // An empty segment of a path is refused anyway, for it leads elsewhere.
            let is_needed = parameter.required && parameter.location != Location::Path;
            needed(&mut parameter.schema, is_needed);
        }
        if let Some(body) = &mut operation.body {
            needed(&mut body.schema, false);
        }
    }
}

fn needed(schema: &mut Schema, is_needed: bool) {
    let bounds = &mut schema.constraints;
    match &mut schema.shape {
        Shape::String { .. } | Shape::Secret if is_needed && bounds.pattern.is_none() => {
            bounds.min_length.get_or_insert(1);
        }
        Shape::Array(item) => needed(item, true),
        _ => {}
    }
}
