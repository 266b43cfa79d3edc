//! Names that become names of methods, modules, features and types: they have letters that every tool takes.

use conventions::pages::is_page_id;

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
};
use crate::pointer::JsonPointer;

const CODE: &str = "bad-name";

/// A longer name is no name of a file, with what is added to it.
const LONGEST: usize = 100;

/// The sections of the components.
const SECTIONS: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "headers",
    "examples",
    "requestBodies",
    "securitySchemes",
];

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for operation in index.of(Kind::Operation) {
        let Some(id) = operation.text("operationId").filter(|id| !id.trim().is_empty()) else {
            continue;
        };
        let at = operation.child("operationId");
        if !is_plain(id) {
            let message = format!(
                "{} names no method; write a name in letters a to z, such as `ListBooks`",
                shown(id)
            );
            report.add(&at, CODE, message);
        } else if id.len() > LONGEST {
            let message =
                format!("is longer than {LONGEST} letters, and files are called so; shorten it");
            report.add(&at, CODE, message);
        } else if is_page_id(id) {
            let message = format!(
                "{} is the id of a page and no name; write what the call does, such as `ListBooks`",
                shown(id)
            );
            report.add(&at, CODE, message);
        }
    }
    for tag in index.of(Kind::Tag) {
        if let Some(name) = tag.text("name").filter(|name| !is_plain(name)) {
            let message = format!(
                "{} names no module and no feature; write a name in letters a to z",
                shown(name)
            );
            report.add(&tag.child("name"), CODE, message);
        }
        if tag.text("name").is_some_and(|name| name.len() > LONGEST) {
            let message =
                format!("is longer than {LONGEST} letters, and files are called so; shorten it");
            report.add(&tag.child("name"), CODE, message);
        }
    }
    for section in SECTIONS {
        for (name, _) in index.components(section).into_iter().flatten() {
            if name.is_empty()
                || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            {
                let at = JsonPointer::root().join(["components", section, name]);
                let message = format!(
                    "{} is not a name of a component; use letters a to z, digits, `.`, `-` and `_`",
                    shown(name)
                );
                report.add(&at, CODE, message);
            } else if name.len() > LONGEST {
                let at = JsonPointer::root().join(["components", section, name]);
                let message = format!(
                    "is longer than {LONGEST} letters, and files are called so; shorten it"
                );
                report.add(&at, CODE, message);
            }
        }
    }
}

/// Whether a name is made of ASCII letters, whatever stands between them.
fn is_plain(name: &str) -> bool {
    name.is_ascii() && name.contains(|c: char| c.is_ascii_alphabetic())
}
