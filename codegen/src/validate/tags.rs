//! Tags: those of operations against those that are declared.

use std::collections::BTreeSet;

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut declared = BTreeSet::new();
    for tag in index.of(Kind::Tag) {
        if let Some(name) = tag.text("name").filter(|name| !declared.insert(*name)) {
            let message = format!("the tag {} is declared twice; remove one", shown(name));
            report.add(&tag.child("name"), "duplicate-tag", message);
        }
    }
    for operation in index.of(Kind::Operation) {
        let at = operation.child("tags");
        for (i, tag) in operation.list("tags").iter().enumerate() {
            let Some(name) = tag.as_str().filter(|name| !declared.contains(name)) else { continue };
            let hint = report.hint(
                name,
                declared.iter().copied(),
                "declare it in `tags` at the top of the document",
            );
            let message = format!("the tag {} is not declared; {hint}", shown(name));
            report.add(&at.child(i), "undeclared-tag", message);
        }
        if operation.list("tags").len() > 1 {
            report.unsupported(&at, "more than one tag of an operation", "keep the first");
        }
    }
}
