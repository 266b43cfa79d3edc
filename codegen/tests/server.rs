//! The crate for programs that answer: made where it is asked for, with a check of each parameter and of
//! the body, and with every documented payload.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use codegen::{config::Service, load, output::FileSet};

fn generate(case: &str, server: bool) -> FileSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{case}.yaml"));
    let service = Service {
        document: "spec/case.yaml".to_owned(),
        package: "case-client".to_owned(),
        output: "generated".to_owned(),
        version: "1.2.3".to_owned(),
        keywords: Vec::new(),
        server,
        draft: false,
        notes: Default::default(),
    };
    codegen::generate(&load::load(&path).unwrap(), &service).unwrap()
}

#[test]
fn it_is_made_only_where_it_is_asked_for() {
    let is_server = |path: &&str| path.starts_with("server/");
    assert_eq!(generate("parameters", false).paths().filter(is_server).count(), 0);
    let files = generate("parameters", true);
    let (without, with) = (generate("parameters", false), files.paths().count());
    assert_eq!(with - without.paths().count(), files.paths().filter(is_server).count());
    let manifest = files.get("server/Cargo.toml").unwrap();
    assert!(manifest.contains("name = \"case-client-server\""), "{manifest}");
}

#[test]
fn it_reads_like_this() {
    for (case, path) in [
        ("parameters", "server/src/lib.rs"),
        ("parameters", "server/src/shared/show_thing.rs"),
        ("optional_body", "server/src/shared.rs"),
        ("array_body", "server/src/shared/put_things.rs"),
    ] {
        let files = generate(case, true);
        let known: Vec<&str> = files.paths().filter(|path| path.starts_with("server/")).collect();
        let text = files.get(path);
        assert!(text.is_some(), "{path} is not one of {known:?}");
        insta::assert_snapshot!(format!("{case}__{}", path.replace('/', "__")), text.unwrap());
    }
}
