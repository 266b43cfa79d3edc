//! The page of what is emulated, and the notes for pages of the reference, are those of this emulator.

use std::{collections::BTreeMap, env, fs::File, io::Write as _, path::Path};

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

/// The notes of each service, which the generator puts on the pages of its operations.
fn notes() -> BTreeMap<&'static str, String> {
    let mut notes = BTreeMap::new();
    for covered in coverage_of_all() {
        let Covered { service, operation, .. } = covered;
        let text: &mut String = notes.entry(service).or_default();
        if text.is_empty() {
            text.push_str(
                "# What the emulator does of each operation, for the pages of the reference. Written by\n\
                 # `UPDATE_COVERAGE=1 cargo test -p huaweicloud-dcs-emulator --test coverage`.\n\
                 title: Without a cloud\noperations:\n",
            );
        }
        text.push_str(&format!("  {}: {:?}\n", operation.id, covered.sentence()));
    }
    notes
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
