//! References: each leads to a component of the right kind in the same document.

use super::{
    index::{Index, Reference, is_component},
    kinds::{Kind, section},
    report::{Report, shown},
};
use crate::pointer::JsonPointer;

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for reference in &index.references {
        check_one(index, reference, report);
    }
}

fn check_one(index: &Index<'_>, reference: &Reference<'_>, report: &mut Report) {
    let at = reference.at.child("$ref");
    let wanted = section(reference.kind);
    let target = shown(reference.target);
    if is_component(&reference.at) {
        let advice = match reference.kind {
            Kind::Schema => "refer to its target directly, or wrap it into an `allOf`",
            _ => "refer to its target directly",
        };
        report.unsupported(&at, "a component that is nothing but a reference", advice);
    }
    if !reference.target.starts_with('#') {
        let message =
            format!("{target} is outside of this document; move it to components/{wanted}");
        return report.add(&at, "external-ref", message);
    }
    let pointer = JsonPointer::parse(reference.target);
    let segments = pointer.as_ref().map(JsonPointer::segments).unwrap_or_default();
    match segments {
        [components, found, name] if components == "components" && found == wanted => {
            let names = index.components(wanted);
            if !names.is_some_and(|names| names.contains_key(name)) {
                let names = names.into_iter().flatten().map(|(name, _)| name.as_str());
                let hint = report.hint(name, names, "add it there");
                let message = format!("components/{wanted} has no {}; {hint}", shown(name));
                report.add(&at, "unresolved-ref", message);
            }
        }
        _ if pointer.as_ref().is_none_or(|pointer| pointer.get(index.root).is_none()) => {
            let message = format!("{target} leads nowhere; write #/components/{wanted}/…");
            report.add(&at, "unresolved-ref", message);
        }
        [components, _, _] if components == "components" => {
            let message =
                format!("{target} is of another kind; only components/{wanted} fits here");
            report.add(&at, "wrong-ref-kind", message);
        }
        _ => {
            let advice = format!("move what it leads to into components/{wanted}");
            report.unsupported(&at, "a reference to something that is no component", &advice);
        }
    }
}
