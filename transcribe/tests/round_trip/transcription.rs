//! Pages in, what merging them into a document did out.

use serde_json::Value;
use transcribe::{
    facts::Page,
    merge::{self, Finding, Merge, Outcome, Problem},
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
    let settings = Settings { owners: merge::owners(document), ..Settings::default() };
    let transcript = resolve::pages(&read, &settings);
    assert_eq!(transcript.refused, []);
    transcript
}

/// Transcribes the pages into the document.
#[track_caller]
pub(crate) fn merged(pages: &[Page], document: &Value) -> Merge {
    merge::into(document, &transcribed(pages, document)).unwrap()
}

/// What was done and what is gone, a line each: `#/place: added maxLength 3`.
pub(crate) fn lines(merge: &Merge) -> Vec<String> {
    let is_change = |finding: &&Finding| match finding.outcome {
        Outcome::Applied(_) => true,
        Outcome::Open(_) => matches!(finding.problem, Problem::Gone(_)),
        Outcome::Left { .. } => false,
    };
    let changes = merge.findings.iter().filter(is_change);
    changes.map(|finding| format!("{}: {finding}", finding.place)).collect()
}

/// Differences that rows keep.
pub(crate) fn left(merge: &Merge) -> Vec<&Finding> {
    let is_left = |finding: &&Finding| matches!(finding.outcome, Outcome::Left { .. });
    merge.findings.iter().filter(|one| !one.is_contradiction() && is_left(one)).collect()
}

/// What waits for a decision.
pub(crate) fn open(merge: &Merge) -> Vec<&Finding> {
    let is_open = |finding: &&Finding| matches!(finding.outcome, Outcome::Open(_));
    let is_gone = |finding: &&Finding| matches!(finding.problem, Problem::Gone(_));
    merge.findings.iter().filter(|one| is_open(one) && !is_gone(one)).collect()
}

/// The row that keeps or waits.
pub(crate) fn row(finding: &Finding) -> &str {
    match &finding.outcome {
        Outcome::Left { row } => row,
        Outcome::Open(Some(waiting)) => &waiting.row,
        Outcome::Open(None) | Outcome::Applied(_) => "",
    }
}
