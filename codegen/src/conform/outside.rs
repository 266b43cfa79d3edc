//! JSON that was written elsewhere. In: a value, and the schema it is for. Out: the value with scalars as the
//! document types them where they have one reading, and a warning for each that is not what the document shows.
//!
//! The vendor types some booleans as strings, and other clients of the service send either. Its own examples have
//! numbers where its tables have strings, and the reverse, so that neither is surely refused.

use huaweicloud_core::Violation;
use serde_json::{Map, Number, Value};

use super::{
    at::At,
    flatten::{Part, flatten},
    kind,
};

/// The words of a boolean.
const WORDS: [&str; 2] = ["true", "false"];

/// The value as the document would have it written, and what was taken for something else.
pub(crate) fn adapt(root: &Value, value: Value, schemas: &[&Value]) -> (Value, Vec<Violation>) {
    let mut adapter = Adapter { root, warnings: Vec::new() };
    let value = adapter.node(&At::root(), value, schemas);
    (value, adapter.warnings)
}

struct Adapter<'d> {
    root: &'d Value,
    warnings: Vec<Violation>,
}

impl<'d> Adapter<'d> {
    fn node(&mut self, at: &At<'_>, value: Value, schemas: &[&'d Value]) -> Value {
        let parts = flatten(self.root, schemas);
        let inner = |key: &str| parts.iter().filter_map(|part| part.get(key)).collect::<Vec<_>>();
        match value {
            Value::Bool(yes) if parts.iter().any(|part| is_boolean_text(part)) => {
                yes.to_string().into()
            }
            Value::Array(items) => {
                let schemas = inner("items");
                let items = items.into_iter().enumerate();
                items.map(|(i, item)| self.node(&at.index(i), item, &schemas)).collect()
            }
            Value::Object(fields) => {
                let mut adapted = Map::new();
                for (key, value) in fields {
                    let own: Vec<&Value> = properties(&parts, &key).collect();
                    let schemas = if own.is_empty() { inner("additionalProperties") } else { own };
                    let value = self.node(&at.key(&key), value, &schemas);
                    adapted.insert(key, value);
                }
                Value::Object(adapted)
            }
            scalar => self.scalar(at, scalar, &parts),
        }
    }

    /// A scalar of another type whose text has one reading as the type that is needed.
    fn scalar(&mut self, at: &At<'_>, value: Value, parts: &[Part<'d>]) -> Value {
        let Some(needed) = kind::needed(&value, parts) else { return value };
        let read = match (&value, needed) {
            (Value::Number(number), "a string") if !parts.iter().any(|p| is_boolean_text(p)) => {
                Some(Value::from(number.to_string()))
            }
            (Value::String(text), "a number" | "an integer") => number(text),
            (Value::String(text), "a boolean") if WORDS.contains(&text.as_str()) => {
                Some(Value::Bool(text == "true"))
            }
            _ => None,
        };
        let Some(read) = read.filter(|read| kind::needed(read, parts).is_none()) else {
            return value;
        };
        let found = kind::found(&value);
        let message = format!("is {found}; the document has {needed} here, so send it as one");
        self.warnings.push(Violation::warning(at.path.to_string(), "type", message));
        read
    }
}

/// The number that a text is in JSON, if it is nothing but that.
fn number(text: &str) -> Option<Value> {
    let number: Number = text.parse().ok()?;
    (number.to_string() == text).then_some(Value::Number(number))
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
            "text": true, "list": [false, "true", []], "name": true, "plain": true, "map": {"a": false}, "b": true
        });
        let adapted = json!({
            "text": "true", "list": ["false", "true", []], "name": true, "plain": true, "map": {"a": "false"},
            "b": true
        });
        assert_eq!(adapt(&root, value, &[&schema]), (adapted, Vec::new()));
    }

    #[test]
    fn a_scalar_of_another_type_is_taken_with_a_warning_if_it_has_one_reading() {
        let schema = json!({"type": "object", "properties": {
            "id": {"type": "string"},
            "days": {"type": "array", "items": {"type": "integer"}},
            "size": {"type": "number"},
            "on": {"type": "boolean"},
        }});
        let value =
            json!({"id": 0, "days": ["1", "07", "1.5", " 2", ""], "size": "0.5", "on": "true"});
        let (value, warnings) = adapt(&json!({}), value, &[&schema]);
        assert_eq!(
            value,
            json!({"id": "0", "days": [1, "07", "1.5", " 2", ""], "size": 0.5, "on": true})
        );
        let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            [
                "id: is a number; the document has a string here, so send it as one (type)",
                "days[0]: is a string; the document has an integer here, so send it as one (type)",
                "size: is a string; the document has a number here, so send it as one (type)",
                "on: is a string; the document has a boolean here, so send it as one (type)",
            ]
        );
    }

    #[test]
    fn what_has_no_reading_stays() {
        let schema = json!({"type": "object", "properties": {
            "id": {"type": "string"}, "on": {"type": "boolean"}, "any": {},
        }});
        let value = json!({"id": null, "on": "yes", "any": 1, "other": "1"});
        assert_eq!(adapt(&json!({}), value.clone(), &[&schema]), (value, Vec::new()));
    }
}
