//! `x-unstated`: what no page states of a value, so that a keyword which is on no page is told from one that is gone
//! from its page. Each entry names something that the schema has.

use conventions::unstated::{self, KEY, LISTS};
use serde_json::Value;

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
    shapes::{list, object, texts},
};
use crate::pointer::JsonPointer;

/// The lists that it has.
const KEYS: &[&str] = &["keywords", "values"];

/// `{keywords?, values?}`.
pub(super) fn shape(value: &Value, at: &JsonPointer, report: &mut Report) {
    let Some(map) = object(value, at, KEYS, report) else { return };
    if let Some(keywords) = map.get("keywords") {
        texts(keywords, &at.child("keywords"), report);
    }
    if let Some(values) = map.get("values") {
        list(values, &at.child("values"), "values", report);
    }
    if map.is_empty() {
        report.add(at, "bad-extension", "names nothing; remove it");
    }
}

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for schema in index.of(Kind::Schema) {
        let Some(named) = schema.object(KEY) else { continue };
        let entries = |key: &str| named.get(key).and_then(Value::as_array).into_iter().flatten();
        let at = schema.at.child(KEY);
        for (i, word) in entries("keywords").enumerate() {
            let Some(word) = word.as_str() else { continue };
            let at = at.child("keywords").child(i);
            if !unstated::words().any(|known| known == word) {
                let hint = report.hint(word, unstated::words(), "remove it");
                let message = format!("{} is nothing that a page states; {hint}", shown(word));
                report.add(&at, "bad-extension", message);
                continue;
            }
            let names = unstated::keywords_of(word);
            if !names.iter().any(|name| schema.has(name)) {
                let message =
                    format!("the schema has no `{}`; remove it here", names.join("` or `"));
                report.add(&at, "bad-extension", message);
            }
        }
        let listed: Vec<&Value> =
            LISTS.iter().filter_map(|name| schema.map.get(*name)?.as_array()).flatten().collect();
        for (i, value) in entries("values").enumerate() {
            if !listed.contains(&value) {
                let message = format!("{value} is no value of the schema; remove it here");
                report.add(&at.child("values").child(i), "bad-extension", message);
            }
        }
    }
}
