//! The guides: each in both languages, in order, with working links and matching structure.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeSet, fs, path::Path};

use conformance::{guides, repo};
use pulldown_cmark::{Event, Options, Parser, Tag};

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn links(text: &str) -> Vec<String> {
    let links = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.collect()
}

/// Titles of what a text is made of, without their words.
fn outline(text: &str) -> Vec<String> {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let parts = parser.filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(format!("{level}")),
        Event::Start(Tag::CodeBlock(_)) => Some("code".to_owned()),
        Event::Start(Tag::TableRow) => Some("row".to_owned()),
        _ => None,
    });
    parts.collect()
}

#[test]
fn every_guide_is_compiled_listed_and_translated() {
    let docs = repo::root().join("docs");
    let found = |folder: &Path| -> BTreeSet<String> {
        let names = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".md") && name != "README.md").collect()
    };
    let listed: BTreeSet<String> = guides::FILES.iter().map(|file| (*file).to_owned()).collect();
    assert_eq!(found(&docs), listed);
    assert_eq!(found(&docs.join("zh")), listed);
    for folder in [docs.clone(), docs.join("zh")] {
        let index = links(&text(&folder.join("README.md")));
        let order: Vec<&str> =
            index.iter().map(String::as_str).filter(|link| !link.contains('/')).collect();
        assert_eq!(order, guides::FILES, "{}", folder.display());
    }
}

#[test]
fn both_languages_have_the_same_parts() {
    let docs = repo::root().join("docs");
    for file in guides::FILES {
        let english = outline(&text(&docs.join(file)));
        assert_eq!(outline(&text(&docs.join("zh").join(file))), english, "{file}");
    }
}

#[test]
fn links_lead_somewhere() {
    let docs = repo::root().join("docs");
    let mut checked = 0;
    for folder in [docs.clone(), docs.join("zh")] {
        for file in guides::FILES.iter().chain(&["README.md"]) {
            for link in links(&text(&folder.join(file))) {
                if link.starts_with("http://127.0.0.1") {
                    continue;
                }
                let path = link.split('#').next().unwrap();
                assert!(folder.join(path).exists(), "{file} links to {link}");
                checked += 1;
            }
        }
    }
    assert!(checked > 60, "{checked} links");
}
