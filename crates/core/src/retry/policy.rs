//! The retry settings of a client.

use std::time::Duration;

/// How often, and after which pauses, a call is sent again.
///
/// What reads, and what the document marks as repeatable, is sent again after a connection that broke
/// or came too late, after 429, 502, 503 and 504, and after a code of the service that says that it is
/// busy. Everything else, purchases above all, is sent again only if it is certain that nothing was
/// sent. Pauses and attempts all end with the time for the whole call
/// ([`timeout`](crate::ClientBuilder::timeout)): where a pause would not, the call ends at once.
///
/// ```
/// use std::time::Duration;
///
/// use huaweicloud_core::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(8).cap(Duration::from_secs(60));
/// assert_ne!(patient, RetryPolicy::none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    cap: Duration,
    budget: u32,
}

impl RetryPolicy {
    /// Sends each call once, whatever happens; not even a date that a server finds wrong is put right
    /// before the next call.
    #[must_use]
    pub const fn none() -> Self {
        Self { max_attempts: 1, base: Duration::ZERO, cap: Duration::ZERO, budget: 0 }
    }

    /// Attempts of one call, the first one included; 4 unless told otherwise, and 0 counts as 1. What
    /// may be repeated is sent once more when the date of a signature had to be put right.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest pause before the second attempt; 200 ms unless told otherwise. It doubles with
    /// each further one. Each pause is a random part of the longest, so that many clients spread.
    #[must_use]
    pub const fn base(mut self, pause: Duration) -> Self {
        self.base = pause;
        self
    }

    /// The longest pause before any attempt; 20 s unless told otherwise. A server that asks for a
    /// longer one (`Retry-After`) gets it.
    #[must_use]
    pub const fn cap(mut self, pause: Duration) -> Self {
        self.cap = pause;
        self
    }

    /// Tokens that all calls of a client share; 500 unless told otherwise. An attempt that is not the
    /// first of its call costs 5, after running out of time 10. A call that succeeds gives back what
    /// its last attempt cost, or 1 if that was its first. Without tokens, calls fail by their first
    /// attempt.
    #[must_use]
    pub const fn budget(mut self, tokens: u32) -> Self {
        self.budget = tokens;
        self
    }

    /// At least 1.
    pub(crate) fn attempts(&self) -> u32 {
        self.max_attempts.max(1)
    }

    pub(crate) fn tokens(&self) -> u32 {
        self.budget
    }

    /// A pause after so many attempts.
    pub(super) fn pause(&self, attempts: u32) -> Duration {
        self.longest(attempts).mul_f64(fastrand::f64())
    }

    pub(super) fn longest(&self, attempts: u32) -> Duration {
        let doubled = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        self.base.saturating_mul(doubled).min(self.cap)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(20),
            budget: 500,
        }
    }
}
