//! Components that nothing leads to: most likely a misspelt reference, or left over.

use std::collections::{BTreeMap, BTreeSet};

use super::{index::Index, report::Report};
use crate::pointer::JsonPointer;

const SECTIONS: &[&str] =
    &["schemas", "responses", "parameters", "headers", "examples", "requestBodies"];

/// Section and name of a component.
type Component = (String, String);

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut edges: BTreeMap<Component, Vec<Component>> = BTreeMap::new();
    let mut queue: Vec<Component> = Vec::new();
    for reference in &index.references {
        let target = JsonPointer::parse(reference.target);
        let Some(target) = target.as_ref().and_then(component) else { continue };
        match component(&reference.at) {
            Some(owner) => edges.entry(owner).or_default().push(target),
            None => queue.push(target),
        }
    }
    let mut used: BTreeSet<Component> = BTreeSet::new();
    while let Some(next) = queue.pop() {
        if !used.contains(&next) {
            queue.extend(edges.get(&next).into_iter().flatten().cloned());
            used.insert(next);
        }
    }
    for section in SECTIONS {
        for (name, _) in index.components(section).into_iter().flatten() {
            if !used.contains(&((*section).to_owned(), name.clone())) {
                let at = JsonPointer::root().join(["components", section, name]);
                report.add(
                    &at,
                    "unused-component",
                    "no operation uses it; refer to it or remove it",
                );
            }
        }
    }
}

/// The component that a place is in.
fn component(at: &JsonPointer) -> Option<Component> {
    match at.segments() {
        [components, section, name, ..] if components == "components" => {
            Some((section.clone(), name.clone()))
        }
        _ => None,
    }
}
