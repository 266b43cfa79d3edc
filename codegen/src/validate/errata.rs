//! `x-errata`: ids that are unique in the document, because pages link to them, and rows that somebody has
//! decided.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    index::Index,
    report::{Report, shown},
};
use crate::pointer::JsonPointer;

/// What stands in place of a decision that is still to be made.
const PENDING: &str = "pending";

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut known: BTreeMap<&str, JsonPointer> = BTreeMap::new();
    for place in &index.places {
        for (i, row) in place.list("x-errata").iter().enumerate() {
            let Some(id) = row.get("id").and_then(Value::as_str) else { continue };
            let row_at = place.child("x-errata").child(i);
            if row.get("decision").and_then(Value::as_str) == Some(PENDING) {
                let message = format!(
                    "{} waits for a decision; write what this document does, and why",
                    shown(id)
                );
                report.add(&row_at.child("decision"), "pending-decision", message);
            }
            let at = row_at.child("id");
            if let Some(first) = known.get(id) {
                let message = format!("{} is the id of {first} already; rename one", shown(id));
                report.add(&at, "duplicate-erratum-id", message);
            } else {
                known.insert(id, at);
            }
        }
    }
}
