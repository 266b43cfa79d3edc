//! Pages in, what merging them into a document did out.

use std::collections::BTreeMap;

use serde_json::Value;
use transcribe::{
    facts::Page,
    merge::{self, Change, ChangeKind, Merge},
    read,
    resolve::{self, Settings},
    transcript::Transcript,
};

use crate::render::render;

/// Renders the pages, reads them, and makes one document of what was read. Nothing is refused.
#[track_caller]
pub(crate) fn transcribed(pages: &[Page], document: &Value) -> Transcript {
    let read = |page: &Page| {
        let (text, _) = render(page);
        let reading = read::page(&page.file, text.as_bytes());
        assert_eq!(reading.refused, [], "{text}");
        reading.page.unwrap()
    };
    let read: Vec<Page> = pages.iter().map(read).collect();
    let settings = Settings { owners: owners(document), ..Settings::default() };
    let transcript = resolve::pages(&read, &settings);
    assert_eq!(transcript.refused, []);
    transcript
}

/// Transcribes the pages into the document.
#[track_caller]
pub(crate) fn merged(pages: &[Page], document: &Value) -> Merge {
    merge::into(document, &transcribed(pages, document)).unwrap()
}

/// The names of schemas, each with its page.
fn owners(document: &Value) -> BTreeMap<String, String> {
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let page = |schema: &Value| Some(schema["x-source"]["page"].as_str()?.to_owned());
    schemas.filter_map(|(name, schema)| Some((name.clone(), page(schema)?))).collect()
}

/// What was done, a line a change: `#/place: added maxLength 3`.
pub(crate) fn lines(changes: &[Change]) -> Vec<String> {
    let line = |Change { place, subject, kind }: &Change| match kind {
        ChangeKind::Added { value: Some(value) } => format!("{place}: added {subject} {value}"),
        ChangeKind::Added { value: None } => format!("{place}: added {subject}"),
        ChangeKind::Changed { old, new } => format!("{place}: changed {subject} {old} -> {new}"),
        ChangeKind::Gone => format!("{place}: gone {subject}"),
    };
    changes.iter().map(line).collect()
}

/// Differences that rows keep: `#/place subject, by row`.
pub(crate) fn left(merge: &Merge) -> Vec<String> {
    let differences = merge.decided.iter().filter(|decided| !decided.is_contradiction);
    differences.map(|d| format!("{} {}, by {}", d.place, d.subject, d.row)).collect()
}
