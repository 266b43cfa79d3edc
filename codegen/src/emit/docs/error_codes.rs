//! What error codes mean. Out: `docs/error-codes.md`, for an API with a catalogue.

use serde::Serialize;

use super::{markdown, site::Site};
use crate::{
    emit::EmitError,
    emit::words,
    model::{ErrorCatalog, ErrorCode},
    output::FileSet,
};

#[derive(Serialize)]
struct View {
    banner: String,
    source: Option<String>,
    codes: Vec<Code>,
}

#[derive(Serialize)]
struct Code {
    code: String,
    status: String,
    meaning: String,
    advice: String,
    again: &'static str,
}

pub(super) fn emit(site: &Site<'_>, files: &mut FileSet) -> Result<(), EmitError> {
    let Some(catalog) = &site.api.error_catalog else { return Ok(()) };
    let view = view(site, catalog);
    files.text("docs/error-codes.md", site.render("error-codes", &view)?);
    Ok(())
}

fn view(site: &Site<'_>, catalog: &ErrorCatalog) -> View {
    View {
        banner: site.banner.clone(),
        source: catalog.origin.as_ref().map(words::origin),
        codes: catalog.codes.iter().map(code).collect(),
    }
}

fn code(entry: &ErrorCode) -> Code {
    let meaning = markdown::cell(&entry.meaning);
    Code {
        code: markdown::pipes(&markdown::code(&entry.code)),
        status: entry.status.map(|status| status.to_string()).unwrap_or_default(),
        meaning: match &entry.source {
            Some(source) => format!("{meaning} (From {}.)", markdown::cell(source)),
            None => meaning,
        },
        advice: markdown::cell(&entry.advice),
        again: if entry.retryable { "yes" } else { "" },
    }
}
