//! Short constructors of facts, and the parts of a transcript that tests look at.

use serde_json::Value;
use transcribe::{
    facts::{Constraints, Example, ExampleKind, Page, Place, Prose, Row, Status, Table},
    resolve::{self, Settings},
    transcript::{Finding, Transcript},
};

/// An operation `POST /v2/{project_id}/books` that answers 200.
pub(crate) fn page(operation: &str) -> Page {
    Page {
        file: format!("{operation}.md"),
        operation: operation.to_owned(),
        anchor: operation.to_owned(),
        link: None,
        product: Some("LIB".to_owned()),
        title: "A title".to_owned(),
        origin: transcribe::facts::Origin::Reference,
        introduction: vec!["An introduction.".to_owned()],
        method: "POST".to_owned(),
        path: format!("/v2/{{project_id}}/{}", operation.to_lowercase()),
        line: 3,
        tables: vec![table(
            Place::PathParameters,
            None,
            vec![row("project_id", Some(true), "String")],
        )],
        statuses: vec![status(200)],
        examples: Vec::new(),
    }
}

pub(crate) fn status(code: u16) -> Status {
    Status { code, text: None, in_table: true, line: 90 }
}

/// A table; the caption is what the anchor names.
pub(crate) fn table(place: Place, anchor: Option<&str>, rows: Vec<Row>) -> Table {
    let caption = anchor.map_or("", |a| a.split_once('_').map_or(a, |(_, name)| name));
    Table {
        number: Some(1),
        caption: caption.to_owned(),
        anchor: anchor.map(str::to_owned),
        place,
        rows,
        line: 10,
    }
}

/// The body of the request, `{name}` by its anchor.
pub(crate) fn request(name: &str, rows: Vec<Row>) -> Table {
    table(Place::RequestBody, Some(&format!("request_{name}")), rows)
}

/// The body of an answer.
pub(crate) fn answer(status: u16, name: &str, rows: Vec<Row>) -> Table {
    table(Place::ResponseBody { status }, Some(&format!("response_{name}")), rows)
}

/// A table that others lead to.
pub(crate) fn schema(anchor: &str, rows: Vec<Row>) -> Table {
    let answer = anchor.starts_with("response");
    table(Place::Schema { answer }, Some(anchor), rows)
}

pub(crate) fn row(name: &str, required: Option<bool>, kind: &str) -> Row {
    Row {
        name: name.to_owned(),
        required,
        type_text: kind.to_owned(),
        type_anchor: None,
        prose: Vec::new(),
        constraints: Constraints::default(),
        line: 20,
    }
}

/// A row whose type is a link.
pub(crate) fn link(name: &str, required: Option<bool>, kind: &str, anchor: &str) -> Row {
    Row { type_anchor: Some(anchor.to_owned()), ..row(name, required, kind) }
}

/// An optional row with a description.
pub(crate) fn text(name: &str, kind: &str, prose: &str) -> Row {
    let prose = vec![Prose { text: prose.to_owned(), item: false }];
    Row { prose, ..row(name, Some(false), kind) }
}

pub(crate) fn request_example(line: Option<(&str, &str)>, body: Option<&str>) -> Example {
    Example {
        kind: ExampleKind::Request,
        caption: None,
        request_line: line.map(|(method, url)| (method.to_owned(), url.to_owned())),
        body: body.map(str::to_owned),
        line: 70,
    }
}

pub(crate) fn answer_example(status: Option<u16>, body: &str) -> Example {
    let kind = ExampleKind::Response { status };
    Example { kind, ..request_example(None, Some(body)) }
}

/// Resolves without settings.
pub(crate) fn resolve(pages: &[Page]) -> Transcript {
    resolve::pages(pages, &Settings::default())
}

/// A part of the document.
pub(crate) fn at<'t>(transcript: &'t Transcript, pointer: &str) -> &'t Value {
    transcript.document.pointer(pointer).unwrap_or(&Value::Null)
}

/// A component schema.
pub(crate) fn component<'t>(transcript: &'t Transcript, name: &str) -> &'t Value {
    at(transcript, &format!("/components/schemas/{name}"))
}

/// All findings in one line each: `kind field: key=text key=text`.
pub(crate) fn findings(transcript: &Transcript) -> Vec<String> {
    transcript.findings.iter().map(shown).collect()
}

fn shown(finding: &Finding) -> String {
    let sources = finding.sources.iter().map(|(key, text)| format!("{key}={text}"));
    let sources: Vec<String> = sources.collect();
    format!("{} {}: {}", finding.kind, finding.field, sources.join(" "))
}

/// All refusals in one line each.
pub(crate) fn refused(transcript: &Transcript) -> Vec<String> {
    let line = |r: &transcribe::facts::Refusal| format!("{}:{}: {}", r.file, r.line, r.message);
    transcript.refused.iter().map(line).collect()
}
