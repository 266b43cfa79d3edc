//! What is stored and shown, and has no other effect here: schedules of scans and bandwidth.

use serde_json::{Value, json};

use super::{Behavior, nodes};
use crate::{
    call::{Call, Reply},
    example, moment,
    refusal::Refusal,
    state::State,
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("ShowBigkeyAutoscanConfig", |state, call| show_plan(state, call, "bigkey")),
    ("UpdateBigkeyAutoscanConfig", |state, call| set_plan(state, call, "bigkey")),
    ("ShowHotkeyAutoscanConfig", |state, call| show_plan(state, call, "hotkey")),
    ("UpdateHotkeyAutoScanConfig", |state, call| set_plan(state, call, "hotkey")),
    ("ShowExpireAutoScanConfig", |state, call| show_plan(state, call, "expire")),
    ("UpdateExpireAutoScanConfig", |state, call| set_plan(state, call, "expire")),
    ("ShowInstanceBandwidthAutoScalingPolicy", show_policy),
    ("UpdateInstanceBandwidthAutoScalingPolicy", set_policy),
    ("DeleteInstanceBandwidthAutoScalingPolicy", delete_policy),
    ("ShowBandwidths", bandwidths),
    ("UpdateBandwidth", set_bandwidths),
];

/// The bandwidth of a shard, in Mbit/s, and how much it can be made: that of the documented example.
fn documented() -> (u64, u64) {
    let example = example::of_id("ShowBandwidths");
    let number = |name: &str| example["group_bandwidths"][0][name].as_u64().unwrap_or_default();
    (number("assured_bandwidth"), number("max_bandwidth"))
}

/// A schedule that was never set is off.
fn show_plan(state: &mut State, call: &Call, name: &str) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let mut plan = instance.kept.get(name).cloned().unwrap_or(json!({"enable_auto_scan": false}));
    plan["instance_id"] = json!(instance.id);
    Ok(Reply::without_nulls(plan))
}

fn set_plan(state: &mut State, call: &Call, name: &str) -> Result<Reply, Refusal> {
    let instance = state.running(call.variable("instance_id"))?;
    let mut plan = instance.kept.remove(name).unwrap_or(json!({"enable_auto_scan": false}));
    // What is left out stays as it was.
    if let (Some(plan), Some(Value::Object(sent))) = (plan.as_object_mut(), &call.body) {
        plan.extend(sent.clone());
    }
    plan["updated_at"] = json!(moment::text(call.now));
    instance.kept.insert(name.to_owned(), plan);
    show_plan(state, call, name)
}

fn show_policy(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    // Its fields are required, so an instance without one shows the documented policy.
    let policy = instance.kept.get("bandwidth-policy").cloned();
    Ok(Reply::json(policy.unwrap_or_else(|| example::of(call.operation))))
}

fn set_policy(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.running(call.variable("instance_id"))?;
    let policy = call.body.clone().unwrap_or_default();
    instance.kept.insert("bandwidth-policy".to_owned(), policy.clone());
    Ok(Reply::json(policy))
}

fn delete_policy(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    state.running(call.variable("instance_id"))?.kept.remove("bandwidth-policy");
    Ok(Reply::json(example::of(call.operation)))
}

fn bandwidths(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let (assured, most) = documented();
    let groups: Vec<Value> = (0..instance.order.emulated().shards)
        .map(|shard| {
            let id = nodes::group_id(instance, shard);
            let set = instance.kept.get(&format!("bandwidth/{id}"));
            let bandwidth = set.and_then(|set| set["bandwidth"].as_u64()).unwrap_or(assured);
            let updated =
                set.map_or(json!(moment::text(instance.created)), |set| set["at"].clone());
            json!({
                "group_id": id,
                "updated_at": updated,
                "bandwidth": bandwidth,
                "max_bandwidth": most,
                "assured_bandwidth": assured,
            })
        })
        .collect();
    let sum: u64 = groups.iter().filter_map(|group| group["bandwidth"].as_u64()).sum();
    Ok(Reply::json(json!({
        "bandwidth": sum,
        "max_bandwidth": most * groups.len() as u64,
        "allow_modify": true,
        "group_bandwidths": groups,
    })))
}

fn set_bandwidths(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.running(call.variable("instance_id"))?;
    let shards = instance.order.emulated().shards;
    let known: Vec<String> = (0..shards).map(|shard| nodes::group_id(instance, shard)).collect();
    let (assured, most) = documented();
    let mut new = Vec::new();
    for group in call.list("group_bandwidths") {
        let id = group["group_id"].as_str().unwrap_or_default().to_owned();
        let bandwidth = group["target_bandwidth"].as_u64().unwrap_or_default();
        if !known.contains(&id) {
            return Err(Refusal::new("DCS.3053", format!("no shard has the ID {id}")));
        }
        if !(assured..=most).contains(&bandwidth) {
            let detail =
                format!("target_bandwidth: {bandwidth} is not within {assured} and {most}");
            return Err(Refusal::new("DCS.4063", detail));
        }
        new.push((id, bandwidth));
    }
    for (id, bandwidth) in new {
        let set = json!({"bandwidth": bandwidth, "at": moment::text(call.now)});
        instance.kept.insert(format!("bandwidth/{id}"), set);
    }
    Ok(Reply::json(example::of(call.operation)))
}
