//! Stage 5, emit: the model → files. One folder per output.
//!
//! What outputs share is said once: bounds in words by `words`, the names of example files by
//! `examples::plan`.

pub mod catalog;
pub mod client;
pub mod docs;
mod error;
pub mod examples;
pub mod overlay;
pub mod portable;
pub(crate) mod words;
pub(crate) mod yaml;

pub use error::EmitError;

use std::collections::BTreeMap;

use crate::{
    config::Service,
    load::Document,
    model::Api,
    output::{self, FileSet},
};

/// Everything that is generated from one document and its model.
pub fn emit(document: &Document, api: &Api, service: &Service) -> Result<FileSet, EmitError> {
    if service.server {
        one_operation_per_call(api)?;
    }
    let mut files = FileSet::default();
    client::emit(api, service, &mut files)?;
    catalog::emit(document, api, service, &mut files)?;
    docs::emit(api, service, &mut files)?;
    examples::emit(api, service, &mut files)?;
    portable::emit(document, service, &mut files)?;
    overlay::emit(document, service, &mut files);
    output::add_manifest(&mut files, service.banner())?;
    Ok(files)
}

/// A server finds the operation by method and path alone.
fn one_operation_per_call(api: &Api) -> Result<(), EmitError> {
    let mut known = BTreeMap::new();
    for operation in &api.operations {
        let call = format!("{} {}", operation.method.as_str(), operation.path);
        let id = &operation.name.wire;
        if let Some(one) = known.insert(call.clone(), id) {
            return Err(EmitError::SharedCall { one: one.clone(), other: id.clone(), call });
        }
    }
    Ok(())
}
