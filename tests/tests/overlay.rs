//! The overlays of other languages: an independent implementation of JSONPath applies each to its document, and
//! every text in its scope, and nothing else, is in that language.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, path::Path};

use codegen::load;
use conformance::repo;
use serde_json::Value;
use serde_json_path::JsonPath;

/// Applies the actions of an overlay as OpenAPI Overlay 1.0 has it.
fn apply(document: &mut Value, overlay: &Value) {
    for action in overlay["actions"].as_array().unwrap() {
        let path = JsonPath::parse(action["target"].as_str().unwrap()).unwrap();
        let places: Vec<String> =
            path.query_located(document).locations().map(|place| place.to_json_pointer()).collect();
        assert_eq!(places.len(), 1, "{action}");
        for place in places {
            if action.get("remove").and_then(Value::as_bool) == Some(true) {
                let (parent, key) = place.rsplit_once('/').unwrap();
                let parent = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
                parent.shift_remove(key).unwrap();
            } else {
                merge(document.pointer_mut(&place).unwrap(), &action["update"]);
            }
        }
    }
}

/// Objects are merged, lists appended, and anything else replaced.
fn merge(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(old) => merge(old, value),
                    None => _ = target.insert(key.clone(), value.clone()),
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}

/// Every text that differs, with what it became. Everything else must be equal.
fn changed<'v>(old: &'v Value, new: &'v Value, found: &mut Vec<(&'v str, &'v str)>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            assert_eq!(old.len(), new.len());
            old.iter().for_each(|(key, value)| changed(value, &new[key], found));
        }
        (Value::Array(old), Value::Array(new)) => {
            assert_eq!(old.len(), new.len());
            old.iter().zip(new).for_each(|(old, new)| changed(old, new, found));
        }
        (Value::String(old), Value::String(new)) if old != new => found.push((old, new)),
        _ => assert_eq!(old, new),
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn the_chinese_overlay_translates_every_text_and_nothing_else() {
    let document = repo::document();
    let path = repo::root().join("generated/dcs/openapi.zh.overlay.yaml");
    let overlay = load::load(Path::new(&path)).unwrap().value;
    assert_eq!(overlay["overlay"], "1.0.0");
    let mut translated = document.value.clone();
    apply(&mut translated, &overlay);

    let mut texts = Vec::new();
    changed(&document.value, &translated, &mut texts);
    let (_, file) = document.translations.iter().find(|(language, _)| language == "zh").unwrap();
    let known = file.value["texts"].as_array().unwrap().iter();
    let known: BTreeMap<&str, &str> =
        known.map(|text| (text["en"].as_str().unwrap(), text["zh"].as_str().unwrap())).collect();
    for (english, chinese) in &texts {
        assert_eq!(known[english], *chinese);
    }
    // Some texts are code alone; all others have Chinese words.
    let plain: Vec<&str> = texts.iter().map(|(_, zh)| *zh).filter(|zh| !is_chinese(zh)).collect();
    assert!(texts.len() > 3000, "{}", texts.len());
    assert!(plain.len() < texts.len() / 50, "{plain:?}");
    let order = &translated["components"]["schemas"]["CreateInstanceBody"];
    assert_eq!(order["properties"]["subnet_id"]["description"], "该 VPC 内子网的网络 ID。");
}
