//! The pages of one service: its index, its operations, its error codes. In: a source. Out: files.

use std::collections::BTreeMap;

use codegen::model::{Chapter, Operation, TypeKind};
use serde::Serialize;

use crate::{
    Error, Files, Site, Source,
    errata::Errata,
    errors,
    frame::{Entry, Frame, Frames},
    markdown::{self, Links},
    operation,
};

#[derive(Serialize)]
struct View<'a> {
    frame: Frame<'a>,
    title: &'a str,
    description: Option<String>,
    translated: bool,
    server: Option<&'a str>,
    docs_url: Option<&'a str>,
    chapters: Vec<ChapterView>,
    errors: Option<String>,
    facts: Facts,
    sources: Vec<String>,
    regions: Vec<Region>,
}

/// How much there is, in numbers.
#[derive(Serialize)]
struct Facts {
    operations: usize,
    rules: usize,
    errata: usize,
}

#[derive(Serialize)]
struct ChapterView {
    id: String,
    title: String,
    description: Option<String>,
    operations: Vec<OperationView>,
}

#[derive(Serialize)]
struct OperationView {
    path: String,
    name: String,
    summary: String,
    purchase: bool,
    deprecated: bool,
}

/// What differs from region to region.
#[derive(Serialize)]
struct Region {
    about: String,
    statements: Vec<(String, String)>,
    decision: String,
}

pub(crate) fn pages(
    site: &Site<'_>,
    source: &Source,
    frames: &Frames<'_>,
    files: &mut Files,
) -> Result<(), Error> {
    let api = source.api(site.language);
    let plans = source.plans(site.language);
    let paths: BTreeMap<String, String> = plans
        .iter()
        .map(|plan| (plan.operation.name.wire.clone(), source.operation_path(&plan.slug)))
        .collect();
    index(site, source, frames, &paths, files)?;
    errors::page(site, source, frames, &paths, files)?;
    let errata = Errata::new(api);
    for (i, plan) in plans.iter().enumerate() {
        let page = operation::Page { site, source, plan, index: i, paths: &paths, errata: &errata };
        page.emit(frames, files)?;
    }
    Ok(())
}

fn index(
    site: &Site<'_>,
    source: &Source,
    frames: &Frames<'_>,
    paths: &BTreeMap<String, String>,
    files: &mut Files,
) -> Result<(), Error> {
    let api = source.api(site.language);
    let Some(entry) = frames.index_of(source.short()) else { return Ok(()) };
    let frame = frames.of(entry, Some(source.short()));
    let links = Links { operations: paths, base: &frame.base.clone(), own: "", resolve: &|_| None };
    let knowledge = api.knowledge.as_ref();
    let mut known: Vec<_> = knowledge.iter().flat_map(|knowledge| &knowledge.sources).collect();
    known.sort_by(|a, b| b.date.cmp(&a.date));
    let rules = api.types.values().map(|definition| match &definition.kind {
        TypeKind::Struct(shape) => shape.rules.len(),
        TypeKind::Enum(_) => 0,
    });
    let view = View {
        title: &api.info.title,
        description: api.info.description.as_deref().map(|text| markdown::blocks(text, &links)),
        translated: source.is_in(site.language),
        server: api.servers.first().map(|server| server.url.as_str()),
        docs_url: api.info.docs_url.as_deref(),
        chapters: api
            .chapters()
            .iter()
            .filter_map(|one| chapter(site, one, paths, &links))
            .collect(),
        errors: source.errors_path(),
        facts: Facts {
            operations: api.operations.len(),
            rules: rules.sum(),
            errata: api.errata.len(),
        },
        sources: known.iter().map(|one| format!("{} ({})", one.title, one.date)).collect(),
        regions: regions(api, &links),
        frame,
    };
    let path = format!("{}{}", site.language.folder(), entry.path);
    files.add(path, site.templates.render("service", &view)?);
    Ok(())
}

fn chapter(
    site: &Site<'_>,
    chapter: &Chapter<'_>,
    paths: &BTreeMap<String, String>,
    links: &Links<'_>,
) -> Option<ChapterView> {
    let operation = |operation: &&Operation| OperationView {
        path: paths.get(&operation.name.wire).cloned().unwrap_or_default(),
        name: operation.name.wire.clone(),
        summary: operation.summary.clone().unwrap_or_default(),
        purchase: operation.purchase,
        deprecated: operation.deprecated,
    };
    let title = chapter.tag.map_or("other", |tag| tag.name.wire.as_str());
    let description = chapter.tag.and_then(|tag| tag.description.as_deref());
    (!chapter.operations.is_empty()).then(|| ChapterView {
        id: markdown::anchor(title),
        title: match chapter.tag {
            Some(tag) => tag.title.clone(),
            None => site.words.get(title).to_owned(),
        },
        description: description.map(|text| markdown::inline(text, links)),
        operations: chapter.operations.iter().map(operation).collect(),
    })
}

fn regions(api: &codegen::model::Api, links: &Links<'_>) -> Vec<Region> {
    let Some(knowledge) = &api.knowledge else { return Vec::new() };
    let source = |id: &String| {
        knowledge.source(id).map(|source| format!("{} ({})", source.title, source.date))
    };
    let region = |fact: &codegen::model::RegionalFact| Region {
        about: markdown::inline(&fact.about, links),
        statements: fact
            .statements
            .iter()
            .map(|one| {
                let sources: Vec<String> = one.sources.iter().filter_map(source).collect();
                (markdown::inline(&one.says, links), sources.join("; "))
            })
            .collect(),
        decision: markdown::inline(&fact.decision, links),
    };
    knowledge.regions.iter().map(region).collect()
}

/// The entry of a page that no list has.
pub(crate) fn entry(path: String, title: &str, about: &str) -> Entry {
    Entry { path, title: title.to_owned(), about: about.to_owned() }
}
