//! Parameter templates of the project.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    example, moment,
    refusal::Refusal,
    state::{State, Template},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CreateCustomTemplate", create),
    ("ListConfigTemplates", list),
    ("ShowConfigTemplate", show),
    ("UpdateConfigTemplate", update),
    ("DeleteConfigTemplate", delete),
];

fn shown(template: &Template) -> Value {
    let field = |name: &str| template.fields[name].clone();
    json!({
        "template_id": template.id,
        "cache_mode": field("cache_mode"),
        "description": field("description"),
        "engine": field("engine"),
        "engine_version": field("engine_version"),
        "name": field("name"),
        "product_type": "generic",
        "storage_type": "DRAM",
        "type": "user",
        "created_at": moment::text(template.created),
    })
}

/// The service's own templates are those of the documented example.
fn of_service(call: &Call) -> Vec<Value> {
    let documented = example::of(call.operation)["templates"].as_array().cloned();
    let documented = documented.unwrap_or_default().into_iter();
    documented
        .map(|mut template| {
            template["type"] = json!("sys");
            template
        })
        .collect()
}

fn create(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = state.id();
    let fields = call.body.clone().unwrap_or_default();
    state.templates_mut().push(Template { id: id.clone(), created: call.now, fields });
    Ok(Reply::json(json!({"id": id})))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let all = match call.asked("type") {
        Some("sys") => of_service(call),
        _ => state.templates().iter().map(shown).collect(),
    };
    let fits = |template: &Value, name: &str| {
        let value = template[name].as_str().unwrap_or_default();
        call.asked(name).is_none_or(|asked| value.contains(asked))
    };
    let asked = ["name", "template_id", "engine", "engine_version", "cache_mode", "description"];
    let found: Vec<Value> =
        all.into_iter().filter(|template| asked.iter().all(|name| fits(template, name))).collect();
    let count = found.len();
    Ok(Reply::without_nulls(json!({"template_num": count, "templates": call.page(found, 10)})))
}

fn missing(call: &Call) -> Refusal {
    let id = call.variable("template_id");
    Refusal::new("DCS.4062", format!("template_id: no template has the ID {id}"))
}

fn found<'s>(state: &'s mut State, call: &Call) -> Result<&'s mut Template, Refusal> {
    let id = call.variable("template_id");
    let found = state.templates_mut().iter_mut().find(|template| template.id == id);
    found.ok_or_else(|| missing(call))
}

fn show(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::without_nulls(shown(found(state, call)?)))
}

fn update(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let fields = found(state, call)?.fields.as_object_mut();
    if let (Some(fields), Some(Value::Object(sent))) = (fields, &call.body) {
        fields.extend(sent.clone());
    }
    Ok(Reply::json(json!({"result": "success"})))
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = found(state, call)?.id.clone();
    state.templates_mut().retain(|template| template.id != id);
    Ok(Reply::json(json!({"result": "success"})))
}
