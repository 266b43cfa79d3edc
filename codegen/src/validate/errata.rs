//! `x-errata`: ids that are unique in the document, because pages link to them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    index::Index,
    report::{Report, shown},
};
use crate::pointer::JsonPointer;

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut known: BTreeMap<&str, JsonPointer> = BTreeMap::new();
    for place in &index.places {
        for (i, row) in place.list("x-errata").iter().enumerate() {
            let Some(id) = row.get("id").and_then(Value::as_str) else { continue };
            let at = place.child("x-errata").child(i).child("id");
            if let Some(first) = known.get(id) {
                let message = format!("{} is the id of {first} already; rename one", shown(id));
                report.add(&at, "duplicate-erratum-id", message);
            } else {
                known.insert(id, at);
            }
        }
    }
}
