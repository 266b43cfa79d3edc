//! Why a state was not reached.

use std::{fmt, time::Duration};

use crate::{Error, readable_debug, text::Seconds};

/// Why waiting ended without what was waited for.
///
/// Displays as one line that says what happened and what to do; so does `Debug`, with what is behind
/// it.
#[non_exhaustive]
pub enum WaitError {
    /// It is in a state that does not lead there.
    Failed {
        /// What was waited for, such as `instance 979e…`.
        subject: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// It was there, and is not any more.
    Gone {
        /// What was waited for.
        subject: String,
    },
    /// It was never there, in all the time that it had to appear
    /// ([`appears_within`](crate::Waiter::appears_within)).
    NotFound {
        /// What was waited for.
        subject: String,
    },
    /// Time is over. It may still get there: wait again.
    TimedOut {
        /// What was waited for.
        subject: String,
        /// How long it was waited for.
        limit: Duration,
        /// Whether the last question had got no answer by then.
        is_unanswered: bool,
        /// What probably keeps it, if that is known.
        reason: Option<String>,
        /// The error of the last question that failed, if no other was answered since.
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
                write!(f, "{subject}: it is gone; somebody deleted it in the meantime")
            }
            Self::NotFound { subject } => write!(
                f,
                "{subject}: it is not there; check the id, and that region and project are those \
                 that it was made in"
            ),
            Self::TimedOut { subject, limit, is_unanswered, reason, error } => {
                write!(f, "{subject}: gave up waiting after {}", Seconds(*limit))?;
                if let Some(reason) = reason {
                    return write!(f, ": {reason}");
                }
                if let Some(error) = error {
                    write!(f, "; the last response was an error: {error}")?;
                }
                match (is_unanswered, error) {
                    (true, _) => f.write_str("; the last poll timed out"),
                    (false, None) => f.write_str("; it may still succeed; wait again"),
                    (false, Some(_)) => Ok(()),
                }
            }
            Self::Call(error) => error.fmt(f),
        }
    }
}

readable_debug!(WaitError);

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
