//! The front page. In: the guides and services. Out: one file a language.

use serde::Serialize;

use crate::{
    Error, Files, Site,
    frame::{Frame, Frames},
    service::entry,
};

#[derive(Serialize)]
struct View<'a> {
    frame: Frame<'a>,
    services: Vec<Service<'a>>,
}

#[derive(Serialize)]
struct Service<'a> {
    path: String,
    short: String,
    title: &'a str,
    operations: usize,
}

pub(crate) fn pages(site: &Site<'_>, frames: &Frames<'_>, files: &mut Files) -> Result<(), Error> {
    let page = entry("index.html".to_owned(), site.words.get("site"), site.words.get("site_about"));
    let services = site.sources.iter().map(|source| {
        let api = source.api(site.language);
        Service {
            path: source.index_path(),
            short: source.short().to_uppercase(),
            title: &api.info.title,
            operations: api.operations.len(),
        }
    });
    let view = View { frame: frames.of(&page, None), services: services.collect() };
    let text = site.templates.render("home", &view)?;
    files.add(format!("{}index.html", site.language.folder()), text);
    Ok(())
}
