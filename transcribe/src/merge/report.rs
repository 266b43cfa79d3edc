//! What merging did and found, for people.

use serde_json::Value;

use super::place::Place;
use crate::transcript::{At, Note, Promotion};

/// The outcome of merging.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The document with everything that the pages state.
    pub document: Value,
    /// What was done, and what is no longer on the pages, by place.
    pub changes: Vec<Change>,
    /// Differences and contradictions that a row of `x-errata` decides, by place.
    pub decided: Vec<Decided>,
    /// Contradictions that nobody has decided yet, by place.
    pub pending: Vec<Pending>,
    /// Constraints that come from prose, at their places in the merged document.
    pub promotions: Vec<Promotion>,
    /// Prose that was left to people, at its places in the merged document.
    pub notes: Vec<FieldNote>,
}

/// One difference between pages and document.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub place: Place,
    /// A keyword, or what was added or is gone, such as `property name`.
    pub subject: String,
    pub kind: ChangeKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ChangeKind {
    /// The document lacked it; a keyword has its value here.
    Added {
        value: Option<Value>,
    },
    Changed {
        old: Value,
        new: Value,
    },
    /// The document has it from a page that no longer does; it was left alone.
    Gone,
}

/// A difference that is on record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decided {
    pub place: Place,
    /// A keyword, or the kind of a contradiction.
    pub subject: String,
    /// The field as the page spells it.
    pub field: String,
    /// The id of the row, or of the rule.
    pub row: String,
    /// Whether a page contradicts itself, and not the document.
    pub is_contradiction: bool,
}

/// A contradiction that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pending {
    pub place: Place,
    pub kind: String,
    /// The field as the page spells it.
    pub field: String,
    /// What each source says, by the keys of `x-errata`.
    pub sources: Vec<(String, String)>,
    /// The id of the row that stands for it; empty when the document has no object that could have one.
    pub row: String,
    /// Whether the row was added now.
    pub is_new: bool,
    /// Nothing when pages contradict each other.
    pub at: Option<At>,
}

/// Prose about one field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldNote {
    pub note: Note,
    /// Whether the document describes the field in words.
    pub is_described: bool,
}

/// Why nothing was merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct MergeError {
    pub place: Place,
    pub message: String,
}

impl Merge {
    /// Whether the document would have to change to say what the pages say.
    pub fn has_drift(&self) -> bool {
        !self.changes.is_empty()
            || self.pending.iter().any(|pending| pending.is_new || pending.row.is_empty())
    }
}
