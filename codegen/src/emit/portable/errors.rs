//! Every operation says how it fails: a `default` answer, and `4XX` where no status of that class is
//! listed. Its body is the one that most of the document's own errors have.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{
    Object,
    directions::free,
    holders::METHODS,
    schemas::target,
    walk::{object, object_mut},
};

/// Adds the answers that are missing.
pub(super) fn complete(document: &mut Value) {
    let content = common_content(document);
    let component = json!({
        "description": "Any other answer: the request failed, and this says why.",
        "content": content,
    });
    let responses = object(document, &["components", "responses"]);
    let mut taken = responses.into_iter().flat_map(Object::keys).cloned().collect();
    let name = free(&mut taken, "Error");
    let mut is_used = false;
    for (_, path) in object_mut(document, &["paths"]).into_iter().flatten() {
        for method in METHODS {
            let Some(responses) = object_mut(path, &[method, "responses"]) else { continue };
            let is_refused = responses.keys().any(|status| status.starts_with('4'));
            let missing = (!is_refused).then_some("4XX").into_iter().chain(["default"]);
            for status in missing {
                if !responses.contains_key(status) {
                    let answer = json!({ "$ref": format!("#/components/responses/{name}") });
                    responses.insert(status.to_owned(), answer);
                    is_used = true;
                }
            }
        }
    }
    let Some(document) = document.as_object_mut().filter(|_| is_used) else { return };
    let components = document.entry("components").or_insert_with(|| json!({}));
    let Some(components) = components.as_object_mut() else { return };
    let responses = components.entry("responses").or_insert_with(|| json!({}));
    if let Some(responses) = responses.as_object_mut() {
        responses.insert(name, component);
    }
}

/// The content that most errors have whose schema is a component; otherwise any JSON.
fn common_content(document: &Value) -> Value {
    let mut counts: IndexMap<(&str, &str), usize> = IndexMap::new();
    for (_, path) in object(document, &["paths"]).into_iter().flatten() {
        let answers = METHODS.iter().filter_map(|method| object(path, &[*method, "responses"]));
        let failed = answers.flatten().filter(|(status, _)| !status.starts_with(['1', '2', '3']));
        for (_, answer) in failed {
            let contents = object(resolved(document, answer), &["content"]).into_iter().flatten();
            for (media, content) in contents {
                let schema = content.get("schema").and_then(Value::as_object).and_then(target);
                if let Some(name) = schema {
                    *counts.entry((media, name)).or_default() += 1;
                }
            }
        }
    }
    // The first of those that are equally common.
    let common = counts.iter().rev().max_by_key(|(_, count)| **count);
    match common {
        Some(((media, name), _)) => {
            json!({ *media: { "schema": super::schemas::reference(name) } })
        }
        None => {
            let schema = json!({ "type": "object", "description": "What went wrong." });
            json!({ "application/json": { "schema": schema } })
        }
    }
}

fn resolved<'v>(document: &'v Value, answer: &'v Value) -> &'v Value {
    let name = answer.get("$ref").and_then(Value::as_str);
    let name = name.and_then(|name| name.strip_prefix("#/components/responses/"));
    let component = name.and_then(|name| object(document, &["components", "responses", name]));
    component
        .and_then(|_| document.get("components")?.get("responses")?.get(name?))
        .unwrap_or(answer)
}
