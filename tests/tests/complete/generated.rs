//! Operations without a call, a page or payloads, and folders and pages without an operation.
//! In: the model, and the folder generated from it. Out: one line each.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use codegen::model::{Api, Operation};
use conformance::repo;

pub(crate) fn gaps(api: &Api, output: &str) -> Vec<String> {
    let (pages, payloads) = (format!("{output}/docs/operations"), format!("{output}/examples"));
    let calls = sources(&repo::root().join(output).join("client/src"));
    let mut gaps = Vec::new();
    let mut expected = BTreeSet::new();
    for operation in &api.operations {
        let id = &operation.name.wire;
        if !calls.contains(&format!("pub struct {}<", operation.type_name)) {
            gaps.push(format!("{id}: no call in the client"));
        }
        let folder = repo::folder(id);
        let page = format!("{pages}/{folder}.md");
        let payloads = format!("{payloads}/{folder}");
        let files = files(operation).into_iter().map(|file| format!("{payloads}/{file}"));
        let missing = std::iter::once(page.clone()).chain(files);
        let missing = missing.filter(|path| !repo::root().join(path).is_file());
        gaps.extend(missing.map(|path| format!("{id}: no {path}")));
        expected.extend([page, payloads]);
    }
    let all = [pages, payloads].map(|folder| entries(&folder)).concat();
    let of_none = all.into_iter().filter(|path| !expected.contains(path));
    gaps.extend(of_none.map(|path| format!("{path}: of no operation")));
    gaps
}

/// The payloads of an operation, and each call as a command.
fn files(operation: &Operation) -> Vec<String> {
    let mut files = Vec::new();
    match &operation.body {
        Some(body) => files.extend(body.examples.iter().flat_map(|example| {
            let name = &example.name.wire;
            [format!("{name}.json"), format!("{name}.sh")]
        })),
        None => files.push("call.sh".to_owned()),
    }
    for answer in &operation.responses {
        let names = answer.examples.iter().map(|example| &example.name.wire);
        files.extend(names.map(|name| format!("response-{}-{name}.json", answer.status)));
    }
    files
}

/// Everything in a folder but its own page, sorted.
fn entries(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repo::root().join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "README.md").collect();
    names.sort();
    names.into_iter().map(|name| format!("{folder}/{name}")).collect()
}

/// The calls of all tags: `lifecycle/calls.rs`, or a file of each call in `lifecycle/calls`.
fn sources(folder: &Path) -> String {
    let is_call = |path: &&PathBuf| path.to_string_lossy().contains("calls");
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().filter(is_call).map(|path| fs::read_to_string(path).unwrap()).collect()
}
