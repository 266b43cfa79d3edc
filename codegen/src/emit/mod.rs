//! Stage 5, emit: the model → files. One folder an output; none reads another's.

pub mod client;
pub mod docs;
pub mod examples;
mod manifest;
pub(crate) mod words;

pub use manifest::manifest_paths;

use crate::{config::Service, model::Api, output::FileSet};

/// Everything that is generated from one API.
pub fn emit(api: &Api, service: &Service) -> Result<FileSet, String> {
    let mut files = FileSet::default();
    client::emit(api, service, &mut files)?;
    docs::emit(api, service, &mut files)?;
    examples::emit(api, service, &mut files)?;
    manifest::emit(service, &mut files)?;
    Ok(files)
}
