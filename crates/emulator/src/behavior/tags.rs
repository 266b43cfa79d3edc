//! Tags of instances and of the project.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Behavior, shown};
use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::State,
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("BatchCreateOrDeleteTags", change), ("ShowTags", show), ("ListTagsOfTenant", list)];

fn change(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let tags = &mut state.instance_mut(call.variable("instance_id"))?.order.tags;
    let is_deletion = call.text("action").as_deref() == Some("delete");
    for tag in call.list("tags") {
        let key = tag["key"].as_str().unwrap_or_default();
        // A deletion that names a value means only the tag with this value.
        let value = tag["value"].as_str().filter(|_| is_deletion);
        tags.retain(|(k, v)| k != key || value.is_some_and(|value| value != v));
    }
    if !is_deletion {
        tags.extend(shown::tags(call.list("tags")));
    }
    Ok(Reply::empty(204))
}

fn show(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let tags = &state.instance(call.variable("instance_id"))?.order.tags;
    let tags: Vec<Value> = tags.iter().map(|(k, v)| json!({"key": k, "value": v})).collect();
    Ok(Reply::json(json!({"tags": tags})))
}

fn list(state: &mut State, _: &Call) -> Result<Reply, Refusal> {
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, value) in state.instances().iter().flat_map(|instance| &instance.order.tags) {
        all.entry(key).or_default().insert(value);
    }
    let tags: Vec<Value> =
        all.iter().map(|(key, values)| json!({"key": key, "values": values})).collect();
    Ok(Reply::json(json!({"tags": tags})))
}
