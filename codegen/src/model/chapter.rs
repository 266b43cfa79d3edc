//! The API by its tags: a view of the model, computed once. In: the API. Out: a chapter for what
//! no tag has alone, and one for each tag.
//!
//! A type that only operations of one tag reach is that tag's own; what several tags or an operation
//! without one reach, and what nothing reaches, is shared.

use std::collections::{BTreeMap, BTreeSet};

use super::{Api, Operation, Struct, Tag, TypeDef, TypeKind, TypeName};

/// The operations and types of one tag, or those of none, in document order.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter<'a> {
    /// Nothing for what is shared.
    pub tag: Option<&'a Tag>,
    pub operations: Vec<&'a Operation>,
    pub types: Vec<&'a TypeDef>,
}

impl<'a> Chapter<'a> {
    /// The structures.
    pub fn structs(&self) -> impl Iterator<Item = (&'a TypeDef, &'a Struct)> {
        self.types.iter().copied().filter_map(|definition| match &definition.kind {
            TypeKind::Struct(shape) => Some((definition, shape)),
            TypeKind::Enum(_) => None,
        })
    }

    /// The structures that are sent.
    pub fn requests(&self) -> impl Iterator<Item = (&'a TypeDef, &'a Struct)> {
        self.structs().filter(|(definition, _)| definition.direction.request)
    }
}

impl Api {
    /// The chapters: first what is shared, then the tags that have anything, in document order.
    pub fn chapters(&self) -> Vec<Chapter<'_>> {
        let declared: BTreeSet<&str> = self.tags.iter().map(|tag| tag.name.wire.as_str()).collect();
        // A tag that is not declared is none.
        let tag_of = |operation: &'_ Operation| -> Option<&str> {
            declared.get(operation.tag.as_deref()?).copied()
        };
        let mut operations: BTreeMap<Option<&str>, Vec<&Operation>> = BTreeMap::new();
        // One tag, or nothing where there are several.
        let mut owners: BTreeMap<&TypeName, Option<&str>> = BTreeMap::new();
        for operation in &self.operations {
            let tag = tag_of(operation);
            operations.entry(tag).or_default().push(operation);
            for name in self.reach(operation.schemas()) {
                let owner = owners.entry(name).or_insert(tag);
                if *owner != tag {
                    *owner = None;
                }
            }
        }
        let mut types: BTreeMap<Option<&str>, Vec<&TypeDef>> = BTreeMap::new();
        for definition in self.types.values() {
            let owner = owners.get(&definition.name).copied().flatten();
            types.entry(owner).or_default().push(definition);
        }
        let mut chapters = vec![Chapter {
            tag: None,
            operations: operations.remove(&None).unwrap_or_default(),
            types: types.remove(&None).unwrap_or_default(),
        }];
        for tag in &self.tags {
            let wire = Some(tag.name.wire.as_str());
            if let Some(operations) = operations.remove(&wire) {
                let types = types.remove(&wire).unwrap_or_default();
                chapters.push(Chapter { tag: Some(tag), operations, types });
            }
        }
        chapters
    }
}
