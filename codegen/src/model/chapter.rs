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
        // A tag that is not declared is none.
        let tag_of = |operation: &'_ Operation| -> Option<&str> {
            let tag = self.tags.iter().find(|tag| Some(&tag.name.wire) == operation.tag.as_ref());
            tag.map(|tag| tag.name.wire.as_str())
        };
        let mut reached: BTreeMap<&TypeName, BTreeSet<Option<&str>>> = BTreeMap::new();
        for operation in &self.operations {
            for name in self.reach(operation.schemas()) {
                reached.entry(name).or_default().insert(tag_of(operation));
            }
        }
        let owner = |name: &TypeName| -> Option<&str> {
            match reached.get(name)?.iter().collect::<Vec<_>>()[..] {
                [tag] => *tag,
                _ => None,
            }
        };
        let chapter = |tag: Option<&'_ Tag>| {
            let wire = tag.map(|tag| tag.name.wire.as_str());
            let operations = self.operations.iter().filter(|o| tag_of(o) == wire).collect();
            let types = self.types.values().filter(|def| owner(&def.name) == wire).collect();
            (operations, types)
        };
        let (operations, types) = chapter(None);
        let shared = Chapter { tag: None, operations, types };
        let tags = self.tags.iter().filter_map(|tag| {
            let (operations, types): (Vec<_>, Vec<_>) = chapter(Some(tag));
            (!operations.is_empty()).then_some(Chapter { tag: Some(tag), operations, types })
        });
        [shared].into_iter().chain(tags).collect()
    }
}
