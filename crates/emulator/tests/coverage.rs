//! The page of what is emulated is that of this emulator.

use std::{env, fs::File, io::Write as _, path::Path};

use huaweicloud_dcs_emulator::{Coverage, coverage};

/// A row an operation, with its page of the reference.
fn page() -> String {
    let words = |coverage| match coverage {
        Coverage::Behavior => "does what it says",
        Coverage::Example => "answers with its documented example",
        Coverage::Nothing => "succeeds, and changes nothing",
    };
    let mut page = "# What each operation does in the emulator\n\nWritten by \
                    `UPDATE_COVERAGE=1 cargo test -p huaweicloud-dcs-emulator --test coverage`.\n"
        .to_owned();
    let count = |wanted| coverage().filter(|(_, coverage)| *coverage == wanted).count();
    let all = [Coverage::Behavior, Coverage::Example, Coverage::Nothing].map(count);
    page += &format!(
        "\nOf {} operations {} do what they say, {} answer with their documented example, shaped to the \
         request, and {} succeed and change nothing.\n",
        all.iter().sum::<usize>(),
        all[0],
        all[1],
        all[2]
    );
    page += "\n| operation | in the emulator |\n|---|---|\n";
    for (operation, coverage) in coverage() {
        let slug = slug(operation.id);
        let link = format!("../../generated/dcs/docs/operations/{slug}.md");
        page += &format!("| [{}]({link}) | {} |\n", operation.id, words(coverage));
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

#[test]
fn the_page_is_fresh_and_its_links_lead_somewhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (file, fresh) = (folder.join("COVERAGE.md"), page());
    if env::var_os("UPDATE_COVERAGE").is_some() {
        File::create(&file).unwrap().write_all(fresh.as_bytes()).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(written == fresh, "{} is stale; set UPDATE_COVERAGE=1", file.display());
    let links = fresh.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for link in links {
        assert!(folder.join(link).is_file(), "{link} leads nowhere");
    }
}
