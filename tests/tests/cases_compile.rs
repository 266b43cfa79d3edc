//! Snapshots do not prove that code compiles: the clients of all small case documents are built, with their
//! examples, tests and documentation; warnings are errors, and their own tests pass.

use std::fs;

use codegen::{config::Service, load, output};
use conformance::{repo, workspace};

#[test]
fn clients_of_all_cases_compile() {
    let folder = tempfile::tempdir().unwrap();
    let mut members = Vec::new();
    for entry in fs::read_dir(repo::root().join("codegen/tests/cases")).unwrap() {
        let path = entry.unwrap().path();
        // Files that documents refer to are named otherwise.
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let case = path.file_stem().unwrap().to_str().unwrap().replace('_', "-");
        let service = Service {
            document: path.display().to_string(),
            package: format!("case-{case}"),
            output: case.clone(),
            version: "0.1.0".to_owned(),
            keywords: Vec::new(),
            server: false,
            draft: false,
            notes: Default::default(),
        };
        let document = load::load(&path).unwrap();
        let files = codegen::generate(&document, &service).unwrap();
        output::write(&files, &folder.path().join(&case)).unwrap();
        members.push(format!("\"{case}/client\""));
    }
    assert!(members.len() >= 10);
    // Its client is called, too.
    let called = folder.path().join("ensure-markers/client/tests/ensure.rs");
    workspace::write(&called, include_str!("cases_compile/ensure_markers.rs"));
    workspace::create(folder.path(), &members);

    for arguments in [
        ["clippy", "--workspace", "--all-targets"].as_slice(),
        ["test", "--workspace", "--all-targets"].as_slice(),
        ["doc", "--workspace", "--no-deps"].as_slice(),
    ] {
        // The runtime is a member here, for it lies in the folder; its own tests run where it is at
        // home. What is built of it outlives this folder, and would look for its files in it.
        let all = [arguments, &["--exclude", "huaweicloud-core"]].concat();
        let output = workspace::cargo(folder.path(), &all, "cases");
        let said = String::from_utf8_lossy(&output.stderr);
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{arguments:?}\n{shown}\n{said}");
    }
}
