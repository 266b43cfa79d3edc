//! What is around every page: navigation, neighbours, the other language. In: the site. Out: a [`Frame`] a page.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Language, Site, Source, words::Words};

/// A page and its title; the path starts at the folder of the language.
#[derive(Clone, Serialize)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) title: String,
    /// What it is about, in a line.
    pub(crate) about: String,
}

/// Pages that belong together.
#[derive(Serialize)]
pub(crate) struct Group {
    title: String,
    entries: Vec<Entry>,
}

/// What a page shows around its own content.
#[derive(Serialize)]
pub(crate) struct Frame<'a> {
    language: &'static str,
    other_language: &'static str,
    /// From the page to the folder of all languages.
    root: String,
    /// From the page to the folder of its language.
    pub(crate) base: String,
    /// From the page to the same page in the other language.
    other: String,
    path: &'a str,
    title: &'a str,
    about: &'a str,
    guides: &'a [Entry],
    services: Vec<Entry>,
    /// The chapters of the service that the page is of.
    chapters: &'a [Group],
    previous: Option<&'a Entry>,
    next: Option<&'a Entry>,
    w: &'a Words,
}

/// The frames of one language.
pub(crate) struct Frames<'a> {
    language: Language,
    words: &'a Words,
    guides: Vec<Entry>,
    services: Vec<ServiceEntries>,
}

struct ServiceEntries {
    short: String,
    index: Entry,
    chapters: Vec<Group>,
}

impl<'a> Frames<'a> {
    pub(crate) fn new(site: &'a Site<'_>) -> Self {
        let guide = |guide: &crate::guides::Guide| Entry {
            path: guide.path(),
            title: guide.title.clone(),
            about: guide.about.clone(),
        };
        Self {
            language: site.language,
            words: &site.words,
            guides: site.guides.of(site.language).iter().map(guide).collect(),
            services: site.sources.iter().map(|source| service(source, site)).collect(),
        }
    }

    /// The frame of a page; `service` is the short name of the one that it is of.
    pub(crate) fn of(&'a self, entry: &'a Entry, service: Option<&str>) -> Frame<'a> {
        let depth = entry.path.matches('/').count();
        let base = "../".repeat(depth);
        let (root, other) = match self.language {
            Language::English => (base.clone(), format!("{base}zh/{}", entry.path)),
            Language::Chinese => (format!("{base}../"), format!("{base}../{}", entry.path)),
        };
        let service = self.services.iter().find(|one| Some(one.short.as_str()) == service);
        let chapters = service.map_or(&[][..], |one| one.chapters.as_slice());
        let mut order: Vec<&Entry> = match service {
            Some(one) => std::iter::once(&one.index).collect(),
            None => Vec::new(),
        };
        match service {
            Some(_) => order.extend(chapters.iter().flat_map(|group| &group.entries)),
            None => order.extend(&self.guides),
        }
        let at = order.iter().position(|other| other.path == entry.path);
        let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).copied();
        Frame {
            language: self.language.tag(),
            other_language: self.language.other().tag(),
            root,
            base,
            other,
            path: &entry.path,
            title: &entry.title,
            about: &entry.about,
            guides: &self.guides,
            services: self.services.iter().map(|one| one.index.clone()).collect(),
            chapters,
            previous: neighbour(at.and_then(|at| at.checked_sub(1))),
            next: neighbour(at.map(|at| at + 1)),
            w: self.words,
        }
    }

    /// The pages of a service's operations, by operation.
    pub(crate) fn index_of(&self, short: &str) -> Option<&Entry> {
        self.services.iter().find(|one| one.short == short).map(|one| &one.index)
    }
}

fn service(source: &Source, site: &Site<'_>) -> ServiceEntries {
    let api = source.api(site.language);
    let plans = source.plans(site.language);
    let slugs: BTreeMap<&str, &str> =
        plans.iter().map(|plan| (plan.operation.name.wire.as_str(), plan.slug.as_str())).collect();
    let mut chapters = Vec::new();
    for chapter in api.chapters() {
        let entries = chapter.operations.iter().map(|operation| Entry {
            path: source.operation_path(
                slugs.get(operation.name.wire.as_str()).copied().unwrap_or_default(),
            ),
            title: operation.name.wire.clone(),
            about: operation.summary.clone().unwrap_or_default(),
        });
        let entries: Vec<Entry> = entries.collect();
        if !entries.is_empty() {
            let title = match chapter.tag {
                Some(tag) => tag.title.as_str(),
                None => site.words.get("other"),
            };
            chapters.push(Group { title: title.to_owned(), entries });
        }
    }
    if let Some(path) = source.errors_path() {
        let title = site.words.get("error_codes").to_owned();
        let about = site.words.get("error_codes_about").to_owned();
        chapters.push(Group {
            title: site.words.get("lists").to_owned(),
            entries: vec![Entry { path, title, about }],
        });
    }
    ServiceEntries {
        short: source.short().to_owned(),
        index: Entry {
            path: source.index_path(),
            title: source.short().to_uppercase(),
            about: api.info.title.clone(),
        },
        chapters,
    }
}
