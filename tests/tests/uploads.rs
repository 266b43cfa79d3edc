//! Forms, files and queries sent over a real socket, response headers, and properties without a field.
//!
//! In: the case documents about these. Out: their clients, each built with its own test (`uploads/`) that
//! compares the bytes.

use codegen::{config::Service, load, output};
use conformance::{repo, workspace};

#[test]
fn files_are_sent_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let tests = [
        ("files", include_str!("uploads/files.rs")),
        ("others", include_str!("uploads/others.rs")),
        ("queries", include_str!("uploads/queries.rs")),
    ];
    for (case, program) in tests {
        let path = repo::root().join(format!("codegen/tests/cases/{case}.yaml"));
        let service = Service {
            document: path.display().to_string(),
            package: format!("case-{case}"),
            output: case.to_owned(),
            version: "0.1.0".to_owned(),
            keywords: Vec::new(),
            server: false,
            draft: false,
            notes: Default::default(),
        };
        let files = codegen::generate(&load::load(&path).unwrap(), &service).unwrap();
        let target = folder.path().join(case);
        output::write(&files, &target).unwrap();
        workspace::write(&target.join("client/tests/wire.rs"), program);
        workspace::write(
            &target.join("client/tests/wire/socket.rs"),
            include_str!("uploads/socket.rs"),
        );
    }
    workspace::create(folder.path(), &tests.map(|(case, _)| format!("\"{case}/client\"")));
    let cases = ["-p", "case-files", "-p", "case-others", "-p", "case-queries"];
    let arguments = [&["test"][..], &cases, &["--test", "wire"]].concat();
    let output = workspace::cargo(folder.path(), &arguments, "cases");
    let said = String::from_utf8_lossy(&output.stderr);
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{shown}\n{said}");
    let counts: Vec<usize> = shown
        .lines()
        .filter_map(|line| {
            line.strip_prefix("test result: ok. ")?.split_once(" passed")?.0.parse().ok()
        })
        .collect();
    assert_eq!(counts, [5, 3, 5], "{shown}");
}
