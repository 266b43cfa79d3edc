//! `x-validations`: where it may stand, and ids that are unique in the document. The rules themselves
//! are checked when the document is lowered.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
};
use crate::pointer::JsonPointer;

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut known: BTreeMap<&str, JsonPointer> = BTreeMap::new();
    for place in index.of(Kind::Schema).filter(|place| place.has("x-validations")) {
        let at = place.child("x-validations");
        let properties = place.object("properties").is_some_and(|all| !all.is_empty());
        let object = properties && !place.is_true("x-closed-map");
        if !object && place.list("allOf").len() < 2 {
            let message = "`x-validations` means nothing here; it belongs to objects with \
                           properties";
            report.add(&at, "misplaced-extension", message);
        }
        for (i, rule) in place.list("x-validations").iter().enumerate() {
            let Some(id) = rule.get("id").and_then(Value::as_str) else { continue };
            let at = at.child(i).child("id");
            if let Some(first) = known.get(id) {
                let message = format!("{} is the id of {first} already; rename one", shown(id));
                report.add(&at, "duplicate-rule-id", message);
            } else {
                known.insert(id, at);
            }
        }
    }
}
