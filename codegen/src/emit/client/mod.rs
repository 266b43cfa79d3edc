//! The client crate: progenitor's types and calls, and beside them what it cannot make.

mod answers;
mod calls;
mod checks;
mod doc;
mod ensure;
mod enums;
mod errors;
mod features;
mod inline;
mod package;
mod pages;
mod patterns;
mod payload_tests;
mod raw;
mod reading;
mod relaxed;
mod root;
mod rules;
mod rust_type;
mod send;
mod service_client;
mod setters;
mod source;
mod tags;
mod typed;
mod types;
mod validators;
mod waiters;
mod wide;

use crate::{config::Service, model::Api, output::FileSet};

/// The folder of the crate.
const ROOT: &str = "client";

/// Emits the crate.
pub fn emit(api: &Api, service: &Service, files: &mut FileSet) -> Result<(), String> {
    let api = &wide::wide(api);
    let banner = service.banner();
    let mut source = source::source(api)?;
    let path = |name: &str| format!("{ROOT}/src/{name}.rs");
    files.rust(path("lib"), &banner, root::tokens(api));
    files.rust(path("client"), &banner, service_client::tokens(api));
    let orders = raw::argument_orders(&source.items);
    for (name, tokens) in calls::modules(api, &orders)? {
        files.rust(path(&name), &banner, tokens);
    }
    typed::emit(api, &mut source.structs, &banner, files)?;
    if let Some(catalog) = &api.error_catalog {
        files.rust(path("errors"), &banner, errors::tokens(catalog));
    }
    if let Some(waiters) = features::items(api, waiters::tokens, |o| o.waiters.clear())? {
        files.parsed(path("waiters"), &banner, waiters);
    }
    if let Some(ensure) = features::items(api, ensure::tokens, |o| o.ensure = None)? {
        files.parsed(path("ensure"), &banner, ensure);
    }
    let mut raw = raw::file(api, source.items)?;
    features::gate_methods(api, &mut raw);
    files.parsed(path("raw"), &banner, raw);
    inline::mark(files)?;
    files.rust(format!("{ROOT}/tests/payloads.rs"), &banner, payload_tests::tokens(api, service));
    package::emit(api, service, files, ROOT)
}
