//! Why nothing was merged: a document or a source that is not built like one, and where.

use conventions::pointer::JsonPointer;

use super::place::Place;

/// Why nothing was merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {message}")]
pub struct MergeError {
    pub pointer: JsonPointer,
    pub message: String,
}

impl MergeError {
    pub(super) fn new<S>(at: &Place<S>, message: String) -> Self {
        Self { pointer: at.pointer().clone(), message }
    }
}
