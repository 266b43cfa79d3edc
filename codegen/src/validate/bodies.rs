//! Contents of requests and answers: JSON in one form, and nothing beside it; or a file that is downloaded.

use serde_json::Value;

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
};
use crate::media::{JSON, is_json};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for body in index.of(Kind::RequestBody) {
        others(body, report);
        if body.object("content").is_some_and(|content| content.is_empty()) {
            let message = format!("the body has no content; add `{JSON}`");
            report.add(&body.child("content"), "missing-keyword", message);
        }
    }
    for response in index.of(Kind::Response) {
        if !is_download(response) {
            others(response, report);
        }
    }
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
