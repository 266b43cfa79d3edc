//! Characters that nobody sees: they turn the order of what is read, end lines of generated code, or make two
//! names that look alike.

use serde_json::Value;

use super::{index::Index, kinds::Kind, report::Report};
use crate::pointer::JsonPointer;

const CODE: &str = "invisible-character";

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    walk(index.root, &JsonPointer::root(), report);
    for place in &index.places {
        let keyword = match place.kind {
            Kind::Info => "title",
            Kind::Tag | Kind::Parameter => "name",
            Kind::Operation => "operationId",
            _ => continue,
        };
        let text = place.text(keyword).unwrap_or_default();
        if text.contains('\n') || text.contains('\t') {
            let message = format!("`{keyword}` is of one line; remove what breaks it");
            report.add(&place.child(keyword), CODE, message);
        }
    }
}

fn walk(value: &Value, at: &JsonPointer, report: &mut Report) {
    match value {
        Value::String(text) => {
            let found = text.chars().find(|c| is_invisible(*c) && !['\n', '\t'].contains(c));
            found.into_iter().for_each(|c| add(c, "the text", at, report));
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                if matters(item) {
                    walk(item, &at.child(i), report);
                }
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                if let Some(c) = key.chars().find(|c| is_invisible(*c)) {
                    add(c, "the key", at, report);
                }
                if matters(value) {
                    walk(value, &at.child(key), report);
                }
            }
        }
        _ => {}
    }
}

/// Whether there is text in a value, so that its place is worth making.
fn matters(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().any(is_invisible),
        Value::Array(_) | Value::Object(_) => true,
        _ => false,
    }
}

fn add(c: char, what: &str, at: &JsonPointer, report: &mut Report) {
    let message = format!("{what} holds U+{:04X}, which nobody sees; remove it", u32::from(c));
    report.add(at, CODE, message);
}

/// Control characters, marks of the direction of writing, blanks without width, and tags.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}
