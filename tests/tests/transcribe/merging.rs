//! Pages merged into a document that people edit.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use crate::folder::{DOCUMENT, Folder, NAME, PORT, page};

#[test]
fn pages_are_merged_into_the_document_that_people_edit() {
    let folder = Folder::with_document();
    folder.place("pages/Shelve.md", &page("Shelve", "shelve", &[NAME, PORT]));

    let check = folder.transcribe(&["pages", "--check"]);
    assert_eq!(check.code, Some(4), "{}", check.error);
    assert_eq!(folder.read("spec/lib.yaml"), DOCUMENT, "--check writes nothing");
    assert!(check.out.contains("  changed maxLength 32 -> 64\n"), "{}", check.out);
    assert_eq!(
        check.error,
        "pages and spec/lib.yaml differ; run `cargo xtask transcribe` without --check and review what changed"
    );

    let merged = folder.transcribe(&["pages"]);
    assert_eq!((merged.code, merged.error.as_str()), (Some(0), ""));
    insta::assert_snapshot!("merged", merged.out);
    let port = "        port:\n          type: integer\n          format: int32\n          minimum: 1\n          \
                maximum: 65535\n";
    let expected = DOCUMENT
        .replace("maxLength: 32 # too short\n", &format!("maxLength: 64 # too short\n{port}"));
    assert_eq!(folder.read("spec/lib.yaml"), expected);

    let again = folder.transcribe(&["pages"]);
    assert_eq!(again.code, Some(0));
    assert!(again.out.ends_with("spec/lib.yaml: nothing to write"), "{}", again.out);
    assert_eq!(folder.transcribe(&["pages", "--check"]).code, Some(0));
    assert_eq!(folder.files(), ["pages/Shelve.md", "spec/lib.yaml", "spec/services.yaml"]);
}

#[test]
fn contradictions_wait_in_the_document_until_they_are_decided() {
    let folder = Folder::with_document();
    let name = (
        NAME.0,
        NAME.1,
        NAME.2,
        "<p>Words.</p><p>缺省值：<strong>shelf</strong></p><p>最大长度：<strong>32</strong></p>",
    );
    folder.place("Shelve.md", &page("Shelve", "shelve", &[name]));
    let first = folder.transcribe(&["Shelve.md", "--document", "spec/lib.yaml"]);
    assert_eq!(first.code, Some(0), "{}", first.error);
    insta::assert_snapshot!("pending", first.out);
    let text = folder.read("spec/lib.yaml");
    assert!(text.contains("decision: pending\n"), "{text}");
    // Once it is on record, the document says what the page says.
    assert_eq!(folder.transcribe(&["Shelve.md", "--check"]).code, Some(0));

    let decided = text.replace("decision: pending", "decision: It has a default.");
    folder.place("spec/lib.yaml", &decided);
    let first = folder.transcribe(&["Shelve.md"]);
    assert!(
        first.out.contains("left by [row shelve-body-name-required-default]: 1\n"),
        "{}",
        first.out
    );
    let second = folder.transcribe(&["Shelve.md", "-v"]);
    assert!(second.out.contains("[row shelve-body-name-required-default]"), "{}", second.out);
    assert!(second.out.contains("1 found, 1 decided, 0 pending"), "{}", second.out);
}

#[test]
fn a_file_that_stays_the_same_is_not_touched() {
    let folder = Folder::with_document();
    folder.place("Shelve.md", &page("Shelve", "shelve", &[NAME, PORT]));
    assert_eq!(folder.transcribe(&["Shelve.md"]).code, Some(0));
    let old = SystemTime::now() - Duration::from_secs(1000);
    let file = fs::File::options().append(true).open(folder.path("spec/lib.yaml")).unwrap();
    file.set_modified(old).unwrap();
    assert_eq!(folder.transcribe(&["Shelve.md"]).code, Some(0));
    assert_eq!(modified(&folder.path("spec/lib.yaml")), old);
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}
