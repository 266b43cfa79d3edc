//! Waits until something reaches a state, or is gone. In: a way to poll it, and the meaning of each response. Out:
//! a future of the last response, or a stream of all of them.

mod ends;
mod error;
mod settings;

use std::{
    fmt,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep, sleep_until};

use crate::Error;
pub use error::WaitError;
pub use settings::{Verdict, WaitSettings};

/// Marks a [`Waiter`] that ends when a state is reached.
#[derive(Debug)]
pub enum UntilReached {}

/// Marks a [`Waiter`] that ends when the thing is gone.
#[derive(Debug)]
pub enum UntilGone {}

/// An answer; nothing where the answer is that the thing is not there.
type Answer<T> = Result<Option<T>, Error>;

type Question<'c, T> = Pin<Box<dyn Future<Output = Answer<T>> + Send + 'c>>;

/// Asks again and again until something is in a state (`Until` is [`UntilReached`]) or gone
/// ([`UntilGone`]).
///
/// [`wait`](Waiter::wait) gives the end; as a [`Stream`](futures_core::Stream), or by [`next`](Self::next), it gives every
/// answer on the way. A waiter holds nothing but the id: dropped at any point, it can be made again,
/// also by another process. What is underway survives when the future of `next` or `wait` is dropped.
///
/// Connections that break and answers such as 429 or 503 do not end it; it asks again until its time
/// is over. Then it ends, also in the middle of a question. Whoever waits again with the same waiter
/// asks the service again, and has the whole time once more; as a stream it ends with an error.
#[must_use = "nothing is asked until it is waited for"]
pub struct Waiter<'c, T, Until = UntilReached> {
    ask: Box<dyn FnMut() -> Question<'c, T> + Send + 'c>,
    settings: WaitSettings<T>,
    subject: String,
    state: State<'c, T>,
    started: Option<Instant>,
    /// Answers in a row that said "reached".
    reached: u32,
    /// Whether it was ever there.
    was_seen: bool,
    /// How long a thing that was never seen may not be there.
    time_to_appear: Duration,
    /// When a thing that was never seen was first said not to be there.
    missing_since: Option<Instant>,
    stalled: Option<(String, Instant)>,
    last_error: Option<Error>,
    /// Whether what stalls does so for a good reason, by whoever knows more.
    excuse: Option<Arc<AtomicBool>>,
    until: PhantomData<fn() -> Until>,
}

enum State<'c, T> {
    Fresh,
    Pausing(Pin<Box<Sleep>>),
    Asking {
        question: Question<'c, T>,
        /// When all time is over; nothing when that is too far away to be told.
        deadline: Option<Pin<Box<Sleep>>>,
    },
    Done {
        by_error: bool,
    },
}

/// What an answer leads to.
enum Step<T> {
    Show(T),
    Again,
    End(Option<Result<T, WaitError>>),
}

impl<'c, T, Until> Waiter<'c, T, Until> {
    /// How long to pause before the first question; 5 s unless the operation says otherwise.
    pub fn first_after(mut self, pause: Duration) -> Self {
        self.settings.first = pause;
        self
    }

    /// How long to pause between questions, to which up to a tenth is added at random; 10 s unless
    /// the operation says otherwise. Less than 100 ms counts as 100 ms.
    pub fn every(mut self, pause: Duration) -> Self {
        self.settings.every = pause;
        self
    }

    /// When to give up; 30 minutes unless the operation says otherwise. No question goes on beyond
    /// it, whatever the time limit of a call. The last one is asked a moment before, so that
    /// it can be answered.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.settings.limit = limit;
        self
    }

    fn new<F, A>(subject: String, settings: WaitSettings<T>, mut ask: F) -> Self
    where
        F: FnMut() -> A + Send + 'c,
        A: Future<Output = Answer<T>> + Send + 'c,
    {
        Self {
            ask: Box::new(move || Box::pin(ask())),
            settings,
            subject,
            state: State::Fresh,
            started: None,
            reached: 0,
            was_seen: false,
            time_to_appear: settings::TIME_TO_APPEAR,
            missing_since: None,
            stalled: None,
            last_error: None,
            excuse: None,
            until: PhantomData,
        }
    }

    /// While this is set, what stalls is only slow.
    pub(crate) fn excused_by(mut self, excuse: Option<Arc<AtomicBool>>) -> Self {
        self.excuse = excuse;
        self
    }

    /// Forgets what an earlier end has left behind, to ask the service anew.
    fn begin_again(&mut self) {
        (self.state, self.started, self.reached) = (State::Fresh, None, 0);
        (self.missing_since, self.stalled, self.last_error) = (None, None, None);
    }

    fn begin_again_after_an_error(&mut self) {
        if matches!(self.state, State::Done { by_error: true }) {
            self.begin_again();
        }
    }

    /// When all time is over.
    fn deadline(&self) -> Option<Instant> {
        self.started?.checked_add(self.settings.limit)
    }

    /// The last moment for a question.
    fn last_question(&self) -> Option<Instant> {
        self.deadline()?.checked_sub(self.settings.time_to_answer())
    }

    /// Pauses, but not beyond the last moment for a question.
    fn pause(&mut self, pause: Duration) {
        // `sleep` takes any duration.
        let end = Instant::now().checked_add(pause);
        let pause = match self.last_question() {
            Some(last) if end.is_none_or(|end| last < end) => sleep_until(last),
            _ => sleep(pause),
        };
        self.state = State::Pausing(Box::pin(pause));
    }

    fn ask(&mut self) {
        let deadline = self.deadline().map(|deadline| Box::pin(sleep_until(deadline)));
        self.state = State::Asking { question: (self.ask)(), deadline };
    }

    fn poll_answer(
        &mut self,
        context: &mut Context<'_>,
        judge: fn(&mut Self, Answer<T>) -> Step<T>,
    ) -> Poll<Option<Result<T, WaitError>>> {
        loop {
            match &mut self.state {
                State::Done { .. } => return Poll::Ready(None),
                State::Fresh => {
                    self.started = Some(Instant::now());
                    self.pause(self.settings.first);
                }
                State::Pausing(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    self.ask();
                }
                State::Asking { question, deadline } => {
                    let Poll::Ready(answer) = question.as_mut().poll(context) else {
                        let Some(deadline) = deadline else { return Poll::Pending };
                        ready!(deadline.as_mut().poll(context));
                        let error = self.timed_out(true);
                        return self.end(Some(Err(error)));
                    };
                    let is_last = self.last_question().is_some_and(|last| Instant::now() >= last);
                    match judge(self, answer) {
                        Step::End(end) => return self.end(end),
                        Step::Show(_) | Step::Again if is_last => {
                            let error = self.timed_out(false);
                            return self.end(Some(Err(error)));
                        }
                        Step::Show(answer) => {
                            self.pause(self.settings.pause());
                            return Poll::Ready(Some(Ok(answer)));
                        }
                        Step::Again => self.pause(self.settings.pause()),
                    }
                }
            }
        }
    }

    fn end(&mut self, end: Option<Result<T, WaitError>>) -> Poll<Option<Result<T, WaitError>>> {
        self.state = State::Done { by_error: matches!(end, Some(Err(_))) };
        Poll::Ready(end)
    }

    fn timed_out(&mut self, is_unanswered: bool) -> WaitError {
        WaitError::TimedOut {
            subject: self.subject.clone(),
            limit: self.settings.limit,
            is_unanswered,
            reason: self.stalled.take().map(|(reason, _)| reason),
            error: self.last_error.take().map(Box::new),
        }
    }

    /// What an answer says that is there.
    fn judge_answer(&mut self, answer: T) -> Step<T> {
        (self.was_seen, self.last_error) = (true, None);
        let verdict = (self.settings.judge)(&answer);
        self.reached = if verdict == Verdict::Reached { self.reached + 1 } else { 0 };
        let stalled = self.stalled.take();
        match verdict {
            Verdict::Reached if self.reached >= self.settings.times => Step::End(Some(Ok(answer))),
            Verdict::Reached | Verdict::Pending => Step::Show(answer),
            Verdict::Failed { reason } => self.failed(reason),
            Verdict::Stalled { .. } if self.is_excused() => Step::Show(answer),
            Verdict::Stalled { reason, after } => {
                let now = Instant::now();
                let since = stalled.filter(|(known, _)| *known == reason).map_or(now, |(_, t)| t);
                if now.duration_since(since) >= after {
                    return self.failed(reason);
                }
                self.stalled = Some((reason, since));
                Step::Show(answer)
            }
        }
    }

    fn is_excused(&self) -> bool {
        self.excuse.as_ref().is_some_and(|excuse| excuse.load(Ordering::Relaxed))
    }

    fn failed(&self, reason: String) -> Step<T> {
        Step::End(Some(Err(WaitError::Failed { subject: self.subject.clone(), reason })))
    }

    fn judge_error(&mut self, error: Error) -> Step<T> {
        if !settings::is_passing(&error) {
            return Step::End(Some(Err(WaitError::Call(Box::new(error)))));
        }
        self.reached = 0;
        self.last_error = Some(error);
        Step::Again
    }
}

impl<T, Until> fmt::Debug for Waiter<'_, T, Until> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("subject", &self.subject)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
