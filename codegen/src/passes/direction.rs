//! Marks which way each type travels: what is written is strict, what is read is lenient.
//!
//! In: a model whose types have no direction. Out: every type that an operation reaches has one
//! or both.

use std::collections::BTreeSet;

use crate::model::{Api, Operation, Schema, TypeName};

pub(super) fn run(api: &mut Api) {
    let request = reached(api, |operation| operation.request_schemas().collect());
    let response = reached(api, |operation| operation.answer_schemas().collect());
    for (name, definition) in &mut api.types {
        definition.direction.request = request.contains(name);
        definition.direction.response = response.contains(name);
    }
}

/// The types that are reached by one side of any operation.
fn reached(api: &Api, side: fn(&Operation) -> Vec<&Schema>) -> BTreeSet<TypeName> {
    api.reach(api.operations.iter().flat_map(side)).into_iter().cloned().collect()
}
