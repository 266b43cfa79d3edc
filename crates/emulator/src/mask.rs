//! Bodies without secrets. In: JSON. Out: the same, with `[redacted]` in place of every value that a document
//! calls a secret.

use serde_json::Value;

use crate::services;

/// What stands in place of a secret.
const REDACTED: &str = "[redacted]";

pub(crate) fn masked(mut value: Value) -> Value {
    hide(&mut value);
    value
}

fn hide(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(fields) => {
            for (name, field) in fields {
                if services::is_secret(name) && !field.is_null() {
                    *field = Value::from(REDACTED);
                } else {
                    hide(field);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_hidden_at_every_depth() {
        let body = json!({"name": "a", "password": "x", "list": [{"new_password": ["y"], "n": 1}]});
        let expected = json!({
            "name": "a", "password": "[redacted]",
            "list": [{"new_password": "[redacted]", "n": 1}]
        });
        assert_eq!(masked(body), expected);
    }
}
