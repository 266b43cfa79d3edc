//! The guides. In: `docs/`, Markdown for people, whose `README.md` says in which order they are read. Out: one page per guide.
//!
//! They are read on code hosts, too, so their links lead to files of the repository: what is a page of the site is
//! linked here as well, and everything else is left as words.

use std::{fs, path::Path};

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
use serde::Serialize;

use crate::{
    Error, Files, Language, Site,
    frame::{Frame, Frames},
    markdown::{self, Links},
    service::entry,
};

/// A guide.
pub(crate) struct Guide {
    slug: String,
    pub(crate) title: String,
    /// Its first paragraph.
    pub(crate) about: String,
    pub(crate) text: String,
}

/// The guides of each language, in their order.
pub struct Guides {
    english: Vec<Guide>,
    chinese: Vec<Guide>,
}

#[derive(Serialize)]
struct View<'a> {
    frame: Frame<'a>,
    html: String,
    headings: Vec<Place>,
}

/// A heading to go to.
#[derive(Serialize)]
struct Place {
    id: String,
    text: String,
}

impl Guide {
    /// Its page.
    pub(crate) fn path(&self) -> String {
        format!("guides/{}.html", self.slug)
    }
}

impl Guides {
    /// Reads `docs/`.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        Ok(Self { english: read(folder)?, chinese: read(&folder.join("zh"))? })
    }

    pub(crate) fn of(&self, language: Language) -> &[Guide] {
        match language {
            Language::English => &self.english,
            Language::Chinese => &self.chinese,
        }
    }
}

/// The guides of a folder, in the order of its `README.md`.
fn read(folder: &Path) -> Result<Vec<Guide>, Error> {
    let text = |path: &Path| {
        fs::read_to_string(path)
            .map_err(|error| Error::Guides(format!("cannot read {}: {error}", path.display())))
    };
    let index = text(&folder.join("README.md"))?;
    let links = Parser::new(&index).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    let own = links.filter(|url| !url.contains('/') && url.ends_with(".md"));
    own.map(|file| Ok(guide(&file, &text(&folder.join(&file))?))).collect()
}

fn guide(file: &str, text: &str) -> Guide {
    let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(file);
    let mut blocks = text.split("\n\n").map(str::trim);
    let about = blocks.find(|block| !block.starts_with('#')).unwrap_or_default();
    Guide {
        slug: file.trim_end_matches(".md").to_owned(),
        title: title.trim().to_owned(),
        about: about.replace('\n', " ").replace('`', ""),
        text: text.to_owned(),
    }
}

pub(crate) fn pages(site: &Site<'_>, frames: &Frames<'_>, files: &mut Files) -> Result<(), Error> {
    let operations = operations(site);
    for guide in site.guides.of(site.language) {
        let page = entry(guide.path(), &guide.title, &guide.about);
        let frame = frames.of(&page, None);
        let base = frame.base.clone();
        let resolve = |file: &str| resolve(site, file);
        let links = Links { operations: &operations, base: &base, own: "", resolve: &resolve };
        let (html, headings) = markdown::document(&guide.text, &links);
        let second = headings.into_iter().filter(|heading| heading.level == HeadingLevel::H2);
        let headings = second.map(|heading| Place { id: heading.id, text: heading.text }).collect();
        let text = site.templates.render("guide", &View { frame, html, headings })?;
        files.add(format!("{}{}", site.language.folder(), page.path), text);
    }
    Ok(())
}

/// All operations by name; where services share a name, the first has it.
fn operations(site: &Site<'_>) -> std::collections::BTreeMap<String, String> {
    let mut all = std::collections::BTreeMap::new();
    for source in site.sources {
        for plan in source.plans(site.language) {
            let name = plan.operation.name.wire.clone();
            all.entry(name).or_insert_with(|| source.operation_path(&plan.slug));
        }
    }
    all
}

/// The page that a file of the repository is on the site, if it is one.
fn resolve(site: &Site<'_>, file: &str) -> Option<String> {
    let file = file.trim_start_matches("../");
    if let Some(rest) = file.strip_prefix("generated/") {
        let (service, rest) = rest.split_once('/')?;
        let source = site
            .sources
            .iter()
            .find(|source| source.service.output.ends_with(&format!("/{service}")))?;
        return match rest {
            "docs/README.md" | "docs/" | "docs" => Some(source.index_path()),
            "docs/error-codes.md" => source.errors_path(),
            other => {
                let slug = other.strip_prefix("docs/operations/")?.strip_suffix(".md")?;
                let known = source.plans(site.language).iter().any(|plan| plan.slug == slug);
                known.then(|| source.operation_path(slug))
            }
        };
    }
    let guides = site.guides.of(site.language);
    guides.iter().find(|guide| file == format!("{}.md", guide.slug)).map(Guide::path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_has_title_and_first_paragraph() {
        let one = guide("money.md", "# Money\n\nWhat costs,\nand `what` not.\n\n## More\n");
        assert_eq!(
            (one.title.as_str(), one.about.as_str()),
            ("Money", "What costs, and what not.")
        );
        assert_eq!(one.path(), "guides/money.html");
    }
}
