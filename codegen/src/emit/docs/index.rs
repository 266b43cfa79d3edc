//! The index. Out: `docs/README.md`.

use indexmap::IndexMap;
use serde::Serialize;

use super::{
    markdown,
    site::{Page, Site},
};
use crate::{
    emit::EmitError,
    emit::{examples::Plan, words},
    model::{Knowledge, Server, TypeDef, TypeKind},
    output::FileSet,
};

#[derive(Serialize)]
struct Index {
    banner: String,
    title: String,
    version: String,
    description: Option<String>,
    docs_url: Option<String>,
    gaps: Option<String>,
    known: Option<String>,
    sources: Vec<String>,
    servers: Vec<ServerView>,
    security: Vec<Security>,
    chapters: Vec<Chapter>,
    schemas: Vec<Schema>,
    error_codes: usize,
    contradictions: usize,
}

#[derive(Serialize)]
struct ServerView {
    url: String,
    description: Option<String>,
    variables: Vec<Variable>,
}

#[derive(Serialize)]
struct Variable {
    name: String,
    default: String,
    description: String,
}

#[derive(Serialize)]
struct Security {
    name: String,
    header: String,
    description: String,
}

/// The operations of a tag.
#[derive(Serialize)]
struct Chapter {
    name: String,
    description: Option<String>,
    operations: Vec<Operation>,
}

#[derive(Serialize)]
struct Operation {
    link: String,
    summary: String,
}

#[derive(Serialize)]
struct Schema {
    link: String,
    kind: &'static str,
    description: String,
}

pub(super) fn emit(site: &Site<'_>, files: &mut FileSet) -> Result<(), EmitError> {
    let info = &site.api.info;
    let security = site.api.security.iter().map(|scheme| Security {
        name: markdown::pipes(&markdown::code(&scheme.name)),
        header: scheme.header.as_deref().map(markdown::code).unwrap_or_default(),
        description: markdown::cell(scheme.description.as_deref().unwrap_or_default()),
    });
    let view = Index {
        banner: site.banner.clone(),
        title: markdown::line(&info.title),
        version: info.version.clone(),
        description: info.description.as_deref().map(markdown::text),
        docs_url: info.docs_url.clone(),
        gaps: site.api.gaps.map(|gaps| gaps.to_string()),
        known: site
            .api
            .knowledge
            .as_ref()
            .and_then(words::known)
            .map(|known| markdown::text(&known)),
        sources: site.api.knowledge.as_ref().map(sources).unwrap_or_default(),
        servers: site.api.servers.iter().map(server).collect(),
        security: security.collect(),
        chapters: chapters(site),
        schemas: site.api.types.values().map(|definition| schema(site, definition)).collect(),
        error_codes: site.api.error_catalog.as_ref().map_or(0, |catalog| catalog.codes.len()),
        contradictions: site.api.errata.len(),
    };
    files.text("docs/README.md", site.render("README", &view)?);
    Ok(())
}

fn server(server: &Server) -> ServerView {
    let variables = server.variables.iter().map(|variable| Variable {
        name: markdown::pipes(&markdown::code(&variable.name)),
        default: markdown::pipes(&markdown::code(&variable.default)),
        description: markdown::cell(variable.description.as_deref().unwrap_or_default()),
    });
    ServerView {
        url: markdown::code(&server.url),
        description: server.description.as_deref().map(markdown::line),
        variables: variables.collect(),
    }
}

/// Chapters in the order of the declared tags, then the others; operations in document order.
fn chapters(site: &Site<'_>) -> Vec<Chapter> {
    let mut chapters: IndexMap<&str, Vec<&Plan<'_>>> =
        site.api.tags.iter().map(|tag| (tag.name.wire.as_str(), Vec::new())).collect();
    for plan in &site.plans {
        chapters.entry(plan.operation.tag.as_deref().unwrap_or("Other")).or_default().push(plan);
    }
    let description = |name: &str| {
        let tag = site.api.tags.iter().find(|tag| tag.name.wire == name)?;
        tag.description.as_deref().map(markdown::text)
    };
    let chapters = chapters.into_iter().filter(|(_, plans)| !plans.is_empty());
    chapters
        .map(|(name, plans)| Chapter {
            name: markdown::line(name),
            description: description(name),
            operations: plans.into_iter().map(|plan| operation(site, plan)).collect(),
        })
        .collect()
}

fn operation(site: &Site<'_>, plan: &Plan<'_>) -> Operation {
    let operation = plan.operation;
    let summary = markdown::cell(operation.summary.as_deref().unwrap_or(&operation.description));
    Operation {
        link: site.operation_link(plan, Page::Top),
        summary: match operation.deprecated {
            true => format!("**Deprecated.** {summary}"),
            false => summary,
        },
    }
}

fn schema(site: &Site<'_>, definition: &TypeDef) -> Schema {
    Schema {
        link: site.type_link(&definition.name, Page::Top),
        kind: match &definition.kind {
            TypeKind::Struct(_) => "object",
            TypeKind::Enum(set) if set.open => "open set of strings",
            TypeKind::Enum(_) => "set of strings",
        },
        description: markdown::cell(&definition.description),
    }
}

fn sources(knowledge: &Knowledge) -> Vec<String> {
    words::sources(knowledge).iter().map(|source| markdown::text(source)).collect()
}
