//! Secrets by their names: without `format: password` they would be shown in logs. What only may be one is asked
//! about too; `x-secret: false` is the answer that it is none.

use huaweicloud_catalog::Secrecy;
use serde_json::{Map, Value};

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
};
use crate::pointer::JsonPointer;

/// Says that a text is no secret, whatever it is called.
const DECISION: &str = "x-secret";

/// Formats of texts that are no secrets under any name.
const HARMLESS: &[&str] = &["password", "date", "date-time", "uuid", "email"];

/// Lists and maps inside of each other are followed so deep.
const MAX_DEPTH: usize = 8;

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for schema in index.of(Kind::Schema) {
        if schema.has(DECISION) && schema.text("format") == Some("password") {
            let message = "is a secret by its `format` and none by this; remove one";
            report.add(&schema.child(DECISION), "exclusive-keywords", message);
        }
        let at = schema.child("properties");
        for (name, _) in schema.object("properties").into_iter().flatten() {
            ask(index, name, at.child(name), report);
        }
    }
    for parameter in index.of(Kind::Parameter) {
        if let Some(name) = parameter.text("name") {
            ask(index, name, parameter.child("schema"), report);
        }
    }
    for response in index.of(Kind::Response) {
        let at = response.child("headers");
        for (name, header) in response.object("headers").into_iter().flatten() {
            if let Some((_, at)) = index.resolve(header, &at.child(name)) {
                ask(index, name, at.child("schema"), report);
            }
        }
    }
}

/// Asks about the texts that a name stands for.
fn ask(index: &Index<'_>, name: &str, at: JsonPointer, report: &mut Report) {
    let looks = match Secrecy::of(name) {
        Secrecy::None => return,
        Secrecy::Likely => "may be a secret",
        Secrecy::Certain => "looks like a secret",
    };
    if let Some(at) = plain_text(index, at) {
        let message = format!(
            "{} {looks}; add `format: password`, or `{DECISION}: false` if it is none",
            shown(name)
        );
        report.add(&at, "secret-without-format", message);
    }
}

/// The place of the text that would be shown: the schema itself, or that of the items or values.
fn plain_text(index: &Index<'_>, mut at: JsonPointer) -> Option<JsonPointer> {
    let map = |at: &JsonPointer| -> Option<&Map<String, Value>> { at.get(index.root)?.as_object() };
    for _ in 0..MAX_DEPTH {
        let end = index.end_of(&at);
        let schema = map(&end)?;
        if map(&at)?.contains_key(DECISION) || schema.contains_key(DECISION) {
            return None;
        }
        let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
        match text("type")? {
            "string" => {
                let is_harmless = text("format").is_some_and(|format| HARMLESS.contains(&format))
                    || schema.contains_key("enum")
                    || schema.contains_key("x-extensible-enum");
                return (!is_harmless).then_some(end);
            }
            "array" => at = end.child("items"),
            // Properties have names of their own.
            "object" if !schema.contains_key("properties") => {
                at = end.child("additionalProperties")
            }
            _ => return None,
        }
    }
    None
}
