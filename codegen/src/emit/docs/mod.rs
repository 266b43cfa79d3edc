//! The reference in Markdown: an index, one page per operation, one page per type, the error codes,
//! the contradictions.
//!
//! In: the model. Out: `docs/`. Each file here makes the views of one kind of page; `templates/`
//! mirrors the output and only lays them out.

mod bounds;
pub(super) mod code_blocks;
mod contradictions;
mod errata;
mod error_codes;
mod examples;
mod fields;
mod index;
pub(in crate::emit) mod markdown;
mod operation;
mod reach;
pub(in crate::emit) mod render;
mod rules;
mod schema;
mod site;

use crate::{config::Service, emit::EmitError, model::Api, output::FileSet};

/// Emits the reference.
pub fn emit(api: &Api, service: &Service, files: &mut FileSet) -> Result<(), EmitError> {
    let site = site::Site::new(api, service)?;
    index::emit(&site, files)?;
    operation::emit(&site, files)?;
    schema::emit(&site, files)?;
    error_codes::emit(&site, files)?;
    contradictions::emit(&site, files)
}
