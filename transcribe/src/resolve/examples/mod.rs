//! The examples of a page against its tables.
//!
//! In: a typed page. Out: the examples that fit, without secrets, and a finding for whatever does not.

mod check;
mod line;
mod values;

use std::collections::BTreeMap;

use serde_json::Value;

use self::check::Checker;
use super::{
    context::{self, Context, Way},
    document::Shared,
    field::Field,
    report::{Claim, Report},
    samples::{Fitting, Sample},
    secrets,
    typed_page::{Form, TypedPage},
    unique_schemas::TableId,
};
use crate::facts::{Example, ExampleKind, Place};

/// An example of a page, and what is known of its place.
struct Numbered<'e> {
    example: &'e Example,
    key: String,
    summary: String,
}

impl Context<'_, '_> {
    /// Checks all examples of a page.
    pub(super) fn examples(&self, number: usize, shared: &Shared, report: &mut Report) -> Fitting {
        let mut fitting = Fitting::default();
        let Some(typed_page) = self.typed_pages.get(number) else { return fitting };
        for numbered in numbered(typed_page) {
            let example = numbered.example;
            if let Some((method, url)) = &example.request_line {
                self.request_line(number, method, url, example.line, report);
            }
            let is_request = example.kind == ExampleKind::Request;
            let status = match example.kind {
                ExampleKind::Request => None,
                ExampleKind::Response { status } => status.or_else(|| only_success(typed_page)),
            };
            if !is_request && status.is_none() {
                continue;
            }
            let member = self.table_of(number, status, shared);
            let sample = self.sample(number, &numbered, (status, member), report);
            match (sample, status) {
                (Some(sample), None) => fitting.request.push(sample),
                (Some(sample), Some(code)) => {
                    fitting.answers.entry(code).or_default().push(sample);
                }
                (None, _) => {}
            }
        }
        self.missing_body(number, report);
        fitting
    }

    /// The table of a body: of the request, of an answer, or of the answer that such errors share.
    fn table_of(&self, number: usize, status: Option<u16>, shared: &Shared) -> Option<TableId> {
        let Some(code) = status else {
            let tables = &self.typed_pages.get(number)?.tables;
            let table = tables.iter().position(|fields| {
                fields.table.place == Place::RequestBody && !fields.table.rows.is_empty()
            });
            return Some((number, table?));
        };
        let own = self.answer(number, code).map(|(table, _)| (number, table));
        own.or_else(|| shared.table(self, code))
    }

    /// Examples of requests, none of which has the body that the page asks for.
    fn missing_body(&self, number: usize, report: &mut Report) {
        let Some(typed_page) = self.typed_pages.get(number) else { return };
        let mut bodies = typed_page.tables.iter().filter(|f| f.table.place == Place::RequestBody);
        let is_needed = bodies
            .any(|fields| fields.form != Form::File && fields.fields.iter().any(Field::required));
        let of_request = |example: &&Example| example.kind == ExampleKind::Request;
        let mut examples = typed_page.page.examples.iter().filter(of_request);
        let first = examples.clone().next();
        if let Some(first) = first.filter(|_| is_needed && examples.all(|e| e.body.is_none())) {
            let claim = Claim {
                kind: "example-body",
                table: Some("A body with required fields.".to_owned()),
                example: Some("No body".to_owned()),
                ..Claim::default()
            };
            let at = self.at(number, first.line);
            report.find(&context::operation(typed_page), "request", claim, at);
        }
    }

    fn sample(
        &self,
        number: usize,
        numbered: &Numbered<'_>,
        (status, member): (Option<u16>, Option<TableId>),
        report: &mut Report,
    ) -> Option<Sample> {
        let typed_page = self.typed_pages.get(number)?;
        let (example, at) = (numbered.example, context::operation(typed_page));
        let mut claim = |kind, field: &str, table: &str, text: String| {
            let claim = Claim {
                kind,
                table: Some(table.to_owned()).filter(|table| !table.is_empty()),
                example: Some(text),
                ..Claim::default()
            };
            report.find(&at, field, claim, self.at(number, example.line));
        };
        let fields = member.and_then(|member| self.fields(member));
        let is_bytes = fields.is_some_and(|fields| fields.form == Form::File)
            || (status.is_none()
                && typed_page.tables.iter().any(|fields| fields.table.place.is_form()));
        let body = example.body.as_deref().filter(|body| !is_bytes && !is_nothing(body))?;
        let value: Value = match serde_json::from_str(body) {
            Ok(value) => value,
            Err(error) => {
                let place = format!("line {}, column {}", error.line(), error.column());
                claim(
                    "example-json",
                    &numbered.key,
                    "",
                    format!("No JSON from {place} of the body"),
                );
                return None;
            }
        };
        let Some(member) = member else {
            // One finding for all statuses that are shown without a table.
            let of = status.map_or_else(|| "the request".to_owned(), |code| code.to_string());
            claim("example-body", "body", "No body.", format!("A body of {of}"));
            return None;
        };
        let line = self.at(number, example.line);
        let way = if status.is_none() { Way::Sent } else { Way::Received };
        let mut checker = Checker::new(self, number, way, line.clone(), report);
        checker.body(&value, member);
        let mut fits = checker.fits;
        let shown = secrets::redacted(&value);
        if fits && shown != value {
            // The substitute must fit as well; if it does not, that is no fault of the page.
            let mut scratch = Report::default();
            let mut checker = Checker::new(self, number, way, line, &mut scratch);
            checker.body(&shown, member);
            fits = checker.fits;
        }
        let Numbered { key, summary, .. } = numbered;
        fits.then(|| Sample {
            key: key.clone(),
            summary: summary.clone(),
            caption: example.caption.clone(),
            value: shown,
        })
    }
}

/// The examples with keys; a number is only there where there are several.
fn numbered<'e>(typed_page: &TypedPage<'e>) -> Vec<Numbered<'e>> {
    let mut counts: BTreeMap<Option<u16>, (usize, usize)> = BTreeMap::new();
    let status = |example: &Example| match example.kind {
        ExampleKind::Request => None,
        ExampleKind::Response { status } => {
            Some(status.or_else(|| only_success(typed_page)).unwrap_or_default())
        }
    };
    for example in &typed_page.page.examples {
        counts.entry(status(example)).or_default().1 += 1;
    }
    let numbered = |example: &'e Example| {
        let status = status(example);
        let (n, all) = counts.entry(status).or_default();
        *n += 1;
        let (mut key, mut summary) = match status {
            None => ("request".to_owned(), "Request".to_owned()),
            Some(code) => (format!("response-{code}"), format!("Answer {code}")),
        };
        if *all > 1 {
            key = format!("{key}-{n}");
            summary = format!("{summary}, {n}");
        }
        Numbered { example, key, summary }
    };
    typed_page.page.examples.iter().map(numbered).collect()
}

/// What pages print where nobody wrote a body: it is evidence of nothing.
fn is_nothing(body: &str) -> bool {
    const WORDS: [&str; 12] =
        ["null", "nil", "none", "undefined", "n/a", "-", "--", "\"\"", "无", "空", "不涉及", ""];
    let word = body.trim_matches(|c: char| c.is_whitespace() || "（）()。.;；,，".contains(c));
    WORDS.iter().any(|nothing| nothing.eq_ignore_ascii_case(word))
}

/// The status of success, if there is one only.
fn only_success(typed_page: &TypedPage<'_>) -> Option<u16> {
    let mut codes =
        typed_page.page.statuses.iter().map(|s| s.code).filter(|c| (200..300).contains(c));
    codes.next().filter(|_| codes.next().is_none())
}
