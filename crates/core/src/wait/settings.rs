//! What a waiter is told: when to ask, and what an answer means.

use std::{fmt, time::Duration};

use crate::Error;

/// What an answer says about the state that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is reached.
    Reached,
    /// Not yet.
    Pending,
    /// Not yet, and never if it stays like this for that long.
    Stalled {
        /// What is wrong and what to do.
        reason: String,
        /// How long it may stay so.
        after: Duration,
    },
    /// It will not be reached any more.
    Failed {
        /// What is wrong and what to do.
        reason: String,
    },
}

/// When to ask, and what an answer means.
#[doc(hidden)]
pub struct WaitSettings<T> {
    /// Before the first question.
    pub first: Duration,
    /// Between questions.
    pub every: Duration,
    /// For all of it.
    pub limit: Duration,
    /// So many answers in a row must say that it is reached.
    pub times: u32,
    pub judge: fn(&T) -> Verdict,
    /// Whether an error means that the thing is not there.
    pub is_gone: fn(&Error) -> bool,
}

impl<T> WaitSettings<T> {
    /// A pause, with up to a tenth added so that many waiters spread.
    pub(super) fn pause(&self) -> Duration {
        self.every.mul_f64(1.0 + fastrand::f64() / 10.0)
    }
}

impl<T> fmt::Debug for WaitSettings<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitSettings")
            .field("first", &self.first)
            .field("every", &self.every)
            .field("limit", &self.limit)
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

/// Whether an error of a question may be gone at the next one.
pub(super) fn is_passing(error: &Error) -> bool {
    match error {
        Error::Connect(_) => true,
        _ if error.is_retryable() => true,
        Error::Service(error) => {
            error.status().is_server_error() || matches!(error.status().as_u16(), 408 | 425 | 429)
        }
        _ => false,
    }
}
