//! A document's texts in another language, as an OpenAPI Overlay 1.0 for any tool. In: the document with its files of
//! translations. Out: `openapi.LANGUAGE.overlay.yaml`, which is for the document itself.
//!
//! An overlay cannot change a single text of a list, only append to the list; so a list of texts is removed first.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::yaml;
use crate::{config::Service, load::Document, output::FileSet, pointer::JsonPointer, texts};

/// Emits an overlay for each language.
pub fn emit(document: &Document, service: &Service, files: &mut FileSet) {
    for (language, file) in &document.translations {
        let translations = texts::translations(file, language);
        let translate = |text: &str| translations.get(text).copied();
        let overlay = overlay(document, service, language, &translate);
        let text = format!("# {}\n{}", service.banner(), yaml::text(&overlay));
        files.text(format!("openapi.{language}.overlay.yaml"), text);
    }
}

fn overlay<'f>(
    document: &Document,
    service: &Service,
    language: &str,
    translate: &dyn Fn(&str) -> Option<&'f str>,
) -> Value {
    let info = document.value.get("info");
    let of_info =
        |key: &str| info.and_then(|info| info.get(key)).and_then(Value::as_str).unwrap_or_default();
    json!({
        "overlay": "1.0.0",
        "info": {
            "title": format!("{} ({language})", of_info("title")),
            "version": of_info("version"),
        },
        "x-overlay-of": service.document,
        "actions": actions(document, translate),
    })
}

/// An action for each object that has texts, in document order.
fn actions<'f>(document: &Document, translate: &dyn Fn(&str) -> Option<&'f str>) -> Vec<Value> {
    let mut objects: IndexMap<JsonPointer, Map<String, Value>> = IndexMap::new();
    for (at, text) in texts::of_value(&document.value) {
        let Some(translated) = translate(text) else { continue };
        let mut segments = at.segments().iter().map(String::as_str);
        let last = segments.next_back().unwrap_or_default();
        let parent = JsonPointer::root().join(segments);
        if parent.get(&document.value).is_some_and(Value::is_array) {
            let mut segments = parent.segments().iter().map(String::as_str);
            let key = segments.next_back().unwrap_or_default().to_owned();
            let list = objects.entry(JsonPointer::root().join(segments)).or_default();
            let list = list.entry(key).or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut().into_iter().for_each(|list| list.push(translated.into()));
        } else {
            objects.entry(parent).or_default().insert(last.to_owned(), translated.into());
        }
    }
    let mut actions = Vec::new();
    for (at, update) in objects {
        let target = target(&document.value, &at);
        for (key, _) in update.iter().filter(|(_, value)| value.is_array()) {
            actions.push(json!({ "target": format!("{target}{}", member(key)), "remove": true }));
        }
        actions.push(json!({ "target": target, "update": update }));
    }
    actions
}

/// A place as JSONPath (RFC 9535) has it.
fn target(value: &Value, at: &JsonPointer) -> String {
    let mut path = "$".to_owned();
    let mut here = Some(value);
    for segment in at.segments() {
        let is_list = here.is_some_and(Value::is_array);
        path.push_str(&if is_list { format!("[{segment}]") } else { member(segment) });
        here = here.and_then(|here| match here {
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
            other => other.get(segment),
        });
    }
    path
}

/// A step to a member of an object.
fn member(key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(plain) {
        return format!(".{key}");
    }
    format!("['{}']", key.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_those_of_json_path() {
        let value = json!({ "paths": { "/a/{b}": { "get": { "parameters": [{}, {}] } } }, "it's": { "x-y": 1 } });
        let of = |text: &str| target(&value, &JsonPointer::parse(text).unwrap_or_default());
        assert_eq!(of("#/paths/~1a~1{b}/get/parameters/1"), "$.paths['/a/{b}'].get.parameters[1]");
        assert_eq!(of("#/it's/x-y"), r"$['it\'s']['x-y']");
        assert_eq!(of("#"), "$");
    }
}
