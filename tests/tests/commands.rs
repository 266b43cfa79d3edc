//! The commands as a person calls them: what they print, and how they end.

use std::{
    path::Path,
    process::{Command, Output},
};

use conformance::repo;

fn xtask(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--manifest-path"]);
    command.arg(repo::root().join("Cargo.toml")).args(["--package", "xtask", "--"]);
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap().trim_end()
}

#[test]
fn validate_accepts_each_example() {
    let folder = repo::root().join("generated/examples/create-instance");
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !name.ends_with(".json") || name.starts_with("response-") {
            continue;
        }
        let output = xtask(&repo::root(), &["validate", "CreateInstance", path.to_str().unwrap()]);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn validate_names_every_violation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("payload.json");
    let payload = r#"{
        "name": "dcs", "engine": "Redis", "capacity": 2, "spec_code": "dcs.single_node",
        "az_codes": [], "vpc_id": "v", "instance_num": 101, "maintain_beginn": "02:00:00",
        "password": "short", "bss_param": {"charging_mode": "prepaid", "is_auto_pay": true},
        "tags": [{"key": ""}], "rename_commands": {"config": "c"}
    }"#;
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), payload.as_bytes())
        .unwrap();
    let output = xtask(&repo::root(), &["validate", "CreateInstance", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(text(&output.stdout));
    assert!(!text(&output.stdout).contains("short"), "a password is never shown");
}

#[test]
fn a_bad_call_is_one_line_and_ends_with_2() {
    let root = repo::root();
    let calls: [&[&str]; 8] = [
        &["generate", "--chek"],
        &["generate", "--check", "--dump-model"],
        &["validate", "CreateInstance"],
        &["validate", "CreateInstance", "no-such-file.json"],
        &["validate", "CreateInstance", "README.md"],
        &["validate", "CreateInstanc", "generated/manifest.json"],
        &["--config", "no-such-file.yaml", "lint"],
        &["transcibe"],
    ];
    let mut lines = String::new();
    for call in calls {
        let output = xtask(&root, call);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{call:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{call:?}: {error}");
        lines.push_str(&format!("{}\n    {error}\n", call.join(" ")));
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn check_ends_with_4_when_files_differ() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |from: &str, to: &str| {
        let bytes = std::fs::read(repo::root().join(from)).unwrap();
        let mut file = std::fs::File::create(folder.path().join(to)).unwrap();
        std::io::Write::write_all(&mut file, &bytes).unwrap();
    };
    copy("spec/dcs-v2.yaml", "dcs.yaml");
    let services = "services: [{document: dcs.yaml, package: p, output: out, version: 0.1.0}]";
    let mut file = std::fs::File::create(folder.path().join("services.yaml")).unwrap();
    std::io::Write::write_all(&mut file, services.as_bytes()).unwrap();
    let call = |arguments: &[&str]| {
        xtask(folder.path(), &[&["--config", "services.yaml"], arguments].concat())
    };

    let missing = call(&["generate", "--check"]);
    assert_eq!(missing.status.code(), Some(4));
    assert!(text(&missing.stdout).contains("missing out/client/src/lib.rs"));
    assert!(!folder.path().join("out").exists(), "--check writes nothing");

    assert_eq!(call(&["generate"]).status.code(), Some(0));
    assert_eq!(call(&["generate", "--check"]).status.code(), Some(0));

    copy("README.md", "out/docs/README.md");
    copy("README.md", "out/docs/left-over.md");
    let stale = call(&["generate", "--check"]);
    assert_eq!(stale.status.code(), Some(4));
    let printed = text(&stale.stdout);
    assert!(
        printed.contains("stale out/docs/README.md\n--- docs/README.md (on disk)"),
        "{printed}"
    );
    assert!(printed.contains("orphaned out/docs/left-over.md"), "{printed}");
}

#[test]
fn lint_says_where_what_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut text_of_document =
        std::fs::read_to_string(repo::root().join("spec/dcs-v2.yaml")).unwrap();
    text_of_document = text_of_document.replacen("maxLength: 64", "maxLenght: 64", 1);
    let write = |name: &str, text: &str| {
        let mut file = std::fs::File::create(folder.path().join(name)).unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    };
    write("dcs.yaml", &text_of_document);
    write(
        "services.yaml",
        "services: [{document: dcs.yaml, package: p, output: out, version: 0.1.0}]",
    );
    let output = xtask(folder.path(), &["--config", "services.yaml", "lint"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(text(&output.stderr));
}
