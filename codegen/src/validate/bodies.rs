//! Contents of requests and answers: JSON in one form, and nothing beside it; or a form (of either kind) or a file that
//! is sent, or a file that is downloaded.

use serde_json::Value;

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
};
use crate::{
    media::{FORM, JSON, Media, URLENCODED, is_json},
    pointer::JsonPointer,
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for body in index.of(Kind::RequestBody) {
        match body.object("content") {
            Some(content) if content.is_empty() => {
                let message = format!("the body has no content; add `{JSON}`");
                report.add(&body.child("content"), "missing-keyword", message);
            }
            Some(content) if content.len() == 1 => {
                for name in content.keys() {
                    sent(index, body, name, report);
                }
            }
            _ => others(body, report),
        }
    }
    for response in index.of(Kind::Response) {
        if !is_download(response) {
            others(response, report);
        }
    }
}

/// The only content of a request.
fn sent(index: &Index<'_>, body: &Place<'_>, name: &str, report: &mut Report) {
    let at = body.child("content").child(name);
    let schema = at.child("schema");
    let end = index.end_of(&schema);
    match Media::of(name) {
        Media::Json => {}
        media @ (Media::Form | Media::Urlencoded) => {
            let keyword =
                |keyword: &str| end.get(index.root).and_then(|schema| schema.get(keyword));
            let is_filled = |name: &str| match keyword(name) {
                Some(Value::Object(map)) => !map.is_empty(),
                Some(Value::Array(list)) => !list.is_empty(),
                _ => false,
            };
            let is_structure = is_filled("properties") || is_filled("allOf");
            if !is_structure || keyword("x-closed-map").is_some() {
                let kind = if media == Media::Form { FORM } else { URLENCODED };
                let what = format!("{} of anything but an object with properties", shown(kind));
                report.unsupported(&schema, &what, "give it a property for each part");
            } else if keyword("nullable").is_some() {
                report.unsupported(&schema, "a form that may be null", "remove `nullable`");
            } else if media == Media::Urlencoded {
                no_files(index, &end, report);
            }
        }
        Media::File => {
            if !is_binary(&end, index) {
                let advice = format!(
                    "use `{JSON}`, `{FORM}`, `{URLENCODED}`, or for a file `type: string` with `format: binary`"
                );
                report.unsupported(&at, &format!("the media type {}", shown(name)), &advice);
            }
        }
    }
}

/// A form in the notation of queries holds texts alone.
fn no_files(index: &Index<'_>, form: &JsonPointer, report: &mut Report) {
    let at = form.child("properties");
    let properties = at.get(index.root).and_then(Value::as_object);
    for name in properties.into_iter().flat_map(|map| map.keys()) {
        let at = at.child(name);
        let end = index.end_of(&at);
        let is_file = |at: &JsonPointer| {
            at.child("format").get(index.root).and_then(Value::as_str) == Some("binary")
        };
        if is_file(&end) || is_file(&index.end_of(&end.child("items"))) {
            let what = format!("a file in {}", shown(URLENCODED));
            report.unsupported(&at, &what, &format!("send the form as {}", shown(FORM)));
        }
    }
}

/// Whether a schema is that of a file, and says nothing that would have to be checked.
fn is_binary(at: &JsonPointer, index: &Index<'_>) -> bool {
    let Some(schema) = at.get(index.root).and_then(Value::as_object) else { return false };
    let is = |key: &str, value: &str| schema.get(key).and_then(Value::as_str) == Some(value);
    let says_more = ["enum", "x-extensible-enum", "minLength", "maxLength", "pattern", "nullable"]
        .iter()
        .any(|key| schema.contains_key(*key));
    is("type", "string") && is("format", "binary") && !says_more
}

/// Whether a success is answered with a file: one content that is no JSON, of `format: binary`.
fn is_download(response: &Place<'_>) -> bool {
    let is_success = response.at.last().is_some_and(|status| status.starts_with('2'));
    let Some(content) = response.object("content").filter(|content| content.len() == 1) else {
        return false;
    };
    let is_file = |(name, media): (&String, &Value)| {
        let schema = media.get("schema");
        let is = |key: &str, value: &str| schema.and_then(|s| s.get(key)?.as_str()) == Some(value);
        !is_json(name) && is("type", "string") && is("format", "binary")
    };
    is_success && content.iter().all(is_file)
}

fn others(place: &Place<'_>, report: &mut Report) {
    let content = place.object("content").into_iter().flatten();
    let mut first: Option<&str> = None;
    for (name, _) in content {
        let what = match first {
            _ if !is_json(name) => format!("the media type {}", shown(name)),
            Some(other) => format!("{} beside {}", shown(name), shown(other)),
            None => {
                first = Some(name);
                continue;
            }
        };
        let at = place.child("content").child(name);
        report.unsupported(&at, &what, &format!("use `{JSON}` alone"));
    }
}
