//! Stage 3, lower: `Document` → `Api`, the neutral model.
//!
//! References to scalars, arrays and maps are resolved; objects and enumerations become named
//! types; every identifier is made in `names`. The document has been validated, so what cannot be
//! lowered is reported once more rather than guessed.

mod compose;
mod constraints;
mod context;
mod ensure;
mod enumeration;
mod errata;
mod error_catalog;
mod extensions;
mod forms;
mod headers;
mod info;
pub mod names;
mod operation;
mod pagination;
mod parameter;
mod rules;
mod schema;
mod structure;
mod subject;
mod waiters;

use context::{Finished, Lower};
use names::Scope;

use crate::{diagnostic, diagnostic::Diagnostic, load::Document, model::Api};

/// Makes the model of a document.
pub fn lower(document: &Document) -> Result<Api, Vec<Diagnostic>> {
    let open_api = document.open_api().map_err(|diagnostic| vec![diagnostic])?;
    let mut lower = Lower::new(&open_api, &document.value);
    lower.component_types();
    let mut methods = Scope::default();
    let mut operations = lower.operations(&mut methods);
    let mut finished = lower.finish();
    forms::compile(&mut finished, &operations);
    rules::compile(&mut finished);
    pagination::compile(&mut finished, &mut operations);
    waiters::compile(&mut finished, &mut operations, &mut methods);
    ensure::compile(&mut finished, &mut operations, &mut methods);
    let Finished { types, mut diagnostics, .. } = finished;
    if diagnostics.is_empty() {
        return Ok(Api {
            info: info::info(&open_api),
            servers: info::servers(&open_api),
            security: info::security(&open_api),
            tags: info::tags(&open_api),
            operations,
            types,
            error_catalog: error_catalog::lower(document),
            guide: document.guide.clone(),
            knowledge: info::knowledge(&document.value),
            errata: errata::collect(&document.value),
            gaps: None,
        });
    }
    diagnostic::sort(&mut diagnostics);
    Err(diagnostics)
}
