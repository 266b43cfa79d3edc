//! The layout of the code: no file is too long, each states its purpose at the top, and generated
//! files are no exception.

use std::{fs, path::Path};

use conformance::repo;

/// Most files are far shorter; this much only where one concept needs it.
const MAX_LINES: usize = 400;

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let root = repo::root();
    let mut problems = Vec::new();
    for folder in ["codegen", "crates", "examples", "tests", "transcribe", "xtask"] {
        visit(&root.join(folder), &mut |path, text| {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            let lines = text.lines().count();
            if lines > MAX_LINES {
                problems.push(format!("{name} has {lines} lines; split it by purpose"));
            }
            if !text.starts_with("//!") {
                problems.push(format!("{name} does not open with `//!`"));
            }
        });
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What is generated is read, too; a call, a type or a hundred of the smallest things fit.
const MAX_GENERATED_LINES: usize = 800;

#[test]
fn generated_files_are_short() {
    let root = repo::root();
    let mut problems = Vec::new();
    let mut met = 0;
    for entry in fs::read_dir(&root).unwrap() {
        let path = entry.unwrap().path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("generated")) {
            continue;
        }
        visit(&path, &mut |path, text| {
            met += 1;
            let lines = text.lines().count();
            if lines > MAX_GENERATED_LINES {
                problems.push(format!("{} has {lines} lines", path.display()));
            }
        });
    }
    assert!(met > 100, "{met} generated files");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn visit(folder: &Path, each: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == "target") {
            continue;
        }
        if path.is_dir() {
            visit(&path, each);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            each(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
