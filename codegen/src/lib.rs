//! From an OpenAPI 3.0 document to a client crate, its reference and its example payloads.
//!
//! ```text
//! load      path        → Document         YAML, everything in its place
//! validate  Document    → Vec<Diagnostic>  every problem at once
//! lower     Document    → Api              neutral model
//! passes    Api         → Api              named changes
//! emit      Api         → FileSet          client, docs, examples; and the portable document
//! format    FileSet     → FileSet          Rust is printed
//! output    FileSet     → disk             drift, or an atomic write
//! ```
//!
//! All of it is pure but the last step; the same document gives the same bytes.

pub mod config;
pub mod conform;
pub mod diagnostic;
pub mod draft;
pub mod emit;
pub mod format;
pub mod load;
pub mod lower;
mod media;
pub mod model;
pub mod output;
pub mod passes;
pub mod pattern;
pub mod payload;
pub mod rules;
mod texts;
mod translate;
pub mod validate;

pub use conventions::pointer;

use config::Service;
use diagnostic::Diagnostic;
use draft::Gaps;
use load::Document;
use model::Api;
use output::FileSet;

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The document has problems.
    #[error("{} problem(s) in the document", .0.len())]
    Document(Vec<Diagnostic>),
    /// An emitter met something it cannot write.
    #[error(transparent)]
    Emit(#[from] emit::EmitError),
    /// What was emitted is no Rust.
    #[error(transparent)]
    Format(#[from] format::FormatError),
    /// The model has no YAML.
    #[error("the model: {0}")]
    Dump(#[from] serde_yaml::Error),
}

/// The model of a valid document, after all passes.
pub fn model(document: &Document) -> Result<Api, Vec<Diagnostic>> {
    let problems = validate::check(document);
    if !problems.is_empty() {
        return Err(problems);
    }
    lowered(document)
}

/// The model of a document that may lack words, and the document as that model has it.
pub fn draft_model(document: &Document) -> Result<(Document, Api), Vec<Diagnostic>> {
    let mut problems = validate::check(document);
    let completed = draft::completed(document, &problems);
    let gaps = draft::take_gaps(&mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut api = Api { gaps: Some(gaps), ..lowered(&completed)? };
    draft::exemplify(&completed, &mut api);
    Ok((completed, api))
}

fn lowered(document: &Document) -> Result<Api, Vec<Diagnostic>> {
    let mut api = lower::lower(document)?;
    passes::run_passes(&mut api);
    Ok(api)
}

/// The model of a valid document in another language; nothing where the document has no translations to it.
pub fn model_in(document: &Document, language: &str) -> Option<Result<Api, Vec<Diagnostic>>> {
    let translated = translate::translate(document, language)?;
    // What is valid in one language is in the other: lint compares names and placeholders of both.
    Some(lower::lower(&translated).map(|mut api| {
        passes::run_passes(&mut api);
        translate::titles(document, language, &mut api.tags);
        api
    }))
}

/// Everything that is generated from a document.
pub fn generate(document: &Document, service: &Service) -> Result<FileSet, Error> {
    if service.draft {
        return generate_draft(document, service).map(|(files, _)| files);
    }
    let api = model(document).map_err(Error::Document)?;
    emitted(document, &api, service)
}

/// The same of a document that may lack words, and how many it lacks.
pub fn generate_draft(document: &Document, service: &Service) -> Result<(FileSet, Gaps), Error> {
    let (completed, api) = draft_model(document).map_err(Error::Document)?;
    let files = emitted(&completed, &api, service)?;
    Ok((files, api.gaps.unwrap_or_default()))
}

fn emitted(document: &Document, api: &Api, service: &Service) -> Result<FileSet, Error> {
    let mut files = emit::emit(document, api, service)?;
    format::format(&mut files)?;
    Ok(files)
}

/// The model as YAML, for review.
pub fn dump(api: &Api) -> Result<String, Error> {
    Ok(load::to_text(api)?)
}
