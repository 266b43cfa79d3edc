//! Where a value stands: as a path for people, and as a pointer into the document.

use huaweicloud_core::Path;

use crate::pointer::JsonPointer;

/// A place in the value that is checked. Each step borrows the one before it.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
    /// The same place as messages show it.
    pub(super) path: Path<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    pub(super) fn root() -> Self {
        Self { parent: None, step: Step::Root, path: Path::root() }
    }

    pub(super) fn key(&'a self, key: &'a str) -> At<'a> {
        At { parent: Some(self), step: Step::Key(key), path: self.path.key(key) }
    }

    pub(super) fn index(&'a self, index: usize) -> At<'a> {
        At { parent: Some(self), step: Step::Index(index), path: self.path.index(index) }
    }

    /// The place below the root of the value.
    pub(super) fn pointer(&self) -> JsonPointer {
        let parent = self.parent.map(At::pointer).unwrap_or_default();
        match self.step {
            Step::Root => parent,
            Step::Key(key) => parent.child(key),
            Step::Index(index) => parent.child(index),
        }
    }
}
