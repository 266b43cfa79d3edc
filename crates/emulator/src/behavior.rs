//! What operations do. In: the state and a call. Out: an answer or a refusal, and the state after it.
//!
//! This is no list of operations: what stands in no module here answers with its documented example.

mod accounts;
mod analyses;
mod backups;
mod catalog;
mod changes;
mod configuration;
mod console;
mod diagnosis;
mod exports;
mod instances;
mod kept;
mod live;
mod logs;
mod migrations;
mod nodes;
mod online_migrations;
mod password;
mod place;
mod power;
mod show;
mod shown;
mod tags;
mod tasks;
mod templates;
mod tls;
mod whitelist;

use std::time::Duration;

use huaweicloud_core::server::Operation;
use serde_json::Value;

use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::{Act, State},
};

/// What an operation does.
pub(crate) type Behavior = fn(&mut State, &Call) -> Result<Reply, Refusal>;

/// What an operation does that asks the processes first.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    /// What they are asked.
    pub(crate) ask: fn(&mut State, &Call) -> Result<Vec<Question>, Refusal>,
    /// The answer that their replies give.
    pub(crate) answer: fn(&mut State, &Call, &[Said]) -> Result<Reply, Refusal>,
}

/// What the processes of an instance are asked.
pub(crate) struct Question {
    pub(crate) instance: String,
    pub(crate) act: Act,
    /// How long the answer waits for the reply.
    pub(crate) patience: Duration,
}

/// What the master of a shard replied; where there is no process, nothing did.
pub(crate) struct Said {
    pub(crate) instance: String,
    pub(crate) shard: usize,
    pub(crate) reply: Value,
}

/// The operations that ask the processes.
pub(crate) const LIVE: &[&[(&str, Live)]] =
    &[live::BEHAVIORS, show::BEHAVIORS, console::LIVE, tls::LIVE];

/// What an operation does, if it asks the processes.
pub(crate) fn live(operation: &Operation) -> Option<Live> {
    let mut all = LIVE.iter().copied().flatten();
    all.find(|(id, _)| *id == operation.id).map(|(_, live)| *live)
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
    accounts::BEHAVIORS,
    analyses::BEHAVIORS,
    console::BEHAVIORS,
    diagnosis::BEHAVIORS,
    exports::BEHAVIORS,
    kept::BEHAVIORS,
    logs::BEHAVIORS,
    migrations::BEHAVIORS,
    online_migrations::BEHAVIORS,
    place::BEHAVIORS,
    power::BEHAVIORS,
    tasks::BEHAVIORS,
    templates::BEHAVIORS,
    tls::BEHAVIORS,
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
        let mut ids: Vec<&str> =
            own.chain(LIVE.iter().copied().flatten().map(|(id, _)| *id)).collect();
        for id in &ids {
            assert!(OPERATIONS.iter().any(|operation| operation.id == *id), "{id}");
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}
