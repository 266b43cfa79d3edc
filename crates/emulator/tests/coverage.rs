//! The page of what is emulated, and the notes for pages of the reference and of the site, in English and Chinese, are
//! those of this emulator.

#[path = "common/chinese.rs"]
mod chinese;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fs::File,
    io::Write as _,
    path::Path,
};

use chinese::{TEXTS, TITLE, chinese};
use huaweicloud_dcs_emulator::{Coverage, Covered, coverage, coverage_of_all};

/// One row per operation, with its page of the reference.
fn page() -> String {
    let mut page = "# What each operation does in the emulator\n\nWritten by \
                    `UPDATE_COVERAGE=1 cargo test -p huaweicloud-dcs-emulator --test coverage`.\n"
        .to_owned();
    let count = |wanted| coverage().filter(|(_, coverage)| *coverage == wanted).count();
    let all = [Coverage::Behavior, Coverage::Example, Coverage::Nothing].map(count);
    page += &format!(
        "\nOf the {} operations of DCS, {} are carried out, {} answer with the documented example, and {} change \
         nothing. The other services are there as far as an order needs them.\n",
        all.iter().sum::<usize>(),
        all[0],
        all[1],
        all[2]
    );
    let mut last = "";
    for covered in coverage_of_all() {
        if covered.service != last {
            last = covered.service;
            page += &format!(
                "\n## {}\n\n| operation | in the emulator |\n|---|---|\n",
                last.to_uppercase()
            );
        }
        let (id, service) = (covered.operation.id, covered.service);
        let link = format!("../../generated/{service}/docs/operations/{}.md", slug(id));
        page += &format!("| [{id}]({link}) | {} |\n", covered.sentence());
    }
    page
}

/// `ListInstances`: `list-instances`.
fn slug(id: &str) -> String {
    let mut slug = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() && !slug.is_empty() {
            slug.push('-');
        }
        slug.push(letter.to_ascii_lowercase());
    }
    slug
}

/// What is said of an operation: how it answers, and what else there is to know.
fn sentences(covered: &Covered) -> impl Iterator<Item = &'static str> {
    [Some(covered.coverage.sentence()), covered.note].into_iter().flatten()
}

/// The notes of each service, which the generator puts on the pages of its operations.
fn notes() -> BTreeMap<&'static str, String> {
    let mut notes: BTreeMap<&str, (String, String)> = BTreeMap::new();
    for covered in coverage_of_all() {
        let (english, translated) = notes.entry(covered.service).or_default();
        let id = covered.operation.id;
        english.push_str(&format!("  {id}: {:?}\n", covered.sentence()));
        let sentences: String =
            sentences(&covered).map(|text| chinese(text).unwrap_or(text)).collect();
        translated.push_str(&format!("    {id}: {sentences:?}\n"));
    }
    let file = |(english, translated): (String, String)| {
        format!(
            "# What the emulator does of each operation, for the pages of the reference and of the site. Written by\n\
             # `UPDATE_COVERAGE=1 cargo test -p huaweicloud-dcs-emulator --test coverage`.\n\
             title: Without a cloud\noperations:\n{english}zh:\n  title: {TITLE}\n  operations:\n{translated}"
        )
    };
    notes.into_iter().map(|(service, texts)| (service, file(texts))).collect()
}

fn is_fresh(file: &Path, fresh: &str) -> bool {
    if env::var_os("UPDATE_COVERAGE").is_some() {
        let written = File::create(file).and_then(|mut file| file.write_all(fresh.as_bytes()));
        assert!(written.is_ok(), "{}: {written:?}", file.display());
    }
    std::fs::read_to_string(file).is_ok_and(|written| written == fresh)
}

#[test]
fn the_page_is_fresh_and_its_links_lead_somewhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (file, fresh) = (folder.join("COVERAGE.md"), page());
    assert!(is_fresh(&file, &fresh), "{} is stale; set UPDATE_COVERAGE=1", file.display());
    let links = fresh.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for link in links {
        assert!(folder.join(link).is_file(), "{link} leads nowhere");
    }
}

#[test]
fn notes_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("coverage");
    for (service, fresh) in notes() {
        let file = folder.join(format!("{service}.yaml"));
        let what = "is stale; set UPDATE_COVERAGE=1, then run `cargo xtask generate`";
        assert!(is_fresh(&file, &fresh), "{} {what}", file.display());
    }
}

#[test]
fn every_sentence_is_there_in_chinese() {
    let all: Vec<Covered> = coverage_of_all().collect();
    let said: BTreeSet<&str> = all.iter().flat_map(sentences).collect();
    let known: BTreeSet<&str> = TEXTS.iter().map(|(english, _)| *english).collect();
    assert_eq!(known.len(), TEXTS.len(), "a sentence is there twice");
    let missing: Vec<_> = said.difference(&known).collect();
    assert!(missing.is_empty(), "add the Chinese of {missing:#?} to tests/common/chinese.rs");
    let idle: Vec<_> = known.difference(&said).collect();
    assert!(
        idle.is_empty(),
        "nothing says {idle:#?} any more; remove it from tests/common/chinese.rs"
    );
}
