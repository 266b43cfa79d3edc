//! What bounds a value. In: a schema. Out: phrases with the values of sets.

use super::{markdown, site::Site};
use crate::{
    emit::words,
    model::{Enum, Schema, Shape, TypeKind},
};

/// All bounds of a schema in running text.
pub(super) fn line(site: &Site<'_>, schema: &Schema) -> String {
    phrases(site, schema).join("; ")
}

fn phrases(site: &Site<'_>, schema: &Schema) -> Vec<String> {
    set(site, schema, false).into_iter().chain(words::constraints(schema)).collect()
}

/// The values of a set of strings, of the value itself or of each one in it.
fn set(site: &Site<'_>, schema: &Schema, of_each: bool) -> Option<String> {
    match &schema.shape {
        Shape::Named(name) => match &site.api.types.get(name)?.kind {
            TypeKind::Enum(set) => Some(values(set, of_each)),
            TypeKind::Struct(_) => None,
        },
        Shape::Array(inner) | Shape::Map(inner) => set(site, inner, true),
        _ => None,
    }
}

fn values(set: &Enum, of_each: bool) -> String {
    let values: Vec<String> =
        set.variants.iter().map(|variant| markdown::code(&variant.name.wire)).collect();
    let values = values.join(", ");
    match (set.open, of_each) {
        (true, false) => format!("known values: {values}; others are accepted"),
        (true, true) => format!("known values of each: {values}; others are accepted"),
        (false, false) => format!("one of {values}"),
        (false, true) => format!("each one of {values}"),
    }
}
