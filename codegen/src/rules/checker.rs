//! Checks expressions against the types of an API: names and fields in `check`, the rest by its file.

use indexmap::IndexMap;

use crate::model::{TypeDef, TypeName};

/// Checks expressions against the types of an API.
pub(super) struct Checker<'a> {
    pub(super) types: &'a IndexMap<TypeName, TypeDef>,
}
