//! The rows of `x-errata` that a document has. In: the document. Out: which row decides about a finding.
//!
//! A row decides what its `about` says and nothing else: a fact by its word, of the object that the row
//! stands on or of a field that it names, with the values that it knows. What the row tells in prose is
//! for people.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    fact::is_same,
    finding::Idle,
    place::{DocPlace, Edited, Tree},
    source::Source,
    subject::Subject,
};
use crate::transcript::CONTRADICTIONS;

/// The decision of a row that nobody has decided.
pub(super) const PENDING: &str = "pending";

/// The words for differences between a source and the document.
const DIFFERENCES: &[&str] = &[
    "absence",
    "absent-keywords",
    "absent-values",
    "default",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "nullable",
    "pattern",
    "presence",
    "required",
    "type",
    "values",
];

/// The words for what nobody can check but people: they decide nothing. `example` is what an example shows,
/// `meaning` is what a value means, its unit, or what the service does.
pub const UNCHECKED: &[&str] = &["example", "meaning"];

/// All words that an `about` can have, in alphabetical order.
pub fn words() -> Vec<&'static str> {
    let mut words: Vec<&str> = DIFFERENCES.iter().chain(CONTRADICTIONS).copied().collect();
    words.extend(UNCHECKED);
    words.sort_unstable();
    words
}

/// What the rows say about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling<'r> {
    /// The row has decided it.
    Decided(&'r str),
    /// The row waits for a decision.
    Waits(&'r str, &'r DocPlace),
    /// The row decides the same fact, but knows other values.
    Outdated(&'r str),
    None,
}

/// All rows of a document, in its order.
pub(super) struct Rows {
    all: Vec<ErrataRow>,
    /// Rows and entries that decided something.
    used: BTreeSet<(usize, usize)>,
}

struct ErrataRow {
    id: String,
    at: DocPlace,
    is_pending: bool,
    about: Vec<About>,
}

struct About {
    word: String,
    field: Option<String>,
    /// The values that it knows, by source.
    page: Option<Vec<Value>>,
    sdk: Option<Vec<Value>>,
}

impl Rows {
    pub(super) fn of(doc: Tree<'_, Edited>) -> Self {
        let mut rows = Self { all: Vec::new(), used: BTreeSet::new() };
        rows.collect(doc, &DocPlace::default(), false);
        rows
    }

    /// Goes through a value; `is_names` when its keys are names and not keywords.
    fn collect(&mut self, doc: Tree<'_, Edited>, at: &DocPlace, is_names: bool) {
        for (key, value) in doc.object(at) {
            match (key.as_str(), value) {
                ("x-errata", Value::Array(list)) if !is_names => {
                    let rows = list.iter().filter_map(Value::as_object);
                    self.all.extend(rows.map(|row| ErrataRow::new(at, row)));
                }
                // Examples are data, whatever their keys are called.
                ("example" | "examples" | "default", _) if !is_names => {}
                (key, _) => self.collect(doc, &at.child(key), !is_names && key == "properties"),
            }
        }
        for i in 0..doc.list(at).len() {
            self.collect(doc, &at.child(i), false);
        }
    }

    /// The ids of all rows.
    pub(super) fn ids(&self) -> BTreeSet<String> {
        self.all.iter().map(|row| row.id.clone()).collect()
    }

    /// What the rows say about a fact of a subject, with these values.
    pub(super) fn ruling(
        &mut self,
        subject: &Subject,
        word: &str,
        values: &[Value],
        source: Source,
    ) -> Ruling<'_> {
        let (mut decided, mut waits, mut outdated) = (None, None, None);
        let Self { all, used } = self;
        for (r, row) in all.iter().enumerate() {
            for (a, about) in row.about.iter().enumerate() {
                if about.word != word || !about.is_about(subject, &row.at) {
                    continue;
                }
                let slot = match (about.knows(values, source), row.is_pending) {
                    (true, false) => &mut decided,
                    (true, true) => &mut waits,
                    (false, false) => &mut outdated,
                    (false, true) => continue,
                };
                slot.get_or_insert(row);
                used.insert((r, a));
            }
        }
        match (decided, waits, outdated) {
            (Some(row), _, _) => Ruling::Decided(&row.id),
            (None, Some(row), _) => Ruling::Waits(&row.id, &row.at),
            (None, None, Some(row)) => Ruling::Outdated(&row.id),
            (None, None, None) => Ruling::None,
        }
    }

    /// The entries of decided rows that decided nothing, although one of the sources could have said so: one that
    /// they name, or one that the document has the place from.
    pub(super) fn idle(
        &self,
        sources: &BTreeSet<Source>,
        is_claimed: impl Fn(&DocPlace) -> bool,
    ) -> Vec<Idle> {
        let mut idle = Vec::new();
        for (r, row) in self.all.iter().enumerate().filter(|(_, row)| !row.is_pending) {
            for (a, about) in row.about.iter().enumerate() {
                let is_judged = !UNCHECKED.contains(&about.word.as_str())
                    && sources.iter().any(|source| {
                        about.known(*source).is_some()
                            || (about.is_expected_of(*source) && is_claimed(&row.at))
                    });
                if is_judged && !self.used.contains(&(r, a)) {
                    let (row, place) = (row.id.clone(), row.at.clone());
                    let (word, field) = (about.word.clone(), about.field.clone());
                    idle.push(Idle { row, place, word, field });
                }
            }
        }
        idle
    }
}

impl ErrataRow {
    fn new(at: &DocPlace, row: &Map<String, Value>) -> Self {
        let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
        let about = row.get("about").and_then(Value::as_array).into_iter().flatten();
        Self {
            id: text("id").to_owned(),
            at: at.clone(),
            is_pending: text("decision") == PENDING,
            about: about.map(About::new).collect(),
        }
    }
}

impl About {
    /// A word alone, or an object of a word, a field and known values.
    fn new(entry: &Value) -> Self {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        let known = |key: &str| match entry.get(key)? {
            Value::Array(values) => Some(values.clone()),
            value => Some(vec![value.clone()]),
        };
        let word = entry.as_str().map(str::to_owned).or_else(|| text("fact"));
        let (page, sdk) = (known("page"), known("sdk"));
        Self { word: word.unwrap_or_default(), field: text("field"), page, sdk }
    }

    fn is_about(&self, subject: &Subject, at: &DocPlace) -> bool {
        let Some(field) = &self.field else { return subject.own.contains(at) };
        let schema = |name: &str| DocPlace::component("schemas", name);
        // Beside the object, what that is a part of: its schema, or its operation.
        let whole = at.parent().filter(|list| matches!(list.last(), "properties" | "parameters"));
        let whole = whole.and_then(|list| list.parent());
        if *field == subject.name
            && [Some(at), whole.as_ref()]
                .into_iter()
                .flatten()
                .any(|at| subject.owners.contains(at))
        {
            return true;
        }
        match field.split_once('.') {
            Some((owner, name)) => name == subject.name && subject.owners.contains(&schema(owner)),
            None => subject.own.contains(&schema(field)),
        }
    }

    /// Whether a source can have said what it is about.
    fn is_of(&self, source: Source) -> bool {
        (self.page.is_none() && self.sdk.is_none()) || self.known(source).is_some()
    }

    /// Whether a run over a source must find what it is about: what names no source is a page's.
    fn is_expected_of(&self, source: Source) -> bool {
        self.known(source).is_some() || (source == Source::Page && self.sdk.is_none())
    }

    fn known(&self, source: Source) -> Option<&[Value]> {
        match source {
            Source::Page => self.page.as_deref(),
            Source::Sdk => self.sdk.as_deref(),
        }
    }

    fn knows(&self, values: &[Value], source: Source) -> bool {
        let known = self.known(source).unwrap_or_default();
        self.is_of(source)
            && values.iter().all(|value| known.iter().any(|known| is_same(known, value)))
    }
}
