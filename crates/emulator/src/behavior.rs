//! What operations do. In: the state and a call. Out: an answer or a refusal, and the state after it.
//!
//! This is no list of operations: what stands in no module here answers with its documented example.

mod backups;
mod catalog;
mod changes;
mod configuration;
mod instances;
mod password;
mod shown;
mod tags;
mod whitelist;

use huaweicloud_core::server::Operation;

use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::State,
};

/// What an operation does.
pub(crate) type Behavior = fn(&mut State, &Call) -> Result<Reply, Refusal>;

/// The operations with a behavior of their own.
pub(crate) const BEHAVIORS: &[&[(&str, Behavior)]] = &[
    instances::BEHAVIORS,
    changes::BEHAVIORS,
    password::BEHAVIORS,
    backups::BEHAVIORS,
    configuration::BEHAVIORS,
    tags::BEHAVIORS,
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
        let mut ids: Vec<&str> = BEHAVIORS.iter().copied().flatten().map(|(id, _)| *id).collect();
        for id in &ids {
            assert!(OPERATIONS.iter().any(|operation| operation.id == *id), "{id}");
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}
