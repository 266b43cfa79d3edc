//! Every kind of value at every possible place, in generated documents: whatever lint accepts
//! becomes a client that compiles, with its examples, and whose payloads survive its types;
//! everything else is refused by name.
//!
//! The clients are modules, one per kind, of a few crates, which are built side by side.

#[path = "matrix/cells.rs"]
mod cells;
#[path = "matrix/client.rs"]
mod client;
#[path = "matrix/kinds.rs"]
mod kinds;
#[path = "matrix/names.rs"]
mod names;

use std::collections::BTreeMap;

use cells::{cells, merge};
use codegen::{load::Document, validate};
use conformance::workspace;
use serde_json::Value;

/// Why a value may be refused at a place.
const REFUSED: &[&str] = &[
    // Maps in queries that say so are in a case of their own, `queries.yaml`.
    "a map in a query has the style `deepObject`; add it, with `explode: true` [missing-keyword]",
    "a list of lists or objects in a query is not supported; use plain values [unsupported]",
    "a parameter of any type is not supported; give it a `type` [unsupported]",
    "a parameter of type array here is not supported; use a string, a number or a boolean, or in a query a \
     list or a map of them [unsupported]",
    "a parameter of type object here is not supported; use a string, a number or a boolean, or in a query \
     a list or a map of them [unsupported]",
    "a header of any type is not supported; use a string, a number, a boolean or a list of them [unsupported]",
    "a header of type array is not supported; use a string, a number, a boolean or a list of them [unsupported]",
    "a header of type object is not supported; use a string, a number, a boolean or a list of them [unsupported]",
    "an object that is always empty is not supported; add properties [unsupported]",
];

/// The crates: rustc reads a crate in one thread, and machines have more.
const CRATES: [&str; 2] = ["matrix-a", "matrix-b"];

/// A third of the forms at each place, and never the same third.
#[test]
fn what_is_not_refused_compiles() {
    build(3);
}

#[test]
#[ignore = "takes minutes"]
fn what_is_not_refused_compiles_in_every_form() {
    build(1);
}

/// Builds one of so many forms.
fn build(share: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    let mut modules: [Vec<&str>; CRATES.len()] = Default::default();
    let mut written = 0;
    let mut add = |name, document: &Document| {
        let at = written % CRATES.len();
        client::write(document, name, CRATES[at], folder.path());
        modules[at].push(name);
        written += 1;
    };
    let mut accepted = 0;
    for (first, kind) in kinds::kinds().into_iter().enumerate() {
        let all = cells(&kind).into_iter().skip(first % share).step_by(share);
        let mut cells: Vec<_> = all.collect();
        cells.retain(|cell| {
            let problems = validate::validate(&document(&cell.name, cell.document.clone()));
            for problem in &problems {
                let reason = format!("{} [{}]", problem.message, problem.code);
                assert!(
                    REFUSED.contains(&reason.as_str()),
                    "{} {}: {problem}",
                    kind.name,
                    cell.name
                );
                *refused.entry(reason).or_default() += 1;
            }
            problems.is_empty()
        });
        if !cells.is_empty() {
            accepted += cells.len();
            add(kind.name, &document(kind.name, merge(&cells)));
        }
    }
    let refusals: usize = refused.values().sum();
    println!("{accepted} values are generated, {refusals} problems refuse others: {refused:#?}");
    assert!(accepted * share > 4000, "{accepted} values are generated");
    assert_eq!(refused.len(), REFUSED.len(), "{refused:?}");
    for (name, value) in names::documents() {
        add(name, &document(name, value));
    }
    for (name, modules) in CRATES.iter().zip(&modules) {
        client::write_root(modules, name, folder.path());
    }
    workspace::create(folder.path(), &CRATES.map(|name| format!("\"{name}\"")));
    let packages = CRATES.iter().flat_map(|name| ["-p", name]);
    let arguments: Vec<_> = ["test", "--lib"].into_iter().chain(packages).collect();
    let output = workspace::cargo(folder.path(), &arguments, "cases");
    let said = String::from_utf8_lossy(&output.stderr);
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{shown}\n{said}");
}

fn document(name: &str, value: Value) -> Document {
    Document {
        name: name.to_owned(),
        value,
        error_catalog: None,
        guide: None,
        translations: Vec::new(),
    }
}
