//! Changes of a document, as data: `judge` plans them, `apply` carries them out.

use serde_json::Value;

use super::place::DocPlace;

/// A change of the document.
#[derive(Clone, Debug, PartialEq)]
pub enum Fix {
    /// Sets a keyword of an object.
    Set { at: DocPlace, keyword: String, value: Value },
    /// Takes a keyword from an object.
    Unset { at: DocPlace, keyword: String },
    /// Replaces what the source states about a value, and keeps what people wrote.
    Reshape { at: DocPlace, value: Value },
    /// Adds an entry to an object, which may be missing itself, behind the nearest of these keys that is
    /// there; without one, at the front, or where documents have such a key.
    Insert { into: DocPlace, key: String, value: Value, behind: Vec<String>, at_front: bool },
    /// Adds an item to a list, in front of the item that has this number before anything is added.
    InsertItem { list: DocPlace, before: usize, value: Value },
    /// Adds a name to the required ones of an object, behind the nearest of these names.
    Require { object: DocPlace, name: String, behind: Vec<String> },
    /// Takes a name from the required ones of an object.
    Release { object: DocPlace, name: String },
}

impl Fix {
    /// Where it changes the document.
    pub(super) fn place(&self) -> DocPlace {
        match self {
            Self::Set { at, .. } | Self::Unset { at, .. } | Self::Reshape { at, .. } => at.clone(),
            Self::Insert { into, key, .. } => into.child(key),
            Self::InsertItem { list, before, .. } => list.child(before),
            Self::Require { object, name, .. } | Self::Release { object, name } => {
                object.child("properties").child(name)
            }
        }
    }

    pub(super) fn value(&self) -> Option<&Value> {
        match self {
            Self::Set { value, .. }
            | Self::Reshape { value, .. }
            | Self::Insert { value, .. }
            | Self::InsertItem { value, .. } => Some(value),
            Self::Unset { .. } | Self::Require { .. } | Self::Release { .. } => None,
        }
    }
}
