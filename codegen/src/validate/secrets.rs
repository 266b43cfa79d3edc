//! Secrets by their names: without `format: password` they would be shown in logs.

use heck::ToSnakeCase as _;

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
};

const WORDS: &[&str] = &["password", "passwd", "secret", "token"];

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let fields = index.of(Kind::Schema).flat_map(|schema| {
        let at = schema.child("properties");
        let properties = schema.object("properties").into_iter().flatten();
        properties.map(move |(name, property)| (name.as_str(), property, at.child(name)))
    });
    let parameters = index.of(Kind::Parameter).filter_map(|parameter| {
        let schema = parameter.map.get("schema")?;
        Some((parameter.text("name")?, schema, parameter.child("schema")))
    });
    for (name, schema, at) in fields.chain(parameters) {
        let text = |keyword: &str| schema.get(keyword).and_then(|value| value.as_str());
        let plain = text("type") == Some("string")
            && text("format") != Some("password")
            && schema.get("enum").is_none()
            && schema.get("x-extensible-enum").is_none();
        if plain && is_secret(name) {
            let message = format!("{} looks like a secret; add `format: password`", shown(name));
            report.add(&at, "secret-without-format", message);
        }
    }
}

fn is_secret(name: &str) -> bool {
    // Nothing that long is a name; converting it would only take time.
    let name = if name.len() > 256 { return false } else { name.to_snake_case() };
    let about = name.ends_with("_id") || name.starts_with("is_");
    !about && name.split('_').any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn secrets_are_whole_words() {
        for name in ["password", "old_password", "adminPassword", "X-Auth-Token", "client-secret"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["secret_id", "is_password_set", "passwords", "tokenizer", "name", "secretary"]
        {
            assert!(!is_secret(name), "{name}");
        }
    }
}
