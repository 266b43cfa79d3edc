//! Rows of `x-errata`: what they decide, and new ones that wait for a decision.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    place::Place,
    report::Pending,
    state::{Field, State},
    words,
};
use crate::transcript::At;

/// The decision of a row that nobody has decided.
const PENDING: &str = "pending";

/// What sources a row can name.
const SOURCES: &[&str] = &["table", "text", "example", "other"];

/// All rows of a document, by the object that has them.
pub(super) struct Rows {
    by_place: BTreeMap<Place, Vec<Row>>,
    by_id: BTreeMap<String, Place>,
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
        rows.collect(doc, &Place::default());
        rows
    }

    fn collect(&mut self, value: &Value, at: &Place) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match (key.as_str(), value) {
                        ("x-errata", Value::Array(list)) => {
                            list.iter()
                                .filter_map(Value::as_object)
                                .for_each(|row| self.add(at, row));
                        }
                        // Examples are data, whatever their keys are called.
                        ("example" | "examples" | "default", _) => {}
                        _ => self.collect(value, &at.child(key)),
                    }
                }
            }
            Value::Array(list) => {
                for (i, value) in list.iter().enumerate() {
                    self.collect(value, &at.child(i));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, at: &Place, row: &Map<String, Value>) {
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
    fn id_for(&self, base: &str, sources: &[(String, String)]) -> (String, bool) {
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

impl State<'_> {
    /// Puts a contradiction on record, unless it is there already.
    pub(super) fn put_on_record(
        &mut self,
        field: &Field,
        kind: &str,
        sources: &[(String, String)],
        at: Option<At>,
    ) {
        let place = self.row_place(field);
        let is_own = field.own.contains(&place);
        let says =
            |text: &str| if is_own { text.to_owned() } else { format!("`{}`: {text}", field.name) };
        let sources: Vec<(String, String)> =
            sources.iter().map(|(key, text)| (key.clone(), says(text))).collect();
        let (id, is_known) = self.rows.id_for(&self.base_id(field, &place, kind), &sources);
        if !is_known {
            let mut row = Map::new();
            row.insert("id".to_owned(), json!(id));
            row.extend(sources.iter().map(|(key, text)| (key.clone(), json!(text))));
            row.insert("decision".to_owned(), json!(PENDING));
            row.insert("reason".to_owned(), json!("Not decided yet."));
            self.rows.add(&place, &row);
            let Some(object) = place.object_mut(&mut self.doc) else { return };
            let list = object.entry("x-errata").or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(Value::Object(row));
            }
        }
        self.pending.insert(Pending {
            place,
            kind: kind.to_owned(),
            field: field.name.clone(),
            sources,
            row: id,
            is_new: !is_known,
            at,
        });
    }

    /// Two pages say different things about one place.
    pub(super) fn conflict(&mut self, at: &Place, subject: &str, says: &str) {
        let sources = vec![("table".to_owned(), format!("{subject} differs: {says}."))];
        let (field, kind) = (self.field_at(at), conflict_kind(subject));
        // What can hold a row changes with its shape, so a row that is there is found by its id.
        let row = self.base_id(&field, &self.row_place(&field), &kind);
        match self.rows.by_id.get(&row).cloned() {
            Some(_) if self.pending.iter().any(|known| known.row == row) => {}
            Some(place) => {
                let (field, is_new, at) = (field.name, false, None);
                self.pending.insert(Pending { place, kind, field, sources, row, is_new, at });
            }
            None => self.put_on_record(&field, &kind, &sources, None),
        }
    }

    /// Whether that is on record already.
    pub(super) fn has_conflict(&self, at: &Place, subject: &str) -> bool {
        let field = self.field_at(at);
        let row = self.base_id(&field, &self.row_place(&field), &conflict_kind(subject));
        self.rows.by_id.contains_key(&row)
    }

    /// The property, parameter, schema or operation that a place of the document lies in. However pages came
    /// to speak of the place, it is the same.
    fn field_at(&self, at: &Place) -> Field {
        let mut field = Field::default();
        let mut at = Some(at.clone());
        while let Some(place) = at {
            let above = place.parent();
            let name = match above.as_ref().map(Place::last).unwrap_or_default().as_str() {
                "properties" | "schemas" => Some(place.last()),
                _ => place
                    .text(&self.doc, "operationId")
                    .or_else(|| place.text(&self.doc, "name"))
                    .map(str::to_owned),
            };
            match name {
                Some(name) if field.own.is_empty() => {
                    field.name = name;
                    field.own.push(place);
                }
                Some(_) => field.owners.push(place),
                None => {}
            }
            at = above;
        }
        field
    }

    /// The object that a row about a field belongs to: what holds only a reference can hold no row.
    fn row_place(&self, field: &Field) -> Place {
        let candidates = field.own.iter().chain(&field.owners);
        let holds = |at: &&Place| {
            at.get(&self.doc).is_some_and(Value::is_object)
                && at.key(&self.doc, "$ref").is_none()
                && at.last() != "items"
        };
        candidates.into_iter().find(holds).cloned().unwrap_or_default()
    }

    fn base_id(&self, field: &Field, place: &Place, kind: &str) -> String {
        let names = [self.owner_name(place), field.name.clone(), kind.to_owned()];
        let mut parts: Vec<String> = names.iter().map(|name| kebab(name)).collect();
        parts.dedup();
        parts.retain(|part| !part.is_empty());
        parts.join("-")
    }

    /// The operation or schema that a place belongs to.
    fn owner_name(&self, place: &Place) -> String {
        let mut at = Some(place.clone());
        while let Some(place) = at {
            if let Some(id) = place.text(&self.doc, "operationId") {
                return id.to_owned();
            }
            let above = place.parent();
            let in_components = above.as_ref().and_then(Place::parent);
            if in_components.is_some_and(|at| at.as_str() == "/components") {
                return place.last();
            }
            at = above;
        }
        "document".to_owned()
    }
}

/// `required name` is about what is required.
fn conflict_kind(subject: &str) -> String {
    format!("pages-{}", kebab(subject.split(' ').next().unwrap_or(subject)))
}

impl Field {
    /// Whether a text names it.
    fn is_named_in(&self, text: &str) -> bool {
        let last = self.name.rsplit('.').next().unwrap_or(&self.name);
        let has_all = |alias: &Vec<String>| alias.iter().all(|word| words::has(text, word));
        words::has(text, last) || self.aliases.iter().any(has_all)
    }
}

/// Any name in kebab case.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && was_lower {
                out.push('-');
            }
            was_lower = !c.is_ascii_uppercase();
            out.push(c.to_ascii_lowercase());
        } else {
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
            was_lower = false;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::kebab;

    #[test]
    fn ids_are_in_kebab_case() {
        assert_eq!(kebab("CreateInstanceBody"), "create-instance-body");
        assert_eq!(kebab("az_codes"), "az-codes");
        assert_eq!(kebab("maxLength"), "max-length");
        assert_eq!(kebab("X-Auth-Token"), "x-auth-token");
        assert_eq!(kebab("Resp2xx_"), "resp2xx");
    }
}
