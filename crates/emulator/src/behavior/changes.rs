//! Changing, resizing, restarting and flushing instances.

use serde_json::{Value, json};

use super::{Behavior, shown};
use crate::{
    call::{Call, Reply},
    pace::Change,
    refusal::Refusal,
    state::{Act, Node, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("UpdateInstance", update),
    ("ResizeInstance", resize),
    ("CreateResizeOrder", order_resize),
    ("RestartOrFlushInstances", restart_or_flush),
];

fn update(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let port = call.field("port").and_then(Value::as_u64).and_then(|p| u16::try_from(p).ok());
    let instance = state.instance_mut(id)?;
    let current = instance.endpoint.as_ref().map(|endpoint| endpoint.port);
    let is_moved = port.is_some() && port != current.or(instance.order.port);
    if is_moved || call.field("rename_commands").is_some() {
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
    let renamed = call.field("rename_commands").and_then(Value::as_object);
    if let Some(renamed) = renamed {
        let renamed =
            renamed.iter().filter_map(|(old, new)| Some((old.clone(), new.as_str()?.to_owned())));
        instance.order.renamed = renamed.collect();
    }
    if is_moved {
        instance.order.port = port;
    }
    if is_moved || renamed.is_some() {
        let node = instance.node();
        state.begin(id, Change::Restart, Act::Start(node), call.now)?;
    }
    Ok(Reply::empty(204))
}

fn resize(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    begin_resize(state, call)?;
    Ok(Reply::empty(204))
}

/// The order is carried out at once: nothing says how it would be paid later.
fn order_resize(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.running(call.variable("instance_id"))?;
    let password = call.secret("password");
    if password.is_some() && password != instance.order.password {
        return Err(Refusal::new("DCS.4080", "The password is wrong."));
    }
    begin_resize(state, call)?;
    let id = state.id().replace('-', "").to_uppercase();
    let order_id = format!("CS{}", &id[..16]);
    let instance = state.instance_mut(call.variable("instance_id"))?;
    instance.resize_orders.push((order_id.clone(), call.now));
    Ok(Reply::json(json!({"order_id": order_id})))
}

fn begin_resize(state: &mut State, call: &Call) -> Result<(), Refusal> {
    let id = call.variable("instance_id");
    let mut order = state.running(id)?.order.clone();
    let before = order.emulated();
    let capacity = call.field("new_capacity").and_then(Value::as_f64).unwrap_or(order.capacity);
    let shards = order.shards_with(capacity);
    if let Some(spec_code) = call.words("spec_code") {
        order.spec_code = spec_code;
    }
    if order.emulated().is_cluster != before.is_cluster {
        return Err(Refusal::new("DCS.4200", ""));
    }
    order.capacity = capacity;
    if before.is_cluster {
        // Each shard keeps its nodes.
        (order.shards, order.nodes) = (Some(shards), Some(before.nodes));
    }
    let after = order.emulated();
    let instance = state.running(id)?;
    let act = match (after == before, before.is_cluster) {
        (true, _) => Act::Memory(capacity),
        (false, false) => {
            Act::Start(Node { layout: after, gigabytes: capacity, ..instance.node() })
        }
        (false, true) => {
            // It is what it was until all its slots are where they shall be.
            let node = Node { layout: after, gigabytes: capacity, ..instance.node() };
            let act = Act::Reshard { node, shards, spec_code: order.spec_code };
            return state.begin(id, Change::Resize, act, call.now).map(drop);
        }
    };
    instance.order = order;
    state.begin(id, Change::Resize, act, call.now).map(drop)
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
