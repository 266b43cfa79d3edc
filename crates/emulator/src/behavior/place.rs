//! Where an instance is and how it is reached: zones, public addresses, versions, and what can be done to it.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    pace::Change,
    refusal::Refusal,
    state::{Act, Progress, State, Status, Task},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("ListInstanceOperations", operations),
    ("MigrateAz", move_zones),
    ("ShowInstanceVersion", version),
    ("StartInstanceResizeCheckJob", check_resize),
    ("UpgradeInstanceMinorVersion", upgrade),
    ("UpdatePublicIp", set_public_ip),
    ("DeletePublicIp", remove_public_ip),
    ("UpdateClientIpTransparentTransmission", set_transparent),
];

/// Names of what is kept with an instance.
pub(super) const PUBLIC_IP: &str = "public-ip";
pub(super) const TRANSPARENT: &str = "transparent-client-ip";
const VERSION: &str = "minor-version";

/// Remembers a job that is done, of an instance that is running. Out: its id.
fn job(state: &mut State, call: &Call, name: &str) -> Result<String, Refusal> {
    let id = state.task_id();
    let mut task = Task::new(id.clone(), name, call.now);
    task.progress = Progress::Succeeded;
    state.running(call.variable("instance_id"))?.note(task);
    Ok(id)
}

/// An instance that is running can be changed in any way.
fn operations(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let operation = call.asked("operation").unwrap_or_default();
    let is_support = instance.status == Status::Running;
    let cause = if is_support { "" } else { instance.status.as_str() };
    Ok(Reply::json(json!({
        "instance_id": instance.id,
        "operations": [{"operation": operation, "is_support": is_support, "cause_id": cause}],
    })))
}

fn move_zones(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let zones = call.texts("new_available_zones");
    if zones.is_empty() {
        return Err(Refusal::new("DCS.4063", "new_available_zones: there are none"));
    }
    state.running(call.variable("instance_id"))?.order.az_codes = zones;
    job(state, call, "MigrateAz")?;
    Ok(Reply::empty(200))
}

/// An instance is of the newest version that there is.
fn version(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let ordered = instance.order.engine_version.as_deref().unwrap_or_default();
    let version = instance.kept.get(VERSION).and_then(Value::as_str).unwrap_or(ordered);
    let mut body = json!({
        "engine_minor_version": version,
        "latest_engine_minor_version": version,
        "engine_minor_version_upgradable": false,
        "proxy_minor_version_upgradable": false,
    });
    if instance.order.cache_mode() == "proxy" {
        body["proxy_minor_version"] = json!(version);
        body["latest_proxy_minor_version"] = json!(version);
    }
    Ok(Reply::json(body))
}

/// The process stays what it is, but it is started again, as the service does it.
fn upgrade(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let wanted = call.words("engine_minor_version");
    let instance = state.running(id)?;
    let current = instance.kept.get(VERSION).and_then(Value::as_str).map(str::to_owned);
    if wanted.is_some() && wanted == current {
        return Err(Refusal::new("DCS.4053", ""));
    }
    let (instance, task) = state.begin(id, Change::Restart, Act::Restart, call.now)?;
    if let Some(wanted) = wanted {
        instance.kept.insert(VERSION.to_owned(), json!(wanted));
    }
    Ok(Reply::json(json!({"task_id": task})))
}

fn check_resize(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let job = job(state, call, "ResizeCheck")?;
    Ok(Reply::json(json!({"job_id": job})))
}

/// The address is shown; nothing comes in by it.
fn set_public_ip(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let job = job(state, call, "BindPublicIp")?;
    let address = call.text("publicip_id").unwrap_or_default();
    let instance = state.running(call.variable("instance_id"))?;
    instance.kept.insert(PUBLIC_IP.to_owned(), json!(address));
    Ok(Reply::json(json!({"job_id": job})))
}

fn remove_public_ip(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let job = job(state, call, "UnbindPublicIp")?;
    state.running(call.variable("instance_id"))?.kept.remove(PUBLIC_IP);
    Ok(Reply::json(json!({"job_id": job})))
}

/// The process sees the addresses of its clients either way.
fn set_transparent(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let wanted = call.flag("transparent_client_ip_enable");
    let instance = state.running(call.variable("instance_id"))?;
    let current = instance.kept.get(TRANSPARENT).and_then(Value::as_bool).unwrap_or(false);
    if wanted == current {
        return Err(Refusal::new(if wanted { "DCS.4847" } else { "DCS.4846" }, ""));
    }
    instance.kept.insert(TRANSPARENT.to_owned(), json!(wanted));
    let job = job(state, call, "ModifyTransparentClientIp")?;
    Ok(Reply::json(json!({"job_id": job})))
}
