//! What can be ordered: flavors and quotas. The flavors are those of the documented example.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    example,
    refusal::Refusal,
    state::{Quota, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("ListFlavors", flavors), ("ShowQuotaOfTenant", quotas)];

fn flavors(_: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let mut body = example::of(call.operation);
    let all = body["flavors"].as_array().cloned().unwrap_or_default();
    let fits = |flavor: &Value| {
        let is = |name: &str| call.asked(name).is_none_or(|asked| holds(&flavor[name], asked));
        ["spec_code", "cache_mode", "engine", "engine_version", "cpu_type", "capacity"]
            .iter()
            .all(|name| is(name))
    };
    body["flavors"] = all.into_iter().filter(fits).collect();
    Ok(Reply::json(body))
}

/// Whether a value, or one of several, is what is asked for; `4.0;5.0` are two.
fn holds(value: &Value, asked: &str) -> bool {
    match value {
        Value::Array(values) => values.iter().any(|value| holds(value, asked)),
        Value::String(text) => text.split(';').any(|one| one.eq_ignore_ascii_case(asked)),
        _ => false,
    }
}

fn quotas(state: &mut State, _: &Call) -> Result<Reply, Refusal> {
    let used: f64 = state.instances().iter().map(|instance| instance.order.capacity).sum();
    let used_instances = state.instances().len();
    let Quota { instances, gigabytes, .. } = state.quota;
    let resources = json!([
        {"type": "instance", "unit": null, "min": 1, "max": instances,
         "quota": instances, "used": used_instances},
        {"type": "ram", "unit": "GB", "min": 1, "max": gigabytes,
         "quota": gigabytes, "used": used.ceil() as u64},
    ]);
    Ok(Reply::json(json!({"quotas": {"resources": resources}})))
}
