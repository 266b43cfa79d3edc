//! Parameters of instances. Those that the process knows are set there.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    example, moment,
    refusal::Refusal,
    state::{Act, CONFIGURED, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("ListConfigurations", list),
    ("UpdateConfigurations", update),
    ("UpdateInstanceConfig", update_async),
    ("ListConfigHistories", histories),
    ("ShowConfigHistoryDetail", history),
];

/// The documented parameters, with the values that were set, and those that were set besides.
fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let instance = state.instance(id)?;
    let mut body = example::of(call.operation);
    let documented = body["redis_config"].as_array().cloned().unwrap_or_default();
    let mut parameters: Vec<Value> = documented
        .into_iter()
        .map(|mut parameter| {
            let name = parameter["param_name"].as_str().unwrap_or_default();
            let value = instance.configuration.get(name).map(|value| json!(value));
            let default = parameter["default_value"].clone();
            parameter["param_value"] = value.unwrap_or(default);
            parameter
        })
        .collect();
    for (name, value) in &instance.configuration {
        if !parameters.iter().any(|known| known["param_name"] == json!(name)) {
            parameters.push(json!({
                "param_id": (parameters.len() + 1).to_string(),
                "param_name": name,
                "param_value": value,
            }));
        }
    }
    let changed = instance.tasks.iter().rev().find(|task| task.name == CONFIGURED);
    body["redis_config"] = json!(parameters);
    body["instance_id"] = json!(id);
    body["status"] = json!(instance.status.as_str());
    body["config_time"] = json!(moment::text(changed.map_or(instance.created, |t| t.created)));
    // What waits for a restart is not in force.
    body["config_status"] = json!(if instance.waiting.is_empty() { "SUCCESS" } else { "UPDATING" });
    Ok(Reply::json(body))
}

/// Sets parameters. Out: the id of the task that tells of it.
fn set(state: &mut State, call: &Call) -> Result<String, Refusal> {
    let id = call.variable("instance_id");
    state.running(id)?;
    let text = |entry: &Value, name: &str| entry[name].as_str().map(str::to_owned);
    let settings = call.list("redis_config").iter();
    let settings: Vec<(String, String)> = settings
        .filter_map(|entry| Some((text(entry, "param_name")?, text(entry, "param_value")?)))
        .collect();
    let task = state.task_id();
    state.effect(id, Act::Configure { task: task.clone(), settings });
    Ok(task)
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    set(state, call)?;
    Ok(Reply::empty(204))
}

fn update_async(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::json(json!({"job_id": set(state, call)?})))
}

fn histories(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let changes = instance.tasks.iter().rev().filter(|task| task.name == CONFIGURED);
    let all: Vec<Value> = changes
        .map(|task| {
            json!({
                "history_id": task.id,
                "type": "config",
                "created_at": moment::text(task.created),
                "status": "SUCCESS",
            })
        })
        .collect();
    let total = all.len();
    Ok(Reply::json(json!({"history_num": total, "histories": call.page(all, 10)})))
}

/// The fields of a detail are not documented; these are the emulator's.
fn history(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("history_id");
    let instance = state.instance(call.variable("instance_id"))?;
    let found = instance.tasks.iter().find(|task| task.id == id && task.name == CONFIGURED);
    let found =
        found.ok_or_else(|| Refusal::new("DCS.4070", format!("no history has the ID {id}")))?;
    let change = |(name, old, new): &(String, Option<String>, String)| json!({"param_name": name, "old_value": old, "new_value": new});
    let changes: Vec<Value> = found.changes.iter().map(change).collect();
    Ok(Reply::without_nulls(json!({"changes": changes})))
}
