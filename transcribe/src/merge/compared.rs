//! What comparing both sides found, before anything is judged.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    finding::Part,
    place::{DocPlace, PagePlace},
    statement::Statement,
    subject::Subject,
};

/// Something of the document that the source lacks.
#[derive(Clone, Debug)]
pub(super) struct Absence {
    pub(super) subject: Subject,
    pub(super) at: DocPlace,
    pub(super) part: Part,
}

/// An operation that cannot be compared, since the document has its id or its call elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Clash {
    pub(super) operation: String,
    pub(super) at: DocPlace,
    pub(super) stated: String,
    pub(super) document: String,
}

/// What comparing found.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) statements: Vec<Statement>,
    pub(super) absences: Vec<Absence>,
    pub(super) clashes: Vec<Clash>,
    /// Objects of the source, and what they are in the document.
    pub(super) subjects: BTreeMap<PagePlace, Vec<Subject>>,
    /// Where parts of the source would stand that the document lacks.
    pub(super) inserted: BTreeMap<PagePlace, BTreeSet<DocPlace>>,
    /// Objects of the document, with the names of all properties that the source gives them.
    pub(super) properties: BTreeMap<DocPlace, BTreeSet<String>>,
    /// Parts of the document that the source speaks of.
    pub(super) touched: BTreeSet<DocPlace>,
    /// Operations of the document that have a page.
    pub(super) matched: BTreeSet<DocPlace>,
}
