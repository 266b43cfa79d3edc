//! The two ends of waiting: a state is reached, or a thing is gone. In: answers and errors. Out: the
//! end of a [`Waiter`], as a future and as a stream.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use super::{Gone, Present, Step, WaitError, WaitSettings, Waiter};
use crate::Error;

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
