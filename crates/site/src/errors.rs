//! The error codes of a service. In: its catalogue. Out: a page with an anchor for each code.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    Error, Files, Site, Source,
    frame::{Frame, Frames},
    markdown::{self, Links},
    service::entry,
};

#[derive(Serialize)]
struct View<'a> {
    frame: Frame<'a>,
    codes: Vec<Code<'a>>,
}

#[derive(Serialize)]
struct Code<'a> {
    code: &'a str,
    status: Option<u16>,
    meaning: String,
    advice: String,
    retryable: bool,
}

pub(crate) fn page(
    site: &Site<'_>,
    source: &Source,
    frames: &Frames<'_>,
    paths: &BTreeMap<String, String>,
    files: &mut Files,
) -> Result<(), Error> {
    let api = source.api(site.language);
    let (Some(catalog), Some(path)) = (&api.error_catalog, source.errors_path()) else {
        return Ok(());
    };
    let page = entry(path, site.words.get("error_codes"), site.words.get("error_codes_about"));
    let frame = frames.of(&page, Some(source.short()));
    let base = frame.base.clone();
    let links = Links { operations: paths, base: &base, own: "", resolve: &|_| None };
    let codes = catalog.codes.iter().map(|one| Code {
        code: &one.code,
        status: one.status,
        meaning: markdown::inline(&one.meaning, &links),
        advice: markdown::inline(&one.advice, &links),
        retryable: one.retryable,
    });
    let view = View { frame, codes: codes.collect() };
    let text = site.templates.render("errors", &view)?;
    files.add(format!("{}{}", site.language.folder(), page.path), text);
    Ok(())
}
