//! Parameters of instances. Those that the process knows are set there.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    example, moment,
    refusal::Refusal,
    state::{Act, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("ListConfigurations", list), ("UpdateConfigurations", update)];

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
    body["redis_config"] = json!(parameters);
    body["instance_id"] = json!(id);
    body["status"] = json!(instance.status.as_str());
    body["config_time"] = json!(moment::text(instance.created));
    Ok(Reply::json(body))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    state.running(id)?;
    let text = |entry: &Value, name: &str| entry[name].as_str().map(str::to_owned);
    let settings = call.list("redis_config").iter();
    let settings: Vec<(String, String)> = settings
        .filter_map(|entry| Some((text(entry, "param_name")?, text(entry, "param_value")?)))
        .collect();
    state.effect(id, Act::Configure(settings));
    Ok(Reply::empty(204))
}
