//! What the document says of a value and its source does not state. In: both sides, compared, and what became of
//! the statements. Out: what is gone from the source, and changes of the lists of what it never stated.
//!
//! A value is held to its main source: pages where the document names one, packages elsewhere. What people wrote
//! beside that, or another source knows, stands in `x-unstated` of the value. Whatever else the main source does
//! not state any more is gone.

use std::collections::{BTreeMap, BTreeSet};

use conventions::unstated::{KEY, VALUES, word_of, words};
use serde_json::{Map, Value, json};

use super::{
    compared::{Absence, Compared, Heard},
    fact::{self, lacking},
    finding::{Outcome, Part, Problem},
    fix::Fix,
    judge::Judged,
    place::{DocPlace, Edited, PagePlace, Stated, Tree},
    provenance, schema,
    source::{self, Source},
    statement::{Says, Statement},
    subject::Subject,
};

/// What is unstated, and what is gone.
#[derive(Default)]
pub(super) struct Found {
    pub(super) statements: Vec<Statement>,
    pub(super) absences: Vec<(Absence, Source)>,
}

/// The content of `x-unstated`.
#[derive(Clone, Debug, Default, PartialEq)]
struct List {
    /// Words of keywords, as rows of `x-errata` call them.
    keywords: Vec<String>,
    /// Values of a list that has others from the source.
    values: Vec<Value>,
}

impl List {
    fn of(doc: Tree<'_, Edited>, at: &DocPlace) -> Self {
        let list = |key: &str| doc.list(&at.child(KEY).child(key));
        let keywords = list("keywords").iter().filter_map(Value::as_str).map(str::to_owned);
        Self { keywords: keywords.collect(), values: list("values").to_vec() }
    }

    fn has(&self, word: &str) -> bool {
        self.keywords.iter().any(|known| known == word)
    }

    fn written(&self) -> Value {
        let mut map = Map::new();
        if !self.keywords.is_empty() {
            map.insert("keywords".to_owned(), json!(self.keywords));
        }
        if !self.values.is_empty() {
            map.insert("values".to_owned(), json!(self.values));
        }
        Value::Object(map)
    }
}

/// Compares what the document says of each value with what its main source states.
pub(super) fn found(
    page: Tree<'_, Stated>,
    doc: Tree<'_, Edited>,
    compared: &Compared,
    judged: &[Judged],
) -> Found {
    let mut heard: BTreeMap<&DocPlace, Vec<&Heard>> = BTreeMap::new();
    for one in &compared.heard {
        heard.entry(&one.at).or_default().push(one);
    }
    let added = added(doc, judged);
    let reshaped = reshaped(judged);
    let mut found = Found::default();
    for (at, all) in heard {
        let value = Held::new(page, doc, at, all);
        let before = List::of(doc, at);
        let after = value.list(&before, added.get(at));
        // With its shape, a value loses the list.
        if after != before && !reshaped.contains(at) {
            let first = value.all.first().map(|one| one.page.clone()).unwrap_or_default();
            found.statements.push(statement(at, first, &after));
        }
        found.absences.extend(value.gone(&after));
    }
    found
}

/// A value of the document, and what is stated of it.
struct Held<'a> {
    at: &'a DocPlace,
    /// Words and values of what the document says.
    keywords: Vec<(&'static str, &'a Value)>,
    /// The keyword of a list, and its values.
    list: Option<(&'static str, &'a [Value])>,
    all: Vec<&'a Heard>,
    /// By its main source, with what kind of source that is.
    main: Vec<(&'a Heard, Source)>,
    /// Whether that source is new to it, so that all which it does not state is from others.
    is_new: bool,
}

impl<'a> Held<'a> {
    fn new(
        page: Tree<'_, Stated>,
        doc: Tree<'a, Edited>,
        at: &'a DocPlace,
        mut all: Vec<&'a Heard>,
    ) -> Self {
        all.sort_by(|a, b| a.page.cmp(&b.page));
        let known = provenance::main(&provenance::named(doc, at));
        let of = |one: &&'a Heard| (*one, source::of(page, &one.page));
        let main: Vec<(&Heard, Source)> = all
            .iter()
            .map(of)
            .filter(|(_, source)| known.is_none_or(|known| *source <= known))
            .collect();
        let is_new = known.is_some_and(|known| main.iter().any(|(_, source)| *source < known));
        let list = schema::values(doc, std::slice::from_ref(at));
        Self { at, keywords: fact::keywords(doc, at), list, all, main, is_new }
    }

    fn is_stated(&self, word: &str) -> bool {
        self.main.iter().any(|(one, _)| one.words.contains(word))
    }

    /// What has to stand in `x-unstated`: what is there and still holds, and what came from elsewhere.
    fn list(&self, before: &List, added: Option<&Added>) -> List {
        let is_added = |word: &str| added.is_some_and(|added| added.keywords.contains(word));
        let is_unstated = |word: &str| {
            let is_there = self.keywords.iter().any(|(known, _)| *known == word);
            is_added(word)
                || (is_there && !self.is_stated(word) && (before.has(word) || self.is_new))
        };
        let unstated = words().filter(|word| is_unstated(word));
        let keywords: Vec<String> = unstated.map(str::to_owned).collect();
        let mut values = Vec::new();
        // Where a whole list is unstated, so is each of its values.
        if !keywords.iter().any(|word| word == VALUES) {
            let mut there = self.list.map_or(&[][..], |(_, values)| values).to_vec();
            there.retain(|value| {
                let is_listed = self.lists(value);
                let is_known = !lacking(std::slice::from_ref(value), &before.values).is_empty();
                !is_listed && (!is_known || (self.is_new && self.is_stated(VALUES)))
            });
            values = there;
            values.extend(added.into_iter().flat_map(|added| added.values.iter().cloned()));
        }
        List { keywords, values }
    }

    /// Whether the main source lists a value.
    fn lists(&self, value: &Value) -> bool {
        let lists = self.main.iter().filter_map(|(one, _)| one.values.as_ref());
        let mut lists = lists.map(|values| lacking(std::slice::from_ref(value), values));
        lists.any(|lacking| lacking.is_empty())
    }

    /// What one of the statements of the main source lacks, each once.
    fn gone(&self, list: &List) -> Vec<(Absence, Source)> {
        let mut met: BTreeSet<Part> = BTreeSet::new();
        let mut gone = Vec::new();
        for (one, source) in &self.main {
            let mut add = |at: DocPlace, part: Part, value: Value| {
                if met.insert(part.clone()) {
                    let subject = one.subject.clone();
                    gone.push((Absence { subject, at, part, values: vec![value] }, *source));
                }
            };
            for (word, value) in &self.keywords {
                if !one.words.contains(word) && !list.has(word) {
                    let part = Part::Keyword((*word).to_owned(), value.to_string());
                    add(self.at.clone(), part, json!(word));
                }
            }
            if let (Some((keyword, there)), Some(stated)) = (self.list, &one.values) {
                for value in lacking(&lacking(there, stated), &list.values) {
                    let part = Part::Value(super::judge::shown(&value));
                    add(self.at.child(keyword), part, value);
                }
            }
        }
        gone
    }
}

/// What another than the main source has put into a value.
#[derive(Default)]
struct Added {
    keywords: BTreeSet<&'static str>,
    values: Vec<Value>,
}

/// What is applied of sources that come after the main one, by place.
fn added(doc: Tree<'_, Edited>, judged: &[Judged]) -> BTreeMap<DocPlace, Added> {
    let mut all: BTreeMap<DocPlace, Added> = BTreeMap::new();
    for one in judged {
        let Outcome::Applied(fixes) = &one.finding.outcome else { continue };
        if !matches!(one.finding.problem, Problem::Differs { .. } | Problem::Missing(_)) {
            continue;
        }
        for fix in fixes {
            let Fix::Set { at, keyword, value } = fix else { continue };
            let main = provenance::main(&provenance::named(doc, at));
            let Some(word) = word_of(keyword) else { continue };
            if main.is_none_or(|main| one.source <= main) {
                continue;
            }
            match (schema::values(doc, std::slice::from_ref(at)), value.as_array()) {
                (Some((_, known)), Some(values)) if word == VALUES => {
                    all.entry(at.clone()).or_default().values.extend(lacking(values, known));
                }
                _ => {
                    all.entry(at.clone()).or_default().keywords.insert(word);
                }
            }
        }
    }
    all
}

/// The values that get another shape.
fn reshaped(judged: &[Judged]) -> BTreeSet<&DocPlace> {
    let applied = judged.iter().filter_map(|one| match &one.finding.outcome {
        Outcome::Applied(fixes) => Some(fixes),
        _ => None,
    });
    let reshaped = applied.flatten().filter_map(|fix| match fix {
        Fix::Reshape { at, .. } => Some(at),
        _ => None,
    });
    reshaped.collect()
}

fn statement(at: &DocPlace, page: PagePlace, list: &List) -> Statement {
    let (at, keyword) = (at.clone(), KEY.to_owned());
    let (value, fix) = match *list == List::default() {
        true => (Value::Null, Fix::Unset { at: at.clone(), keyword }),
        false => (list.written(), Fix::Set { at: at.clone(), keyword, value: list.written() }),
    };
    Statement {
        subject: Subject { own: vec![at.clone()], ..Subject::default() },
        page,
        at,
        says: Says::Words(KEY, value),
        holds: false,
        found: None,
        fixes: vec![fix],
    }
}
