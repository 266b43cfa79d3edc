//! The page of an operation. In: its model, its examples and the contradictions about it. Out: one file.

use std::collections::BTreeMap;

use codegen::{
    emit::examples::Plan,
    model::{Location, Operation, Response, Schema},
};
use serde::Serialize;

use crate::{
    Error, Files, Site, Source, bounds,
    errata::{self, Errata},
    examples,
    fields::{self, Tree},
    frame::{Frame, Frames},
    language::Language,
    markdown::{self, Links},
    rules,
    service::entry,
};

/// What the page of one operation is made of.
pub(crate) struct Page<'a> {
    pub(crate) site: &'a Site<'a>,
    pub(crate) source: &'a Source,
    pub(crate) plan: &'a Plan<'a>,
    /// Its place among the operations.
    pub(crate) index: usize,
    pub(crate) paths: &'a BTreeMap<String, String>,
    pub(crate) errata: &'a Errata<'a>,
}

#[derive(Serialize)]
struct View<'a> {
    frame: Frame<'a>,
    service: &'a str,
    name: &'a str,
    summary: Option<&'a str>,
    description: String,
    deprecated: bool,
    purchase: bool,
    repeatable: bool,
    /// Whether the emulator answers it, so that it can be tried out.
    server: bool,
    method: &'static str,
    path: &'a str,
    docs_url: Option<&'a str>,
    sources: Vec<String>,
    /// What the emulator does of it: a heading and a sentence.
    note: Option<(&'a str, String)>,
    parameters: Vec<ParameterGroup>,
    body: Option<BodyView>,
    rules: Vec<rules::View>,
    responses: Vec<ResponseView>,
    methods: Vec<Method>,
    pages: bool,
    error_codes: Option<String>,
    calls: Vec<examples::CallView>,
    answers: Vec<examples::AnswerView>,
    errata: Vec<errata::View>,
}

/// Parameters of one place.
#[derive(Serialize)]
struct ParameterGroup {
    place: &'static str,
    fields: Vec<fields::View>,
}

#[derive(Serialize)]
struct BodyView {
    media: String,
    required: bool,
    kind: String,
    description: Option<String>,
    bounds: Vec<String>,
    fields: Vec<fields::View>,
}

#[derive(Serialize)]
struct ResponseView {
    status: String,
    success: bool,
    description: String,
    kind: Option<String>,
    fields: Vec<fields::View>,
}

/// A method of the client that does more than one call.
#[derive(Serialize)]
struct Method {
    name: String,
    description: String,
}

impl Page<'_> {
    /// Writes the page.
    pub(crate) fn emit(&self, frames: &Frames<'_>, files: &mut Files) -> Result<(), Error> {
        let operation = self.plan.operation;
        let path = self.source.operation_path(&self.plan.slug);
        let about = operation.summary.as_deref().unwrap_or_default();
        let page = entry(path, &operation.name.wire, about);
        let frame = frames.of(&page, Some(self.source.short()));
        let base = frame.base.clone();
        let own = operation.name.wire.as_str();
        let links = Links { operations: self.paths, base: &base, own, resolve: &|_| None };
        let text = self.site.templates.render("operation", &self.view(frame, &links))?;
        files.add(format!("{}{}", self.site.language.folder(), page.path), text);
        Ok(())
    }

    fn note(&self, links: &Links<'_>) -> Option<(&str, String)> {
        let notes = &self.source.service.notes;
        let (title, operations) = match self.site.language {
            Language::English => (&notes.title, &notes.operations),
            Language::Chinese => {
                let zh = notes.zh.as_ref()?;
                (&zh.title, &zh.operations)
            }
        };
        let note = operations.get(&self.plan.operation.name.wire)?;
        Some((title, markdown::inline(note, links)))
    }

    fn view<'v>(&'v self, frame: Frame<'v>, links: &Links<'_>) -> View<'v> {
        let Self { site, source, plan, .. } = self;
        let operation = plan.operation;
        let (api, words) = (source.api(site.language), &site.words);
        let tree = Tree { api, words, links };
        let types = api.reach(operation.request_schemas());
        let types = types.into_iter().filter_map(|name| api.types.get(name));
        View {
            frame,
            service: source.short(),
            name: &operation.name.wire,
            summary: operation.summary.as_deref(),
            description: markdown::blocks(&operation.description, links),
            deprecated: operation.deprecated,
            purchase: operation.purchase,
            repeatable: operation.repeatable,
            server: source.service.server,
            method: operation.method.as_str(),
            path: &operation.path,
            docs_url: operation.docs_url.as_deref(),
            note: self.note(links),
            sources: operation.origins.iter().map(|one| fields::origin(words, one)).collect(),
            parameters: parameters(operation, &tree),
            body: operation.body.as_ref().map(|body| BodyView {
                media: body.media.clone(),
                required: body.required,
                kind: bounds::kind(api, words, &body.schema),
                description: body.description.as_deref().map(|text| markdown::inline(text, links)),
                bounds: bounds::phrases(words, &body.schema),
                fields: tree.body(&body.schema, "body"),
            }),
            rules: rules::views(api, types, words, links),
            responses: responses(operation, &tree),
            methods: methods(operation, links),
            pages: operation.pagination.as_ref().is_some_and(|list| list.paging.is_some()),
            error_codes: source.errors_path(),
            calls: examples::calls(source, site.language, plan, links),
            answers: examples::answers(plan, links),
            errata: self.errata.of(api, self.index, words, links),
        }
    }
}

fn parameters(operation: &Operation, tree: &Tree<'_>) -> Vec<ParameterGroup> {
    let places = [
        ("place_path", Location::Path),
        ("place_query", Location::Query),
        ("place_header", Location::Header),
    ];
    let group = |(place, location): (&'static str, Location)| {
        let own = operation.parameters.iter().filter(|parameter| parameter.location == location);
        let fields: Vec<fields::View> = own.map(|parameter| tree.parameter(parameter)).collect();
        (!fields.is_empty()).then_some(ParameterGroup { place, fields })
    };
    places.into_iter().filter_map(group).collect()
}

/// The answers. Bodies of errors that are all the same are shown once.
fn responses(operation: &Operation, tree: &Tree<'_>) -> Vec<ResponseView> {
    let mut shown: Vec<&Schema> = Vec::new();
    let view = |response: &Response| ResponseView {
        status: response.status.clone(),
        success: response.is_success(),
        description: markdown::inline(&response.description, tree.links),
        kind: match (&response.schema, &response.file) {
            (Some(schema), _) => Some(bounds::kind(tree.api, tree.words, schema)),
            (None, Some(media)) => Some(tree.words.fill("a_file", &[("media", media)])),
            (None, None) => None,
        },
        fields: Vec::new(),
    };
    let mut views = Vec::new();
    for response in &operation.responses {
        let mut view = view(response);
        if let Some(schema) = response.schema.as_ref().filter(|schema| !shown.contains(schema)) {
            shown.push(schema);
            view.fields = tree.body(schema, &format!("answer-{}", response.status));
        }
        views.push(view);
    }
    views
}

fn methods(operation: &Operation, links: &Links<'_>) -> Vec<Method> {
    let method = |name: &str, description: &str| Method {
        name: format!("{name}()"),
        description: markdown::inline(description, links),
    };
    let ensure = operation.ensure.iter().map(|one| method(&one.name.code, &one.description));
    let waiters = operation.waiters.iter().map(|one| method(&one.name.code, &one.description));
    ensure.chain(waiters).collect()
}
