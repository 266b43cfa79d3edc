//! `x-former-names`: what a property was called in an older API. Such a name helps only where it means nothing else: it is
//! the name of no property, and of one former one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for schema in index.of(Kind::Schema) {
        let Some(properties) = schema.object("properties") else { continue };
        let mut met: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, property) in properties {
            let former = property.get("x-former-names").and_then(Value::as_array);
            for (i, old) in former.into_iter().flatten().enumerate() {
                let Some(old) = old.as_str() else { continue };
                let problem = match met.insert(old, name) {
                    _ if properties.contains_key(old) => "is a property of its own".to_owned(),
                    Some(other) => format!("was {} too", shown(other)),
                    None => continue,
                };
                let at = schema.at.join(["properties", name, "x-former-names"]).child(i);
                report.add(&at, "bad-extension", format!("{} {problem}; remove it", shown(old)));
            }
        }
    }
}
