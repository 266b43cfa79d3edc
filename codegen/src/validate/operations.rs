//! Operations: their ids and their answers.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
};
use crate::media;

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut known: BTreeMap<&str, &Place<'_>> = BTreeMap::new();
    for operation in index.of(Kind::Operation) {
        match operation.text("operationId").map(str::trim) {
            None if operation.has("operationId") => {}
            None | Some("") => {
                let message = "an operation needs an `operationId`; add one, such as `ListBooks`";
                report.add(&operation.at, "missing-operation-id", message);
            }
            Some(id) => {
                if let Some(other) = known.insert(id, operation) {
                    let message =
                        format!("{} is the id of {} already; rename one", shown(id), other.at);
                    report.add(&operation.child("operationId"), "duplicate-operation-id", message);
                }
            }
        }
        if operation.at.last() == Some("head") && operation.has("requestBody") {
            let at = operation.child("requestBody");
            report.unsupported(&at, "a body of a HEAD request", "use parameters");
        }
        answers(index, operation, report);
        purchase(operation, report);
    }
}

/// What costs money is never sent twice.
fn purchase(operation: &Place<'_>, report: &mut Report) {
    let is_read = matches!(operation.at.last(), Some("get" | "head"));
    if operation.has("x-purchase") && (is_read || operation.has("x-repeatable")) {
        let message = "what costs money must not be sent twice, as reading and `x-repeatable` may be; \
                       remove one of the two";
        report.add(&operation.child("x-purchase"), "repeatable-purchase", message);
    }
}

fn answers(index: &Index<'_>, operation: &Place<'_>, report: &mut Report) {
    let Some(responses) = operation.object("responses") else { return };
    let at = operation.child("responses");
    let mut successes = responses.iter().filter(|(status, _)| status.starts_with('2')).peekable();
    if successes.peek().is_none() {
        let message =
            "no answer says that the call succeeded; add one with a status such as \"200\"";
        return report.add(&at, "missing-success-response", message);
    }
    let mut first: Option<(&str, &Value)> = None;
    for (status, response) in successes {
        let response = index.resolve(response, &at.child(status));
        let content = response.and_then(|(map, _)| map.get("content")?.as_object());
        let media = content.and_then(media::json);
        let Some(schema) = media.and_then(|(_, media)| media.get("schema")) else { continue };
        match first {
            None => first = Some((status, schema)),
            Some((other, known)) if known != schema => {
                let what = format!("an answer of another type than that of {other}");
                report.unsupported(&at.child(status), &what, "use one schema for both");
            }
            Some(_) => {}
        }
    }
}
