//! Rules in words, with their expressions apart. In: structures. Out: items whose parts are Markdown.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{markdown, site::Site};
use crate::model::{Rule, Severity, TypeDef, TypeKind};

/// One rule.
#[derive(Serialize)]
pub(super) struct RuleRow {
    id: String,
    /// The field that it is about, or the structure.
    about: String,
    words: String,
    expression: String,
    severity: &'static str,
    source: String,
}

/// The rules of a type.
pub(super) fn of_type(site: &Site<'_>, definition: &TypeDef) -> Vec<RuleRow> {
    let TypeKind::Struct(shape) = &definition.kind else { return Vec::new() };
    shape.rules.iter().map(|rule| row(site, definition, rule)).collect()
}

/// The rules of all types that the request of an operation (by its index) reaches.
pub(super) fn of_operation(site: &Site<'_>, index: usize) -> Vec<RuleRow> {
    let names = site.reach.requested(index).into_iter();
    names.filter_map(|name| site.api.types.get(name)).flat_map(|def| of_type(site, def)).collect()
}

/// Links to the rules about a place, such as `Order.count`, from the page of contradictions.
pub(super) fn about(site: &Site<'_>, subject: &str) -> Vec<String> {
    let of = |definition: &TypeDef| -> Vec<String> {
        let TypeKind::Struct(shape) = &definition.kind else { return Vec::new() };
        let file = site.schema_file(&definition.name);
        let here = shape.rules.iter().filter(|rule| place(definition, rule) == subject);
        here.map(|rule| format!("[{}](schemas/{file}#rules)", rule.id)).collect()
    };
    site.api.types.values().flat_map(of).collect()
}

/// The field that a rule is about, or the structure.
fn place(definition: &TypeDef, rule: &Rule) -> String {
    let mut place = definition.name.0.clone();
    for name in &rule.field_path {
        place.push('.');
        place.push_str(name);
    }
    place
}

/// The place in a page, and the years of the sources that state the rule.
fn source(site: &Site<'_>, rule: &Rule) -> String {
    let known = site.api.knowledge.as_ref();
    let dates = rule.sources.iter().filter_map(|id| Some(known?.source(id)?.date.as_str()));
    let dates: BTreeSet<&str> = dates.collect();
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first == last => format!("{} ({first})", rule.source),
        (Some(first), Some(last)) => format!("{} ({first} to {last})", rule.source),
        _ => rule.source.clone(),
    }
}

fn row(site: &Site<'_>, definition: &TypeDef, rule: &Rule) -> RuleRow {
    // One line, whatever the document folds.
    let text = rule.text.split_whitespace().collect::<Vec<_>>().join(" ");
    RuleRow {
        id: rule.id.clone(),
        about: markdown::code(&place(definition, rule)),
        words: sentence(&rule.message.text),
        expression: markdown::code(&text),
        severity: match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        source: markdown::joined(&source(site, rule)),
    }
}

/// A message as what is said of a field; values of the request, which it has in braces, as code.
fn sentence(message: &str) -> String {
    let text = markdown::joined(message);
    let mut out = String::with_capacity(text.len());
    let mut is_code = false;
    for c in text.chars() {
        is_code ^= c == '`';
        match c {
            '{' if !is_code => out.push_str("`{"),
            '}' if !is_code => out.push_str("}`"),
            c => out.push(c),
        }
    }
    let stop = if out.ends_with(['.', '!', '?']) { "" } else { "." };
    out + stop
}
