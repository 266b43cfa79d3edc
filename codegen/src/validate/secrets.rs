//! Secrets by their names: without `format: password` they would be shown in logs.

use conventions::secrets::Secrecy;

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
};

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
        if plain && Secrecy::of(name) == Secrecy::Certain {
            let message = format!("{} looks like a secret; add `format: password`", shown(name));
            report.add(&at, "secret-without-format", message);
        }
    }
}
