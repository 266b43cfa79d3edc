//! JSON that was written elsewhere. In: a value, and the schema it is for. Out: the value with booleans as the
//! texts `true` and `false` where the document types them as such.
//!
//! The vendor types some booleans as strings, and other clients of the service send either.

use serde_json::{Map, Value};

use super::flatten::{Part, flatten};

/// The words of a boolean.
const WORDS: [&str; 2] = ["true", "false"];

/// The value as the document would have it written.
pub(crate) fn adapt(root: &Value, value: Value, schemas: &[&Value]) -> Value {
    let parts = flatten(root, schemas);
    let inner = |key: &str| parts.iter().filter_map(|part| part.get(key)).collect::<Vec<_>>();
    match value {
        Value::Bool(yes) if parts.iter().any(|part| is_boolean_text(part)) => {
            yes.to_string().into()
        }
        Value::Array(items) => {
            let schemas = inner("items");
            items.into_iter().map(|item| adapt(root, item, &schemas)).collect()
        }
        Value::Object(fields) => {
            let of = |(key, value): (String, Value)| {
                let own: Vec<&Value> = properties(&parts, &key).collect();
                let schemas = if own.is_empty() { inner("additionalProperties") } else { own };
                let value = adapt(root, value, &schemas);
                (key, value)
            };
            Value::Object(fields.into_iter().map(of).collect::<Map<_, _>>())
        }
        other => other,
    }
}

fn properties<'d>(parts: &[Part<'d>], name: &str) -> impl Iterator<Item = &'d Value> {
    parts.iter().filter_map(move |part| part.get("properties")?.get(name))
}

/// Whether a schema is a string whose values are the words of a boolean.
fn is_boolean_text(part: Part<'_>) -> bool {
    let list = part.get("enum").or_else(|| part.get("x-extensible-enum"));
    let values = list.and_then(Value::as_array);
    part.get("type").and_then(Value::as_str) == Some("string")
        && values.is_some_and(|values| {
            WORDS.iter().all(|word| values.iter().any(|value| value.as_str() == Some(word)))
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_texts_of_booleans_take_booleans() {
        let yes = json!({"type": "string", "enum": ["true", "false"]});
        let root = json!({"components": {"schemas": {"Yes": yes}}});
        let schema = json!({"type": "object", "properties": {
            "text": {"allOf": [{"$ref": "#/components/schemas/Yes"}]},
            "list": {"type": "array", "items": {"$ref": "#/components/schemas/Yes"}},
            "name": {"type": "string"},
            "plain": {"type": "boolean"},
            "map": {"type": "object", "additionalProperties": yes},
        }});
        let value = json!({
            "text": true, "list": [false, "true", 1], "name": true, "plain": true, "map": {"a": false}, "b": true
        });
        let adapted = json!({
            "text": "true", "list": ["false", "true", 1], "name": true, "plain": true, "map": {"a": "false"},
            "b": true
        });
        assert_eq!(adapt(&root, value, &[&schema]), adapted);
    }
}
