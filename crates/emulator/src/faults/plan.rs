//! What faults mean for one request. In: those that strike it. Out: how long it waits, how it ends, and what
//! becomes of what it makes.

use std::{collections::BTreeMap, time::Duration};

use serde_json::Value;

use super::{Reset, Trouble};
use crate::state::{End, Fate};

/// What goes wrong with a request; with most, nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    /// The faults that strike it.
    pub(crate) faults: Vec<u64>,
    pub(crate) delay: Duration,
    pub(crate) ending: Ending,
    /// Whether its list begins one item early.
    pub(crate) overlaps: bool,
    /// What becomes of the instances that it orders.
    pub(crate) fate: Fate,
}

/// How a request ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Ending {
    /// With its own answer.
    #[default]
    Own,
    /// With none.
    Reset(Reset),
    Stall,
    Refused {
        status: u16,
        code: Option<String>,
        message: Option<String>,
        retry_after: Option<u64>,
        carried: Carried,
    },
    Html {
        status: u16,
        carried: Carried,
    },
    /// With its own answer, some fields of which are others.
    Changed {
        set: BTreeMap<String, Value>,
    },
}

/// Whether a request is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carried {
    Out,
    Not,
}

impl Plan {
    /// One more fault strikes. Delays and changes add up; of several endings, the first counts.
    pub(super) fn add(&mut self, id: u64, trouble: &Trouble) {
        self.faults.push(id);
        let ending = match trouble.clone() {
            Trouble::Delay { ms } => {
                self.delay = self.delay.saturating_add(Duration::from_millis(ms));
                return;
            }
            Trouble::LateListing { ms } => return self.fate.listed_after = ms,
            Trouble::CreateFailed => return self.fate.end = Some(End::Fails),
            Trouble::StuckCreating => return self.fate.end = Some(End::Sticks),
            Trouble::OverlappingLists => return self.overlaps = true,
            Trouble::Change { set } => Ending::Changed { set },
            Trouble::Stall => Ending::Stall,
            Trouble::Reset(when) => Ending::Reset(when),
            Trouble::Html { status, carried_out } => {
                Ending::Html { status, carried: carried(carried_out) }
            }
            Trouble::Status { status, code, message, carried_out } => {
                let carried = carried(carried_out);
                Ending::Refused { status, code, message, retry_after: None, carried }
            }
            Trouble::TooManyRequests { retry_after } => Ending::Refused {
                status: 429,
                code: Some("APIGW.0308".to_owned()),
                message: Some("The throttling threshold has been reached.".to_owned()),
                retry_after,
                carried: Carried::Not,
            },
        };
        match (&mut self.ending, ending) {
            (Ending::Changed { set }, Ending::Changed { set: more }) => set.extend(more),
            (own @ Ending::Own, ending) => *own = ending,
            _ => {}
        }
    }

    /// Whether the request is carried out, as far as its own fault goes.
    pub(crate) fn carries_out(&self) -> bool {
        match &self.ending {
            Ending::Own | Ending::Changed { .. } => true,
            Ending::Stall => false,
            Ending::Reset(when) => matches!(when, Reset::AfterCarryingOut | Reset::MidAnswer),
            Ending::Refused { carried, .. } | Ending::Html { carried, .. } => {
                *carried == Carried::Out
            }
        }
    }
}

fn carried(out: bool) -> Carried {
    if out { Carried::Out } else { Carried::Not }
}
