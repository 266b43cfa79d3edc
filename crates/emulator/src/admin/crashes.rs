//! Processes that died by themselves. In: what became of each. Out: the last ones, oldest first.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

/// Crashes that are kept.
const KEPT: usize = 1000;

/// A process of an instance that died by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Crash {
    /// The instance.
    pub instance_id: String,
    /// The number of its node, from 1, the first being the master.
    pub node: usize,
    /// When it was noticed.
    pub at: String,
    /// How it ended.
    pub why: String,
    /// Whether the instance answers again; nothing as long as that is being tried.
    pub recovered: Option<bool>,
    /// Why it does not.
    pub error: Option<String>,
}

/// The last crashes, and how many there were.
#[derive(Default)]
pub(crate) struct Crashes(Mutex<(VecDeque<Crash>, u64)>);

impl Crashes {
    pub(crate) fn begin(&self, crash: Crash) {
        let (all, count) = &mut *self.lock();
        *count += 1;
        if all.len() == KEPT {
            all.pop_front();
        }
        all.push_back(crash);
    }

    /// What became of the last one of a node; an error if it does not answer again.
    pub(crate) fn end(&self, instance: &str, node: usize, error: Option<String>) {
        let (all, _) = &mut *self.lock();
        let mut own = all.iter_mut().rev();
        if let Some(crash) = own.find(|crash| crash.instance_id == instance && crash.node == node) {
            crash.recovered = Some(error.is_none());
            crash.error = error;
        }
    }

    pub(crate) fn all(&self) -> Vec<Crash> {
        self.lock().0.iter().cloned().collect()
    }

    pub(crate) fn count(&self) -> u64 {
        self.lock().1
    }

    pub(crate) fn clear(&self) {
        self.lock().0.clear();
    }

    fn lock(&self) -> MutexGuard<'_, (VecDeque<Crash>, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
