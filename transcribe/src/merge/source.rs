//! Where statements come from. In: an object of the statements. Out: its source, and what people call it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    paths,
    place::{PagePlace, Stated, Tree},
};

/// A kind of source, for the values that a row of `x-errata` knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A page of the vendor's reference.
    Page,
    /// One of the vendor's SDK packages.
    Sdk,
}

impl Source {
    /// The key in the `about` of a row.
    pub fn key(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Sdk => "sdk",
        }
    }
}

/// The source of an object: what the nearest `x-source` around it says.
pub(super) fn of(tree: Tree<'_, Stated>, at: &PagePlace) -> Source {
    let packages = at.upwards().find_map(|at| {
        let source = tree.object(&at.child("x-source"));
        (!source.is_empty()).then(|| source.contains_key("package"))
    });
    if packages == Some(true) { Source::Sdk } else { Source::Page }
}

/// The source of an object, as a part of the document names it: a page, or a package with its version.
pub(super) fn entry(tree: Tree<'_, Stated>, at: &PagePlace) -> Option<Value> {
    at.upwards().find_map(|at| {
        let source = tree.object(&at.child("x-source"));
        let keys: &[&str] =
            if source.contains_key("package") { &["package", "version"] } else { &["page"] };
        let named =
            keys.iter().filter_map(|key| Some(((*key).to_owned(), source.get(*key)?.clone())));
        let named: Map<String, Value> = named.collect();
        (!named.is_empty()).then_some(Value::Object(named))
    })
}

/// The source of an object, as an operation or a schema of the document names it: with the tables of a page, if it
/// is that object that says them.
pub(super) fn whole(tree: Tree<'_, Stated>, at: &PagePlace) -> Option<Value> {
    let mut entry = entry(tree, at)?;
    let tables = tree.object(&at.child("x-source")).get("tables");
    if let (Some(entry), Some(tables)) = (entry.as_object_mut(), tables) {
        entry.insert("tables".to_owned(), tables.clone());
    }
    Some(entry)
}

/// The kind of a source and its name.
pub(super) fn name_of(source: &Value) -> Option<(Source, String)> {
    let text = |key: &str| source.get(key).and_then(Value::as_str).map(str::to_owned);
    match text("package") {
        Some(name) => Some((Source::Sdk, name)),
        None => Some((Source::Page, text("page")?)),
    }
}

/// What people call a source: a page, or a package with its version.
pub(super) fn label(source: &Value) -> Option<String> {
    let (kind, name) = name_of(source)?;
    let version = source.get("version").and_then(Value::as_str);
    Some(match (kind, version) {
        (Source::Sdk, Some(version)) => format!("{name} {version}"),
        _ => name,
    })
}

/// The source that an operation was read from; a page that does not say is called as its operation.
pub(super) fn given(tree: Tree<'_, Stated>, at: &PagePlace) -> Option<(Source, String)> {
    let named = entry(tree, at).as_ref().and_then(name_of);
    named.or_else(|| Some((Source::Page, paths::page_of(tree, at)?)))
}

/// All sources of the operations.
pub(super) fn all(tree: Tree<'_, Stated>) -> BTreeSet<Source> {
    paths::all(tree).map(|at| of(tree, &at)).collect()
}

/// What people call the source of an object: a page, or a package with its version.
pub(super) fn name(tree: Tree<'_, Stated>, at: &PagePlace) -> String {
    let name = at.upwards().find_map(|at| {
        let source = at.child("x-source");
        match (tree.text(&source, "package"), tree.text(&source, "version")) {
            (Some(package), Some(version)) => Some(format!("{package} {version}")),
            _ => paths::page_of(tree, &at),
        }
    });
    name.unwrap_or_else(|| "a page".to_owned())
}
