//! The retry budget of a client, so that retries do not overload a service that is down.

use std::sync::atomic::{AtomicU32, Ordering};

/// What an attempt costs that is not the first of its call.
const COST: u32 = 5;

/// What it costs after time ran out: such attempts hold a busy service the longest.
const COST_AFTER_TIMEOUT: u32 = 10;

/// What a call gives back that succeeded at once.
const GIVEN_BACK: u32 = 1;

/// Tokens, shared by all calls of a client.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    full: u32,
}

impl Budget {
    pub(crate) fn new(tokens: u32) -> Self {
        Self { left: AtomicU32::new(tokens), full: tokens }
    }

    /// Pays for one more attempt, if there is enough left.
    pub(crate) fn take(&self, is_timeout: bool) -> bool {
        let cost = cost(is_timeout);
        let paid = |left: u32| left.checked_sub(cost);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, paid).is_ok()
    }

    /// A call succeeded. It gives back what its last attempt cost; `repeated` is nothing when its
    /// first attempt did, else whether time had run out before the last one.
    pub(crate) fn succeeded(&self, repeated: Option<bool>) {
        let full = self.full;
        // The common case: nothing to write for.
        if self.left.load(Ordering::Relaxed) >= full {
            return;
        }
        let back = repeated.map_or(GIVEN_BACK, cost);
        let filled = |left: u32| Some(left.saturating_add(back).min(full));
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, filled);
    }
}

fn cost(is_timeout: bool) -> u32 {
    if is_timeout { COST_AFTER_TIMEOUT } else { COST }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(budget: &Budget) -> u32 {
        budget.left.load(Ordering::Relaxed)
    }

    #[test]
    fn repeating_costs_and_success_gives_back() {
        let budget = Budget::new(16);
        assert!(budget.take(true) && budget.take(false));
        assert_eq!(left(&budget), 1);
        assert!(!budget.take(false) && !budget.take(true));
        assert_eq!(left(&budget), 1);
        budget.succeeded(None);
        assert_eq!(left(&budget), 2);
        budget.succeeded(Some(false));
        assert_eq!(left(&budget), 7);
        budget.succeeded(Some(true));
        assert_eq!(left(&budget), 16);
    }

    #[test]
    fn nothing_is_never_enough() {
        let budget = Budget::new(0);
        budget.succeeded(Some(true));
        assert!(!budget.take(false));
    }
}
