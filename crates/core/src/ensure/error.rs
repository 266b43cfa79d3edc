//! Why it is not sure that everything is there once.

use std::fmt;

use super::Named;
use crate::{Error, WaitError};

/// Why it is not sure that everything is there once.
///
/// Displays as one line that says what happened, what to look for, and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum EnsureError {
    /// It could not be looked for. Nothing was bought.
    NotLooked(Box<Error>),
    /// Some of a batch are there. Nothing was bought: another batch would repeat their names.
    Incomplete {
        /// What is there.
        found: Vec<Named>,
        /// What is not.
        missing: Vec<String>,
    },
    /// Two have the same name, and nobody can say which is meant.
    Twice(Vec<Named>),
    /// The purchase was refused, or never left. Nothing was bought.
    Refused(Box<Error>),
    /// Something may have been bought, but it did not appear in time. It was not tried again: look
    /// for the names later, or call again, which looks first.
    Unknown {
        /// What is there.
        found: Vec<Named>,
        /// What is not there yet.
        missing: Vec<String>,
        /// What came of the purchase; nothing if it was reported as done, without ids.
        cause: Option<Box<Error>>,
    },
}

impl EnsureError {
    /// May something have been bought that is not accounted for?
    #[inline]
    pub fn is_unknown_outcome(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }

    /// The error of a call, if one is behind it.
    #[inline]
    pub fn call(&self) -> Option<&Error> {
        match self {
            Self::NotLooked(error) | Self::Refused(error) => Some(error),
            Self::Unknown { cause, .. } => cause.as_deref(),
            Self::Incomplete { .. } | Self::Twice(_) => None,
        }
    }
}

impl fmt::Display for EnsureError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLooked(error) => {
                write!(f, "looking for what is there failed, nothing was bought: {error}")
            }
            Self::Incomplete { found, missing } => write!(
                f,
                "of the batch only {} is there, nothing was bought; missing: {}; complete it by \
                 single orders, or delete what is there",
                List(found),
                missing.join(", ")
            ),
            Self::Twice(found) => write!(
                f,
                "a name is there more than once, so it is not known which is meant: {}; rename or \
                 delete the others",
                List(found)
            ),
            Self::Refused(error) => error.fmt(f),
            Self::Unknown { missing, cause, .. } => {
                write!(
                    f,
                    "the outcome is unknown: look for {} before ordering again",
                    missing.join(", ")
                )?;
                match cause {
                    Some(error) => write!(f, " ({error})"),
                    None => f.write_str(" (the order was accepted, but nothing appeared)"),
                }
            }
        }
    }
}

impl std::error::Error for EnsureError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call().map(|error| error as _)
    }
}

/// Why something that was made sure of is not ready.
#[derive(Debug)]
#[non_exhaustive]
pub enum EnsureWaitError {
    /// It is not sure that it is there.
    Ensure(EnsureError),
    /// It is there, but not ready. Wait for it again by its id; nothing is ordered twice.
    Wait {
        /// All that is there.
        items: Vec<Named>,
        /// Why one of them is not ready.
        error: WaitError,
    },
}

impl EnsureWaitError {
    #[doc(hidden)]
    #[inline]
    pub fn waiting(items: Vec<Named>, error: WaitError) -> Self {
        Self::Wait { items, error }
    }
}

impl From<EnsureError> for EnsureWaitError {
    #[inline]
    fn from(error: EnsureError) -> Self {
        Self::Ensure(error)
    }
}

impl fmt::Display for EnsureWaitError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ensure(error) => error.fmt(f),
            Self::Wait { items, error } => write!(f, "{error} (there is {})", List(items)),
        }
    }
}

impl std::error::Error for EnsureWaitError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Ensure(error) => error.source(),
            Self::Wait { error, .. } => Some(error),
        }
    }
}

/// Names with ids.
struct List<'a>(&'a [Named]);

impl fmt::Display for List<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, Named { name, id }) in self.0.iter().enumerate() {
            write!(f, "{}{name} ({id})", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}
