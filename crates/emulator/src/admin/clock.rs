//! What time it is for the emulator. In: the machine's clock, and by how much to differ from it. Out: the
//! moments that states go by, and those that signatures are checked against.

use std::sync::atomic::{AtomicI64, Ordering};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::moment;

/// Two clocks, which both begin as that of the machine.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// How far states are ahead, in milliseconds.
    ahead: AtomicI64,
    /// How far the date of signatures and answers is ahead.
    skew: AtomicI64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    /// By how much states go on at once.
    advance_ms: Option<i64>,
    /// How far the service's own clock is from that of the machine.
    skew_ms: Option<i64>,
}

impl Clock {
    /// The moment of states, in milliseconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        moment::now().saturating_add_signed(self.ahead.load(Ordering::Relaxed))
    }

    /// The moment that signatures must be of.
    pub(crate) fn of_signatures(&self) -> u64 {
        moment::now().saturating_add_signed(self.skew.load(Ordering::Relaxed))
    }

    /// Whether answers have another date than the machine.
    pub(crate) fn is_skewed(&self) -> bool {
        self.skew.load(Ordering::Relaxed) != 0
    }

    pub(crate) fn advance(&self, milliseconds: i64) {
        self.ahead.fetch_add(milliseconds, Ordering::Relaxed);
    }

    pub(crate) fn reset(&self) {
        self.ahead.store(0, Ordering::Relaxed);
        self.skew.store(0, Ordering::Relaxed);
    }

    /// As a page tells it.
    pub(super) fn json(&self) -> Value {
        json!({
            "now": moment::text(self.now()),
            "ahead_ms": self.ahead.load(Ordering::Relaxed),
            "skew_ms": self.skew.load(Ordering::Relaxed),
        })
    }

    /// Sets it as a request to the page asks.
    pub(super) fn set(&self, body: &[u8]) -> Result<Value, String> {
        let setting: Setting = serde_json::from_slice(body)
            .map_err(|error| format!("{error}; send an object with advance_ms, skew_ms or both"))?;
        if let Some(milliseconds) = setting.advance_ms {
            self.advance(milliseconds);
        }
        if let Some(milliseconds) = setting.skew_ms {
            self.skew.store(milliseconds, Ordering::Relaxed);
        }
        Ok(self.json())
    }
}
