//! Why a state was not reached.

use std::{fmt, time::Duration};

use crate::Error;

/// Why waiting ended without what was waited for.
///
/// Displays as one line that says what happened and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError {
    /// It is in a state that does not lead there.
    Failed {
        /// What was waited for, such as `instance 979e…`.
        subject: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// It is not there, or not any more.
    Gone {
        /// What was waited for.
        subject: String,
    },
    /// Time is over. It may still get there: wait again.
    TimedOut {
        /// What was waited for.
        subject: String,
        /// How long it was waited for.
        limit: Duration,
        /// What probably keeps it, if that is known.
        reason: Option<String>,
        /// The error of the last question, if it got no answer.
        error: Option<Box<Error>>,
    },
    /// It cannot be asked for.
    Call(Box<Error>),
}

impl fmt::Display for WaitError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { subject, reason } => write!(f, "{subject}: {reason}"),
            Self::Gone { subject } => {
                write!(f, "{subject}: is not there; check the id, or whether it was deleted")
            }
            Self::TimedOut { subject, limit, reason, error } => {
                write!(f, "{subject}: not done after {} s", limit.as_secs())?;
                match (reason, error) {
                    (Some(reason), _) => write!(f, ": {reason}"),
                    (None, Some(error)) => write!(f, "; the last question failed: {error}"),
                    (None, None) => f.write_str("; wait again, it may still get there"),
                }
            }
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WaitError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::TimedOut { error, .. } => error.as_deref().map(|error| error as _),
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}

impl From<Error> for WaitError {
    #[inline]
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}
