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

mod coerce;
mod field;
mod formal;
mod keyword;
mod kind;
mod links;
mod order;
mod prose;
mod report;
mod sheet;

use std::collections::BTreeMap;

use crate::{facts::Page, transcript::Transcript};
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
}

/// Makes one document of all pages.
pub fn pages(pages: &[Page], settings: &Settings) -> Transcript {
    let mut report = Report::default();
    let pages = order::distinct(pages, &mut report);
    let sheets: Vec<Sheet<'_>> = pages.iter().map(|page| Sheet::new(page, &mut report)).collect();
    let _ = (sheets, settings);
    let (findings, promotions, untranscribed, refused) = report.finish();
    Transcript { document: serde_json::Value::Null, findings, promotions, untranscribed, refused }
}
