//! The service at a glance. In: the model. Out: what is read without reading an operation.

use huaweicloud_catalog::{Entry, Index, KnownSource, Server, ServerVariable, Tag};

use super::{Texts, command, name, short_name};
use crate::{
    config::Service,
    model::{self, Api, Chapter},
};

pub(super) fn index(
    api: &Api,
    service: &Service,
    chapters: &[Chapter<'_>],
    texts: &Texts<'_>,
) -> Index {
    let sources = api.knowledge.iter().flat_map(|knowledge| &knowledge.sources);
    let entries = api.operations.iter().map(|operation| Entry {
        id: operation.name.wire.clone(),
        command: command(operation),
        chapter: chapter_of(chapters, operation),
        tag: operation.tag.clone(),
        method: operation.method.as_str().to_owned(),
        path: operation.path.clone(),
        summary: super::operation::summary(operation, texts),
        deprecated: operation.deprecated,
        purchase: operation.purchase,
    });
    Index {
        name: short_name(service).to_owned(),
        title: texts.text(&api.info.title),
        description: texts.option(api.info.description.as_deref()),
        version: api.info.version.clone(),
        docs_url: api.info.docs_url.clone(),
        servers: api.servers.iter().map(|one| server(one, texts)).collect(),
        tags: api.tags.iter().map(|one| tag(one, texts)).collect(),
        sources: sources.map(source).collect(),
        operations: entries.collect(),
    }
}

fn chapter_of(chapters: &[Chapter<'_>], operation: &model::Operation) -> String {
    let has = |chapter: &&Chapter<'_>| {
        chapter.operations.iter().any(|known| known.name == operation.name)
    };
    chapters.iter().find(has).map(name).unwrap_or_default()
}

fn server(server: &model::Server, texts: &Texts<'_>) -> Server {
    let variables = server.variables.iter().map(|variable| ServerVariable {
        name: variable.name.clone(),
        default: variable.default.clone(),
        description: texts.option(variable.description.as_deref()),
    });
    Server { url: server.url.clone(), variables: variables.collect() }
}

fn tag(tag: &model::Tag, texts: &Texts<'_>) -> Tag {
    Tag {
        name: tag.name.wire.clone(),
        title: texts.text(&tag.title),
        description: texts.option(tag.description.as_deref()),
    }
}

fn source(source: &model::KnownSource) -> KnownSource {
    let model::KnownSource { id, title, date } = source.clone();
    KnownSource { id, title, date }
}
