//! Marks which way each type travels: what is written is strict, what is read is lenient.
//!
//! In: a model whose types have no direction. Out: every type that an operation reaches has one
//! or both.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::model::{Api, Schema, Shape, TypeDef, TypeKind, TypeName};

pub(super) fn run(api: &mut Api) {
    let mut request = BTreeSet::new();
    let mut response = BTreeSet::new();
    for operation in &api.operations {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.schema);
        for schema in parameters.chain(operation.body.iter().map(|body| &body.schema)) {
            reach(&api.types, schema, &mut request);
        }
        for schema in operation.responses.iter().filter_map(|r| r.schema.as_ref()) {
            reach(&api.types, schema, &mut response);
        }
    }
    for (name, definition) in &mut api.types {
        definition.direction.request = request.contains(name);
        definition.direction.response = response.contains(name);
    }
}

fn reach(types: &IndexMap<TypeName, TypeDef>, schema: &Schema, reached: &mut BTreeSet<TypeName>) {
    match &schema.shape {
        Shape::Array(item) | Shape::Map(item) => reach(types, item, reached),
        Shape::Named(name) if reached.insert(name.clone()) => {
            if let Some(TypeKind::Struct(structure)) = types.get(name).map(|def| &def.kind) {
                for field in &structure.fields {
                    reach(types, &field.schema, reached);
                }
            }
        }
        _ => {}
    }
}
