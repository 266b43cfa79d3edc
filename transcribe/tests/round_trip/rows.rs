//! Rows of `x-errata` for documents: their prose has every word that a fact could have, and their `about` says
//! what they decide.

use serde_json::{Value, json};

/// What rows can be about here.
pub(crate) const WORDS: &[&str] = &[
    "absence",
    "absent-keywords",
    "absent-values",
    "default",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "nullable",
    "presence",
    "required",
    "type",
    "values",
];

/// All that a row could say about any value of a field.
const PROSE: &str = "0 1 2 3 7 8 64 2000 1000000 string text integer int64 number double boolean array list object \
                     map null nullable required optional values made-up made_up_row absent gone missing lacks";

/// The values that edits state.
fn known(word: &str) -> Value {
    match word {
        "type" => json!(["string", "integer", "number", "boolean", "object", "array"]),
        "format" => json!(["int32", "int64", "double"]),
        "nullable" | "required" => json!([true, false]),
        "values" => json!(["made-up", 987_654]),
        "absent-keywords" => json!(["minLength", "maximum", "default", "values"]),
        // Any of them; there are too many to list, so some changes are of values that the row does not know.
        _ => json!([1, 2, 3, 4, 5, 2000, 1_000_000, true, false, "qqq", "zzz", 7]),
    }
}

/// The document with a row on each property and each parameter of its own.
pub(crate) fn everywhere(document: &Value, words: &[&str]) -> Value {
    let mut document = document.clone();
    let about: Vec<Value> = words
        .iter()
        .map(|word| match *word {
            "absence" | "presence" | "meaning" => json!(word),
            word => json!({"fact": word, "page": known(word)}),
        })
        .collect();
    let mut number = 0;
    let mut put = |field: &mut Value| {
        if let Some(map) = field.as_object_mut().filter(|map| !map.contains_key("$ref")) {
            number += 1;
            let row = json!({
                "id": format!("row-{number}"), "about": about, "table": PROSE, "text": PROSE,
                "decision": "Kept.", "reason": "R."
            });
            map.insert("x-errata".to_owned(), json!([row]));
        }
    };
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    for schema in schemas.values_mut() {
        let properties = schema["properties"].as_object_mut();
        properties.into_iter().flat_map(|map| map.values_mut()).for_each(&mut put);
    }
    for item in document["paths"].as_object_mut().unwrap().values_mut() {
        for operation in item.as_object_mut().unwrap().values_mut() {
            let parameters = operation["parameters"].as_array_mut();
            parameters.into_iter().flatten().for_each(&mut put);
        }
    }
    document
}

/// The words of the `about` of a row, wherever it stands.
pub(crate) fn words(document: &Value, id: &str) -> Vec<String> {
    match document {
        Value::Object(map) => {
            let rows = map.get("x-errata").and_then(Value::as_array).into_iter().flatten();
            let own =
                rows.filter(|row| row["id"] == id).flat_map(|row| row["about"].as_array().unwrap());
            let word =
                |entry: &Value| entry.as_str().or(entry["fact"].as_str()).unwrap().to_owned();
            let mut words: Vec<String> = own.map(word).collect();
            words.extend(map.values().flat_map(|value| self::words(value, id)));
            words
        }
        Value::Array(list) => list.iter().flat_map(|value| words(value, id)).collect(),
        _ => Vec::new(),
    }
}
