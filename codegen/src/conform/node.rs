//! One value against all parts of its schema; the entry of this stage.

use std::collections::BTreeMap;

use huaweicloud_core::{
    Path, Report, Violation,
    check::{self, Shown},
};
use serde_json::{Number, Value};

use super::{
    at::At,
    checker::{Checker, Compiled, Way},
    flatten::{self, Part},
    kind, number, object, rules,
};
use crate::{
    pattern::{Dfa, explained},
    pointer::JsonPointer,
};

/// Deeper values are not looked at; no parser of this project lets one through.
const MAX_DEPTH: usize = 256;

/// All violations of a value, in the order of the schema.
///
/// A field that the schema does not know is one, unless `additionalProperties` allows it by name.
pub fn check(root: &Value, schema: &JsonPointer, instance: &Value) -> Vec<Violation> {
    let compiled = &mut Compiled::default();
    let found = schema.get(root).map(|s| checked(compiled, root, s, instance, Way::Any));
    found.into_iter().flatten().map(|(_, violation)| violation).collect()
}

/// The same of a value that is sent: a text that it needs is not empty, unless the schema says so.
pub fn check_request(root: &Value, schema: &JsonPointer, instance: &Value) -> Vec<Violation> {
    let compiled = &mut Compiled::default();
    let found = schema.get(root).map(|s| checked(compiled, root, s, instance, Way::Request));
    found.into_iter().flatten().map(|(_, violation)| violation).collect()
}

/// The same of a value in a document, for a schema that may stand outside of it, with the place of each
/// violation below the value. A number is written so that code has the same one.
pub(crate) fn located(
    compiled: &mut Compiled,
    root: &Value,
    schema: &Value,
    instance: &Value,
) -> Vec<(JsonPointer, Violation)> {
    checked(compiled, root, schema, instance, Way::Code)
}

fn checked(
    compiled: &mut Compiled,
    root: &Value,
    schema: &Value,
    instance: &Value,
    way: Way,
) -> Vec<(JsonPointer, Violation)> {
    let Compiled { patterns, programs } = compiled;
    let mut checker = Checker { root, patterns, programs, found: Vec::new(), depth: 0, way };
    checker.node(&At::root(), instance, &[schema]);
    checker.found
}

impl<'d> Checker<'d> {
    /// Checks a value that must fit several schemas at once.
    pub(super) fn node(&mut self, at: &At<'_>, value: &'d Value, schemas: &[&'d Value]) {
        let parts = flatten::flatten(self.root, schemas);
        if parts.is_empty() || self.depth >= MAX_DEPTH {
            return;
        }
        if let Some(needed) = kind::needed(value, &parts) {
            let found = kind::found(value);
            return self.at(at, |path, report| check::wrong_type(path, report, found, needed));
        }
        for part in &parts {
            self.scalar(at, value, part);
        }
        self.depth += 1;
        match value {
            Value::Array(items) => self.array(at, items, &parts),
            Value::Object(object) => {
                object::check(self, at, object, &parts);
                rules::check(self, at, object, &parts);
            }
            _ => {}
        }
        self.depth -= 1;
    }

    /// Checks a text that a request needs, as the pass `empty` has it.
    pub(super) fn needed(&mut self, at: &At<'_>, value: &'d Value, schemas: &[&'d Value]) {
        if self.way != Way::Request || value.as_str() != Some("") {
            return;
        }
        let parts = flatten::flatten(self.root, schemas);
        let is_bound = |part: &Part<'_>| {
            ["minLength", "pattern", "enum", "x-extensible-enum"]
                .iter()
                .any(|k| part.contains_key(*k))
        };
        if kind::needed(value, &parts).is_none() && !parts.iter().any(is_bound) {
            self.at(at, |path, report| check::min_length(path, report, "", 1));
        }
    }

    /// Values and bounds of strings and numbers, and the values of anything.
    fn scalar(&mut self, at: &At<'_>, value: &'d Value, part: Part<'d>) {
        let secret = part.get("format").and_then(Value::as_str) == Some("password");
        if let Some(Value::Array(allowed)) = part.get("enum") {
            self.at(at, |path, report| one_of(path, report, value, allowed, secret));
        }
        match value {
            Value::String(text) => self.string(at, text, part, secret),
            Value::Number(n) => {
                let way = self.way;
                self.at(at, |path, report| {
                    number::check(path, report, n, part);
                    if way == Way::Code {
                        number::exact(path, report, n, part);
                    }
                });
            }
            _ => {}
        }
    }

    fn string(&mut self, at: &At<'_>, text: &'d str, part: Part<'d>, secret: bool) {
        let pattern = part.get("pattern").and_then(Value::as_str);
        let unmatched = pattern.and_then(|pattern| self.unmatched(pattern, text));
        self.at(at, |path, report| {
            if let Some(min) = limit(part, "minLength") {
                check::min_length(path, report, text, min);
            }
            if let Some(max) = limit(part, "maxLength") {
                check::max_length(path, report, text, max);
            }
            if let Some(pattern) = unmatched {
                let shown = if secret { Shown::Hidden } else { Shown::Value(text) };
                check::pattern(path, report, shown, false, &pattern);
            }
        });
    }

    /// A pattern that a text does not match, as messages show it. One that does not compile bounds nothing; validation
    /// reports it at its own place.
    fn unmatched(&mut self, pattern: &str, text: &str) -> Option<String> {
        if !self.patterns.contains_key(pattern) {
            self.patterns.insert(pattern.to_owned(), Dfa::compile(pattern).ok());
        }
        let dfa = self.patterns.get(pattern).and_then(Option::as_ref)?;
        (!dfa.matches(text)).then(|| explained(pattern, dfa))
    }

    fn array(&mut self, at: &At<'_>, items: &'d [Value], parts: &[Part<'d>]) {
        self.at(at, |path, report| {
            for part in parts {
                if let Some(min) = limit(part, "minItems") {
                    check::min_items(path, report, items.len(), min);
                }
                if let Some(max) = limit(part, "maxItems") {
                    check::max_items(path, report, items.len(), max);
                }
            }
            if parts.iter().any(|part| part.get("uniqueItems") == Some(&Value::Bool(true))) {
                unique(path, report, items);
            }
        });
        let schemas: Vec<&Value> = parts.iter().filter_map(|part| part.get("items")).collect();
        for (i, item) in items.iter().enumerate() {
            self.needed(&at.index(i), item, &schemas);
            self.node(&at.index(i), item, &schemas);
        }
    }
}

/// `enum` of whatever kind.
fn one_of(at: &Path<'_>, report: &mut Report, value: &Value, allowed: &[Value], secret: bool) {
    match value {
        Value::Null => {}
        Value::String(text) if !secret => {
            let words: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            check::one_of(at, report, text, &words);
        }
        Value::Number(n) => {
            let numbers: Vec<&Number> = allowed.iter().filter_map(Value::as_number).collect();
            number::one_of(at, report, n, &numbers);
        }
        other if !allowed.contains(other) => {
            report.push(at, "enum", "is not one of the values that are allowed");
        }
        _ => {}
    }
}

/// `uniqueItems` without comparing each item with each other.
fn unique(at: &Path<'_>, report: &mut Report, items: &[Value]) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let earlier = items.iter().enumerate().find_map(|(second, item)| {
        let mut sorted = item.clone();
        sorted.sort_all_objects();
        let first = known.insert(sorted.to_string(), second)?;
        Some((first, second))
    });
    if let Some((first, second)) = earlier {
        // As `huaweicloud_core::check::unique` has it.
        let message = format!("items {first} and {second} are equal; each may occur only once");
        report.push(at, "uniqueItems", message);
    }
}

fn limit(part: Part<'_>, keyword: &str) -> Option<usize> {
    let n = part.get(keyword)?.as_u64()?;
    Some(usize::try_from(n).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests;
