//! The settings of a waiter: when to poll, and what a response means.

use std::{fmt, time::Duration};

use crate::{Error, ServiceError};

/// The shortest pause between two questions.
const LEAST_PAUSE: Duration = Duration::from_millis(100);

/// Time for the last question to be answered, unless the limit is short.
const TIME_TO_ANSWER: Duration = Duration::from_secs(2);

/// So long a thing that was never seen may not be there yet, where nothing is known of it but an id: one
/// that somebody has just made is not visible everywhere at once, and one with a wrong id never will be.
pub(super) const TIME_TO_APPEAR: Duration = Duration::from_secs(15);

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
        let every = self.every.max(LEAST_PAUSE);
        every.saturating_add((every / 10).mul_f64(fastrand::f64()))
    }

    /// So long before the limit the last question is asked.
    pub(super) fn time_to_answer(&self) -> Duration {
        TIME_TO_ANSWER.min(self.limit / 10)
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
    let is_of_the_way = |error: &ServiceError| {
        error.status().is_server_error() || matches!(error.status().as_u16(), 408 | 425 | 429 | 499)
    };
    // A list that changes while it is read may not add up.
    let is_of_a_list = matches!(error, Error::List(_));
    is_of_a_list || error.is_retryable() || error.service().is_some_and(is_of_the_way)
}
