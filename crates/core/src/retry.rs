//! When a call is retried. In: attempts, one after another, and a client's retry
//! settings. Out: the first response, or the error after which retrying is useless.

mod after;
mod budget;
mod policy;

use std::{future::Future, time::Duration};

use reqwest::header::HeaderMap;
use tokio::time::{Instant, sleep};

use crate::{Error, clock::Clock};
pub(crate) use budget::Budget;
pub use policy::RetryPolicy;

/// The longest pause that a server may ask for where nothing limits the whole call.
const LONGEST_ASKED: Duration = Duration::from_secs(300);

/// What a call has behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tried {
    pub(crate) attempts: u32,
    pub(crate) is_repeatable: bool,
    /// When the time for the whole call is over.
    pub(crate) deadline: Option<Instant>,
}

/// A way to make attempts.
pub(crate) trait Attempts {
    type Answer;

    /// Makes one; they are numbered from 1 on.
    fn make(&mut self, number: u32) -> impl Future<Output = Result<Self::Answer, Failed>> + Send;

    /// Has the credentials replaced, which were refused, when the next call needs some; waits for nobody.
    fn refuse_keys(&mut self);

    /// Looks for other credentials in place of those that were refused; whether there are some.
    fn renew(&mut self) -> impl Future<Output = bool> + Send;
}

/// An attempt that failed.
pub(crate) struct Failed {
    pub(crate) error: Error,
    /// The pause that the answer asks for.
    pub(crate) asked: Option<Duration>,
    pub(crate) next: Next,
}

/// What may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Whatever the policy says.
    Usual,
    /// The signature was refused for its date, and by now the date is known better: another signature
    /// may do. That nothing was carried out is only what the answer says, so what may not be repeated
    /// is not sent again: the next call has the better date.
    ByNewDate,
    /// The credentials were refused: others may do. What may not be repeated is not sent again by
    /// them, but the next call has them.
    ByNewKeys,
    /// Nothing can be sent again.
    Never,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, asked: None, next: Next::Usual }
    }
}

/// Makes attempts until one succeeds, or no other may follow.
pub(crate) async fn repeat<A: Attempts + Send>(
    attempts: &mut A,
    mut tried: Tried,
    policy: &RetryPolicy,
    budget: &Budget,
) -> Result<A::Answer, Error> {
    let (mut paid, mut unknown, mut dated, mut renewed) = (None, None, 0, 0);
    loop {
        tried.attempts += 1;
        let Failed { error, asked, next } =
            match attempts.make(tried.attempts + dated + renewed).await {
                Ok(answer) => {
                    budget.succeeded(paid);
                    return Ok(answer);
                }
                Err(failed) => failed,
            };
        let pause = match next {
            Next::Never => None,
            Next::ByNewDate if tried.is_repeatable && dated == 0 && policy.attempts() > 1 => {
                // It does not count, for it came to nothing but the date.
                (tried.attempts, dated) = (tried.attempts - 1, 1);
                continue;
            }
            Next::ByNewKeys if renewed == 0 && tried.is_repeatable && policy.attempts() > 1 => {
                if attempts.renew().await {
                    // Nor does this one, which came to nothing but other keys.
                    (tried.attempts, renewed) = (tried.attempts - 1, 1);
                    continue;
                }
                None
            }
            // It ends at once: who may not send it again has no use for other keys, but others have.
            Next::ByNewKeys => {
                attempts.refuse_keys();
                None
            }
            Next::ByNewDate | Next::Usual => pause(&error, asked, tried, policy, budget),
        };
        let Some(pause) = pause else { return Err(last(error, unknown)) };
        tracing::debug!(
            status = error.status().map(|status| status.as_u16()),
            code = error.code(),
            pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
            "sending again"
        );
        paid = Some(error.is_timeout());
        if error.is_unknown_outcome() {
            unknown = Some(error);
        }
        sleep(pause).await;
    }
}

/// The error that a call ends with. That the last attempt was not sent says nothing of one before it.
fn last(error: Error, unknown: Option<Error>) -> Error {
    match (error, unknown) {
        (Error::Connect(_), Some(unknown)) => unknown,
        (error, _) => error,
    }
}

/// How to go on after an error; nothing when the call ends with it.
///
/// Nothing that may have been carried out is sent again, unless the document says that it may be
/// repeated. The budget is asked last, for asking costs.
fn pause(
    error: &Error,
    asked: Option<Duration>,
    tried: Tried,
    policy: &RetryPolicy,
    budget: &Budget,
) -> Option<Duration> {
    let may_repeat = matches!(error, Error::Connect(_)) || tried.is_repeatable;
    if !may_repeat || !error.is_retryable() || tried.attempts >= policy.attempts() {
        return None;
    }
    // What was asked for is the least; that all who were asked come back at once is avoided.
    let pause = asked.unwrap_or_default().checked_add(policy.pause(tried.attempts))?;
    let fits = match tried.deadline {
        Some(deadline) => Instant::now().checked_add(pause)? < deadline,
        None => pause <= LONGEST_ASKED,
    };
    (fits && budget.take(error.is_timeout())).then_some(pause)
}

/// The pause that an answer asks for in `Retry-After`.
pub(crate) fn asked(headers: &HeaderMap, clock: &Clock) -> Option<Duration> {
    after::pause(headers, clock.now())
}

#[cfg(test)]
mod tests;
