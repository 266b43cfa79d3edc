//! Bodies without secrets. In: JSON. Out: the same, with `[redacted]` in place of every value that a document
//! calls a secret.

use huaweicloud_core::Secret;
use serde_json::Value;

use crate::services;

/// What stands in place of a secret.
const REDACTED: &str = "[redacted]";

pub(crate) fn masked(value: Value) -> Value {
    apart(value).0
}

/// The body without secrets, and the texts among these.
pub(crate) fn apart(mut value: Value) -> (Value, Vec<Secret>) {
    let mut secrets = Vec::new();
    hide(&mut value, &mut secrets);
    (value, secrets)
}

fn hide(value: &mut Value, secrets: &mut Vec<Secret>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| hide(item, secrets)),
        Value::Object(fields) => {
            for (name, field) in fields {
                if services::is_secret(name) && !field.is_null() {
                    secrets.extend(field.as_str().map(Secret::from));
                    *field = Value::from(REDACTED);
                } else {
                    hide(field, secrets);
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
