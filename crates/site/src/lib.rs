//! The web site: reference, guides and search, in English and Chinese.
//!
//! In: the model of each service in each language, its examples, and the guides of `docs/`. Out: [`Files`], pages
//! that link to each other by relative paths and ask no other host for anything, so that they work from a disk, from
//! any folder of any server, and without a network.

mod bounds;
mod errata;
mod errors;
mod examples;
mod fields;
mod files;
mod frame;
mod guides;
mod home;
mod language;
mod markdown;
mod operation;
mod render;
mod rules;
mod search;
mod service;
mod snippets;
mod source;
mod words;

pub use files::Files;
pub use guides::Guides;
pub use language::Language;
pub use source::{Source, SourceError};

use frame::Frames;
use render::Templates;
use words::Words;

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A service could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The guides could not be read.
    #[error("{0}")]
    Guides(String),
    /// A page could not be laid out.
    #[error("a template: {}", detail(.0))]
    Template(#[from] minijinja::Error),
    /// A view is not JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// All that a template says is wrong, with its place.
fn detail(error: &minijinja::Error) -> String {
    format!("{error:#}")
}

/// All pages of the site.
pub fn build(sources: &[Source], guides: &Guides) -> Result<Files, Error> {
    let templates = Templates::new()?;
    let mut files = Files::default();
    files.assets();
    for language in Language::ALL {
        let words = Words::of(language)?;
        let site = Site { language, words, templates: &templates, sources, guides };
        let frames = Frames::new(&site);
        home::pages(&site, &frames, &mut files)?;
        guides::pages(&site, &frames, &mut files)?;
        for source in sources {
            service::pages(&site, source, &frames, &mut files)?;
        }
        search::index(&site, &mut files)?;
    }
    Ok(files)
}

/// What all pages of one language share.
struct Site<'a> {
    language: Language,
    words: Words,
    templates: &'a Templates,
    sources: &'a [Source],
    guides: &'a Guides,
}
