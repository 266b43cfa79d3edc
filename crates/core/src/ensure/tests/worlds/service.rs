//! A seeded service. In: lookups and orders. Out: lists that lag and fail, orders that are carried out
//! completely, partly, late or not at all, and responses that may say something else.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use fastrand::Rng;
use tokio::time::Instant;

use super::{
    super::{
        super::*,
        script::{resource, row, service_error},
    },
    Outcome,
    fate::Part,
};

pub(super) const POLICY: LookupPolicy = LookupPolicy {
    before: Duration::from_secs(10),
    after: Duration::from_secs(60),
    every: Duration::from_secs(5),
};

pub(super) struct World {
    pub(super) names: Vec<String>,
    /// From the sending of an order until it is listed, at most.
    slowest: Duration,
    state: Mutex<State>,
}

pub(super) struct State {
    pub(super) random: Rng,
    /// With the moment from which on they are listed.
    made: Vec<(Listed, Instant)>,
    orders: u32,
    has_skipped: bool,
    counts: BTreeMap<String, u32>,
    log: Vec<String>,
}

impl World {
    pub(super) fn new(seed: u64, count: i64, slowest: Duration) -> Self {
        let random = Rng::with_seed(seed);
        let (made, counts, log) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self {
            names: batch_names("a", count),
            slowest,
            state: Mutex::new(State { random, made, orders: 0, has_skipped: false, counts, log }),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn counts(&self) -> BTreeMap<String, u32> {
        self.state().counts.clone()
    }

    pub(super) fn log(&self) -> String {
        self.state().log.join("\n")
    }

    /// How many things were made.
    pub(super) fn made(&self) -> usize {
        self.state().made.len()
    }

    pub(super) fn note(&self, what: String) {
        let mut state = self.state();
        state.log.push(what.clone());
        *state.counts.entry(what).or_default() += 1;
    }

    pub(super) fn list(&self) -> Result<Vec<Listed>, Error> {
        let mut state = self.state();
        let trouble = state.random.u8(0..24);
        // A list that changes between two pages, which does not happen twice in a row.
        let skips = !state.has_skipped && trouble == 7;
        state.has_skipped = skips;
        let now = Instant::now();
        let listed = state.made.iter().filter(|(_, from)| *from <= now);
        let mut listed: Vec<Listed> = listed.map(|(item, _)| item.clone()).collect();
        drop(state);
        if skips {
            listed.pop();
            self.note("look: an item is skipped".to_owned());
        }
        listed.push(row("another", "0", ""));
        match trouble {
            0..=2 => {
                self.note("look: fails".to_owned());
                Err(service_error([503, 429, 500][usize::from(trouble)], ""))
            }
            3 => {
                self.note("look: an item without an id".to_owned());
                for item in listed.iter_mut().take(1) {
                    item.id.clear();
                }
                listed.push(row("", "", ""));
                Ok(listed)
            }
            4..=6 => {
                self.note("look: an item twice".to_owned());
                listed.extend(listed.first().cloned());
                Ok(listed)
            }
            _ => Ok(listed),
        }
    }

    /// Carries an order out; gives what was made of it.
    pub(super) fn carry_out(&self, part: Part, status: &str, sent: Instant) -> Vec<Resource> {
        let mut state = self.state();
        state.orders += 1;
        let order = state.orders;
        let count = match part {
            Part::All => self.names.len(),
            Part::Some => self.names.len() - 1,
            Part::None => 0,
        };
        let mut made = Vec::new();
        for name in self.names.iter().take(count) {
            let id = format!("{order}-{name}");
            let late = self.slowest.mul_f64(state.random.f64());
            state.made.push((row(name, &id, status), sent + late));
            made.push(resource(name, &id));
        }
        made
    }

    /// Whether what a program was told is true.
    pub(super) fn judge(&self, outcome: &Outcome, before: usize) -> Result<(), String> {
        let state = self.state();
        for name in &self.names {
            let of_name = state.made.iter().filter(|(item, _)| item.name == *name).count();
            if of_name > 1 {
                return Err(format!("{of_name} of {name}"));
            }
        }
        let exists = |item: &Resource| state.made.iter().any(|(made, _)| made.id == item.id);
        match outcome {
            Some(Ok(ensured)) => {
                let names: Vec<&String> = ensured.items.iter().map(|item| &item.name).collect();
                let is_right = names.iter().eq(&self.names.iter().collect::<Vec<_>>());
                if !is_right || !ensured.items.iter().all(exists) {
                    return Err(format!("a success with {ensured:?}"));
                }
                let usable = |(made, _): &(Listed, Instant)| made.status != "FAILED";
                if !state.made.iter().all(usable) {
                    return Err("a success, but the creation failed".to_owned());
                }
                Ok(())
            }
            Some(Err(error @ (EnsureError::Duplicate { .. } | EnsureError::Different { .. }))) => {
                Err(error.to_string())
            }
            Some(Err(error @ (EnsureError::Refused(_) | EnsureError::LookupFailed(_))))
                if state.made.len() > before && state.orders == 1 =>
            {
                Err(format!("says that nothing was ordered: {error}"))
            }
            _ => Ok(()),
        }
    }
}
