//! The project's own document, as far as its pages know it: what only a package knows stands on no page.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};

use crate::{sites, words::is_list_of_strings};

pub(crate) fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/dcs/dcs-v2.yaml");
    let mut document: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let on_pages = sites::operations(&document).filter(|(_, operation)| is_on_a_page(operation));
    let wanted: BTreeSet<String> = on_pages
        .map(|(_, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect();
    remove_unpaged(&mut document);
    remove_unsayable(&mut document);
    sites::part(&document, &wanted)
}

/// Takes out what the rows of these pages cannot say: what real pages say in sentences, and what people wrote where
/// no row speaks of it. All that is left, the rows do say.
fn remove_unsayable(document: &mut Value) {
    let Value::Object(map) = document else {
        document.as_array_mut().into_iter().flatten().for_each(remove_unsayable);
        return;
    };
    map.shift_remove("x-unstated");
    for (key, value) in map.iter_mut() {
        match key.as_str() {
            "properties" => {
                let properties = value.as_object_mut().into_iter().flatten();
                properties.for_each(|(_, property)| reduce(property));
            }
            "schema" => reduce(value),
            _ => {}
        }
        remove_unsayable(value);
    }
}

/// Reduces the schema of a field to what its row says: of the whole, and of what is inside of all lists and maps.
fn reduce(schema: &mut Value) {
    let is_of_strings = is_list_of_strings(schema);
    let Some(map) = schema.as_object_mut() else { return };
    map.shift_remove("pattern");
    let is_sentence = map.get("type") == Some(&json!("string"))
        && map.get("format").is_some_and(|format| format != "password" && format != "binary");
    if is_sentence {
        map.shift_remove("format");
    }
    if is_of_strings {
        map.shift_remove("minItems");
        map.shift_remove("maxItems");
    }
    for key in ["items", "additionalProperties"] {
        map.get_mut(key).into_iter().for_each(|inner| reduce_inner(inner, is_of_strings));
    }
}

fn reduce_inner(schema: &mut Value, is_of_strings: bool) {
    reduce(schema);
    let Some(map) = schema.as_object_mut() else { return };
    for key in ["nullable", "default", "minItems", "maxItems"] {
        map.shift_remove(key);
    }
    if !is_of_strings {
        map.shift_remove("minLength");
        map.shift_remove("maxLength");
    }
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
