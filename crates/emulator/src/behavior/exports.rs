//! The list of instances as a file, which is there at once: comma-separated values, which spreadsheets open. The link
//! is to the emulator itself.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply, csv_line},
    moment,
    refusal::Refusal,
    state::{Export, Instance, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("ExportInstancesTask", export), ("ExportExcelJob", show)];

/// The columns of the file.
const COLUMNS: [&str; 12] = [
    "name",
    "instance_id",
    "status",
    "engine",
    "engine_version",
    "cache_mode",
    "spec_code",
    "capacity",
    "ip",
    "port",
    "created_at",
    "tags",
];

fn row(instance: &Instance) -> Vec<Value> {
    let order = &instance.order;
    let endpoint = instance.endpoint.as_ref();
    let tags: Vec<String> =
        order.tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
    vec![
        json!(order.name),
        json!(instance.id),
        json!(instance.status.as_str()),
        json!(order.engine),
        json!(order.engine_version),
        json!(order.cache_mode()),
        json!(order.spec_code),
        json!(order.capacity.to_string()),
        json!(endpoint.map(|endpoint| &endpoint.ip)),
        json!(endpoint.map(|endpoint| endpoint.port)),
        json!(moment::text(instance.created)),
        json!(tags.join(" ")),
    ]
}

/// Whether an instance is among those that are named or, where none is, meets all conditions.
fn fits(instance: &Instance, call: &Call) -> bool {
    let named = call.texts("included_instances");
    if !named.is_empty() {
        return named.contains(&instance.id);
    }
    let order = &instance.order;
    let asked = |name: &str| call.words(name);
    let is =
        |name: &str, value: &str| asked(name).is_none_or(|asked| asked.eq_ignore_ascii_case(value));
    let ip = instance.endpoint.as_ref().map_or("", |endpoint| endpoint.ip.as_str());
    let charging = if order.order_id.is_some() { "1" } else { "0" };
    let project = order.enterprise_project_id.as_deref().unwrap_or("0");
    asked("name").is_none_or(|asked| order.name.contains(&asked))
        && is("capacity", &order.capacity.to_string())
        && is("instance_id", &instance.id)
        && is("ip", ip)
        && asked("available_zone").is_none_or(|zone| order.az_codes.contains(&zone))
        && is("status", instance.status.as_str())
        && is("cache_mode", order.cache_mode())
        && is("engine", &order.engine)
        && is("engine_version", order.engine_version.as_deref().unwrap_or_default())
        && is("enterprise_project_id", project)
        && is("charging_mode", charging)
        && asked("tags").is_none_or(|tags| {
            tags.split(',').all(|tag| {
                let (key, value) = tag.split_once('=').unwrap_or((tag, ""));
                order.tags.iter().any(|(k, v)| k == key && v == value)
            })
        })
}

fn export(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let mut text = csv_line(&COLUMNS.map(|column| json!(column)));
    for instance in state.instances().iter().filter(|instance| fits(instance, call)) {
        text.push_str(&csv_line(&row(instance)));
    }
    let id = state.task_id();
    // The region is text of the request, and part of a link.
    let region = call.text("region").unwrap_or_default();
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let region: String = region.chars().filter(is_plain).collect();
    let name = format!("dcs-{region}-{}.csv", moment::digits(call.now));
    state.keep_export(Export { id: id.clone(), name, text });
    Ok(Reply::json(json!({"job_id": id})))
}

fn show(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.asked("job_id").unwrap_or_default();
    let export = state.export(id);
    let export =
        export.ok_or_else(|| Refusal::new("DCS.4070", format!("no export has the ID {id}")))?;
    Ok(Reply::json(json!({
        "status": "SUCCESS",
        "file_name": export.name,
        "link": call.link(&format!("exports/{id}")),
    })))
}
