//! What comparing both sides found, before anything is judged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

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
    /// What a row about it has to name.
    pub(super) values: Vec<Value>,
}

/// What one place of a source states of a part of a value of the document.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub(super) page: PagePlace,
    pub(super) at: DocPlace,
    pub(super) subject: Subject,
    /// The words of all facts that are stated, whatever they say.
    pub(super) words: BTreeSet<&'static str>,
    /// The values of a list.
    pub(super) values: Option<Vec<Value>>,
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
    pub(super) heard: Vec<Heard>,
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
