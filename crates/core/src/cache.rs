//! One value for many callers: made by one of them while the others wait, kept until it must be
//! renewed.
//!
//! In: a way to make the value, the time, and until when it is good. Out: the value, or why it could
//! not be made.

use std::{
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use tokio::sync::Mutex;

/// A value is renewed so long before its end, or when a quarter of its time is left if that is
/// shorter.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// A value that could not be renewed, but is still good, is kept for so long before the next
/// attempt.
const PAUSE: Duration = Duration::from_secs(30);

pub(crate) struct Cache<T, E> {
    kept: RwLock<Option<Kept<T>>>,
    /// Held by the caller who makes the value; tells how the last attempt failed.
    making: Mutex<Option<E>>,
    /// How many attempts have ended.
    attempts: AtomicU64,
}

struct Kept<T> {
    value: T,
    /// Nothing if it is good for ever.
    times: Option<Times>,
}

#[derive(Clone, Copy)]
struct Times {
    renew: SystemTime,
    end: SystemTime,
}

impl<T, E> Default for Cache<T, E> {
    fn default() -> Self {
        Self { kept: RwLock::new(None), making: Mutex::new(None), attempts: AtomicU64::new(0) }
    }
}

impl<T: Clone, E: Clone + std::fmt::Display> Cache<T, E> {
    /// The value that is kept, or a new one.
    ///
    /// One caller makes it; who comes meanwhile waits and gets what came of it, also a failure. If
    /// that caller gives up, the next one in line makes it. A value that cannot be renewed serves
    /// until its end.
    pub(crate) async fn get<F>(
        &self,
        now: impl Fn() -> SystemTime,
        make: impl FnOnce() -> F,
    ) -> Result<T, E>
    where
        F: Future<Output = Result<(T, Option<SystemTime>), E>>,
    {
        if let Some(value) = self.fresh(&now) {
            return Ok(value);
        }
        let seen = self.attempts.load(Ordering::Acquire);
        let mut failure = self.making.lock().await;
        if let Some(value) = self.fresh(&now) {
            return Ok(value);
        }
        if let Some(failure) = &*failure
            && self.attempts.load(Ordering::Acquire) != seen
        {
            return Err(failure.clone());
        }
        let made = make().await;
        let result = match made {
            Ok((value, end)) => {
                self.keep(value.clone(), end.map(|end| times(now(), end)));
                Ok(value)
            }
            Err(error) => self.still_good(now(), &error).ok_or(error),
        };
        *failure = result.as_ref().err().cloned();
        self.attempts.fetch_add(1, Ordering::Release);
        result
    }

    /// Forgets the value if it is of no use any more, so that the next caller makes a new one.
    pub(crate) fn forget_if(&self, is_useless: impl FnOnce(&T) -> bool) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_some_and(|kept| is_useless(&kept.value)) {
            *kept = None;
        }
    }

    /// The value that is kept, if it need not be renewed.
    pub(crate) fn fresh(&self, now: impl Fn() -> SystemTime) -> Option<T> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        kept.times.is_none_or(|times| now() < times.renew).then(|| kept.value.clone())
    }

    fn keep(&self, value: T, times: Option<Times>) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(Kept { value, times });
    }

    /// The value that could not be renewed, if it has not ended; the next attempt is put off.
    fn still_good(&self, now: SystemTime, error: &E) -> Option<T> {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let Kept { value, times } = kept.as_mut()?;
        let times = times.as_mut().filter(|times| now < times.end)?;
        times.renew = times.end.min(now + PAUSE);
        tracing::warn!("not renewed, what is there serves until its end: {error}");
        Some(value.clone())
    }
}

fn times(now: SystemTime, end: SystemTime) -> Times {
    let left = end.duration_since(now).unwrap_or(Duration::ZERO);
    Times { renew: end - MARGIN.min(left / 4), end }
}

#[cfg(test)]
mod tests;
