//! Nodes that are stopped and started. Where all of them are, the instance is `CLOSED`.

use serde_json::Value;

use super::{Behavior, nodes};
use crate::{
    call::{Call, Reply},
    example,
    pace::Change,
    refusal::Refusal,
    state::{Act, Instance, State, Status},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[("ChangeNodesStartStopStatus", change)];

/// The numbers of the nodes that are meant, from 0: those that are named, or all.
fn meant(instance: &Instance, call: &Call) -> Result<Vec<usize>, Refusal> {
    let all: Vec<(String, usize)> = nodes::all(instance)
        .map(|node| (nodes::node_id(instance, &node), nodes::number(instance, &node) - 1))
        .collect();
    if call.field("node_ids").is_none() {
        return Ok(all.into_iter().map(|(_, number)| number).collect());
    }
    let number = |id: &String| {
        let found = all.iter().find(|(known, _)| known == id).map(|(_, number)| *number);
        found.ok_or_else(|| Refusal::new("DCS.3053", format!("no node has the ID {id}")))
    };
    let mut numbers: Vec<usize> =
        call.texts("node_ids").iter().map(number).collect::<Result<_, _>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

fn change(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let instance = state.instance(id)?;
    if ![Status::Running, Status::Closed].contains(&instance.status) {
        let detail = format!("it is {}", instance.status.as_str());
        return Err(Refusal::new("DCS.4049", detail));
    }
    let meant = meant(instance, call)?;
    match call.text("action").as_deref() {
        Some("start") => start(state, call, &meant)?,
        Some("stop") => stop(state, call, &meant)?,
        other => {
            let detail = format!("action: `{}`; write start or stop", other.unwrap_or_default());
            return Err(Refusal::new("DCS.4063", detail));
        }
    }
    Ok(Reply::json(match example::of(call.operation) {
        Value::Null => Value::String(String::new()),
        documented => documented,
    }))
}

fn stop(state: &mut State, call: &Call, meant: &[usize]) -> Result<(), Refusal> {
    let id = call.variable("instance_id");
    let instance = state.instance(id)?;
    let runs = |number: &usize| !instance.stopped.contains(number);
    let stopped: Vec<usize> = meant.iter().copied().filter(runs).collect();
    let left: Vec<usize> = nodes::all(instance)
        .map(|node| nodes::number(instance, &node) - 1)
        .filter(|number| runs(number) && !stopped.contains(number))
        .collect();
    if stopped.is_empty() {
        return Ok(());
    }
    let layout = instance.order.emulated();
    let is_led = |number: &usize| layout.is_cluster || *number == 0 || !stopped.contains(&0);
    if !left.iter().all(is_led) {
        let detail =
            "node_ids: a standby still follows the master; switch over first, or stop all nodes";
        return Err(Refusal::new("DCS.4063", detail));
    }
    let change = if left.is_empty() { Change::Close } else { Change::Nodes };
    state.begin(id, change, Act::StopNodes(stopped), call.now).map(drop)
}

fn start(state: &mut State, call: &Call, meant: &[usize]) -> Result<(), Refusal> {
    let id = call.variable("instance_id");
    let instance = state.instance(id)?;
    let started: Vec<usize> =
        meant.iter().copied().filter(|number| instance.stopped.contains(number)).collect();
    if started.is_empty() {
        return Ok(());
    }
    let has_no_master = !instance.order.emulated().is_cluster
        && instance.stopped.contains(&0)
        && !started.contains(&0);
    if has_no_master {
        let detail = "node_ids: a standby follows the master, which is stopped; start that one too";
        return Err(Refusal::new("DCS.4063", detail));
    }
    if instance.status != Status::Closed {
        return state.begin(id, Change::Nodes, Act::StartNodes(started), call.now).map(drop);
    }
    // After a restart of the emulator there is no process to start single nodes beside.
    let others = instance.stopped.iter().copied().filter(|number| !started.contains(number));
    let (others, start): (Vec<usize>, _) = (others.collect(), Act::Start(instance.node()));
    state.begin_anyway(id, Change::Open, start, call.now)?;
    if !others.is_empty() {
        state.begin_anyway(id, Change::Nodes, Act::StopNodes(others), call.now)?;
    }
    Ok(())
}
