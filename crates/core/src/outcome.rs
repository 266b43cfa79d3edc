//! What is left to be said of an outcome that is unknown. In: whether the operation may be sent twice,
//! and whether somebody else says it already. Out: the words. Errors of the service and of the network
//! share it, and neither knows the other.

/// What an error says of its outcome.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutcomeNote {
    /// That it is unknown.
    Unknown,
    /// Nothing: what was asked for may be asked for again, such as a list.
    Repeatable,
    /// Nothing: whoever holds the error says it.
    Elsewhere,
}

impl OutcomeNote {
    /// The note of an operation that may be sent twice, or may not.
    pub(crate) fn of(is_repeatable: bool) -> Self {
        if is_repeatable { Self::Repeatable } else { Self::Unknown }
    }

    /// What stands before the cause where no answer came.
    pub(crate) fn of_no_answer(self) -> &'static str {
        match self {
            Self::Unknown => "the outcome is unknown, look before sending again: ",
            Self::Repeatable => "no whole answer came, send it again: ",
            Self::Elsewhere => "",
        }
    }
}
