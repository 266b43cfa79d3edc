//! The page of an operation. Out: `docs/operations/<slug>.md`.

use serde::Serialize;

use super::{
    bounds,
    errata::{self, Subject},
    examples,
    fields::{self, FieldRow},
    markdown, rules,
    site::{Page, Site},
};
use crate::{
    emit::EmitError,
    emit::examples::Plan,
    emit::words,
    media::Media,
    model::{
        Body, Header, Location, Name, NextMarker, Operation, Pagination, Paging, Parameter,
        Response, Schema,
    },
    output::FileSet,
};

const FROM: Page = Page::Operation;

#[derive(Serialize)]
struct View {
    banner: String,
    name: String,
    summary: Option<String>,
    description: String,
    deprecated: bool,
    purchase: bool,
    source: Option<String>,
    /// What somebody else does of it, behind a heading.
    note: Option<String>,
    request: String,
    parameters: Vec<FieldRow>,
    body: Option<BodyView>,
    rules: Vec<rules::RuleRow>,
    responses: Vec<ResponseView>,
    headers: Vec<FieldRow>,
    answers: Vec<Fields>,
    errors: Vec<Fields>,
    error_codes: bool,
    pages: Option<String>,
    waiters: Vec<Method>,
    ensure: Option<Method>,
    calls: Vec<examples::View>,
    answered: Vec<examples::View>,
    errata: Vec<Subject>,
}

/// A method of the client that calls the operation, perhaps more than once.
#[derive(Serialize)]
struct Method {
    name: String,
    description: String,
}

#[derive(Serialize)]
struct BodyView {
    /// What it is sent as.
    media: String,
    required: bool,
    description: Option<String>,
    #[serde(flatten)]
    fields: Fields,
}

/// A body's type and all its fields.
#[derive(Serialize)]
struct Fields {
    statuses: String,
    #[serde(rename = "type")]
    ty: String,
    constraints: String,
    rows: Vec<FieldRow>,
}

#[derive(Serialize)]
struct ResponseView {
    status: String,
    meaning: String,
    body: String,
}

pub(super) fn emit(site: &Site<'_>, files: &mut FileSet) -> Result<(), EmitError> {
    for (index, plan) in site.plans.iter().enumerate() {
        let text = site.render("operation", &view(site, plan, index)?)?;
        files.text(format!("docs/operations/{}.md", plan.slug), text);
    }
    Ok(())
}

fn view(site: &Site<'_>, plan: &Plan<'_>, index: usize) -> Result<View, EmitError> {
    let operation = plan.operation;
    Ok(View {
        banner: site.banner.clone(),
        name: operation.name.wire.clone(),
        summary: operation.summary.as_deref().map(markdown::line),
        description: markdown::text(&operation.description),
        deprecated: operation.deprecated,
        purchase: operation.purchase,
        source: words::linked_origins(&operation.origins, operation.docs_url.as_deref()),
        note: note(site, &operation.name.wire),
        request: format!("{} {}", operation.method.as_str(), operation.path),
        parameters: operation.parameters.iter().map(|p| parameter(site, p)).collect(),
        body: operation.body.as_ref().map(|b| body(site, b)),
        rules: rules::of_operation(site, index),
        responses: operation.responses.iter().map(|r| response(site, r)).collect(),
        headers: headers(site, operation),
        waiters: operation.waiters.iter().map(|w| method(&w.name, &w.description)).collect(),
        ensure: operation.ensure.as_ref().map(|e| method(&e.name, &e.description)),
        answers: bodies(site, operation, true),
        errors: bodies(site, operation, false),
        error_codes: site.api.error_catalog.is_some(),
        pages: operation.pagination.as_ref().and_then(pages),
        calls: examples::calls(plan)?,
        answered: examples::answers(plan)?,
        errata: errata::subjects(site.reach.errata_of_operation(index)),
    })
}

fn note(site: &Site<'_>, operation: &str) -> Option<String> {
    let note = site.notes.operations.get(operation)?;
    Some(format!("**{}:** {}", markdown::line(&site.notes.title), markdown::line(note)))
}

fn method(name: &Name, description: &str) -> Method {
    Method {
        name: markdown::code(&format!("{}()", name.code)),
        description: markdown::line(description),
    }
}

fn parameter(site: &Site<'_>, parameter: &Parameter) -> FieldRow {
    let place = match parameter.location {
        Location::Path => "in the path",
        Location::Query => "in the query",
        Location::Header => "in a header",
    };
    let mut facts = vec![site.type_words(&parameter.schema, FROM), place.to_owned()];
    facts.extend(fields::required(parameter.required));
    facts.extend(parameter.deprecated.then(|| "**deprecated**".to_owned()));
    let mut description = markdown::joined(&parameter.description);
    if parameter.of_client {
        description.push_str(" Set once on the client.");
    }
    if let Some(from) = words::only_from(&parameter.origins) {
        description.push(' ');
        description.push_str(&from);
    }
    let bounds = fields::bounds(site, &parameter.schema, parameter.default.as_ref());
    FieldRow::top(markdown::code(&parameter.name.wire), facts.join(", "), description, bounds)
}

fn body(site: &Site<'_>, body: &Body) -> BodyView {
    BodyView {
        media: match body.kind() {
            Media::Json => "JSON".to_owned(),
            Media::Form | Media::Urlencoded => format!("A form ({})", markdown::code(&body.media)),
            Media::File => format!("A file ({})", markdown::code(&body.media)),
        },
        required: body.required,
        description: body.description.as_deref().map(markdown::text),
        fields: fields(site, &body.schema, Vec::new()),
    }
}

fn fields(site: &Site<'_>, schema: &Schema, statuses: Vec<&str>) -> Fields {
    let statuses: Vec<String> = statuses.into_iter().map(markdown::code).collect();
    Fields {
        statuses: statuses.join(", "),
        ty: site.type_words(schema, FROM),
        constraints: bounds::line(site, schema),
        rows: fields::flattened(site, schema, FROM),
    }
}

fn response(site: &Site<'_>, response: &Response) -> ResponseView {
    let body = response.schema.as_ref().map(|schema| site.type_words(schema, FROM));
    ResponseView {
        status: markdown::code(&response.status),
        meaning: markdown::cell(&response.description),
        body: match (body, &response.file) {
            (Some(body), _) => body,
            (None, Some(media)) => format!("a file ({})", markdown::code(media)),
            (None, None) => "none".to_owned(),
        },
    }
}

/// The headers of all answers, each once with all statuses that it comes with.
fn headers(site: &Site<'_>, operation: &Operation) -> Vec<FieldRow> {
    let mut found: Vec<(&Header, Vec<&str>)> = Vec::new();
    for response in &operation.responses {
        for header in &response.headers {
            match found.iter_mut().find(|(other, _)| *other == header) {
                Some((_, statuses)) => statuses.push(&response.status),
                None => found.push((header, vec![&response.status])),
            }
        }
    }
    let view = |(header, statuses): (&Header, Vec<&str>)| {
        let statuses: Vec<String> = statuses.into_iter().map(markdown::code).collect();
        let mut facts = vec![site.type_words(&header.schema, FROM)];
        facts.push(format!("with {}", statuses.join(", ")));
        facts.extend(header.deprecated.then(|| "**deprecated**".to_owned()));
        FieldRow::top(
            markdown::code(&header.name.wire),
            facts.join(", "),
            markdown::joined(&header.description),
            fields::bounds(site, &header.schema, None),
        )
    };
    found.into_iter().map(view).collect()
}

/// The bodies of success or of failure, each once with all statuses that it comes with.
fn bodies(site: &Site<'_>, operation: &Operation, success: bool) -> Vec<Fields> {
    let mut found: Vec<(&Schema, Vec<&str>)> = Vec::new();
    let responses = operation.responses.iter().filter(|r| r.is_success() == success);
    for (response, schema) in responses.filter_map(|r| Some((r, r.schema.as_ref()?))) {
        match found.iter_mut().find(|(other, _)| *other == schema) {
            Some((_, statuses)) => statuses.push(&response.status),
            None => found.push((schema, vec![&response.status])),
        }
    }
    found.into_iter().map(|(schema, statuses)| fields(site, schema, statuses)).collect()
}

/// Which part of a list an answer is.
fn pages(list: &Pagination) -> Option<String> {
    let code = |name: &Name| markdown::code(&name.wire);
    let (items, paging) = (code(&list.items), list.paging.as_ref()?);
    let begin = code(paging.begin());
    let many = paging.limit().map(|limit| format!("{} items of ", code(limit)));
    let many = many.unwrap_or_default();
    Some(match paging {
        Paging::Offset { .. } => format!("{many}{items} from {begin} on"),
        Paging::Number { limit, .. } => format!("page {begin} of {items}, {} a page", code(limit)),
        Paging::Marker { next: NextMarker::Item(field), .. } => {
            format!("{many}{items} behind the one whose {} is {begin}", code(&field.name))
        }
        Paging::Marker { next: NextMarker::Answer(way), .. } => {
            let way: Vec<&str> = way.iter().map(|step| step.name.wire.as_str()).collect();
            let next = markdown::code(&way.join("."));
            format!("{many}{items} behind {begin}, which is the {next} of the part before")
        }
    })
}
