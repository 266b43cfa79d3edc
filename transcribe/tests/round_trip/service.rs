//! The project's own document, as far as its pages know it: what only a package knows stands on no page.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::sites;

pub(crate) fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/dcs/dcs-v2.yaml");
    let mut document: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let on_pages = sites::operations(&document).filter(|(_, operation)| is_on_a_page(operation));
    let wanted: BTreeSet<String> = on_pages
        .map(|(_, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect();
    remove_unpaged(&mut document);
    sites::part(&document, &wanted)
}

/// Whether something says that it is on a page, or says nothing.
fn is_on_a_page(part: &Value) -> bool {
    match part.get("x-source") {
        Some(Value::Array(sources)) => sources.iter().any(|source| source.get("page").is_some()),
        Some(source) => source.get("page").is_some(),
        None => true,
    }
}

/// Takes out parameters and properties that are on no page, where a page has only some of a schema, and packages
/// among sources.
fn remove_unpaged(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Array(sources)) = map.get_mut("x-source") {
                sources.retain(|source| source.get("page").is_some());
            }
            if let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut) {
                properties.retain(|_, property| is_on_a_page(property));
                properties.values_mut().for_each(remove_source);
            }
            map.values_mut().for_each(remove_unpaged);
        }
        Value::Array(list) => {
            list.retain(|item| !item.is_object() || is_on_a_page(item));
            list.iter_mut().for_each(remove_source);
            list.iter_mut().for_each(remove_unpaged);
        }
        _ => {}
    }
}

/// With pages alone, a part is from where the whole is from.
fn remove_source(part: &mut Value) {
    part.as_object_mut().and_then(|part| part.shift_remove("x-source"));
}
