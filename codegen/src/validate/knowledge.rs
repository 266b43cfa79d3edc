//! What is known from where, and which rules may be errors for it: `x-knowledge`, and the sources of rules.
//!
//! An error needs that every source of every date agrees, or that the service is known to refuse; where sources
//! differ, the wider one holds, and the narrower is a warning at most. `disputed` holds facts to the same.

use serde_json::{Map, Value};

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
    shapes::{kebab, list, needs, object, text, texts},
};
use crate::pointer::JsonPointer;

pub(super) const KEY: &str = "x-knowledge";

const SOURCE: &[&str] = &["id", "title", "date"];
const REGION: &[&str] = &["id", "about", "statements", "decision", "rules"];
const STATEMENT: &[&str] = &["says", "sources"];

/// `{sources: [{id, title, date}], regions?: [{id, about, statements, decision, rules?}]}`.
pub(super) fn shape(value: &Value, at: &JsonPointer, report: &mut Report) {
    let Some(map) = object(value, at, &["sources", "regions"], report) else { return };
    needs(map, at, &["sources"], report);
    each(map, "sources", SOURCE, at, report, |source, at, report| {
        needs(source, at, SOURCE, report);
        for key in SOURCE {
            source.get(*key).into_iter().for_each(|value| text(value, &at.child(key), report));
        }
        if let Some(date) = source.get("date").and_then(Value::as_str)
            && !is_date(date)
        {
            let message =
                format!("{} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD", shown(date));
            report.add(&at.child("date"), "bad-extension", message);
        }
    });
    each(map, "regions", REGION, at, report, |region, at, report| {
        needs(region, at, &["id", "about", "statements", "decision"], report);
        for key in ["id", "about", "decision"] {
            region.get(key).into_iter().for_each(|value| text(value, &at.child(key), report));
        }
        region.get("rules").into_iter().for_each(|list| texts(list, &at.child("rules"), report));
        each(region, "statements", STATEMENT, at, report, |statement, at, report| {
            needs(statement, at, STATEMENT, report);
            statement
                .get("says")
                .into_iter()
                .for_each(|says| text(says, &at.child("says"), report));
            let sources = statement.get("sources").into_iter();
            sources.for_each(|sources| texts(sources, &at.child("sources"), report));
        });
    });
}

/// Calls `check` with every object of a list that may be absent, after its keys and its id were checked.
fn each(
    map: &Map<String, Value>,
    key: &str,
    keys: &[&str],
    at: &JsonPointer,
    report: &mut Report,
    check: impl Fn(&Map<String, Value>, &JsonPointer, &mut Report),
) {
    let Some(value) = map.get(key) else { return };
    let at = at.child(key);
    for (i, item) in list(value, &at, "objects", report).into_iter().flatten().enumerate() {
        let at = at.child(i);
        let Some(item) = object(item, &at, keys, report) else { continue };
        if let Some(id) = item.get("id").and_then(Value::as_str) {
            kebab(id, &at.child("id"), report);
        }
        check(item, &at, report);
    }
}

/// A year, with or without month and day.
fn is_date(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.split('-').all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    digits && matches!(lengths[..], [4] | [4, 2] | [4, 2, 2])
}

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let Some(knowledge) = index.root.get(KEY) else { return };
    let known: Vec<&str> =
        items(knowledge, "sources").filter_map(|s| s.get("id")?.as_str()).collect();
    let mut rules: Vec<&str> = Vec::new();
    for place in index.of(Kind::Schema).filter(|place| place.has("x-validations")) {
        for (i, entry) in place.list("x-validations").iter().enumerate() {
            rules.extend(entry.get("id").and_then(Value::as_str));
            let at = place.child("x-validations").child(i);
            rule(entry, &at, &known, report);
            stale(entry, &at, knowledge, report);
        }
    }
    let at = JsonPointer::root().child(KEY).child("regions");
    for (i, region) in items(knowledge, "regions").enumerate() {
        for (j, statement) in items(region, "statements").enumerate() {
            let at = at.child(i).child("statements").child(j);
            named(statement, "sources", &at, &known, report);
        }
        named(region, "rules", &at.child(i), &rules, report);
    }
}

/// A rule says its sources, and refuses nothing that one of them allows.
fn rule(entry: &Value, at: &JsonPointer, known: &[&str], report: &mut Report) {
    if items(entry, "sources").next().is_none() {
        let message =
            "says no sources; name those of `x-knowledge` that state the rule in `sources`";
        report.add(at, "missing-rule-sources", message);
    }
    named(entry, "sources", at, known, report);
    named(entry, "against", at, known, report);
    let is_error = entry.get("severity").and_then(Value::as_str) != Some("warning");
    if is_error && entry.get("refused").is_none() && items(entry, "against").next().is_some() {
        let message = "refuses what a source allows; make it a warning, widen it, or say in `refused` how the \
                       service is known to refuse it";
        report.add(at, "disputed-error", message);
    }
}

/// How much older than the newest source all sources of an error may be, in months.
const STALE: u32 = 24;

/// What only old sources state may be so no more.
fn stale(entry: &Value, at: &JsonPointer, knowledge: &Value, report: &mut Report) {
    let is_warning = entry.get("severity").and_then(Value::as_str) == Some("warning");
    if is_warning || entry.get("refused").is_some() {
        return;
    }
    let months = |source: &Value| months(source.get("date")?.as_str()?);
    let newest = items(knowledge, "sources").filter_map(months).max();
    let own = items(entry, "sources").filter_map(|id| {
        items(knowledge, "sources").find(|source| source.get("id") == Some(id)).and_then(months)
    });
    if let (Some(newest), Some(own)) = (newest, own.max())
        && newest.saturating_sub(own) > STALE
    {
        let message = "only sources of long ago state it; name a newer one that states it too, make it a \
                       warning, or say in `refused` how the service is known to refuse it";
        report.add(at, "stale-error", message);
    }
}

/// The months of a date since year 0; a year alone is its end.
fn months(date: &str) -> Option<u32> {
    let mut parts = date.split('-').map(str::parse);
    let year: u32 = parts.next()?.ok()?;
    let month = parts.next().and_then(Result::ok).unwrap_or(12);
    year.checked_mul(12)?.checked_add(month)
}

/// Every name of a list is one of those that are known.
fn named(value: &Value, key: &str, at: &JsonPointer, known: &[&str], report: &mut Report) {
    for (i, name) in items(value, key).enumerate() {
        let Some(name) = name.as_str().filter(|name| !known.contains(name)) else { continue };
        let advice = format!("known are {}", known.join(", "));
        let hint = report.hint(name, known.iter().copied(), &advice);
        let message = format!("{} is not known; {hint}", shown(name));
        report.add(&at.child(key).child(i), "unknown-source", message);
    }
}

fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}
