//! Snapshots prove no text compiles: the clients of all small case documents are built, with their
//! examples, tests and documentation; warnings are errors, and their own tests pass.

use std::{fs, path::Path, process::Command};

use codegen::{config::Service, load, output};
use conformance::repo;

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
        };
        let document = load::load(&path).unwrap();
        let files = codegen::generate(&document, &service).unwrap();
        output::write(&files, &folder.path().join(&case)).unwrap();
        members.push(format!("\"{case}/client\""));
    }
    assert!(members.len() >= 10);
    write_workspace(folder.path(), &members);

    // The lock file of the repository keeps the build to what has been fetched for it.
    for arguments in [
        ["clippy", "--workspace", "--all-targets"].as_slice(),
        ["test", "--workspace", "--all-targets"].as_slice(),
        ["doc", "--workspace", "--no-deps"].as_slice(),
    ] {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            // The runtime is a member here, for it lies in the folder; its own tests run where it is at
            // home. What is built of it outlives this folder, and would look for its files in it.
            .args(["--exclude", "huaweicloud-core"])
            .args(["--offline", "--quiet"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", repo::root().join("target/cases"))
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{arguments:?}\n{shown}\n{said}");
    }
}

/// A workspace like this one, with other members; the clients find the runtime where a client in
/// `generated/` finds it.
fn write_workspace(folder: &Path, members: &[String]) {
    let ours = fs::read_to_string(repo::root().join("Cargo.toml")).unwrap();
    let line = format!("members = [{}]", members.join(", "));
    let lines = ours.lines().map(|l| if l.starts_with("members = ") { line.as_str() } else { l });
    let text = lines.collect::<Vec<_>>().join("\n");
    let write = |name: &str, bytes: &[u8]| {
        let mut file = fs::File::create(folder.join(name)).unwrap();
        std::io::Write::write_all(&mut file, bytes).unwrap();
    };
    write("Cargo.toml", text.as_bytes());
    write("Cargo.lock", &fs::read(repo::root().join("Cargo.lock")).unwrap());
    #[cfg(unix)]
    std::os::unix::fs::symlink(repo::root().join("crates"), folder.join("crates")).unwrap();
}
