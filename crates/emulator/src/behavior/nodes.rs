//! The nodes of an instance, and switching over between them.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    pace::Change,
    refusal::Refusal,
    state::{Act, Instance, Progress, State, Task},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("ChangeMasterStandby", switch_over),
    ("ChangeMasterStandbyAsync", switch_over_async),
    ("ExecuteClusterSwitchover", switch_shard),
    ("ListGroupReplicationInfo", groups),
    ("ShowReplicationStates", states),
    ("UpdateSlavePriority", set_priority),
    ("DeleteIpFromDomainName", remove_address),
    ("ValidateDeletableReplica", deletable),
    ("ShowNodesInformation", information),
    ("BatchShowNodesInformation", information_of_all),
    ("ListMonitoredObjects", monitored),
    ("ListMonitoredObjectsOfInstance", monitored_of_instance),
];

/// A node: the shard that it is in, and its place there, that of the master first.
pub(super) struct Node {
    pub(super) shard: usize,
    pub(super) place: usize,
}

/// The name of a shard.
pub(super) fn group(shard: usize) -> String {
    format!("group-{shard}")
}

/// The shard of a node, by the node's id.
pub(super) fn shard_of(instance: &Instance, id: &str) -> Option<usize> {
    let mut all = all(instance);
    all.find(|node| node_id(instance, node) == id).map(|node| node.shard)
}

pub(super) fn all(instance: &Instance) -> impl Iterator<Item = Node> + use<> {
    let layout = instance.order.emulated();
    (0..layout.shards)
        .flat_map(move |shard| (0..layout.nodes).map(move |place| Node { shard, place }))
}

/// An id that is made of the instance's, so that it stays.
fn made_id(instance: &Instance, kind: char, number: usize) -> String {
    let digits = instance.id.replace('-', "");
    format!("{}{kind}{number:03x}", digits.get(..28).unwrap_or_default())
}

/// The number of a node among all of its instance, from 1.
pub(super) fn number(instance: &Instance, node: &Node) -> usize {
    node.shard * instance.order.emulated().nodes + node.place + 1
}

pub(super) fn node_id(instance: &Instance, node: &Node) -> String {
    made_id(instance, '0', number(instance, node) - 1)
}

/// The id of a shard; that of the only one is the instance's.
pub(super) fn group_id(instance: &Instance, shard: usize) -> String {
    match shard {
        0 => instance.id.clone(),
        shard => made_id(instance, 'a', shard),
    }
}

/// A node that was stopped does not work.
fn status(instance: &Instance, node: &Node) -> &'static str {
    let is_stopped = instance.stopped.contains(&(number(instance, node) - 1));
    if is_stopped { "Inactive" } else { "Active" }
}

fn role(node: &Node) -> &'static str {
    if node.place == 0 { "master" } else { "slave" }
}

fn switch(state: &mut State, call: &Call, shard: usize) -> Result<String, Refusal> {
    let id = call.variable("instance_id");
    if !state.instance(id)?.order.emulated().has_standby() {
        return Err(Refusal::new("DCS.4855", "It has one node."));
    }
    state.begin(id, Change::Restart, Act::SwitchOver { shard }, call.now).map(|(_, task)| task)
}

fn switch_over(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    switch(state, call, 0)?;
    Ok(Reply::empty(204))
}

fn switch_over_async(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::json(json!({"job_id": switch(state, call, 0)?})))
}

/// The shard that the path names.
fn named_shard(state: &State, call: &Call) -> Result<usize, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let (asked, layout) = (call.variable("group_id"), instance.order.emulated());
    let found = (0..layout.shards).find(|shard| group_id(instance, *shard) == asked);
    found.ok_or_else(|| Refusal::new("DCS.3053", format!("no shard has the ID {asked}")))
}

fn switch_shard(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let shard = named_shard(state, call)?;
    Ok(Reply::json(json!({"job_id": switch(state, call, shard)?})))
}

fn groups(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let shards = instance.order.emulated().shards;
    let group = |shard: usize| {
        let own = all(instance).filter(|node| node.shard == shard);
        json!({
            "group_id": group_id(instance, shard),
            "group_name": group(shard),
            "replication_list": own.map(|node| shown(instance, &node)).collect::<Vec<_>>(),
        })
    };
    let groups: Vec<Value> = (0..shards).map(group).collect();
    Ok(Reply::without_nulls(json!({"group_list": groups, "group_count": shards})))
}

fn states(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let shard = named_shard(state, call)?;
    let instance = state.instance(call.variable("instance_id"))?;
    let own = all(instance).filter(|node| node.shard == shard);
    let nodes: Vec<Value> = own.map(|node| shown(instance, &node)).collect();
    Ok(Reply::without_nulls(json!(nodes)))
}

fn zone<'i>(instance: &'i Instance, node: &Node) -> Option<&'i String> {
    let zones = &instance.order.az_codes;
    zones.get(node.place).or_else(|| zones.first())
}

fn ip(instance: &Instance) -> Option<&str> {
    instance.endpoint.as_ref().map(|endpoint| endpoint.ip.as_str())
}

fn shown(instance: &Instance, node: &Node) -> Value {
    let id = node_id(instance, node);
    json!({
        "replication_role": role(node),
        "replication_ip": ip(instance),
        "is_replication": false,
        "replication_id": id,
        "node_id": id,
        "status": status(instance, node),
        "az_code": zone(instance, node),
        "dimensions": [
            {"name": "dcs_instance_id", "value": instance.id},
            {"name": "dcs_cluster_redis_node", "value": id},
        ],
    })
}

/// The weight of a replica is kept, and shown by its name.
fn set_priority(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    named_shard(state, call)?;
    let instance = state.running(call.variable("instance_id"))?;
    let node = call.variable("node_id");
    let mut replicas = all(instance).filter(|node| node.place > 0);
    if !replicas.any(|known| node_id(instance, &known) == node) {
        return Err(Refusal::new("DCS.3053", format!("no replica has the ID {node}")));
    }
    let weight = call.field("slave_priority_weight").cloned().unwrap_or_default();
    instance.kept.insert(format!("priority/{node}"), weight);
    Ok(Reply::empty(204))
}

/// What is kept of a node whose address was removed from the read-only domain name.
fn removed_address(node: &str) -> String {
    format!("removed-address/{node}")
}

/// There is no domain name here that would resolve to the address; it is shown as removed.
fn remove_address(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let shard = named_shard(state, call)?;
    let id = state.task_id();
    let instance = state.running(call.variable("instance_id"))?;
    let node = call.variable("node_id");
    let replicas = all(instance).filter(|node| node.shard == shard && node.place > 0);
    let replicas: Vec<String> = replicas.map(|node| node_id(instance, &node)).collect();
    if !replicas.iter().any(|known| known == node) {
        return Err(Refusal::new("DCS.3053", format!("no replica has the ID {node}")));
    }
    let others = replicas.iter().filter(|known| *known != node);
    let is_last =
        others.into_iter().all(|other| instance.kept.contains_key(&removed_address(other)));
    if is_last {
        return Err(Refusal::new("DCS.4879", ""));
    }
    instance.kept.insert(removed_address(node), json!(true));
    let mut task = Task::new(id.clone(), "RemoveIpFromDomainName", call.now);
    task.progress = Progress::Succeeded;
    instance.note(task);
    Ok(Reply::json(json!({"job_id": id})))
}

fn deletable(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let layout = instance.order.emulated();
    // The last replica of a shard stays.
    let is_one_too_many = layout.nodes > 2;
    let last = all(instance).filter(|node| is_one_too_many && node.place + 1 == layout.nodes);
    let one = |node: Node| {
        let id = node_id(instance, &node);
        json!({
            "replication_id": id,
            "node_id": id,
            "replication_ip": ip(instance),
            "group_id": group_id(instance, node.shard),
            "group_name": group(node.shard),
            "available_zone": zone(instance, &node),
        })
    };
    let list: Vec<Value> = last.map(one).collect();
    let zone = list.first().map(|node| node["available_zone"].clone());
    Ok(Reply::without_nulls(json!({
        "check_result": is_one_too_many,
        "available_zone": zone,
        "replication_list": list,
    })))
}

fn logical(instance: &Instance, node: &Node) -> Value {
    let id = node_id(instance, node);
    let weight = instance.kept.get(&format!("priority/{id}")).cloned().unwrap_or(json!(100));
    let port = instance.endpoint.as_ref().map(|endpoint| endpoint.port.to_string());
    json!({
        "logical_node_id": id,
        "name": format!("redis-{}", number(instance, node) - 1),
        "status": status(instance, node),
        "az_code": zone(instance, node),
        "node_role": "redis-server",
        "node_type": role(node),
        "node_ip": ip(instance),
        // The ports of other nodes are told by the nodes themselves.
        "node_port": port.filter(|_| node.shard == 0 && node.place == 0),
        "node_id": id,
        "priority_weight": weight,
        "is_access": true,
        "group_id": group_id(instance, node.shard),
        "group_name": group(node.shard),
        "is_remove_ip": instance.kept.contains_key(&removed_address(&id)),
        "replication_id": id,
        "dimensions": [{"name": "dcs_cluster_redis_node", "value": id}],
    })
}

fn information(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let nodes: Vec<Value> = all(instance).map(|node| logical(instance, &node)).collect();
    let total = nodes.len();
    let body = json!({"instance_id": instance.id, "total": total, "nodes": nodes});
    Ok(Reply::without_nulls(body))
}

fn information_of_all(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let all_instances: Vec<&Instance> = state.instances().iter().collect();
    let count = all_instances.len();
    let one = |instance: &Instance| {
        let nodes: Vec<Value> = all(instance).map(|node| logical(instance, &node)).collect();
        json!({"instance_id": instance.id, "node_count": nodes.len(), "nodes": nodes})
    };
    let page: Vec<Value> = call.page(all_instances, 10).into_iter().map(one).collect();
    Ok(Reply::without_nulls(json!({"count": count, "instances": page})))
}

/// The dimensions that monitoring knows; nodes are one where there are several.
fn children(has_nodes: bool) -> Value {
    let one = json!({
        "dim_name": "dcs_cluster_redis_node",
        "dim_route": "dcs_instance_id,dcs_cluster_redis_node",
    });
    if has_nodes { json!([one]) } else { json!([]) }
}

fn object(instance: &Instance) -> Value {
    json!({
        "dcs_instance_id": instance.id,
        "name": instance.order.name,
        "status": instance.status.as_str(),
    })
}

fn monitored(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let all: Vec<Value> = state.instances().iter().map(object).collect();
    let total = all.len();
    Ok(Reply::json(json!({
        "router": ["dcs_instance_id"],
        "children": children(true),
        "instances": call.page(all, 10),
        "total": total,
    })))
}

fn monitored_of_instance(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let has_nodes = instance.order.emulated().is_cluster;
    let node = |node: Node| {
        json!({
            "dcs_instance_id": instance.id,
            "name": format!("({}){}", role(&node), ip(instance).unwrap_or_default()),
            "dcs_cluster_redis_node": node_id(instance, &node),
            "status": instance.status.as_str(),
        })
    };
    let nodes: Vec<Value> = all(instance).filter(|_| has_nodes).map(node).collect();
    Ok(Reply::json(json!({
        "router": ["dcs_instance_id"],
        "children": children(has_nodes),
        "instances": [object(instance)],
        "total": nodes.len().max(1),
        "dcs_cluster_redis_node": nodes,
    })))
}
