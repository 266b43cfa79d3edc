//! The client crate: progenitor's types and calls, and beside them what it cannot make; for services
//! that ask for it, the crate of those who answer.

mod accessors;
mod answers;
mod calls;
mod chapter;
mod checks;
mod doc;
mod ensure;
mod enums;
mod errors;
mod features;
mod forms;
mod headers;
mod imports;
mod inline;
mod needless;
pub(in crate::emit) mod package;
mod pages;
mod patterns;
mod payload_tests;
mod ranges;
mod raw;
mod reading;
mod references;
mod relaxed;
mod root;
mod rules;
mod rust_type;
mod send;
mod server;
mod service_client;
mod setters;
mod source;
mod sources;
mod split;
mod testing;
mod types;
mod validators;
mod waiters;
mod wide;

use self::sources::Sources;
use crate::{config::Service, emit::EmitError, model::Api, output::FileSet};

/// The folder of the crate.
const ROOT: &str = "client";

/// Emits the crate.
pub fn emit(api: &Api, service: &Service, files: &mut FileSet) -> Result<(), EmitError> {
    let mut api = wide::wide(api);
    references::link(&mut api);
    let api = &api;
    let banner = service.banner();
    let source = source::source(api)?;
    let raw = raw::read(source.items);
    let mut sources = Sources { files, banner: &banner };
    sources.tokens("client", service_client::tokens(api))?;
    sources.tokens("testing", testing::tokens())?;
    if let Some(catalog) = &api.error_catalog {
        errors::emit(catalog, &mut sources)?;
    }
    let has_patterns = patterns::emit(api, &mut sources)?;
    let chapters = chapter::emit(api, &raw, &source.structs, &mut sources)?;
    sources.tokens("lib", root::tokens(api, &chapters, has_patterns))?;
    payload_tests::emit(api, service, &banner, files)?;
    if service.server {
        server::emit(api, service, files)?;
    }
    package::emit(&package::CLIENT, api, service, files, ROOT)
}
