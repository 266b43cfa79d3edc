//! `required`: names of properties that exist, each once.

use std::collections::BTreeSet;

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
};
use crate::{conform, pointer::JsonPointer};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for schema in index.of(Kind::Schema) {
        let at = schema.child("required");
        let mut seen = BTreeSet::new();
        for (i, name) in schema.list("required").iter().enumerate() {
            let Some(name) = name.as_str() else { continue };
            if !seen.insert(name) {
                let message = format!("{} is listed twice; remove one", shown(name));
                report.add(&at.child(i), "duplicate-required", message);
            } else if !exists(index, schema, name) {
                let names = schema.object("properties").into_iter().flatten();
                let names = names.map(|(name, _)| name.as_str());
                let hint = report.hint(name, names, "add it, or require it beside its definition");
                let message = format!("there is no property {}; {hint}", shown(name));
                report.add(&at.child(i), "unknown-required", message);
            }
        }
    }
}

/// A part of an `allOf` may require a property that another part has.
fn exists(index: &Index<'_>, schema: &Place<'_>, name: &str) -> bool {
    let mut whole = schema.at.segments();
    while let [outer @ .., all_of, _] = whole
        && all_of == "allOf"
    {
        whole = outer;
    }
    let whole = JsonPointer::root().join(whole.iter().map(String::as_str));
    schema.object("properties").is_some_and(|properties| properties.contains_key(name))
        || whole.get(index.root).is_some_and(|all| conform::has_property(index.root, all, name))
}
