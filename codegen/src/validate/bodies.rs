//! Contents of requests and answers: JSON in one form, and nothing beside it.

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
        others(response, report);
    }
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
