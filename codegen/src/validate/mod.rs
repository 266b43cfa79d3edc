//! Stage 2, validate. In: a document. Out: every problem at once, sorted by place.
//!
//! First `structure` walks the document along the tables in `kinds` and reports whatever OpenAPI
//! 3.0 does not know, or this project does not support. It also notes where each object stands; the
//! rules, one family per file, then go over these notes. Nothing that validation lets through is
//! dropped later: what cannot be generated is refused here, by name.

mod bodies;
mod characters;
mod choices;
mod closed_maps;
mod codes;
mod cycles;
mod descriptions;
mod disputed;
mod enums;
mod errata;
mod error_catalog;
mod extensions;
mod former_names;
mod guide;
mod headers;
mod index;
mod keywords;
mod kinds;
mod knowledge;
mod names;
mod operations;
mod parameters;
mod paths;
mod ranges;
mod references;
mod report;
mod required;
mod rules;
mod schema_kinds;
mod secrets;
mod security;
mod servers;
mod shapes;
mod structure;
mod tables;
mod tags;
mod translations;
mod unstated;
mod unused;
mod values;
mod version;
mod waiting;

pub use codes::CODES;
pub use errata::FACTS;

use self::{index::Index, report::Report};
use crate::{
    diagnostic::{self, Diagnostic},
    load::Document,
    lower,
};

/// The families of rules. Their order does not matter: the problems are sorted.
const RULES: &[fn(&Index<'_>, &mut Report)] = &[
    version::check,
    characters::check,
    names::check,
    servers::check,
    tags::check,
    security::check,
    references::check,
    cycles::check,
    unused::check,
    paths::check,
    operations::check,
    parameters::check,
    bodies::check,
    headers::check,
    descriptions::check,
    keywords::check,
    required::check,
    ranges::check,
    enums::check,
    closed_maps::check,
    choices::check,
    former_names::check,
    unstated::check,
    secrets::check,
    errata::check,
    rules::check,
    knowledge::check,
    disputed::check,
    values::check,
];

/// Every problem of a document, those included that only its lowering finds: what is wrong inside of
/// rules, pagination, waiters and the like.
pub fn validate(document: &Document) -> Vec<Diagnostic> {
    let found = check(document);
    if found.is_empty() { lower::lower(document).err().unwrap_or_default() } else { found }
}

/// The problems that are found without lowering; a document that has any cannot be lowered.
pub(crate) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut report = Report::default();
    let index = structure::walk(&document.value, &mut report);
    for rule in RULES {
        rule(&index, &mut report);
    }
    error_catalog::check(document, &mut report);
    guide::check(document, &mut report);
    translations::check(document, &mut report);
    let mut found = report.into_diagnostics();
    diagnostic::sort(&mut found);
    found
}
