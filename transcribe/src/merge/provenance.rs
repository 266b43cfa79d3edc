//! Which sources the document names (`x-source`) for its parts. In: both sides, compared. Out: sources that
//! have to be named as well, and what each source can be held to.
//!
//! An operation and a schema name all their sources. A parameter or property that has the same sources as
//! what it belongs to says nothing; one that only some of them have names these. So what only one source
//! knows can be seen in the document, and no source is held to what another one says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    compared::Compared,
    fix::Fix,
    paths,
    place::{DocPlace, Edited, PagePlace, Place, Stated, Tree},
    source::{self, Source},
    statement::{Says, Statement},
    subject::Subject,
};

/// What tells two sources apart: all pages together, or the name of a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    source: Source,
    package: Option<String>,
}

/// The sources of an `x-source`: one, or a list of them.
fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(list)) => list.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    }
}

fn kind(source: &Value) -> Kind {
    match source.get("package").and_then(Value::as_str) {
        Some(name) => Kind { source: Source::Sdk, package: Some(name.to_owned()) },
        None => Kind { source: Source::Page, package: None },
    }
}

fn kinds(sources: &[Value]) -> BTreeSet<Kind> {
    sources.iter().map(kind).collect()
}

/// One source is written as it is, several as a list.
fn written(mut sources: Vec<Value>) -> Value {
    match sources.len() {
        1 => sources.remove(0),
        _ => Value::Array(sources),
    }
}

/// The sources that the nearest `x-source` around a place of the document names; none where there is none.
pub(super) fn named(doc: Tree<'_, Edited>, at: &DocPlace) -> Vec<Value> {
    at.upwards()
        .find_map(|at| doc.key(&at, "x-source"))
        .map(|value| list(Some(value)))
        .unwrap_or_default()
}

/// The sources that a place names itself.
pub(super) fn named_here<S>(doc: Tree<'_, S>, at: &Place<S>) -> Vec<Value> {
    list(doc.key(at, "x-source"))
}

/// The names of the pages among sources.
pub(super) fn pages(sources: &[Value]) -> BTreeSet<String> {
    let page = |source: &Value| Some(source.get("page")?.as_str()?.to_owned());
    sources.iter().filter_map(page).collect()
}

/// Whether the document has a part from a source of this run, which can be held to it.
pub(super) fn is_claimed(doc: Tree<'_, Edited>, at: &DocPlace, run: &BTreeSet<Kind>) -> bool {
    let sources = kinds(&named(doc, at));
    sources.is_empty() || sources.iter().any(|kind| run.contains(kind))
}

/// The first source of another kind than this one.
pub(super) fn first_other<'s>(named: &'s [Value], source: &Value) -> Option<&'s Value> {
    named.iter().find(|known| kind(known) != kind(source))
}

/// The kind of source that a part is held to: pages where one is named, packages elsewhere.
pub(super) fn main(named: &[Value]) -> Option<Source> {
    named.iter().map(|source| kind(source).source).min()
}

/// Whether a source, which is not named yet, comes before all that are: pages before packages.
pub(super) fn precedes(source: &Value, named: &[Value]) -> bool {
    named.iter().all(|known| kind(source) < kind(known))
}

/// The kinds of source of a run.
pub(super) fn of_run(page: Tree<'_, Stated>) -> BTreeSet<Kind> {
    paths::all(page).filter_map(|at: PagePlace| Some(kind(&source::entry(page, &at)?))).collect()
}

/// What a part says of its source when it is added to something that has other sources, too.
pub(super) fn of_addition(
    page: Tree<'_, Stated>,
    from: &PagePlace,
    doc: Tree<'_, Edited>,
    into: &DocPlace,
) -> Option<Value> {
    let own = source::entry(page, from)?;
    let around = kinds(&named(doc, into));
    let is_only = around.iter().all(|known| *known == kind(&own));
    (!is_only).then_some(own)
}

/// Sources that operations and schemas of the document have to name, and their parts.
pub(super) fn statements(
    page: Tree<'_, Stated>,
    doc: Tree<'_, Edited>,
    compared: &Compared,
) -> Vec<Statement> {
    let mut cited: BTreeMap<DocPlace, (PagePlace, Vec<Value>)> = BTreeMap::new();
    for (from, subjects) in &compared.subjects {
        let Some(entry) = source::whole(page, from) else { continue };
        for at in subjects.iter().filter_map(|subject| subject.own.first()) {
            if doc.key(at, "x-source").is_some() && is_carrier(at) {
                let (_, entries) =
                    cited.entry(at.clone()).or_insert_with(|| (from.clone(), Vec::new()));
                if !entries.iter().any(|known| kind(known) == kind(&entry)) {
                    entries.push(entry.clone());
                }
            }
        }
    }
    let mut statements = Vec::new();
    for (at, (from, entries)) in cited {
        let before = list(doc.key(&at, "x-source"));
        let after = joined(&before, &entries);
        let state = |at: &DocPlace, fix: Fix, value: Value| Statement {
            subject: Subject { own: vec![at.clone()], ..Subject::default() },
            page: from.clone(),
            at: at.clone(),
            says: Says::Words("x-source", value),
            holds: false,
            found: None,
            fixes: vec![fix],
        };
        if after != before {
            let value = written(after.clone());
            statements.push(state(&at, set(&at, value.clone()), value));
        }
        let entries = without_tables(&entries);
        for (part, is_stated) in parts(doc, compared, &at) {
            let own = doc.key(&part, "x-source").map(|value| list(Some(value)));
            let sources = own.clone().unwrap_or_else(|| without_tables(&before));
            let sources = if is_stated { joined(&sources, &entries) } else { sources };
            let is_inherited = kinds(&sources) == kinds(&after);
            let fix = match &own {
                // What everything around it has, too, need not be said.
                Some(_) if is_inherited => {
                    Fix::Unset { at: part.clone(), keyword: "x-source".to_owned() }
                }
                Some(own) if *own != sources => set(&part, written(sources.clone())),
                // A new source of what is around it is not one of this.
                None if !is_inherited && after != before => set(&part, written(sources.clone())),
                _ => continue,
            };
            statements.push(state(&part, fix, written(sources)));
        }
    }
    statements
}

fn set(at: &DocPlace, value: Value) -> Fix {
    Fix::Set { at: at.clone(), keyword: "x-source".to_owned(), value }
}

/// An operation or a schema of the components.
fn is_carrier(at: &DocPlace) -> bool {
    at.is_schema() || paths::METHODS.contains(&at.last())
}

/// Known sources and those of this run: a package that is newer takes the place of the older one.
fn joined(known: &[Value], entries: &[Value]) -> Vec<Value> {
    let mut sources = known.to_vec();
    for entry in entries {
        match sources.iter_mut().find(|source| kind(source) == kind(entry)) {
            Some(slot) if slot.get("package").is_some() => *slot = entry.clone(),
            Some(_) => {}
            None => sources.push(entry.clone()),
        }
    }
    // Pages come before packages, in whatever order they were put in.
    sources.sort_by_key(|source| kind(source).source);
    sources
}

/// Pages by name alone: a part does not say which of the tables it is in.
fn without_tables(sources: &[Value]) -> Vec<Value> {
    let mut bare: Vec<Value> = Vec::new();
    for source in sources {
        let one = match source.get("page") {
            Some(page) => json!({ "page": page }),
            None => source.clone(),
        };
        if !bare.contains(&one) {
            bare.push(one);
        }
    }
    bare
}

/// The parts of an operation or schema that can have sources of their own, and whether this run states them.
fn parts(doc: Tree<'_, Edited>, compared: &Compared, at: &DocPlace) -> Vec<(DocPlace, bool)> {
    let lacking: BTreeSet<&DocPlace> =
        compared.absences.iter().map(|absence| &absence.at).collect();
    let list = at.child("parameters");
    let parameters = (0..doc.list(&list).len()).map(|i| list.child(i));
    // A reference says where a shared parameter stands, not where it is from.
    let mut parts: Vec<(DocPlace, bool)> = parameters
        .filter(|part| doc.key(part, "$ref").is_none())
        .map(|part| (part.clone(), !lacking.contains(&part)))
        .collect();
    if let Some(stated) = compared.properties.get(at) {
        let properties = at.child("properties");
        for name in doc.keys(&properties) {
            let part = properties.child(name);
            if doc.key(&part, "$ref").is_none() {
                parts.push((part, stated.contains(name)));
            }
        }
    }
    parts
}
