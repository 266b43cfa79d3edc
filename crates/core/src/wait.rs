//! Waiting until something is in a state, or gone. In: a way to ask, and what each answer means. Out:
//! a future of the last answer, or a stream of all of them.

mod error;
mod settings;

use std::{
    fmt,
    future::{Future, poll_fn},
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_core::Stream;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::Error;
pub use error::WaitError;
pub use settings::{Verdict, WaitSettings};

/// Marks a [`Waiter`] that ends when a state is reached.
#[derive(Debug)]
pub enum Present {}

/// Marks a [`Waiter`] that ends when the thing is gone.
#[derive(Debug)]
pub enum Gone {}

type Asking<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

/// Asks again and again until something is in a state (`Until` is [`Present`]) or gone ([`Gone`]).
///
/// [`wait`](Waiter::wait) gives the end; as a [`Stream`], or by [`next`](Self::next), it gives every
/// answer on the way. A waiter holds nothing but the id: dropped at any point, it can be made again,
/// also by another process. What is underway survives when the future of `next` or `wait` is dropped.
///
/// Connections that break and answers such as 429 or 503 do not end it; it asks again until its time
/// is over.
#[must_use = "nothing is asked until it is waited for"]
pub struct Waiter<'c, T, Until = Present> {
    ask: Box<dyn FnMut() -> Asking<'c, T> + Send + 'c>,
    settings: WaitSettings<T>,
    subject: String,
    state: State<'c, T>,
    started: Option<Instant>,
    /// Answers in a row that said "reached".
    reached: u32,
    /// Whether it was ever there.
    was_there: bool,
    /// Answers in a row that said "gone" of a thing that was never there.
    missing: u32,
    stalled: Option<(String, Instant)>,
    last_error: Option<Error>,
    until: PhantomData<fn() -> Until>,
}

enum State<'c, T> {
    Fresh,
    Pausing(Pin<Box<Sleep>>),
    Asking(Asking<'c, T>),
    Done,
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
    /// the operation says otherwise.
    pub fn every(mut self, pause: Duration) -> Self {
        self.settings.every = pause;
        self
    }

    /// When to give up; 30 minutes unless the operation says otherwise.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.settings.limit = limit;
        self
    }

    fn new<F, A>(subject: String, settings: WaitSettings<T>, mut ask: F) -> Self
    where
        F: FnMut() -> A + Send + 'c,
        A: Future<Output = Result<T, Error>> + Send + 'c,
    {
        Self {
            ask: Box::new(move || Box::pin(ask())),
            settings,
            subject,
            state: State::Fresh,
            started: None,
            reached: 0,
            was_there: false,
            missing: 0,
            stalled: None,
            last_error: None,
            until: PhantomData,
        }
    }

    fn deadline(&self) -> Instant {
        self.started.unwrap_or_else(Instant::now) + self.settings.limit
    }

    /// Pauses, but not beyond the deadline: the last question is asked at the last moment.
    fn pause(&mut self, pause: Duration) {
        let at = (Instant::now() + pause).min(self.deadline());
        self.state = State::Pausing(Box::pin(sleep_until(at)));
    }

    fn poll_answer(
        &mut self,
        context: &mut Context<'_>,
        judge: fn(&mut Self, Result<T, Error>) -> Step<T>,
    ) -> Poll<Option<Result<T, WaitError>>> {
        loop {
            match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Fresh => {
                    self.started = Some(Instant::now());
                    self.pause(self.settings.first);
                }
                State::Pausing(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    self.state = State::Asking((self.ask)());
                }
                State::Asking(answer) => {
                    let answer = ready!(answer.as_mut().poll(context));
                    let step = judge(self, answer);
                    let is_late = Instant::now() >= self.deadline();
                    match step {
                        Step::End(end) => {
                            self.state = State::Done;
                            return Poll::Ready(end);
                        }
                        Step::Show(_) | Step::Again if is_late => {
                            self.state = State::Done;
                            return Poll::Ready(Some(Err(self.timed_out())));
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

    fn timed_out(&mut self) -> WaitError {
        WaitError::TimedOut {
            subject: self.subject.clone(),
            limit: self.settings.limit,
            reason: self.stalled.take().map(|(reason, _)| reason),
            error: self.last_error.take().map(Box::new),
        }
    }

    /// What an answer says that is there.
    fn judge_answer(&mut self, answer: T) -> Step<T> {
        (self.was_there, self.missing, self.last_error) = (true, 0, None);
        let verdict = (self.settings.judge)(&answer);
        self.reached = if verdict == Verdict::Reached { self.reached + 1 } else { 0 };
        let stalled = self.stalled.take();
        match verdict {
            Verdict::Reached if self.reached >= self.settings.times => Step::End(Some(Ok(answer))),
            Verdict::Reached | Verdict::Pending => Step::Show(answer),
            Verdict::Failed { reason } => self.failed(reason),
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

impl<'c, T> Waiter<'c, T, Present> {
    /// A waiter for a state; `subject` names the thing in errors.
    #[doc(hidden)]
    pub fn for_state<F, A>(subject: String, settings: WaitSettings<T>, ask: F) -> Self
    where
        F: FnMut() -> A + Send + 'c,
        A: Future<Output = Result<T, Error>> + Send + 'c,
    {
        Self::new(subject, settings, ask)
    }

    /// The answer that says that the state is reached.
    ///
    /// # Errors
    ///
    /// [`WaitError`]: it failed, is gone, took too long, or cannot be asked for.
    pub async fn wait(&mut self) -> Result<T, WaitError> {
        let mut last = None;
        while let Some(answer) = self.next().await {
            last = Some(answer?);
        }
        last.ok_or_else(|| WaitError::Gone { subject: self.subject.clone() })
    }

    /// The next answer; nothing behind the one that says that the state is reached.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait); nothing follows an error.
    pub async fn next(&mut self) -> Option<Result<T, WaitError>> {
        poll_fn(|context| self.poll_answer(context, Self::judge)).await
    }

    fn judge(&mut self, answer: Result<T, Error>) -> Step<T> {
        match answer {
            Ok(answer) => self.judge_answer(answer),
            Err(error) if (self.settings.is_gone)(&error) => {
                // A thing that was just made may not be seen everywhere yet.
                self.missing += 1;
                if self.was_there || self.missing > 1 {
                    let subject = self.subject.clone();
                    return Step::End(Some(Err(WaitError::Gone { subject })));
                }
                Step::Again
            }
            Err(error) => self.judge_error(error),
        }
    }
}

impl<'c, T> Waiter<'c, T, Gone> {
    /// A waiter for the end of a thing; `subject` names it in errors.
    #[doc(hidden)]
    pub fn for_end<F, A>(subject: String, settings: WaitSettings<T>, ask: F) -> Self
    where
        F: FnMut() -> A + Send + 'c,
        A: Future<Output = Result<T, Error>> + Send + 'c,
    {
        Self::new(subject, settings, ask)
    }

    /// Returns when it is gone; at once if it never was.
    ///
    /// # Errors
    ///
    /// [`WaitError`]: it failed, took too long, or cannot be asked for.
    pub async fn wait(&mut self) -> Result<(), WaitError> {
        while let Some(answer) = self.next().await {
            answer?;
        }
        Ok(())
    }

    /// The next answer while it is there; nothing once it is gone.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait); nothing follows an error.
    pub async fn next(&mut self) -> Option<Result<T, WaitError>> {
        poll_fn(|context| self.poll_answer(context, Self::judge)).await
    }

    fn judge(&mut self, answer: Result<T, Error>) -> Step<T> {
        match answer {
            Ok(answer) => self.judge_answer(answer),
            Err(error) if (self.settings.is_gone)(&error) => Step::End(None),
            Err(error) => self.judge_error(error),
        }
    }
}

impl<T> Stream for Waiter<'_, T, Present> {
    type Item = Result<T, WaitError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_answer(context, Self::judge)
    }
}

impl<T> Stream for Waiter<'_, T, Gone> {
    type Item = Result<T, WaitError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_answer(context, Self::judge)
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
