//! `generated/` is what the documents give: no file missing, stale or left over.

use codegen::{load, output};
use conformance::repo;

#[test]
fn generated_files_are_fresh() {
    for service in repo::services() {
        let document = load::load(&repo::root().join(&service.document)).unwrap();
        let files = codegen::generate(&document, &service).unwrap();
        let drift = output::drift(&files, &repo::root().join(&service.output)).unwrap();
        let paths: Vec<String> =
            drift.iter().map(|drift| format!("{:?} {}", drift.kind, drift.path)).collect();
        assert!(paths.is_empty(), "run `cargo xtask generate`:\n{}", paths.join("\n"));
    }
}

/// Writing to an empty folder and comparing with it finds nothing; a second write does nothing.
#[test]
fn writing_is_idempotent_and_leaves_foreign_files() {
    let service = repo::services().remove(0);
    let document = load::load(&repo::root().join(&service.document)).unwrap();
    let files = codegen::generate(&document, &service).unwrap();
    let folder = tempfile::tempdir().unwrap();

    let first = output::write(&files, folder.path()).unwrap();
    assert_eq!(first.len(), files.paths().count());
    assert_eq!(output::drift(&files, folder.path()).unwrap(), []);
    assert_eq!(output::write(&files, folder.path()).unwrap(), []);

    let note = folder.path().join("docs/notes.txt");
    std::io::Write::write_all(&mut std::fs::File::create(&note).unwrap(), b"mine").unwrap();
    let changes = output::write(&files, folder.path()).unwrap();
    assert_eq!(changes, [output::Change::Foreign("docs/notes.txt".to_owned())]);
    assert_eq!(std::fs::read(&note).unwrap(), b"mine");
}
