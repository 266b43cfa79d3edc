//! What a document says of the API as a whole: title, servers, security, tags, and from when it is.

use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr};
use serde::Deserialize as _;
use serde_json::Value;

use super::names::{self, Scope};
use crate::model::{Info, Knowledge, Name, SecurityScheme, Server, ServerVariable, Tag};

pub(super) fn info(open_api: &OpenAPI) -> Info {
    Info {
        title: open_api.info.title.clone(),
        version: open_api.info.version.clone(),
        description: open_api.info.description.clone(),
        docs_url: open_api.external_docs.as_ref().map(|docs| docs.url.clone()),
    }
}

/// Validation has seen its shape.
pub(super) fn knowledge(document: &Value) -> Option<Knowledge> {
    Knowledge::deserialize(document.get("x-knowledge")?).ok()
}

pub(super) fn servers(open_api: &OpenAPI) -> Vec<Server> {
    let server = |server: &openapiv3::Server| Server {
        url: server.url.clone(),
        description: server.description.clone(),
        variables: server
            .variables
            .iter()
            .flatten()
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                description: variable.description.clone(),
            })
            .collect(),
    };
    open_api.servers.iter().map(server).collect()
}

pub(super) fn security(open_api: &OpenAPI) -> Vec<SecurityScheme> {
    let schemes = open_api.components.iter().flat_map(|components| &components.security_schemes);
    schemes
        .filter_map(|(name, scheme)| match scheme {
            ReferenceOr::Item(scheme) => Some(security_scheme(name, scheme)),
            ReferenceOr::Reference { .. } => None,
        })
        .collect()
}

fn security_scheme(name: &str, scheme: &openapiv3::SecurityScheme) -> SecurityScheme {
    use openapiv3::SecurityScheme as Scheme;
    let (description, header) = match scheme {
        Scheme::APIKey { location, name, description, .. } => {
            (description, (*location == APIKeyLocation::Header).then(|| name.clone()))
        }
        Scheme::HTTP { description, .. } => (description, Some("Authorization".to_owned())),
        Scheme::OAuth2 { description, .. } | Scheme::OpenIDConnect { description, .. } => {
            (description, None)
        }
    };
    SecurityScheme { name: name.to_owned(), description: description.clone(), header }
}

/// Modules and features that a client has anyway.
const TAKEN: &[&str] = &[
    "blocking",
    "call",
    "calls",
    "checks",
    "client",
    "default",
    "ensure",
    "enums",
    "errors",
    "lib",
    "main",
    "mod_",
    "native_tls",
    "prelude",
    "raw",
    "rule",
    "rustls",
    "setters",
    "testing",
    "time",
    "types",
    "validate",
    "values",
    "waiters",
];

pub(super) fn tags(open_api: &OpenAPI) -> Vec<Tag> {
    let mut scope = Scope::default();
    let mut code = |wire: &str| {
        let name = names::value(wire);
        let is_taken = TAKEN.contains(&name.as_str());
        scope.claim(if is_taken { format!("tag_{name}") } else { name }, wire)
    };
    let tag = |tag: &openapiv3::Tag| Tag {
        name: Name { code: code(&tag.name), wire: tag.name.clone() },
        title: tag.name.clone(),
        description: tag.description.clone(),
    };
    open_api.tags.iter().map(tag).collect()
}
