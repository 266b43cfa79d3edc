//! The faults that an emulator has. In: faults, and requests as they come. Out: what strikes each request.

use std::sync::{Mutex, MutexGuard, PoisonError};

use huaweicloud_core::server::Operation;
use serde::Serialize;

use super::{Fault, FaultError, Plan, check};

/// All faults, in the order in which they were added.
pub(crate) struct Registry {
    seed: Option<u64>,
    inner: Mutex<Inner>,
}

struct Inner {
    faults: Vec<Set>,
    last: u64,
    random: fastrand::Rng,
}

struct Set {
    id: u64,
    fault: Fault,
    added: u64,
    /// Requests that it was about.
    met: u64,
    struck: u64,
}

/// A fault that is set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SetFault {
    /// To remove it by.
    pub id: u64,
    /// What it is.
    #[serde(flatten)]
    pub fault: Fault,
    /// How many requests it has struck.
    pub struck: u64,
}

/// What a request is for, and when it came.
pub(crate) struct Target<'a> {
    pub(crate) operation: &'a Operation,
    /// In milliseconds since 1970.
    pub(crate) now: u64,
}

impl Registry {
    /// None. The same seed strikes the same requests.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        Self { seed, inner: Mutex::new(Inner::new(seed)) }
    }

    /// Adds a fault. Out: the id to remove it by.
    ///
    /// # Errors
    ///
    /// What does not make sense about it.
    pub(crate) fn add(&self, fault: Fault, now: u64) -> Result<u64, FaultError> {
        check::check(&fault)?;
        Ok(self.lock().set(fault, now))
    }

    /// Adds all of them, or none.
    ///
    /// # Errors
    ///
    /// What does not make sense about one of them.
    pub(crate) fn add_all(&self, faults: Vec<Fault>, now: u64) -> Result<Vec<u64>, FaultError> {
        faults.iter().try_for_each(check::check)?;
        let mut inner = self.lock();
        Ok(faults.into_iter().map(|fault| inner.set(fault, now)).collect())
    }

    /// All that are set.
    pub(crate) fn list(&self) -> Vec<SetFault> {
        let inner = self.lock();
        let one = |set: &Set| SetFault { id: set.id, fault: set.fault.clone(), struck: set.struck };
        inner.faults.iter().map(one).collect()
    }

    /// Removes one; whether it was there.
    pub(crate) fn remove(&self, id: u64) -> bool {
        let mut inner = self.lock();
        let before = inner.faults.len();
        inner.faults.retain(|set| set.id != id);
        inner.faults.len() < before
    }

    /// Removes all, and begins again with the seed.
    pub(crate) fn clear(&self) {
        *self.lock() = Inner::new(self.seed);
    }

    /// What goes wrong with a request.
    pub(crate) fn plan(&self, target: &Target<'_>) -> Plan {
        let mut inner = self.lock();
        let Inner { faults, random, .. } = &mut *inner;
        let mut plan = Plan::default();
        for set in faults {
            if set.is_about(target) && set.strikes(random) {
                plan.add(set.id, &set.fault.then);
            }
        }
        plan
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn new(seed: Option<u64>) -> Self {
        let random = seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self { faults: Vec::new(), last: 0, random }
    }

    fn set(&mut self, fault: Fault, now: u64) -> u64 {
        self.last += 1;
        self.faults.push(Set { id: self.last, fault, added: now, met: 0, struck: 0 });
        self.last
    }
}

impl Set {
    /// Whether operation and moment fit.
    fn is_about(&self, target: &Target<'_>) -> bool {
        let Fault { operation, after_ms, for_ms, then, .. } = &self.fault;
        let begins = self.added.saturating_add(after_ms.unwrap_or(0));
        let ends = begins.saturating_add(for_ms.unwrap_or(u64::MAX));
        operation.as_ref().is_none_or(|id| id == target.operation.id)
            && check::strikes(then, target.operation)
            && (begins..=ends).contains(&target.now)
    }

    /// Whether it strikes this one of the requests that it is about.
    fn strikes(&mut self, random: &mut fastrand::Rng) -> bool {
        self.met += 1;
        let Fault { probability, nth, times, .. } = self.fault;
        let is_meant = nth.is_none_or(|nth| nth == self.met)
            && times.is_none_or(|times| self.struck < times)
            && probability.is_none_or(|probability| random.f64() < probability);
        self.struck += u64::from(is_meant);
        is_meant
    }
}
