//! Tasks in the background and jobs. Every change of an instance has one, which tells how far it is; the id of
//! a job is that of its task.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    moment,
    refusal::Refusal,
    state::{Instance, Progress, State, Task},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("ListBackgroundTask", list),
    ("DeleteBackgroundTask", delete),
    ("ShowBackgroundTaskProgress", progress),
    ("ListCenterTask", list_all),
    ("DeleteCenterTask", delete_any),
    ("ShowJobInfo", job),
];

fn word(progress: Progress) -> &'static str {
    match progress {
        Progress::UnderWay => "EXECUTING",
        Progress::Succeeded => "SUCCESS",
        Progress::Failed => "FAIL",
    }
}

fn shown(task: &Task) -> Value {
    json!({
        "id": task.id,
        "name": task.name,
        "details": task.details,
        "user_name": "emulator",
        "user_id": "emulator",
        "params": "",
        "status": word(task.progress),
        "created_at": moment::text(task.created),
        "updated_at": moment::text(task.updated),
        "enable_show": true,
    })
}

/// The newest comes first.
fn answer(call: &Call, tasks: Vec<Value>) -> Reply {
    let count = tasks.len().to_string();
    Reply::without_nulls(json!({"task_count": count, "tasks": call.page(tasks, 10)}))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let listed = |task: &&Task| !task.is_hidden && call.is_in_time(task.created);
    Ok(answer(call, instance.tasks.iter().rev().filter(listed).map(shown).collect()))
}

fn list_all(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let all = state.instances().iter().flat_map(|instance| &instance.tasks);
    let mut listed: Vec<&Task> =
        all.filter(|task| !task.is_hidden && call.is_in_time(task.created)).collect();
    listed.sort_by_key(|task| std::cmp::Reverse(task.created));
    let one = |task: &Task| {
        let mut shown = shown(task);
        shown["job_id"] = json!(task.id);
        shown
    };
    Ok(answer(call, listed.into_iter().map(one).collect()))
}

fn missing(id: &str) -> Refusal {
    Refusal::new("DCS.4070", format!("no task has the ID {id}"))
}

/// A task under way cannot be deleted.
fn hide(instance: &mut Instance, id: &str) -> Result<(), Refusal> {
    let found = instance.tasks.iter_mut().find(|task| task.id == id && !task.is_hidden);
    let task = found.ok_or_else(|| missing(id))?;
    if task.progress == Progress::UnderWay {
        return Err(Refusal::new("DCS.4957", format!("the task {id} is under way")));
    }
    task.is_hidden = true;
    Ok(())
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance_mut(call.variable("instance_id"))?;
    hide(instance, call.variable("task_id"))?;
    Ok(Reply::empty(204))
}

/// The instance that a task is of, by the id of the task.
fn owner(state: &State, id: &str) -> Result<String, Refusal> {
    let has = |instance: &&Instance| instance.tasks.iter().any(|task| task.id == id);
    let owner = state.instances().iter().find(has);
    owner.map(|instance| instance.id.clone()).ok_or_else(|| missing(id))
}

fn delete_any(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("task_id");
    let owner = owner(state, id)?;
    hide(state.instance_mut(&owner)?, id)?;
    Ok(Reply::empty(200))
}

fn progress(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let (id, task) = (call.variable("instance_id"), call.variable("task_id"));
    state.polled(id, call.now);
    let instance = state.instance(id)?;
    let found = instance.tasks.iter().find(|known| known.id == task);
    let task = found.ok_or_else(|| missing(task))?;
    let is_over = task.progress != Progress::UnderWay;
    let step = json!({
        "step_id": "1",
        "step_name": task.name,
        "step_status": word(task.progress),
        "begin_time": moment::text(task.created),
        "end_time": is_over.then(|| moment::text(task.updated)),
    });
    Ok(Reply::without_nulls(json!({
        "progress": instance.percent(task, call.now),
        "step_details": [step],
    })))
}

fn job(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("job_id");
    let owner = owner(state, id)?;
    // A look at a job is one at its instance.
    state.polled(&owner, call.now);
    let found = state.instance(&owner)?.tasks.iter().find(|task| task.id == id);
    let task = found.ok_or_else(|| missing(id))?;
    let is_over = task.progress != Progress::UnderWay;
    Ok(Reply::without_nulls(json!({
        "job_id": task.id,
        "job_type": task.name,
        "status": word(task.progress),
        "begin_time": task.created.to_string(),
        "end_time": is_over.then(|| task.updated.to_string()),
        "fail_reason": task.why,
    })))
}
