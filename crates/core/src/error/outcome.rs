//! What an error says of its outcome. In: an error, and what is to be said. Out: the error that says it.

use super::Error;
use crate::outcome::OutcomeNote;

impl Error {
    /// The same of an operation that may be sent twice, or may not.
    pub(crate) fn of_operation(self, is_repeatable: bool) -> Self {
        self.noting(OutcomeNote::of(is_repeatable))
    }

    /// The same, with this note.
    pub(super) fn noting(mut self, note: OutcomeNote) -> Self {
        match &mut self {
            Self::Interrupted(error) => error.note = note,
            Self::Service(error) => error.note = note,
            _ => {}
        }
        self
    }
}
