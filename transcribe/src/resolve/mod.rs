//! Stage 2, resolve. In: the facts of all pages. Out: one document, and notes on its places.
//!
//! ```text
//! order           pages     → each operation once, by its id
//! typed_page      a page    → its rows with types (kind, links) and keywords (formal, prose, field)
//! unique_schemas  tables    → which are copies of one schema
//! names           schemas   → a stable name for each
//! document        all that  → OpenAPI (pagination, servers, tags)
//! examples        the page's examples against all that → findings, and examples that fit
//! ```

mod coerce;
mod context;
mod document;
mod examples;
mod field;
mod formal;
mod keyword;
mod kind;
mod links;
mod names;
mod order;
mod pagination;
mod prose;
mod report;
mod samples;
mod secrets;
mod servers;
mod tags;
mod typed_page;
mod unique_schemas;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    facts::{Endpoint, Page},
    transcript::Transcript,
};
use context::Context;
use document::Shared;
use report::Report;
use samples::Fitting;
use typed_page::TypedPage;

/// How a document is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether the page's text goes into summaries and descriptions.
    pub vendor_text: bool,
    /// Names of schemas that a document has already, each with its pages (`x-source`), so that a name
    /// stays where it is.
    pub owners: BTreeMap<String, BTreeSet<String>>,
    /// The title of the document; `<product> API` without one.
    pub title: Option<String>,
    /// Where the service is called, if a source lists that; otherwise pages are asked.
    pub endpoints: Vec<Endpoint>,
}

/// Makes one document of all pages.
pub fn pages(pages: &[Page], settings: &Settings) -> Transcript {
    let mut report = Report::default();
    let pages = order::distinct(pages, &mut report);
    let typed_pages: Vec<TypedPage<'_>> =
        pages.iter().map(|page| TypedPage::new(page, &mut report)).collect();
    let unique_schemas = unique_schemas::sort(&typed_pages);
    let names = names::give(&typed_pages, &unique_schemas, &settings.owners);
    let context = Context {
        typed_pages: &typed_pages,
        unique_schemas: &unique_schemas,
        names: &names,
        settings,
    };
    let shared = Shared::new(&context);
    let fitting: Vec<Fitting> = (0..typed_pages.len())
        .map(|typed_page| context.examples(typed_page, &shared, &mut report))
        .collect();
    let document = context.document(&fitting, &shared, &mut report);
    let (findings, promotions, untranscribed, refused) = report.finish();
    Transcript { document, findings, promotions, untranscribed, refused }
}
