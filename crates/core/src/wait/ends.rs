//! The two ways to stop waiting: a state is reached, or a thing is gone. In: responses and errors. Out: the
//! end of a [`Waiter`], as a future and as a stream.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_core::Stream;
use tokio::time::Instant;

use super::{
    Answer, Question, State, Step, UntilGone, UntilReached, WaitError, WaitSettings, Waiter,
};
use crate::Error;

impl<'c, T> Waiter<'c, T, UntilReached> {
    /// A waiter for a state; `subject` names the thing in errors.
    #[doc(hidden)]
    pub fn for_state<F, A>(subject: String, settings: WaitSettings<T>, ask: F) -> Self
    where
        F: FnMut() -> A + Send + 'c,
        A: Future<Output = Result<T, Error>> + Send + 'c,
        T: 'c,
    {
        Self::of_item(subject, settings, some(ask))
    }

    /// As [`for_state`](Self::for_state), of an item of a list; nothing if the list does not have it.
    #[doc(hidden)]
    pub fn of_item<F, A>(subject: String, settings: WaitSettings<T>, ask: F) -> Self
    where
        F: FnMut() -> A + Send + 'c,
        A: Future<Output = Result<Option<T>, Error>> + Send + 'c,
    {
        Self::new(subject, settings, ask)
    }

    /// How long it may not be there at first, counted from the first answer that says so; 15 s, because
    /// what was just made is not visible everywhere at once. Make it longer for something of which
    /// nothing but its order is known, and nothing where the id may be wrong. What was there once and is
    /// not any more ends it at once.
    pub fn appears_within(mut self, time: Duration) -> Self {
        self.time_to_appear = time;
        self
    }

    /// The answer that says that the state is reached.
    ///
    /// # Errors
    ///
    /// [`WaitError`]: it failed, is gone, took too long, or cannot be asked for.
    pub async fn wait(&mut self) -> Result<T, WaitError> {
        loop {
            let mut last = None;
            while let Some(answer) = self.next().await {
                last = Some(answer?);
            }
            match last {
                Some(answer) => return Ok(answer),
                // It had ended before.
                None => self.begin_again(),
            }
        }
    }

    /// The next answer; nothing behind the one that says that the state is reached, however often it is
    /// called then. [`wait`](Self::wait) asks again.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait); after an error the service is asked again.
    pub async fn next(&mut self) -> Option<Result<T, WaitError>> {
        self.begin_again_after_an_error();
        poll_fn(|context| self.poll_answer(context, Self::judge)).await
    }

    fn judge(&mut self, answer: Answer<T>) -> Step<T> {
        match answer {
            Ok(Some(answer)) => self.judge_answer(answer),
            Ok(None) => self.judge_absence(None),
            Err(error) if (self.settings.is_gone)(&error) => self.judge_absence(Some(error)),
            Err(error) => self.judge_error(error),
        }
    }

    /// What an answer says that it is not there.
    fn judge_absence(&mut self, error: Option<Error>) -> Step<T> {
        self.reached = 0;
        let subject = self.subject.clone();
        if self.was_seen {
            return Step::End(Some(Err(WaitError::Gone { subject })));
        }
        let now = Instant::now();
        let since = *self.missing_since.get_or_insert(now);
        if now.duration_since(since) >= self.time_to_appear {
            return Step::End(Some(Err(WaitError::NotFound { subject })));
        }
        self.last_error = error;
        Step::Again
    }
}

impl<'c, T> Waiter<'c, T, UntilGone> {
    /// A waiter for the end of a thing; `subject` names it in errors.
    #[doc(hidden)]
    pub fn for_end<F, A>(subject: String, settings: WaitSettings<T>, ask: F) -> Self
    where
        F: FnMut() -> A + Send + 'c,
        A: Future<Output = Result<T, Error>> + Send + 'c,
        T: 'c,
    {
        Self::end_of_item(subject, settings, some(ask))
    }

    /// As [`for_end`](Self::for_end), of an item of a list; nothing if the list does not have it.
    #[doc(hidden)]
    pub fn end_of_item<F, A>(subject: String, settings: WaitSettings<T>, ask: F) -> Self
    where
        F: FnMut() -> A + Send + 'c,
        A: Future<Output = Result<Option<T>, Error>> + Send + 'c,
    {
        Self::new(subject, settings, ask)
    }

    /// Returns when it is gone; at once if it never was.
    ///
    /// # Errors
    ///
    /// [`WaitError`]: it failed, took too long, or cannot be asked for.
    pub async fn wait(&mut self) -> Result<(), WaitError> {
        if matches!(self.state, State::Done { .. }) {
            self.begin_again();
        }
        while let Some(answer) = self.next().await {
            answer?;
        }
        Ok(())
    }

    /// The next answer while it is there; nothing once it is gone, however often it is called then.
    /// [`wait`](Self::wait) asks again.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait); after an error the service is asked again.
    pub async fn next(&mut self) -> Option<Result<T, WaitError>> {
        self.begin_again_after_an_error();
        poll_fn(|context| self.poll_answer(context, Self::judge)).await
    }

    fn judge(&mut self, answer: Answer<T>) -> Step<T> {
        match answer {
            Ok(Some(answer)) => self.judge_answer(answer),
            Ok(None) => Step::End(None),
            Err(error) if (self.settings.is_gone)(&error) => Step::End(None),
            Err(error) => self.judge_error(error),
        }
    }
}

impl<T> Stream for Waiter<'_, T, UntilReached> {
    type Item = Result<T, WaitError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_answer(context, Self::judge)
    }
}

impl<T> Stream for Waiter<'_, T, UntilGone> {
    type Item = Result<T, WaitError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_answer(context, Self::judge)
    }
}

/// A question whose every answer is about a thing that is there.
fn some<'c, T, F, A>(mut ask: F) -> impl FnMut() -> Question<'c, T> + Send + 'c
where
    F: FnMut() -> A + Send + 'c,
    A: Future<Output = Result<T, Error>> + Send + 'c,
    T: 'c,
{
    move || {
        let answer = ask();
        Box::pin(async move { answer.await.map(Some) })
    }
}
