//! Where a service differs from its document. In: answers as they come. Out: each difference once, as rows of
//! `x-errata` that wait for a decision.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use huaweicloud_core::server::{Answer, Operation};

use super::compare::{Difference, Kind, compare};
use crate::moment;

/// All differences so far, by operation; the moment is that of the first time.
#[derive(Default)]
pub(crate) struct Differences {
    found: Mutex<BTreeMap<(&'static str, Difference), u64>>,
}

impl Differences {
    /// Compares an answer, and keeps what is new.
    pub(super) fn note(&self, operation: &'static Operation, status: u16, body: &[u8]) {
        let now = moment::now();
        for difference in differences(operation, status, body) {
            let mut found = self.lock();
            let words = words(&difference);
            let path = difference.path.clone();
            if found.insert((operation.id, difference), now).is_none() {
                tracing::warn!(operation = operation.id, status, path, "{words}");
            }
        }
    }

    /// All of them, as YAML: a row of `x-errata` each, behind a comment that says where it belongs.
    pub(crate) fn rows(&self) -> String {
        let found = self.lock();
        let rows =
            found.iter().map(|((operation, difference), seen)| row(operation, difference, *seen));
        rows.collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<(&'static str, Difference), u64>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn differences(operation: &Operation, status: u16, body: &[u8]) -> Vec<Difference> {
    let whole = |kind| vec![Difference { path: String::new(), field: String::new(), kind }];
    let Some(answer) = documented(operation, status) else { return whole(Kind::Status(status)) };
    let Some(shape) = &answer.shape else { return Vec::new() };
    if body.trim_ascii().is_empty() {
        return Vec::new();
    }
    match serde_json::from_slice(body) {
        Ok(value) => compare(shape, &value),
        Err(_) => whole(Kind::NoJson),
    }
}

/// What is documented for a status: itself, its class, or everything else.
fn documented(operation: &Operation, status: u16) -> Option<&'static Answer> {
    let class = format!("{}XX", status / 100);
    let find = |wanted: &str| operation.answers.iter().find(|answer| answer.status == wanted);
    find(&status.to_string()).or_else(|| find(&class)).or_else(|| find("default"))
}

/// What a server was seen to do.
fn words(difference: &Difference) -> String {
    match &difference.kind {
        Kind::Status(status) => format!("answered the status {status}"),
        Kind::Unknown => "answered a field that the document does not have".to_owned(),
        Kind::Missing => "left out a field that is documented to be there".to_owned(),
        Kind::Null => "answered null".to_owned(),
        Kind::Type(documented, own) => format!("answered {own}, where {documented} is documented"),
        Kind::Value(value) => format!("answered the value {value:?}, which is not documented"),
        Kind::NoJson => "answered a body that is no JSON".to_owned(),
    }
}

fn row(operation: &str, difference: &Difference, seen: u64) -> String {
    let Difference { path, field, kind } = difference;
    let (word, about) = match kind {
        Kind::Unknown => ("presence", "presence"),
        Kind::Missing => ("absence", "absence"),
        Kind::Status(_) => ("status", "meaning"),
        Kind::Null => ("null", "meaning"),
        Kind::Type(..) => ("type", "meaning"),
        Kind::Value(_) => ("value", "meaning"),
        Kind::NoJson => ("body", "meaning"),
    };
    let id = slug(&[operation, path, word]);
    let place = if field.is_empty() { operation } else { field };
    let text = moment::text(seen);
    let date = text.split('T').next().unwrap_or_default();
    let other = format!("A server {}, on {date}.", words(difference));
    let other = other.replace('\'', "''");
    format!(
        "# {operation}, at {place}\n- id: {id}\n  about:\n    - {about}\n  other: '{other}'\n  \
         decision: pending\n  reason: Seen through the emulator as a proxy.\n"
    )
}

/// `ListInstances`, `instances[].port`, `type`: `list-instances-instances-port-type`.
fn slug(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        out.push('-');
        for letter in part.chars() {
            match letter {
                letter if letter.is_ascii_uppercase() => {
                    out.push('-');
                    out.push(letter.to_ascii_lowercase());
                }
                letter if letter.is_ascii_alphanumeric() => out.push(letter),
                _ => out.push('-'),
            }
        }
    }
    let words: Vec<&str> = out.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services;

    #[test]
    fn rows_are_ready_for_a_document() {
        let operation = services::operation("ListInstances").unwrap();
        let all = Differences::default();
        let body = br#"{"instance_num": "1", "instances": [{"it's": 1}], "more": null}"#;
        all.note(operation, 200, body);
        all.note(operation, 200, body);
        all.note(operation, 299, b"");
        let rows = all.rows();
        let ids: Vec<&str> = rows.lines().filter_map(|line| line.strip_prefix("- id: ")).collect();
        assert_eq!(
            ids,
            [
                "list-instances-status",
                "list-instances-instance-num-type",
                "list-instances-instances-it-s-presence",
                "list-instances-more-presence",
            ]
        );
        let row = "# ListInstances, at QueryInstanceListResp.instance_num\n\
                   - id: list-instances-instance-num-type\n  about:\n    - meaning\n  \
                   other: 'A server answered a text, where a whole number is documented, on ";
        assert!(rows.contains(row), "{rows}");
    }
}
