//! Fault injection. In: what goes wrong, and for which requests, by the library or as JSON. Out: a
//! [`Fault`], checked, and the list of those that an emulator has.
//!
//! `registry` decides for each request which of them strike, `plan` is what that means for it.

mod check;
mod plan;
mod registry;

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use check::FaultError;
pub(crate) use plan::{Ending, Plan};
pub use registry::SetFault;
pub(crate) use registry::{Registry, Target};

/// An injected fault, and which requests it strikes.
///
/// Without a condition it strikes every request for an operation of the API. As JSON it is an object with
/// the conditions and `then`, such as
/// `{"operation": "ListInstances", "nth": 2, "then": {"status": {"status": 503}}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "a fault strikes once it is added to an emulator"]
pub struct Fault {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) probability: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) nth: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) times: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) for_ms: Option<u64>,
    pub(crate) then: Trouble,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Trouble {
    Delay {
        ms: u64,
    },
    Status {
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        carried_out: bool,
    },
    TooManyRequests {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    Html {
        status: u16,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        carried_out: bool,
    },
    Reset(Reset),
    Stall,
    LateListing {
        ms: u64,
    },
    CreateFailed,
    StuckCreating,
    OverlappingLists,
    Change {
        set: BTreeMap<String, Value>,
    },
}

/// When a connection is reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reset {
    /// Once the head of the request is there: nothing is carried out, and the body is not read.
    BeforeReading,
    /// Once the whole request is there: nothing is carried out.
    AfterReading,
    /// Once the request is carried out: there is no answer to it.
    AfterCarryingOut,
    /// In the middle of the answer to a request that is carried out.
    MidAnswer,
}

impl Fault {
    fn new(then: Trouble) -> Self {
        let (operation, probability, nth, times) = (None, None, None, None);
        Self { operation, probability, nth, times, after_ms: None, for_ms: None, then }
    }

    /// The request waits before it is carried out.
    pub fn delay(time: Duration) -> Self {
        Self::new(Trouble::Delay { ms: milliseconds(time) })
    }

    /// The request is refused with a status, and not carried out.
    pub fn status(status: u16) -> Self {
        let (code, message) = (None, None);
        Self::new(Trouble::Status { status, code, message, carried_out: false })
    }

    /// The request is refused with 429, and with the header `Retry-After` if there is a pause.
    pub fn too_many_requests(pause: impl Into<Option<Duration>>) -> Self {
        let retry_after = pause.into().map(|pause| pause.as_secs());
        Self::new(Trouble::TooManyRequests { retry_after })
    }

    /// A gateway answers with a page of HTML.
    pub fn html(status: u16) -> Self {
        Self::new(Trouble::Html { status, carried_out: false })
    }

    /// The connection is reset.
    pub fn reset(when: Reset) -> Self {
        Self::new(Trouble::Reset(when))
    }

    /// There is never an answer, and nothing is carried out; the connection stays.
    pub fn stall() -> Self {
        Self::new(Trouble::Stall)
    }

    /// Instances that are ordered are listed only after so long; they can be shown before.
    pub fn late_listing(time: Duration) -> Self {
        Self::new(Trouble::LateListing { ms: milliseconds(time) })
    }

    /// Instances that are ordered end as `CREATEFAILED`.
    pub fn create_failed() -> Self {
        Self::new(Trouble::CreateFailed)
    }

    /// Instances that are ordered stay `CREATING`.
    pub fn stuck_creating() -> Self {
        Self::new(Trouble::StuckCreating)
    }

    /// Pages of a list begin one item early, so that neighbors have an item in common.
    pub fn overlapping_lists() -> Self {
        Self::new(Trouble::OverlappingLists)
    }

    /// A field of the answer, by its JSON pointer such as `/instances/0/port`, has another value; `null` removes it.
    pub fn change(pointer: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::new(Trouble::Change { set: BTreeMap::from([(pointer.into(), value.into())]) })
    }
}

impl Fault {
    /// Only requests for this operation, by its operationId.
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.operation = Some(id.into());
        self
    }

    /// Each request with this probability, from 0 to 1. Which ones, the emulator's seed decides.
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = Some(probability);
        self
    }

    /// Only the nth of the requests that it is about, counted from 1 since it was added.
    pub fn nth(mut self, number: u64) -> Self {
        self.nth = Some(number);
        self
    }

    /// At most so many requests.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Only requests that come so long after it was added, or later, by the emulator's clock.
    pub fn after(mut self, time: Duration) -> Self {
        self.after_ms = Some(milliseconds(time));
        self
    }

    /// Only requests of so long a time, from when it begins to strike.
    pub fn during(mut self, time: Duration) -> Self {
        self.for_ms = Some(milliseconds(time));
        self
    }

    /// The error code of a refusal, of [`status`](Self::status).
    pub fn code(mut self, code: impl Into<String>) -> Self {
        if let Trouble::Status { code: known, .. } = &mut self.then {
            *known = Some(code.into());
        }
        self
    }

    /// Of [`status`](Self::status) and [`html`](Self::html): the request is carried out all the same, so
    /// that the answer does not tell the truth.
    pub fn carried_out(mut self) -> Self {
        if let Trouble::Status { carried_out, .. } | Trouble::Html { carried_out, .. } =
            &mut self.then
        {
            *carried_out = true;
        }
        self
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
