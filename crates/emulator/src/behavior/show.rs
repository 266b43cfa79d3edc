//! Instances as they are shown and listed, with the memory that their processes use.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Live, Question, Said, instances, live, shown};
use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::{Instance, State, Status},
};

pub(super) const BEHAVIORS: &[(&str, Live)] = &[
    ("ListInstances", Live { ask: ask_all, answer: list }),
    ("ShowInstance", Live { ask: ask_one, answer: show }),
];

/// How long an answer waits for a process that is busy; then its memory is not told.
const PATIENCE: Duration = Duration::from_millis(500);

fn question(instance: &Instance) -> Option<Question> {
    // One that is busy with a change would let everybody wait.
    let is_idle = instance.status == Status::Running && instance.pending.is_empty();
    let is_asked = is_idle && instance.endpoint.is_some() && !instance.order.is_memcached();
    is_asked
        .then(|| Question { patience: PATIENCE, ..live::question(instance, &["INFO", "memory"]) })
}

/// MB that the processes of an instance use.
fn used(said: &[Said], instance: &Instance) -> u64 {
    let own = said.iter().filter(|said| said.instance == instance.id);
    let bytes: u64 = own.filter_map(|said| Some(live::used_memory(said.reply.as_str()?))).sum();
    bytes / (1024 * 1024)
}

fn ask_one(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    let id = call.variable("instance_id");
    state.polled(id, call.now);
    Ok(question(state.instance(id)?).into_iter().collect())
}

fn show(state: &mut State, call: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let mut shown = shown::whole(instance);
    shown["used_memory"] = json!(used(said, instance));
    Ok(Reply::without_nulls(shown))
}

fn ask_all(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    state.polled_all(call.now);
    let (_, page) = instances::page(state, call);
    Ok(page.into_iter().filter_map(question).collect())
}

fn list(state: &mut State, call: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let (total, page) = instances::page(state, call);
    let one = |instance: &Instance| {
        let mut shown = shown::listed(instance);
        shown["used_memory"] = json!(used(said, instance));
        shown
    };
    // Only what is on the page is written out.
    let page: Vec<Value> = page.into_iter().map(one).collect();
    Ok(Reply::without_nulls(json!({"instance_num": total, "instances": page})))
}
