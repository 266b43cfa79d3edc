//! One value for many callers: one of them makes it while the others wait, and it is kept until it must be
//! renewed.
//!
//! In: a way to make the value, the time, and its expiry. Out: the value, or why it could
//! not be made.

use std::{
    sync::{
        PoisonError, RwLock, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use tokio::{sync::Mutex, time::Instant};

use crate::clock::Moment;

/// A value is renewed so long before its end, or when a quarter of its time is left if that is
/// shorter.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// The least time between two attempts to replace a value that serves meanwhile: one that could not be
/// renewed, one that seems to be over by a clock that nobody has vouched for, or one that was refused.
const PAUSE: Duration = Duration::from_secs(30);

pub(crate) struct Cache<T, E> {
    shelf: RwLock<Shelf<T>>,
    /// Held by the caller who makes the value; tells how the last attempt failed.
    making: Mutex<Option<E>>,
    /// How many attempts have ended.
    attempts: AtomicU64,
}

struct Shelf<T> {
    kept: Option<Kept<T>>,
    /// When an attempt to replace a value that was refused has ended last, whatever came of it.
    replaced: Option<Instant>,
}

struct Kept<T> {
    value: T,
    /// Nothing if it is good for ever.
    times: Option<Times>,
    /// It serves until then, unless it is over for sure.
    rests: Option<Instant>,
    /// It is replaced as soon as there is another one.
    is_refused: bool,
}

#[derive(Clone, Copy)]
struct Times {
    renew: SystemTime,
    end: SystemTime,
}

/// What is there when another value is asked for.
pub(crate) struct Old<T> {
    pub(crate) value: T,
    pub(crate) is_refused: bool,
    /// Whether it serves if there is no other.
    pub(crate) serves: bool,
}

impl<T, E> Default for Cache<T, E> {
    fn default() -> Self {
        let shelf = RwLock::new(Shelf { kept: None, replaced: None });
        Self { shelf, making: Mutex::new(None), attempts: AtomicU64::new(0) }
    }
}

impl<T: Clone, E: Clone + std::fmt::Display> Cache<T, E> {
    /// The value that is kept, or a new one.
    ///
    /// One caller makes it; who comes meanwhile waits and gets what came of it, also a failure. If
    /// that caller gives up, the next one in line makes it. A value that cannot be renewed or replaced
    /// serves until its end.
    pub(crate) async fn get<F>(
        &self,
        now: impl Fn() -> Moment,
        make: impl FnOnce(Option<Old<T>>) -> F,
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
        let made = make(self.old(now())).await;
        let result = match made {
            Ok((value, end)) => {
                self.keep(value.clone(), end, now());
                Ok(value)
            }
            Err(error) => self.still_good(now(), &error).ok_or(error),
        };
        *failure = result.as_ref().err().cloned();
        self.attempts.fetch_add(1, Ordering::Release);
        result
    }

    /// Marks the value for being replaced, if it is the one that was refused; it stays until there is
    /// another one. Refusals shortly after a replacement say nothing about the value: whoever is
    /// refused whatever he shows need not ask for more and more.
    pub(crate) fn refuse_if(&self, is_refused: impl FnOnce(&T) -> bool) {
        let Shelf { kept, replaced } = &mut *self.write();
        let is_soon = replaced.is_some_and(|at| at.elapsed() < PAUSE);
        if let Some(kept) = kept.as_mut().filter(|kept| !is_soon && is_refused(&kept.value)) {
            kept.is_refused = true;
        }
    }

    /// The value that is kept, if it need not be renewed.
    pub(crate) fn fresh(&self, now: impl Fn() -> Moment) -> Option<T> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        shelf.kept.as_ref().filter(|kept| kept.is_fresh(now)).map(|kept| kept.value.clone())
    }

    fn old(&self, now: Moment) -> Option<Old<T>> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        let kept = shelf.kept.as_ref()?;
        let (value, is_refused) = (kept.value.clone(), kept.is_refused);
        Some(Old { value, is_refused, serves: !kept.is_over(now) })
    }

    fn keep(&self, value: T, end: Option<SystemTime>, now: Moment) {
        let seems_over = end.is_some_and(|end| end <= now.time);
        let rests = (seems_over && !now.is_known).then(|| Instant::now() + PAUSE);
        let times = end.map(|end| times(now.time, end));
        let mut shelf = self.write();
        shelf.note_replacement();
        shelf.kept = Some(Kept { value, times, rests, is_refused: false });
    }

    /// The value that could not be renewed, if it is not over for sure; the next attempt is put off.
    fn still_good(&self, now: Moment, error: &E) -> Option<T> {
        let mut shelf = self.write();
        shelf.note_replacement();
        let kept = shelf.kept.as_mut().filter(|kept| !kept.is_over(now))?;
        (kept.rests, kept.is_refused) = (Some(Instant::now() + PAUSE), false);
        tracing::warn!("not renewed, what is there serves until its end: {error}");
        Some(kept.value.clone())
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shelf<T>> {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Shelf<T> {
    fn note_replacement(&mut self) {
        if self.kept.as_ref().is_some_and(|kept| kept.is_refused) {
            self.replaced = Some(Instant::now());
        }
    }
}

impl<T> Kept<T> {
    fn is_fresh(&self, now: impl Fn() -> Moment) -> bool {
        if self.is_refused {
            return false;
        }
        let Some(times) = &self.times else { return true };
        let now = now();
        let rests = self.rests.is_some_and(|until| Instant::now() < until);
        now.time < times.renew || (rests && !self.is_over(now))
    }

    /// Only a clock that somebody has vouched for tells that something is over.
    fn is_over(&self, now: Moment) -> bool {
        now.is_known && self.times.is_some_and(|times| times.end <= now.time)
    }
}

fn times(now: SystemTime, end: SystemTime) -> Times {
    let left = end.duration_since(now).unwrap_or(Duration::ZERO);
    Times { renew: end - MARGIN.min(left / 4), end }
}

#[cfg(test)]
mod tests;
