//! Comparing both sides, without changing either. In: the statements of a source, and the document. Out:
//! every statement with its counterpart in the document, and what the document has and the source lacks.
//!
//! `operations` goes through operations and `schemas` through values; `parts` finds the counterparts of
//! schemas. Nothing is decided here: that is `judge`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    compared::{Absence, Compared},
    error::MergeError,
    finding::Part,
    fix::Fix,
    pairing::Pairing,
    paths,
    place::{DocPlace, Edited, PagePlace, Stated, Tree},
    provenance, schema,
    statement::{Says, Statement},
    subject::Subject,
};
use crate::transcript::Transcript;

/// Both sides, and what was found so far.
pub(super) struct Walk<'v> {
    pub(super) page: Tree<'v, Stated>,
    pub(super) doc: Tree<'v, Edited>,
    /// Keywords that come from prose, by their object.
    promoted: BTreeMap<PagePlace, BTreeSet<&'v str>>,
    /// Schemas that requests are made of: only there is requiredness stated.
    asked: BTreeSet<PagePlace>,
    pub(super) pairing: Pairing,
    pub(super) found: Compared,
}

/// Compares everything that the source states with the document.
///
/// # Errors
/// When a reference leads nowhere.
pub(super) fn walk(
    document: &Value,
    transcript: &Transcript,
) -> Result<(Compared, Pairing), MergeError> {
    let page = Tree::new(&transcript.document);
    let mut promoted: BTreeMap<PagePlace, BTreeSet<&str>> = BTreeMap::new();
    for promotion in &transcript.promotions {
        let keywords = promoted.entry(PagePlace::from(promotion.pointer.clone())).or_default();
        keywords.insert(&promotion.keyword);
    }
    let bodies: Vec<PagePlace> = paths::all(page).map(|at| at.child("requestBody")).collect();
    let mut walk = Walk {
        page,
        doc: Tree::new(document),
        promoted,
        asked: schema::reached(page, &bodies),
        pairing: Pairing::default(),
        found: Compared::default(),
    };
    walk.operations()?;
    walk.parts()?;
    Ok((walk.found, walk.pairing))
}

impl Walk<'_> {
    /// Whether a keyword comes from prose, on its object or on the field that this belongs to.
    pub(super) fn is_prose(&self, at: &PagePlace, field: &PagePlace, keyword: &str) -> bool {
        [at, field].into_iter().any(|place| {
            self.promoted.get(place).is_some_and(|keywords| keywords.contains(keyword))
        })
    }

    /// Whether requiredness is stated for the properties of an object of the source.
    pub(super) fn is_asked(&self, page: &PagePlace) -> bool {
        for place in page.upwards() {
            if place.is_schema() {
                return self.asked.contains(&place);
            }
            if place.last() == "requestBody" {
                return true;
            }
        }
        false
    }

    /// Notes what an object of the source is in the document.
    pub(super) fn is_at(&mut self, page: &PagePlace, subject: &Subject) {
        let subjects = self.found.subjects.entry(page.clone()).or_default();
        if !subjects.iter().any(|known| known.own == subject.own) {
            subjects.push(subject.clone());
        }
    }

    /// Notes where a part of the source would stand that the document lacks.
    pub(super) fn will_be_at(&mut self, page: &PagePlace, doc: DocPlace) {
        self.found.inserted.entry(page.clone()).or_default().insert(doc);
    }

    /// Writes into a part that is added to `into` which source it is from, unless all around it is.
    pub(super) fn cite(&self, page: &PagePlace, into: &DocPlace, value: &mut Value) {
        let source = provenance::of_addition(self.page, page, self.doc, into);
        if let (Some(source), Some(map)) = (source, value.as_object_mut())
            && !map.contains_key("$ref")
        {
            map.insert("x-source".to_owned(), source);
        }
    }

    /// The source has a part; the fixes are for a document that lacks it.
    pub(super) fn has(
        &mut self,
        subject: &Subject,
        page: &PagePlace,
        at: DocPlace,
        part: Part,
        fixes: Vec<Fix>,
    ) {
        self.found.statements.push(Statement {
            subject: subject.clone(),
            page: page.clone(),
            at,
            says: Says::Has(part),
            holds: false,
            found: None,
            fixes,
        });
    }

    pub(super) fn lacks(&mut self, subject: Subject, at: DocPlace, part: Part) {
        self.found.absences.push(Absence { subject, at, part, values: Vec::new() });
    }

    /// Words and examples of the source, where the document has none.
    pub(super) fn words(
        &mut self,
        page: &PagePlace,
        at: DocPlace,
        keyword: &'static str,
        value: &Value,
    ) {
        let fix = Fix::Set { at: at.clone(), keyword: keyword.to_owned(), value: value.clone() };
        self.found.statements.push(Statement {
            subject: Subject { own: vec![at.clone()], ..Subject::default() },
            page: page.clone(),
            at,
            says: Says::Words(keyword, value.clone()),
            holds: false,
            found: None,
            fixes: vec![fix],
        });
    }
}

/// The keys in front of a key, the nearest first.
pub(super) fn preceding<'k>(keys: impl Iterator<Item = &'k String>, key: &str) -> Vec<String> {
    let mut before: Vec<String> = keys.take_while(|known| *known != key).cloned().collect();
    before.reverse();
    before
}
