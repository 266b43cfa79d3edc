//! Masking of secrets, by the types of the document. In: a body. Out: the masked body, and the secrets in it.

use huaweicloud_catalog::{Described, Kind, Schema, Secrecy, Shape};
use huaweicloud_core::Secret;
use serde_json::Value;

/// The replacement of a secret.
pub const REDACTED: &str = "[redacted]";

/// A value without its secrets, which are collected.
pub fn mask(
    described: &Described,
    schema: &Schema,
    value: &Value,
    found: &mut Vec<Secret>,
) -> Value {
    match (&schema.shape, value) {
        (_, Value::Null) => Value::Null,
        (Shape::Secret, secret) => {
            found.push(match secret {
                Value::String(text) => text.as_str().into(),
                other => other.to_string().into(),
            });
            Value::from(REDACTED)
        }
        (Shape::Array(item), Value::Array(items)) => {
            items.iter().map(|value| mask(described, item, value, found)).collect()
        }
        (Shape::Map(inner), Value::Object(entries)) => {
            let entries = entries.iter();
            entries
                .map(|(key, value)| (key.clone(), mask(described, inner, value, found)))
                .collect()
        }
        (Shape::Named(name), Value::Object(entries)) => {
            let Some(Kind::Struct { fields, .. }) = described.types.get(name).map(|t| &t.kind)
            else {
                return value.clone();
            };
            let masked = entries.iter().map(|(key, value)| {
                let own = fields.iter().find(|field| !field.is_rest && field.name == *key);
                let value = match own {
                    Some(field) => mask(described, &field.schema, value, found),
                    None => unknown(key, value, found),
                };
                (key.clone(), value)
            });
            masked.collect()
        }
        _ => value.clone(),
    }
}

/// An undocumented field: one whose name may be that of a secret is treated as a secret.
fn unknown(name: &str, value: &Value, found: &mut Vec<Secret>) -> Value {
    match value {
        Value::String(text) if Secrecy::of(name).is_suspect() => {
            found.push(text.as_str().into());
            Value::from(REDACTED)
        }
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), unknown(key, value, found))).collect()
        }
        Value::Array(items) => items.iter().map(|value| unknown(name, value, found)).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The same names as those that the documents mark, and not a list of their own.
    #[test]
    fn undocumented_secrets_are_masked_wherever_they_stand() {
        let body = json!({
            "private_key": "p", "appCode": "a", "X-Auth-Token": "t", "session_key": "s",
            "token_type": "bearer", "name": "n", "port": 1,
            "list": [{"passphrases": ["w"]}]
        });
        let mut found = Vec::new();
        assert_eq!(
            unknown("", &body, &mut found),
            json!({
                "private_key": "[redacted]", "appCode": "[redacted]", "X-Auth-Token": "[redacted]",
                "session_key": "[redacted]", "token_type": "bearer", "name": "n", "port": 1,
                "list": [{"passphrases": ["[redacted]"]}]
            })
        );
        assert_eq!(found.len(), 5);
    }
}
