//! The logs that processes write. A day's log is the file of the process as it is now.

use serde_json::{Value, json};

use super::{Behavior, nodes};
use crate::{
    call::{Call, Reply},
    moment,
    refusal::Refusal,
    state::{Instance, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("ListRedislog", list), ("CreateRedislog", collect), ("CreateRedislogDownloadLink", link)];

/// What is kept of logs that were collected: when.
const COLLECTED: &str = "logs";

/// The id of the log of a node.
fn id(instance: &Instance, node: &nodes::Node) -> String {
    format!("{}-{}", nodes::node_id(instance, node), nodes::number(instance, node))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let collected = instance.kept.get(COLLECTED).and_then(Value::as_u64);
    // Nothing is there before it was asked for.
    let nodes = nodes::all(instance).filter(|_| collected.is_some());
    let day = moment::text(collected.unwrap_or_default()).chars().take(10).collect::<String>();
    let file = |node: nodes::Node| {
        json!({
            "id": id(instance, &node),
            "file_name": format!("redis_{}_{day}.log", nodes::number(instance, &node)),
            "group_name": nodes::group(node.shard),
            "replication_ip": instance.endpoint.as_ref().map(|endpoint| endpoint.ip.as_str()),
            "status": "succeed",
            "time": day,
        })
    };
    let files: Vec<Value> = nodes.map(file).collect();
    let total = files.len();
    Ok(Reply::without_nulls(json!({"total_num": total, "file_list": call.page(files, 10)})))
}

fn collect(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.running(call.variable("instance_id"))?;
    instance.kept.insert(COLLECTED.to_owned(), json!(call.now));
    Ok(Reply::empty(204))
}

fn link(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let wanted = call.variable("id");
    let instance = state.instance(call.variable("instance_id"))?;
    let node = nodes::all(instance).find(|node| id(instance, node) == wanted);
    let node = node.filter(|_| instance.kept.contains_key(COLLECTED));
    let node =
        node.ok_or_else(|| Refusal::new("DCS.4063", format!("no log has the ID {wanted}")))?;
    let folder = nodes::number(instance, &node);
    let link = call.link(&format!("instances/{}/logs/{folder}/redis.log", instance.id));
    Ok(Reply::json(json!({"id": wanted, "link": link})))
}
