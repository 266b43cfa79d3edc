//! What is wrong with a form. In: an operation, its parameters by name and its body, as JSON. Out: every violation, by the
//! same compiled checks as the client's, also where the form is filled in only in part.

use huaweicloud_catalog::Service;
use huaweicloud_core::{
    Violation, query,
    server::{Given, Operation, Place},
};
use serde_json::{Map, Value, json};

/// Everything that is wrong with a request that was not sent. Of services, one must have the operation; `find` knows
/// its checks by its id.
///
/// # Errors
///
/// Why nothing can be checked.
pub fn validated(
    services: &[&'static Service],
    find: impl FnOnce(&str) -> Option<&'static Operation>,
    body: &[u8],
) -> Result<Vec<Value>, String> {
    let asked: Value = serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))?;
    let id = asked["operation"].as_str().ok_or("give the id of an `operation`")?;
    let operation = find(id).ok_or_else(|| format!("there is no operation `{id}`"))?;
    let nothing = Map::new();
    let parameters = asked["parameters"].as_object().unwrap_or(&nothing);
    let path: Vec<(&str, String)> = texts(operation, Place::Path, parameters).collect();
    let owned = |place| texts(operation, place, parameters);
    let mut query: Vec<(String, String)> =
        owned(Place::Query).map(|(name, text)| (name.to_owned(), text)).collect();
    query.extend(maps(operation, parameters));
    let headers: Vec<(String, String)> =
        owned(Place::Header).map(|(name, text)| (name.to_ascii_lowercase(), text)).collect();
    let described = services.iter().find_map(|service| service.operation(id).ok()?);
    let described = described.ok_or_else(|| format!("nothing is known of `{id}`"))?;
    let completed = huaweicloud_catalog::complete(&described, asked.get("body").cloned());
    let unfilled = |path: &str| Violation::error(path, "required", "is required; fill it in");
    // A request that arrived has these; a form may not have them yet.
    let own = operation.parameters.iter().filter(|parameter| parameter.place == Place::Path);
    let unset = own.filter(|parameter| {
        path.iter().all(|(name, text)| *name != parameter.name || text.is_empty())
    });
    let unset = unset.map(|parameter| unfilled(parameter.name));
    let faults = completed.faults.iter().map(|fault| match fault.wrong_kind {
        Some(wanted) => Violation::error(placed(&fault.path), "type", wanted),
        None => unfilled(&fault.path),
    });
    let given =
        Given { path: &path, query: &query, headers: &headers, body: completed.body.as_ref() };
    let found = operation.violations_beside(&given, unset.chain(faults).collect());
    Ok(found.iter().map(shown).collect())
}

/// A place as violations have it.
fn placed(path: &str) -> &str {
    if path.is_empty() { "(body)" } else { path }
}

/// The parameters of the query that are maps, as they would travel.
fn maps(operation: &'static Operation, given: &Map<String, Value>) -> Vec<(String, String)> {
    let own = operation.parameters.iter().filter(|parameter| parameter.place == Place::Query);
    let values = own.filter_map(|parameter| Some((parameter.name, given.get(parameter.name)?)));
    values.flat_map(|(name, value)| query::entries(name, value)).collect()
}

/// The parameters of a place that are given, as they would travel; maps are left out.
fn texts<'a>(
    operation: &'static Operation,
    place: Place,
    given: &'a Map<String, Value>,
) -> impl Iterator<Item = (&'static str, String)> + use<'a> {
    let own = operation.parameters.iter().filter(move |parameter| parameter.place == place);
    let values = own.filter_map(|parameter| Some((parameter.name, given.get(parameter.name)?)));
    values.flat_map(|(name, value)| {
        let items = match value {
            Value::Array(items) => items.clone(),
            Value::Object(_) => Vec::new(),
            one => vec![one.clone()],
        };
        items.into_iter().map(move |item| match item {
            Value::String(text) => (name, text),
            other => (name, other.to_string()),
        })
    })
}

fn shown(violation: &Violation) -> Value {
    json!({
        "path": violation.path,
        "rule": violation.rule,
        "severity": violation.severity.to_string(),
        "message": violation.message,
    })
}
