//! The nodes of an instance, and switching over between them.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    pace::Change,
    refusal::Refusal,
    state::{Act, Instance, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("ChangeMasterStandby", switch_over), ("ListGroupReplicationInfo", groups)];

fn switch_over(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    if !state.instance(id)?.order.is_replicated() {
        return Err(Refusal::new("DCS.4855", "It has one node."));
    }
    state.begin(id, Change::Restart, Act::SwitchOver, call.now)?;
    Ok(Reply::empty(204))
}

fn groups(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let roles: &[&str] =
        if instance.order.is_replicated() { &["master", "slave"] } else { &["master"] };
    let nodes: Vec<Value> =
        roles.iter().enumerate().map(|(number, role)| node(instance, number, role)).collect();
    let group = json!({
        "group_id": instance.id,
        "group_name": "group-0",
        "replication_list": nodes,
    });
    Ok(Reply::without_nulls(json!({"group_list": [group]})))
}

fn node(instance: &Instance, number: usize, role: &str) -> Value {
    // An id of a node is made of the instance's, so that it stays.
    let digits = instance.id.replace('-', "");
    let id = format!("{}{number:04}", digits.get(..28).unwrap_or_default());
    let zones = &instance.order.az_codes;
    let zone = zones.get(number).or_else(|| zones.first());
    json!({
        "replication_role": role,
        "replication_ip": instance.endpoint.as_ref().map(|endpoint| endpoint.ip.as_str()),
        "is_replication": false,
        "replication_id": id,
        "node_id": id,
        "status": "Active",
        "az_code": zone,
        "dimensions": [{"name": "dcs_instance_id", "value": instance.id}],
    })
}
