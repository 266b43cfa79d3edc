//! Answers. In: statuses and their tables. Out: responses, those of errors shared by all operations that
//! answer alike and have no example of their own.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::super::{
    context::{self, Context},
    report::{Claim, Report},
    samples::{Fitting, Sample},
    typed_page::{Form, TypedTable},
    unique_schemas::TableId,
};
use super::{operation::media_type, vendor_text};
use crate::{
    facts::{Place, Status},
    transcript::Note,
};

/// Statuses of errors with names of their own.
const NAMES: &[(u16, &str)] = &[
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (412, "PreconditionFailed"),
    (413, "PayloadTooLarge"),
    (415, "UnsupportedMediaType"),
    (422, "UnprocessableEntity"),
    (429, "TooManyRequests"),
    (500, "ServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
];

/// The answer that most operations give, by status of an error.
pub(in super::super) struct Shared {
    /// The schema of the body.
    unique_schemas: BTreeMap<u16, usize>,
}

impl Shared {
    pub(in super::super) fn new(context: &Context<'_, '_>) -> Self {
        let mut counts: BTreeMap<u16, BTreeMap<usize, usize>> = BTreeMap::new();
        for (s, typed_page) in context.typed_pages.iter().enumerate() {
            for status in typed_page.page.statuses.iter().filter(|status| status.code >= 400) {
                let found = context.answer(s, status.code);
                // Bytes are no component.
                let found = found.filter(|(_, fields)| fields.form != Form::File);
                let unique = found.and_then(|(table, _)| context.unique_schemas.of((s, table)));
                if let Some((unique, _)) = unique {
                    *counts.entry(status.code).or_default().entry(unique).or_default() += 1;
                }
            }
        }
        // Of equally frequent ones the first.
        let most = |counts: BTreeMap<usize, usize>| {
            counts.into_iter().max_by_key(|(unique, n)| (*n, usize::MAX - unique)).map(|(c, _)| c)
        };
        let unique_schemas =
            counts.into_iter().filter_map(|(code, counts)| Some((code, most(counts)?)));
        Self { unique_schemas: unique_schemas.collect() }
    }

    /// `components/responses`, those that operations refer to; an example belongs to its operation.
    pub(super) fn components(
        &self,
        context: &Context<'_, '_>,
        all: &[Fitting],
    ) -> Map<String, Value> {
        let mut components = Map::new();
        for (code, unique) in &self.unique_schemas {
            let refers = |(s, fitting): (usize, &Fitting)| {
                let statuses = context
                    .typed_pages
                    .get(s)
                    .map(|typed_page| typed_page.page.statuses.as_slice());
                let has_status = statuses.unwrap_or_default().iter().any(|of| of.code == *code);
                has_status
                    && self.is_shared(context, s, *code)
                    && samples(fitting, *code).is_empty()
            };
            if !all.iter().enumerate().any(refers) {
                continue;
            }
            let name = context.names.get(*unique).map(String::as_str).unwrap_or_default();
            let schema = json!({"$ref": format!("#/components/schemas/{name}")});
            let media = media_type(schema, &[], false);
            let response = json!({"content": {"application/json": media}});
            components.insert(name_of(*code), response);
        }
        components
    }

    /// A table of the shared answer.
    pub(in super::super) fn table(&self, context: &Context<'_, '_>, code: u16) -> Option<TableId> {
        context.unique_schemas.all.get(*self.unique_schemas.get(&code)?).map(|unique| unique.first)
    }

    /// Whether an answer of that status is the shared one; a page that has no table for it means that.
    fn is_shared(&self, context: &Context<'_, '_>, typed_page: usize, code: u16) -> bool {
        match context.answer(typed_page, code) {
            Some(_) => self.is_of(context, typed_page, code),
            None => code >= 400 && self.unique_schemas.contains_key(&code),
        }
    }

    /// Whether an operation answers that status as most do.
    fn is_of(&self, context: &Context<'_, '_>, typed_page: usize, code: u16) -> bool {
        let found = context.answer(typed_page, code);
        found.is_some_and(|(table, _)| {
            let unique = context.unique_schemas.of((typed_page, table)).map(|(unique, _)| unique);
            unique.is_some() && unique == self.unique_schemas.get(&code).copied()
        })
    }
}

impl<'c, 'p> Context<'c, 'p> {
    /// The table of the body of an answer, if it has rows.
    pub(in super::super) fn answer(
        &self,
        typed_page: usize,
        code: u16,
    ) -> Option<(usize, &'c TypedTable<'p>)> {
        let tables = self.typed_pages.get(typed_page)?.tables.iter().enumerate();
        tables.into_iter().find(|(_, fields)| {
            fields.table.place == Place::ResponseBody { status: code }
                && !fields.table.rows.is_empty()
        })
    }

    pub(super) fn responses(
        &self,
        number: usize,
        fitting: &Fitting,
        shared: &Shared,
        report: &mut Report,
    ) -> Value {
        let mut responses = Map::new();
        let Some(typed_page) = self.typed_pages.get(number) else {
            return Value::Object(responses);
        };
        let at = context::operation(typed_page);
        // A section that only leads to a list elsewhere lists no status, and so leaves none out.
        let has_table = typed_page.page.statuses.iter().any(|status| status.in_table);
        for status in &typed_page.page.statuses {
            if has_table && !status.in_table {
                let claim = Claim {
                    kind: "status",
                    table: Some(format!("No row {}.", status.code)),
                    text: Some(format!("An answer {} is described.", status.code)),
                    ..Claim::default()
                };
                let code = status.code.to_string();
                report.find(&at, &code, claim, self.at(number, status.line));
            }
            let response = self.response(number, status, fitting, shared);
            responses.insert(status.code.to_string(), response);
        }
        for table in &typed_page.page.tables {
            let Place::ResponseHeaders { status } = &table.place else { continue };
            let names: Vec<&str> = table.rows.iter().map(|row| row.name.as_str()).collect();
            let text = format!("headers of the answer {status}: {}", names.join(", "));
            let line = self.at(number, table.line);
            report.notes.push(Note { pointer: at.clone(), text, at: line });
        }
        Value::Object(responses)
    }

    fn response(
        &self,
        number: usize,
        status: &Status,
        fitting: &Fitting,
        shared: &Shared,
    ) -> Value {
        let code = status.code;
        let found = self.answer(number, code);
        let is_shared = shared.is_shared(self, number, code);
        let samples = samples(fitting, code);
        if is_shared && samples.is_empty() {
            return json!({"$ref": format!("#/components/responses/{}", name_of(code))});
        }
        let mut response = Map::new();
        if self.settings.vendor_text {
            let text = status.text.as_deref().unwrap_or_else(|| vendor_text::of_status(code));
            response.insert("description".to_owned(), text.into());
        }
        if let Some((table, fields)) = found {
            let media = match fields.form {
                Form::File => "application/octet-stream",
                _ => "application/json",
            };
            let schema = self.body((number, table), fields);
            let body = media_type(schema, samples, self.settings.vendor_text);
            response.insert("content".to_owned(), json!({media: body}));
        } else if let Some(unique) = shared.unique_schemas.get(&code).filter(|_| is_shared) {
            // Without a table of its own, the body is the one that all others answer with.
            let name = self.names.get(*unique).map(String::as_str).unwrap_or_default();
            let schema = json!({"$ref": format!("#/components/schemas/{name}")});
            let body = media_type(schema, samples, self.settings.vendor_text);
            response.insert("content".to_owned(), json!({"application/json": body}));
        }
        Value::Object(response)
    }
}

/// The examples that a page has of an answer.
fn samples(fitting: &Fitting, code: u16) -> &[Sample] {
    fitting.answers.get(&code).map(Vec::as_slice).unwrap_or_default()
}

fn name_of(code: u16) -> String {
    let found = NAMES.iter().find(|(known, _)| *known == code);
    found.map_or_else(|| format!("Status{code}"), |(_, name)| (*name).to_owned())
}
