//! Where statements come from. In: an object of the statements. Out: its source, and what people call it.

use std::collections::BTreeSet;

use super::{
    operations,
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

/// All sources of the operations.
pub(super) fn all(tree: Tree<'_, Stated>) -> BTreeSet<Source> {
    operations::all(tree).map(|at| of(tree, &at)).collect()
}

/// What people call the source of an object: a page, or a package with its version.
pub(super) fn name(tree: Tree<'_, Stated>, at: &PagePlace) -> String {
    let name = at.upwards().find_map(|at| {
        let source = at.child("x-source");
        match (tree.text(&source, "package"), tree.text(&source, "version")) {
            (Some(package), Some(version)) => Some(format!("{package} {version}")),
            _ => operations::page_of(tree, &at),
        }
    });
    name.unwrap_or_else(|| "a page".to_owned())
}
