//! Migration tasks. Data is copied from a Redis on this machine into an instance; with the incremental method once
//! more when the task is stopped.

use huaweicloud_core::Secret;
use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    moment,
    pace::Change,
    refusal::Refusal,
    state::{Act, Migration, Source, Stage, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CreateMigrationTask", create),
    ("ListMigrationTask", list),
    ("ShowMigrationTask", show),
    ("ShowMigrationTaskStats", stats),
    ("ListMigrationTaskLogs", logs),
    ("StopMigrationTask", stop),
    ("StopMigrationTaskSync", stop_sync),
    ("BatchStopMigrationTasks", stop_many),
    ("DeleteMigrationTask", delete),
];

fn create(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let mut fields = call.body.clone().unwrap_or_default();
    let target = fields["target_instance"]["id"].as_str().unwrap_or_default().to_owned();
    state.running(&target)?;
    if fields["migration_type"] != "online_migration" {
        let detail = "migration_type: files are not imported here; RestoreInstance takes backups";
        return Err(Refusal::new("DCS.4063", detail));
    }
    let source = source(state, &fields["source_instance"])?;
    without_passwords(&mut fields);
    let id = state.task_id();
    begin(state, call, &id, &target, &source)?;
    let body = json!({"id": id, "name": fields["task_name"], "status": "MIGRATING"});
    state.migrations_mut().push(Migration {
        id,
        created: call.now,
        updated: call.now,
        fields,
        target,
        source,
        stage: Stage::Copying,
        is_exchanged: false,
        found: json!({}),
        log: vec![(call.now, "the task begins".to_owned())],
    });
    Ok(Reply::json(body))
}

/// Passwords are kept with the source alone.
pub(super) fn without_passwords(fields: &mut Value) {
    for side in ["source_instance", "target_instance"] {
        if let Some(side) = fields.get_mut(side).and_then(Value::as_object_mut) {
            side.remove("password");
        }
    }
}

pub(super) fn begin(
    state: &mut State,
    call: &Call,
    id: &str,
    target: &str,
    source: &Source,
) -> Result<(), Refusal> {
    let act = Act::Migrate { id: id.to_owned(), source: source.clone() };
    state.begin(target, Change::Migrate, act, call.now).map(drop)
}

/// An instance by its id, or any Redis of this machine by its address. No other machine is asked anything.
pub(super) fn source(state: &State, given: &Value) -> Result<Source, Refusal> {
    let password = given["password"].as_str().filter(|text| !text.is_empty()).map(Secret::new);
    if let Some(id) = given["id"].as_str().filter(|id| !id.is_empty()) {
        let instance = state.instance(id)?;
        let ports = instance.endpoint.iter().map(|endpoint| endpoint.port).collect();
        let password = password.or_else(|| instance.order.password.clone());
        return Ok(Source { ports, password });
    }
    let addresses = given["addrs"].as_str().unwrap_or_default().split(',').map(str::trim);
    let port = |address: &str| {
        let (host, port) = address.rsplit_once(':')?;
        ["127.0.0.1", "localhost"].contains(&host).then_some(())?;
        port.parse::<u16>().ok()
    };
    let ports: Option<Vec<u16>> = addresses.map(port).collect();
    let wrong =
        "source_instance: the emulator copies from this machine only, such as 127.0.0.1:6379";
    let ports = ports.ok_or_else(|| Refusal::new("DCS.4063", wrong))?;
    Ok(Source { ports, password })
}

/// A task that is not configured yet has none of the documented states.
pub(super) fn status(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Created => None,
        Stage::Copying | Stage::Following | Stage::Stopping => Some("MIGRATING"),
        Stage::Succeeded => Some("SUCCESS"),
        Stage::Stopped => Some("TERMINATED"),
        Stage::Failed => Some("FAILED"),
    }
}

fn whole(migration: &Migration) -> Value {
    let mut shown = migration.fields.clone();
    shown["task_id"] = json!(migration.id);
    shown["status"] = json!(status(migration.stage));
    shown["created_at"] = json!(moment::text(migration.created));
    shown["updated_at"] = json!(moment::text(migration.updated));
    shown
}

fn listed(migration: &Migration) -> Value {
    let field = |path: &str| migration.fields.pointer(path).cloned().unwrap_or_default();
    let why = migration.log.last().filter(|_| migration.stage == Stage::Failed);
    json!({
        "task_id": migration.id,
        "task_name": field("/task_name"),
        "description": field("/description"),
        "status": status(migration.stage),
        "migration_type": field("/migration_type"),
        "migration_method": field("/migration_method"),
        "data_source": field("/source_instance/addrs"),
        "source_instance_id": field("/source_instance/id"),
        "source_instance_name": field("/source_instance/name"),
        "target_instance_id": field("/target_instance/id"),
        "target_instance_name": field("/target_instance/name"),
        "resume_mode": field("/resume_mode"),
        "created_at": moment::text(migration.created),
        "error_message": why.map(|(_, why)| why),
    })
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    // The newest comes first.
    let all = state.migrations().iter().rev().map(listed);
    let is_named = |task: &Value, asked: &str| task["task_name"].as_str() == Some(asked);
    let found: Vec<Value> =
        all.filter(|task| call.asked("name").is_none_or(|asked| is_named(task, asked))).collect();
    let count = found.len();
    let body = json!({"count": count, "migration_tasks": call.page(found, 10)});
    Ok(Reply::without_nulls(body))
}

pub(super) fn found<'s>(state: &'s State, id: &str) -> Result<&'s Migration, Refusal> {
    let found = state.migrations().iter().find(|migration| migration.id == id);
    found.ok_or_else(|| Refusal::new("DCS.4133", format!("no task has the ID {id}")))
}

fn show(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::without_nulls(whole(found(state, call.variable("task_id"))?)))
}

fn stats(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let migration = found(state, call.variable("task_id"))?;
    let number = |name: &str| migration.found[name].as_u64().unwrap_or_default().to_string();
    let is_copied = !matches!(migration.stage, Stage::Created | Stage::Copying | Stage::Failed);
    Ok(Reply::json(json!({
        "full_migration_progress": if is_copied { "100" } else { "0" },
        "offset": "0",
        "source_dbsize": number("source"),
        "target_dbsize": number("target"),
        "target_input_kbps": "0",
        "target_ops": "0",
        "is_migrating": !migration.is_over(),
    })))
}

fn logs(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let migration = found(state, call.variable("task_id"))?;
    let level = if migration.stage == Stage::Failed { "error" } else { "info" };
    let last = migration.log.len().saturating_sub(1);
    let line = |(number, (moment, message)): (usize, &(u64, String))| {
        let level = if number == last { level } else { "info" };
        json!({"created_at": moment::text(*moment), "log_level": level, "message": message})
    };
    let all: Vec<Value> = migration.log.iter().enumerate().map(line).collect();
    let asked = call.asked("log_level");
    let all: Vec<Value> = all
        .into_iter()
        .filter(|line| asked.is_none_or(|level| line["log_level"] == level))
        .collect();
    let number = all.len();
    Ok(Reply::json(json!({"log_num": number, "migration_logs": call.page(all, 10)})))
}

/// One that is over cannot be stopped; one that follows copies what is new first.
fn end(state: &mut State, call: &Call, id: &str) -> Result<(), Refusal> {
    let Migration { target, source, stage, .. } = found(state, id)?.clone();
    let next = match stage {
        Stage::Following => {
            begin(state, call, id, &target, &source)?;
            Stage::Stopping
        }
        Stage::Copying => Stage::Stopping,
        _ => return Err(Refusal::new("DCS.4957", format!("the task {id} is over"))),
    };
    for migration in state.migrations_mut().iter_mut().filter(|migration| migration.id == id) {
        migration.stage = next;
    }
    Ok(())
}

fn stop(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("task_id");
    end(state, call, id)?;
    let mut shown = whole(found(state, id)?);
    shown["status"] = json!("TERMINATED");
    Ok(Reply::without_nulls(shown))
}

fn stop_sync(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    end(state, call, call.variable("task_id"))?;
    Ok(Reply::empty(200))
}

fn stop_many(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let mut results = Vec::new();
    for id in call.texts("migration_tasks") {
        results.push(match end(state, call, &id) {
            Ok(()) => json!({"task_id": id, "result": "success"}),
            Err(refusal) => json!({
                "task_id": id, "result": "failed",
                "error_code": refusal.code, "error_msg": refusal.detail,
            }),
        });
    }
    Ok(Reply::json(json!({"migration_tasks": results})))
}

/// One that is under way stays.
fn delete(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let ids = call.texts("task_id_list");
    for id in &ids {
        if !found(state, id)?.is_over() {
            return Err(Refusal::new(
                "DCS.4957",
                format!("the task {id} is under way; stop it first"),
            ));
        }
    }
    state.migrations_mut().retain(|migration| !ids.contains(&migration.id));
    Ok(Reply::json(json!({"task_id_list": ids})))
}
