//! What examples must not reveal: secrets and names of people.
//!
//! In: names and example values. Out: whether a field holds a secret, and examples without them.

use std::sync::LazyLock;

use heck::ToSnakeCase as _;
use huaweicloud_catalog::Secrecy;
use regex::Regex;
use serde_json::Value;

/// Names of fields about people, and a value that is nobody's.
const PEOPLE: &[(&str, &str)] = &[
    ("email", "user@example.com"),
    ("mail", "user@example.com"),
    ("phone", "00000000000"),
    ("mobile", "00000000000"),
    ("telephone", "00000000000"),
    ("user_name", "example-user"),
    ("username", "example-user"),
];

/// Plainly fake, and within the rules that passwords usually have.
const PASSWORD: &str = "Example-Passw0rd";

/// Parameters of signed links.
#[expect(clippy::expect_used, reason = "the text is a constant, and a test uses it")]
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)\b((?:AWS)?AccessKeyId|Signature|X-[A-Z]+-(?:Signature|Credential|Security-Token)|security-?token)=[^&\s"]+"#)
        .expect("a pattern of this module")
});

/// Whether a field of that name gets `format: password`.
pub(super) fn is_secret(name: &str) -> bool {
    Secrecy::of(name) == Secrecy::Certain
}

/// Whether values of that field are not shown.
pub(super) fn is_private(name: &str) -> bool {
    Secrecy::of(name).is_suspect() || substitute(name).is_some()
}

/// The value without secrets and people.
pub(super) fn redacted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let entry = |(key, value): (&String, &Value)| (key.clone(), of_field(key, value));
            Value::Object(map.iter().map(entry).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(redacted).collect()),
        Value::String(text) => Value::String(SIGNED.replace_all(text, "$1=EXAMPLE").into_owned()),
        other => other.clone(),
    }
}

fn of_field(name: &str, value: &Value) -> Value {
    let fake = match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(_) if Secrecy::of(name).is_suspect() => Some(PASSWORD),
        Value::String(_) => substitute(name),
        _ => None,
    };
    fake.map_or_else(|| redacted(value), |fake| Value::String(fake.to_owned()))
}

fn substitute(name: &str) -> Option<&'static str> {
    let name = if name.len() > 256 { return None } else { name.to_snake_case() };
    let about = |word: &str| name == word || name.ends_with(&format!("_{word}"));
    PEOPLE.iter().find(|(word, _)| about(word)).map(|(_, fake)| *fake)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_private, is_secret, redacted};

    #[test]
    fn secrets_and_people_are_replaced() {
        let value = json!({
            "name": "a",
            "old_password": "whatever",
            "password": "",
            "users": [{"user_name": "somebody", "email": "somebody@host"}],
            "link": "https://host/file?AWSAccessKeyId=ABC&Expires=1&Signature=x%2By",
            "token_id": "kept",
        });
        let expected = json!({
            "name": "a",
            "old_password": "Example-Passw0rd",
            "password": "",
            "users": [{"user_name": "example-user", "email": "user@example.com"}],
            "link": "https://host/file?AWSAccessKeyId=EXAMPLE&Expires=1&Signature=EXAMPLE",
            "token_id": "kept",
        });
        assert_eq!(redacted(&value), expected);
    }

    #[test]
    fn names_tell() {
        assert!(is_secret("adminPassword") && is_secret("X-Auth-Token"));
        assert!(!is_secret("token_id") && !is_secret("keys") && !is_secret("signature"));
        assert!(
            is_private("sk")
                && is_private("signature")
                && is_private("contact_email")
                && !is_private("mailbox")
        );
    }
}
