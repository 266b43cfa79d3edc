//! A body that is being filled in, as one that can be checked. In: an operation and what is filled so far. Out: a body in
//! which something stands wherever a value is missing or of another kind, and where that is.
//!
//! Compiled checks read a body as a whole, and end at the first thing that is no such body. Who fills one in wants to
//! hear of everything else, too: in a form, on a command line, in a file.

use serde_json::{Map, Value, json};

use crate::{Described, Field, Kind, Schema, Shape};

/// Objects inside of each other; what lies deeper is recursion.
const MAX_DEPTH: usize = 24;

/// What is missing, or of another kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its place, such as `tags[1].key`; empty for the body itself.
    pub path: String,
    /// What the value must be, if one is there: such as `must be a number`.
    pub wrong_kind: Option<&'static str>,
}

/// A body that can be checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Completed {
    /// The body; nothing where there may be none and nothing is filled.
    pub body: Option<Value>,
    /// Where something stands that nobody has filled in.
    pub faults: Vec<Fault>,
}

/// Completes what is filled of an operation's body.
#[must_use]
pub fn complete(described: &Described, body: Option<Value>) -> Completed {
    let mut walk = Walk { described, faults: Vec::new() };
    let body = described.operation.body.as_ref().and_then(|own| {
        let mut value = body.or_else(|| own.required.then(|| json!({})))?;
        walk.value(&own.schema, &mut value, "", 0);
        Some(value)
    });
    Completed { body, faults: walk.faults }
}

struct Walk<'a> {
    described: &'a Described,
    faults: Vec<Fault>,
}

impl Walk<'_> {
    fn value(&mut self, schema: &Schema, value: &mut Value, path: &str, depth: usize) {
        if (schema.nullable && value.is_null()) || depth > MAX_DEPTH {
            return;
        }
        match self.wanted(schema, value) {
            Some(wanted) => {
                self.faults.push(Fault { path: path.to_owned(), wrong_kind: Some(wanted) });
                *value = self.placeholder(schema, depth);
            }
            None => self.inside(schema, value, path, depth),
        }
    }

    /// What a value should be and is not.
    fn wanted(&self, schema: &Schema, value: &Value) -> Option<&'static str> {
        let (is, wanted) = match &schema.shape {
            Shape::Any | Shape::File => return None,
            Shape::Boolean => (value.is_boolean(), "must be true or false"),
            Shape::Integer(_) => (value.is_i64() || value.is_u64(), "must be a whole number"),
            Shape::Number => (value.is_number(), "must be a number"),
            Shape::String(_) | Shape::Secret => (value.is_string(), "must be a text"),
            Shape::Array(_) => (value.is_array(), "must be a list"),
            Shape::Map(_) => (value.is_object(), "must be an object"),
            Shape::Named(name) => match self.described.types.get(name).map(|t| &t.kind) {
                Some(Kind::Enum { .. }) => (value.is_string(), "must be a text"),
                _ => (value.is_object(), "must be an object"),
            },
        };
        (!is).then_some(wanted)
    }

    fn inside(&mut self, schema: &Schema, value: &mut Value, path: &str, depth: usize) {
        match (&schema.shape, value) {
            (Shape::Array(item), Value::Array(items)) => {
                for (i, one) in items.iter_mut().enumerate() {
                    self.value(item, one, &format!("{path}[{i}]"), depth + 1);
                }
            }
            (Shape::Map(inner), Value::Object(entries)) => {
                for (key, one) in entries {
                    self.value(inner, one, &join(path, key), depth + 1);
                }
            }
            (Shape::Named(_), Value::Object(object)) => {
                let described = self.described;
                let fields = described.fields(schema).unwrap_or_default();
                let named = fields.iter().filter(|field| !field.is_rest);
                named.for_each(|field| self.field(field, object, path, depth));
            }
            _ => {}
        }
    }

    fn field(&mut self, field: &Field, object: &mut Map<String, Value>, path: &str, depth: usize) {
        let at = join(path, &field.name);
        match object.get_mut(&field.name) {
            // `null` is absence.
            Some(Value::Null) if !field.required => {}
            Some(value) => self.value(&field.schema, value, &at, depth + 1),
            None if field.required => {
                self.faults.push(Fault { path: at, wrong_kind: None });
                let value = field.example.clone().or_else(|| field.default.clone());
                let value = value.unwrap_or_else(|| self.placeholder(&field.schema, depth + 1));
                object.insert(field.name.clone(), value);
            }
            None => {}
        }
    }

    /// A value of the right kind.
    fn placeholder(&self, schema: &Schema, depth: usize) -> Value {
        let bounds = &schema.bounds;
        match &schema.shape {
            Shape::Any => json!({}),
            Shape::Boolean => json!(true),
            Shape::Integer(_) | Shape::Number => {
                let least = bounds.minimum.as_ref().map(|limit| json!(limit.value));
                bounds.allowed.first().map(|n| json!(n)).or(least).unwrap_or(json!(1))
            }
            Shape::String(_) | Shape::Secret | Shape::File => {
                let length = bounds.min_length.unwrap_or(1).clamp(1, 64);
                json!("x".repeat(usize::try_from(length).unwrap_or(1)))
            }
            Shape::Array(item) => match bounds.min_items {
                Some(1..) if depth < MAX_DEPTH => json!([self.placeholder(item, depth + 1)]),
                _ => json!([]),
            },
            Shape::Map(_) => json!({}),
            Shape::Named(name) => match self.described.types.get(name).map(|t| &t.kind) {
                Some(Kind::Enum { values, .. }) => json!(values.first().map(|one| &one.value)),
                Some(Kind::Struct { fields, .. }) if depth < MAX_DEPTH => {
                    let required = fields.iter().filter(|field| field.required && !field.is_rest);
                    let value = |field: &Field| {
                        (field.name.clone(), self.placeholder(&field.schema, depth + 1))
                    };
                    Value::Object(required.map(value).collect())
                }
                _ => json!({}),
            },
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Described {
        let text = |name: &str, required: bool| json!({"name": name, "required": required, "description": {"en": ""}, "schema": {"shape": {"string": null}}});
        let of = |name: &str, required: bool, shape: Value| json!({"name": name, "required": required, "description": {"en": ""}, "schema": {"shape": shape}});
        let rule = |id: &str, cel: &str| json!({"id": id, "severity": "error", "message": {"en": ""}, "cel": cel, "source": ""});
        serde_json::from_value(json!({
            "operation": {
                "id": "Order", "command": "order", "method": "POST", "path": "/orders", "summary": {"en": ""},
                "description": {"en": ""}, "repeatable": false, "answers": [], "types": ["Order", "Tag"],
                "body": {"required": true, "media": "application/json", "schema": {"shape": {"named": "Order"}}}
            },
            "types": {
                "Order": {"name": "Order", "description": {"en": ""}, "kind": {"struct": {
                    "fields": [text("name", true), text("note", false), of("size", true, json!("number")),
                               of("tags", false, json!({"array": {"shape": {"named": "Tag"}}}))],
                    "rules": [rule("size-even", "self.size % 2 == 0"), rule("sizes", "self.sizes == 1"),
                              rule("note-empty", "!has(self.note) || self.note != ''")]
                }}},
                "Tag": {"name": "Tag", "description": {"en": ""}, "kind": {"struct": {"fields": [text("key", true)]}}}
            }
        }))
        .unwrap()
    }

    fn faults(completed: &Completed) -> Vec<(&str, &str)> {
        let rule = |fault: &Fault| if fault.wrong_kind.is_some() { "type" } else { "required" };
        completed.faults.iter().map(|fault| (fault.path.as_str(), rule(fault))).collect()
    }

    #[test]
    fn a_body_that_is_filled_stays_as_it_is() {
        let body = json!({"name": "a", "size": 2.5, "tags": [{"key": "k"}], "other": null});
        let completed = complete(&order(), Some(body.clone()));
        assert_eq!((completed.body.as_ref(), faults(&completed)), (Some(&body), vec![]));
    }

    #[test]
    fn what_is_missing_is_found_at_every_depth() {
        let completed = complete(&order(), Some(json!({"tags": [{"key": "k"}, {}]})));
        assert_eq!(
            faults(&completed),
            [("name", "required"), ("size", "required"), ("tags[1].key", "required")]
        );
        assert_eq!(
            completed.body,
            Some(json!({"tags": [{"key": "k"}, {"key": "x"}], "name": "x", "size": 1}))
        );
    }

    #[test]
    fn what_is_of_another_kind_is_found_too() {
        let completed = complete(&order(), Some(json!({"name": 1, "size": "big", "tags": [3]})));
        assert_eq!(faults(&completed), [("name", "type"), ("size", "type"), ("tags[0]", "type")]);
        let absent = json!({"name": "a", "size": 1, "note": null, "tags": null});
        assert_eq!(faults(&complete(&order(), Some(absent))), []);
        let nothing = complete(&order(), None);
        assert_eq!(faults(&nothing), [("name", "required"), ("size", "required")]);
    }
}
