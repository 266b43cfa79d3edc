//! Whitelists. They are kept and shown; all clients of the emulator come from the same machine, so
//! none is kept out by them.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{self, Call, Reply},
    refusal::Refusal,
    state::{Progress, State, Task, WhitelistGroup},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("ShowIpWhitelist", show),
    ("UpdateIpWhitelist", update),
    ("UpdateIpWhitelistAsync", update_async),
];

fn show(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let (is_on, groups) = &state.instance(call.variable("instance_id"))?.whitelist;
    let group =
        |group: &WhitelistGroup| json!({"group_name": group.name, "ip_list": group.addresses});
    let groups: Vec<Value> = groups.iter().map(group).collect();
    Ok(Reply::json(json!({"enable_whitelist": is_on, "whitelist": groups})))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let group = |group: &Value| WhitelistGroup {
        name: group["group_name"].as_str().unwrap_or_default().to_owned(),
        addresses: call::texts(group["ip_list"].as_array().map_or(&[], Vec::as_slice)),
    };
    let groups = call.list("whitelist").iter().map(group).collect();
    let instance = state.running(call.variable("instance_id"))?;
    instance.whitelist = (call.flag("enable_whitelist"), groups);
    Ok(Reply::empty(204))
}

fn update_async(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    update(state, call)?;
    let id = state.task_id();
    let mut task = Task::new(id.clone(), "ModifyWhitelist", call.now);
    task.progress = Progress::Succeeded;
    state.running(call.variable("instance_id"))?.note(task);
    Ok(Reply::json(json!({"job_id": id})))
}
