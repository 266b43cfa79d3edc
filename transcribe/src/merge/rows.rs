//! The rows of `x-errata` that a document has. In: the document. Out: which row decides about a field.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{place::Place, state::Field, words};

/// The decision of a row that nobody has decided.
pub(super) const PENDING: &str = "pending";

/// What sources a row can name.
const SOURCES: &[&str] = &["table", "text", "example", "other"];

/// All rows of a document, by the object that has them.
pub(super) struct Rows {
    by_place: BTreeMap<Place, Vec<Row>>,
    pub(super) by_id: BTreeMap<String, Place>,
}

#[derive(Clone, Debug)]
struct Row {
    id: String,
    is_pending: bool,
    sources: Vec<(String, String)>,
    /// All that it says.
    text: String,
}

impl Rows {
    pub(super) fn of(doc: &Value) -> Self {
        let mut rows = Self { by_place: BTreeMap::new(), by_id: BTreeMap::new() };
        rows.collect(doc, &Place::default(), false);
        rows
    }

    /// Goes through a value; `is_names` when its keys are names and not keywords.
    fn collect(&mut self, value: &Value, at: &Place, is_names: bool) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match (key.as_str(), value) {
                        ("x-errata", Value::Array(list)) if !is_names => {
                            let rows = list.iter().filter_map(Value::as_object);
                            rows.for_each(|row| self.add(at, row));
                        }
                        // Examples are data, whatever their keys are called.
                        ("example" | "examples" | "default", _) if !is_names => {}
                        (key, _) => {
                            let is_names = !is_names && key == "properties";
                            self.collect(value, &at.child(key), is_names);
                        }
                    }
                }
            }
            Value::Array(list) => {
                for (i, value) in list.iter().enumerate() {
                    self.collect(value, &at.child(i), false);
                }
            }
            _ => {}
        }
    }

    pub(super) fn add(&mut self, at: &Place, row: &Map<String, Value>) {
        let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
        let sources = SOURCES.iter().filter(|key| row.contains_key(**key));
        let sources = sources.map(|key| ((*key).to_owned(), text(key).to_owned())).collect();
        let words: Vec<&str> = row.values().filter_map(Value::as_str).collect();
        self.by_id.insert(text("id").to_owned(), at.clone());
        self.by_place.entry(at.clone()).or_default().push(Row {
            id: text("id").to_owned(),
            is_pending: text("decision") == PENDING,
            sources,
            text: words.join("\n"),
        });
    }

    /// The id of a row that decides what a source says about a field; any source when none is named.
    ///
    /// A row on the field itself is about it. A row elsewhere in its schema, or in an operation that uses
    /// that, is about it when it names it: one row may be about several fields. With words for a fact, the row
    /// must have one of them.
    pub(super) fn deciding(
        &self,
        field: &Field,
        source: Option<&str>,
        fact: Option<&[String]>,
    ) -> Option<String> {
        let fits = |row: &&Row| {
            let has = |source| row.sources.iter().any(|(key, _)| key == source);
            !row.is_pending
                && source.is_none_or(has)
                && fact.is_none_or(|fact| words::has_any(&row.text, fact))
        };
        let own = field.own.iter().find_map(|at| self.by_place.get(at)?.iter().find(fits));
        let names_it = |row: &&Row| fits(row) && field.is_named_in(&row.text);
        let below = |at: &Place| {
            let rows = self.by_place.range(at.clone()..);
            let mut rows = rows.take_while(|(place, _)| place.as_str().starts_with(at.as_str()));
            rows.find_map(|(place, rows)| {
                place.below(at)?;
                rows.iter().find(names_it)
            })
        };
        own.or_else(|| field.owners.iter().find_map(below)).map(|row| row.id.clone())
    }

    /// An object stands elsewhere now, with the rows in it.
    pub(super) fn moved(&mut self, from: &Place, to: &Place) {
        let near = self.by_place.range(from.clone()..);
        let near = near.take_while(|(at, _)| at.as_str().starts_with(from.as_str()));
        let inside: Vec<Place> =
            near.map(|(at, _)| at).filter(|at| at.below(from).is_some()).cloned().collect();
        for at in inside {
            let moved = to.join(at.below(from).unwrap_or_default());
            let rows = self.by_place.remove(&at).unwrap_or_default();
            for row in &rows {
                self.by_id.insert(row.id.clone(), moved.clone());
            }
            self.by_place.insert(moved, rows);
        }
    }

    /// The id under which a contradiction is on record or can be put, and whether it is there.
    pub(super) fn id_for(&self, base: &str, sources: &[(String, String)]) -> (String, bool) {
        let mut number = 1;
        loop {
            let id = if number == 1 { base.to_owned() } else { format!("{base}-{number}") };
            let Some(at) = self.by_id.get(&id) else { return (id, false) };
            let rows = self.by_place.get(at).into_iter().flatten();
            if rows.into_iter().any(|row| row.id == id && row.sources == sources) {
                return (id, true);
            }
            number += 1;
        }
    }
}

impl Field {
    /// Whether a text names it.
    fn is_named_in(&self, text: &str) -> bool {
        let last = self.name.rsplit('.').next().unwrap_or(&self.name);
        let has_all = |alias: &Vec<String>| alias.iter().all(|word| words::has(text, word));
        words::has(text, last) || self.aliases.iter().any(has_all)
    }
}
