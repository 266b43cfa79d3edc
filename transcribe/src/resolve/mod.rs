//! Stage 2, resolve. In: the facts of all pages. Out: one document, and notes on its places.
//!
//! ```text
//! order      pages    → each operation once, by its id
//! sheet      a page   → its rows with types (kind, links) and keywords (formal, prose, field)
//! classes    sheets   → which tables are copies of one schema
//! names      classes  → a stable name for each schema
//! document   all that → OpenAPI
//! examples   the page's examples against all that → findings, and examples that fit
//! ```

mod classes;
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
mod prose;
mod report;
mod secrets;
mod servers;
mod sheet;

use std::collections::BTreeMap;

use crate::{
    facts::{Endpoint, Page},
    transcript::Transcript,
};
use context::Context;
use document::Shared;
use examples::Fitting;
use report::Report;
use sheet::Sheet;

/// How a document is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether the page's text goes into summaries and descriptions.
    pub vendor_text: bool,
    /// Names of schemas that a document has already, each with its page (`x-source`), so that a name
    /// stays where it is.
    pub owners: BTreeMap<String, String>,
    /// The title of the document; `<product> API` without one.
    pub title: Option<String>,
    /// Where the service is called, if a source lists that; otherwise pages are asked.
    pub endpoints: Vec<Endpoint>,
}

/// Makes one document of all pages.
pub fn pages(pages: &[Page], settings: &Settings) -> Transcript {
    let mut report = Report::default();
    let pages = order::distinct(pages, &mut report);
    let sheets: Vec<Sheet<'_>> = pages.iter().map(|page| Sheet::new(page, &mut report)).collect();
    let classes = classes::sort(&sheets);
    let names = names::give(&sheets, &classes, &settings.owners);
    let context = Context { sheets: &sheets, classes: &classes, names: &names, settings };
    let shared = Shared::new(&context);
    let fitting: Vec<Fitting> =
        (0..sheets.len()).map(|sheet| context.examples(sheet, &shared, &mut report)).collect();
    let document = context.document(&fitting, &shared, &mut report);
    let (findings, promotions, untranscribed, refused) = report.finish();
    Transcript { document, findings, promotions, untranscribed, refused }
}
