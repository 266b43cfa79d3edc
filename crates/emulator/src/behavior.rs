//! What operations do. In: the state and a call. Out: an answer or a refusal, and the state after it.
//!
//! This is no list of operations: what stands in no module here answers with its documented example.

mod backups;
mod catalog;
mod changes;
mod configuration;
mod instances;
mod live;
mod nodes;
mod password;
mod shown;
mod tags;
mod whitelist;

use huaweicloud_core::server::Operation;
use serde_json::Value;

use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::State,
};

/// What an operation does.
pub(crate) type Behavior = fn(&mut State, &Call) -> Result<Reply, Refusal>;

/// What an operation does that asks the processes first.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    /// What they are asked.
    pub(crate) ask: fn(&State, &Call) -> Result<Vec<Question>, Refusal>,
    /// The answer that their replies give.
    pub(crate) answer: fn(&State, &Call, &[Said]) -> Result<Reply, Refusal>,
}

/// A command for the process of an instance.
pub(crate) struct Question {
    pub(crate) instance: String,
    pub(crate) command: Vec<String>,
}

/// What it replied; `null` where there is no process.
pub(crate) struct Said {
    pub(crate) instance: String,
    pub(crate) reply: Value,
}

/// The operations that ask the processes.
pub(crate) const LIVE: &[(&str, Live)] = live::BEHAVIORS;

/// What an operation does, if it asks the processes.
pub(crate) fn live(operation: &Operation) -> Option<Live> {
    LIVE.iter().find(|(id, _)| *id == operation.id).map(|(_, live)| *live)
}

/// The operations with a behavior of their own.
pub(crate) const BEHAVIORS: &[&[(&str, Behavior)]] = &[
    instances::BEHAVIORS,
    changes::BEHAVIORS,
    password::BEHAVIORS,
    backups::BEHAVIORS,
    configuration::BEHAVIORS,
    tags::BEHAVIORS,
    nodes::BEHAVIORS,
    whitelist::BEHAVIORS,
    catalog::BEHAVIORS,
];

/// What an operation does, if it has a behavior of its own.
pub(crate) fn of(operation: &Operation) -> Option<Behavior> {
    let mut all = BEHAVIORS.iter().copied().flatten();
    all.find(|(id, _)| *id == operation.id).map(|(_, behavior)| *behavior)
}

#[cfg(test)]
mod tests {
    use huaweicloud_dcs_server::OPERATIONS;

    use super::*;

    #[test]
    fn every_behavior_is_that_of_one_operation() {
        let own = BEHAVIORS.iter().copied().flatten().map(|(id, _)| *id);
        let mut ids: Vec<&str> = own.chain(LIVE.iter().map(|(id, _)| *id)).collect();
        for id in &ids {
            assert!(OPERATIONS.iter().any(|operation| operation.id == *id), "{id}");
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}
