//! What an error says about its outcome. In: whether the operation is retryable, and whether the message
//! already says so. Out: the words.

use super::Error;

/// What is left to be said of an outcome that is unknown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// That it is unknown.
    Unknown,
    /// Nothing: what was asked for may be asked for again, such as a list.
    Repeatable,
    /// Nothing: whoever holds the error says it.
    Elsewhere,
}

impl Told {
    fn of(is_repeatable: bool) -> Self {
        if is_repeatable { Self::Repeatable } else { Self::Unknown }
    }

    /// What stands before the cause where no answer came.
    pub(super) fn of_no_answer(self) -> &'static str {
        match self {
            Self::Unknown => "the outcome is unknown, look before sending again: ",
            Self::Repeatable => "no whole answer came, send it again: ",
            Self::Elsewhere => "",
        }
    }
}

impl Error {
    /// The same of an operation that may be sent twice, or may not.
    pub(crate) fn of_operation(self, is_repeatable: bool) -> Self {
        self.telling(Told::of(is_repeatable))
    }

    /// The same, telling this of its outcome.
    pub(super) fn telling(mut self, told: Told) -> Self {
        match &mut self {
            Self::Interrupted(error) => error.told = told,
            Self::Service(error) => error.told = told,
            _ => {}
        }
        self
    }
}
