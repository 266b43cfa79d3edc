//! Online migrations: tasks that are created first and configured then, restarted, and whose instances exchange
//! their addresses. On one machine an address is a port, so that is what source and target exchange.

use serde_json::{Value, json};

use super::{
    Behavior,
    migrations::{begin, found, source, status, without_passwords},
};
use crate::{
    call::{Call, Reply},
    example,
    pace::Change,
    refusal::Refusal,
    state::{Act, Migration, Node, Source, Stage, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CreateOnlineMigrationTask", create),
    ("SetOnlineMigrationTask", configure),
    ("UpdateMigrationTask", set_resume_mode),
    ("BatchRestartOnlineMigrationTasks", restart_many),
    ("ExchangeInstanceIp", exchange),
    ("RollbackExchangeInstanceIp", exchange_back),
];

/// It does nothing until it is configured.
fn create(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = state.task_id();
    let mut fields = call.body.clone().unwrap_or_default();
    fields["task_name"] = fields["name"].take();
    fields["migration_type"] = json!("online_migration");
    if let Some(fields) = fields.as_object_mut() {
        for name in ["name", "vpc_id", "subnet_id", "security_group_id"] {
            fields.remove(name);
        }
    }
    state.migrations_mut().push(Migration {
        id: id.clone(),
        created: call.now,
        updated: call.now,
        fields,
        target: String::new(),
        source: Source { ports: Vec::new(), password: None },
        stage: Stage::Created,
        is_exchanged: false,
        found: json!({}),
        log: vec![(call.now, "the task was created".to_owned())],
    });
    Ok(Reply::json(json!({"instance_id": id})))
}

/// The instance of an end of a migration, by its id or by its address on this machine.
fn instance_of(state: &State, end: &Value) -> Result<String, Refusal> {
    if let Some(id) = end["id"].as_str().filter(|id| !id.is_empty()) {
        return Ok(state.instance(id)?.id.clone());
    }
    let ports = source(state, end)?.ports;
    let has = |port: u16| ports.contains(&port);
    let mut all = state.instances().iter();
    let found = all.find(|one| one.endpoint.as_ref().is_some_and(|endpoint| has(endpoint.port)));
    let wrong = "target_instance: no instance of the emulator answers there";
    found.map(|one| one.id.clone()).ok_or_else(|| Refusal::new("DCS.4063", wrong))
}

fn configure(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("task_id");
    if !found(state, id)?.is_over() {
        return Err(Refusal::new("DCS.4957", format!("the task {id} is under way; stop it first")));
    }
    let mut sent = call.body.clone().unwrap_or_default();
    let source = source(state, &sent["source_instance"])?;
    let target = instance_of(state, &sent["target_instance"])?;
    begin(state, call, id, &target, &source)?;
    without_passwords(&mut sent);
    let mut name = Value::Null;
    for migration in state.migrations_mut().iter_mut().filter(|migration| migration.id == id) {
        if let (Some(fields), Value::Object(sent)) = (migration.fields.as_object_mut(), sent.take())
        {
            fields.extend(sent);
        }
        (migration.target, migration.source) = (target.clone(), source.clone());
        (migration.stage, migration.updated) = (Stage::Copying, call.now);
        migration.log.push((call.now, "the task begins".to_owned()));
        name = migration.fields["task_name"].clone();
    }
    Ok(Reply::without_nulls(json!({"id": id, "name": name, "status": status(Stage::Copying)})))
}

/// A copy that fails is not resumed here; the mode is shown.
fn set_resume_mode(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("task_id");
    found(state, id)?;
    let mode = call.field("resume_mode").cloned();
    for migration in state.migrations_mut().iter_mut().filter(|migration| migration.id == id) {
        if let Some(mode) = &mode {
            migration.fields["resume_mode"] = mode.clone();
            migration.updated = call.now;
        }
    }
    Ok(Reply::json(example::of(call.operation)))
}

/// Only a task that was configured and is over is restarted.
fn restart(state: &mut State, call: &Call, id: &str) -> Result<(), Refusal> {
    let Migration { target, source, stage, .. } = found(state, id)?.clone();
    if !matches!(stage, Stage::Succeeded | Stage::Stopped | Stage::Failed) {
        return Err(Refusal::new("DCS.4957", format!("the task {id} is not over")));
    }
    begin(state, call, id, &target, &source)?;
    for migration in state.migrations_mut().iter_mut().filter(|migration| migration.id == id) {
        (migration.stage, migration.updated) = (Stage::Copying, call.now);
        migration.log.push((call.now, "the task begins again".to_owned()));
    }
    Ok(())
}

fn restart_many(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let mut results = Vec::new();
    for id in call.texts("migration_tasks") {
        let result = if restart(state, call, &id).is_ok() { "success" } else { "failed" };
        results.push(json!({"task_id": id, "result": result}));
    }
    Ok(Reply::json(json!({"migration_tasks": results})))
}

fn exchange(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    swap(state, call, true)
}

fn exchange_back(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    swap(state, call, false)
}

/// Source and target get each other's port, where that has not been done yet.
fn swap(state: &mut State, call: &Call, is_exchanged: bool) -> Result<Reply, Refusal> {
    let id = call.variable("task_id");
    let migration = found(state, id)?.clone();
    let has_data = matches!(migration.stage, Stage::Following | Stage::Succeeded | Stage::Stopped);
    if !has_data || migration.is_exchanged == is_exchanged {
        let why = match (has_data, is_exchanged) {
            (false, _) => "has not copied the data",
            (true, true) => "has exchanged the addresses already",
            (true, false) => "has not exchanged the addresses",
        };
        return Err(Refusal::new("DCS.4957", format!("the task {id} {why}")));
    }
    let other = instance_of(state, &migration.fields["source_instance"]);
    let wrong = "source_instance: only instances of the emulator exchange their addresses";
    let other = other.map_err(|_| Refusal::new("DCS.4063", wrong))?;
    let ends = [other, migration.target];
    let mut ports = Vec::new();
    for end in &ends {
        let instance = state.running(end)?;
        let endpoint = instance.endpoint.as_ref();
        for asked in call.texts("exchanged_ip") {
            if endpoint.is_some_and(|endpoint| endpoint.ip != asked) {
                let detail =
                    format!("exchanged_ip: no instance of the task has the address {asked}");
                return Err(Refusal::new("DCS.4063", detail));
            }
        }
        ports.push(endpoint.map(|endpoint| endpoint.port).or(instance.order.port));
    }
    ports.reverse();
    for (end, port) in ends.iter().zip(ports) {
        let instance = state.running(end)?;
        instance.order.port = port;
        let node = Node { port, ..instance.node() };
        state.begin(end, Change::Exchange, Act::Move(node), call.now)?;
    }
    for migration in state.migrations_mut().iter_mut().filter(|migration| migration.id == id) {
        (migration.is_exchanged, migration.updated) = (is_exchanged, call.now);
        let told =
            if is_exchanged { "addresses are exchanged" } else { "addresses are as they were" };
        migration.log.push((call.now, told.to_owned()));
    }
    Ok(Reply::empty(200))
}
