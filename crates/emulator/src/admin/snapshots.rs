//! States to come back to. In: a state. Out: a number, and the state for it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::state::{Snapshot, State};

/// The snapshots that were taken.
#[derive(Default)]
pub(crate) struct Snapshots {
    taken: Mutex<Vec<Snapshot>>,
}

impl Snapshots {
    /// Keeps a state. Out: the number to come back to it by, from 1 on.
    pub(crate) fn take(&self, state: &State) -> usize {
        let mut taken = self.lock();
        taken.push(state.snapshot());
        taken.len()
    }

    pub(crate) fn get(&self, number: usize) -> Option<Snapshot> {
        self.lock().get(number.checked_sub(1)?).cloned()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Snapshot>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
