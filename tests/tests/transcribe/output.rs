//! New documents from pages alone.

use codegen::{load, validate::validate};

use crate::folder::{Folder, NAME, PORT, page};

#[test]
fn a_new_document_is_made_of_pages_alone() {
    let folder = Folder::new();
    folder.place("pages/a/Shelve.md", &page("Shelve", "shelve", &[NAME, PORT]));
    folder.place("pages/b/Lend.md", &page("Lend", "lend", &[NAME]));
    folder.place("pages/_notes.md", "Not a page.");
    let check = folder.transcribe(&["pages", "--output", "lib.yaml", "--check"]);
    assert_eq!(check.code, Some(4), "{}", check.error);
    assert!(!folder.path("lib.yaml").exists(), "--check writes nothing");

    let made = folder.transcribe(&["pages", "--output", "lib.yaml"]);
    assert_eq!((made.code, made.error.as_str()), (Some(0), ""));
    insta::assert_snapshot!("document", folder.read("lib.yaml"));
    assert_eq!(folder.transcribe(&["pages", "--output", "lib.yaml", "--check"]).code, Some(0));
    assert_eq!(folder.transcribe(&["pages", "--output", "lib.yaml"]).code, Some(0));

    // Words are for people to write; where the service is called is known.
    let problems = validate(&load::load(&folder.path("lib.yaml")).unwrap());
    assert!(problems.iter().all(|problem| !problem.code.contains("server")), "{problems:?}");

    // Whatever somebody has written into it since is not overwritten.
    folder.place("lib.yaml", "openapi: 3.0.3\ninfo: {}\npaths: {}\n");
    let foreign = folder.transcribe(&["pages", "--output", "lib.yaml"]);
    assert_eq!(foreign.code, Some(1));
    assert_eq!(
        foreign.error,
        "error: lib.yaml is there and says something else; merge into it with --document, or move it away"
    );
    assert_eq!(folder.read("lib.yaml"), "openapi: 3.0.3\ninfo: {}\npaths: {}\n");
}

#[test]
fn sentences_of_the_vendor_are_taken_over_only_when_asked_for() {
    let folder = Folder::new();
    folder.place("Shelve.md", &page("Shelve", "shelve", &[NAME]));
    assert_eq!(folder.transcribe(&["Shelve.md", "--output", "ours.yaml"]).code, Some(0));
    assert!(!folder.read("ours.yaml").contains("Words."));
    let private = folder.transcribe(&["Shelve.md", "--output", "private.yaml", "--vendor-text"]);
    assert_eq!(private.code, Some(0));
    assert!(folder.read("private.yaml").contains("Words."));
}
