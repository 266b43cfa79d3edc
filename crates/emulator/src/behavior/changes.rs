//! Changing, resizing, restarting and flushing instances.

use serde_json::{Value, json};

use super::{Behavior, shown};
use crate::{
    call::{Call, Reply},
    pace::Change,
    refusal::Refusal,
    state::{Act, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("UpdateInstance", update),
    ("ResizeInstance", resize),
    ("RestartOrFlushInstances", restart_or_flush),
];

fn update(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let port = call.field("port").and_then(Value::as_u64).and_then(|p| u16::try_from(p).ok());
    let instance = state.instance_mut(id)?;
    let current = instance.endpoint.as_ref().map(|endpoint| endpoint.port);
    let is_moved = port.is_some() && port != current.or(instance.order.port);
    if is_moved {
        // Nothing is changed where this cannot be.
        state.running(id)?;
    }
    let instance = state.instance_mut(id)?;
    let order = &mut instance.order;
    if let Some(name) = call.text("name") {
        order.name = name;
    }
    for (field, place) in [
        ("description", &mut order.description),
        ("maintain_begin", &mut order.maintain_begin),
        ("maintain_end", &mut order.maintain_end),
        ("security_group_id", &mut order.security_group_id),
    ] {
        if let Some(text) = call.text(field) {
            *place = Some(text);
        }
    }
    if let Some(policy) = call.field("instance_backup_policy") {
        order.backup_policy = Some(policy.clone());
    }
    if is_moved {
        instance.order.port = port;
        let node = instance.order.node();
        state.begin(id, Change::Restart, Act::Start(node), call.now)?;
    }
    Ok(Reply::empty(204))
}

fn resize(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let capacity = call.field("new_capacity").and_then(Value::as_f64);
    let spec_code = call.words("spec_code");
    let id = call.variable("instance_id");
    let capacity = capacity.unwrap_or(state.instance(id)?.order.capacity);
    let instance = state.begin(id, Change::Resize, Act::Memory(capacity), call.now)?;
    instance.order.capacity = capacity;
    if let Some(spec_code) = spec_code {
        instance.order.spec_code = spec_code;
    }
    Ok(Reply::empty(204))
}

fn restart_or_flush(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let (change, act) = match call.text("action").as_deref() {
        Some("restart" | "soft_restart") => (Change::Restart, Act::Restart),
        Some("flush") => (Change::Flush, Act::Flush),
        other => {
            let detail = format!("the action is `{}`", other.unwrap_or_default());
            return Err(Refusal::new("DCS.4064", detail));
        }
    };
    let ids = call.texts("instances");
    if ids.is_empty() {
        return Err(Refusal::new("DCS.4065", ""));
    }
    let mut one = |id: &String| state.begin(id, change, act.clone(), call.now).is_ok();
    let results: Vec<Value> = ids.iter().map(|id| shown::result(id, one(id))).collect();
    Ok(Reply::json(json!({"results": results})))
}
