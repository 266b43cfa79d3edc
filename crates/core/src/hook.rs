//! Observes each attempt of a call. In: what is about to be sent, and the result, without
//! secrets. Out: nothing; a hook only observes.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::StatusCode;

/// Is told before and after each attempt of a call, for metrics or a journal.
///
/// It is called by the task that makes the call, so it must be quick. When a call is dropped in the
/// middle of an attempt, `after` does not come.
///
/// ```
/// use huaweicloud_core::{AttemptInfo, Hook, Outcome};
///
/// struct Journal;
///
/// impl Hook for Journal {
///     fn after(&self, attempt: &AttemptInfo<'_>, outcome: &Outcome<'_>) {
///         println!("{} {}: {:?}", attempt.operation(), attempt.number(), outcome.status());
///     }
/// }
/// ```
pub trait Hook: Send + Sync {
    /// An attempt begins; nothing was sent for it yet.
    fn before(&self, attempt: &AttemptInfo<'_>) {
        let _ = attempt;
    }

    /// An attempt is over, with its answer read.
    fn after(&self, attempt: &AttemptInfo<'_>, outcome: &Outcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// One attempt of a call.
#[derive(Clone, Copy, Debug)]
pub struct AttemptInfo<'a> {
    pub(crate) operation: &'static str,
    pub(crate) is_repeatable: bool,
    pub(crate) region: Option<&'a str>,
    pub(crate) number: u32,
}

impl<'a> AttemptInfo<'a> {
    /// The operation, such as `CreateInstance`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// May the operation be sent twice?
    pub fn is_repeatable(&self) -> bool {
        self.is_repeatable
    }

    /// The region of the client, if it was told one.
    pub fn region(&self) -> Option<&'a str> {
        self.region
    }

    /// The attempt, from 1 on.
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    pub(crate) status: Option<StatusCode>,
    pub(crate) code: Option<&'a str>,
    pub(crate) request_id: Option<&'a str>,
    pub(crate) duration: Duration,
    pub(crate) is_success: bool,
    pub(crate) is_timeout: bool,
}

impl<'a> Outcome<'a> {
    /// Did the service do what was asked, and could its answer be read to the end?
    pub fn is_success(&self) -> bool {
        self.is_success
    }

    /// Did time run out?
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }

    /// The status, if there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The service's own code for what went wrong.
    pub fn code(&self) -> Option<&'a str> {
        self.code
    }

    /// The id under which the service's support finds the request.
    pub fn request_id(&self) -> Option<&'a str> {
        self.request_id
    }

    /// From connecting to the last byte of the answer.
    pub fn duration(&self) -> Duration {
        self.duration
    }
}

/// All hooks of a client, in the order in which they were given.
#[derive(Clone, Default)]
pub(crate) struct Hooks(Vec<Arc<dyn Hook>>);

impl Hooks {
    pub(crate) fn push(&mut self, hook: Arc<dyn Hook>) {
        self.0.push(hook);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn before(&self, attempt: &AttemptInfo<'_>) {
        self.0.iter().for_each(|hook| hook.before(attempt));
    }

    pub(crate) fn after(&self, attempt: &AttemptInfo<'_>, outcome: &Outcome<'_>) {
        self.0.iter().for_each(|hook| hook.after(attempt, outcome));
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hooks({})", self.0.len())
    }
}
