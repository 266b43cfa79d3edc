//! Operations of both documents: which is which, and what is compared of them.

mod compare;
mod parameters;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    later::Later,
    object::is_component,
    place::Place,
    report::{MergeError, Pending},
    schema,
    state::{Field, Source, State, Verdict, shown},
};

/// The methods that a path can have.
pub(super) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The operations of a document, in its order.
pub(super) fn all(root: &Value) -> impl Iterator<Item = Place> + '_ {
    let paths = Place::default().child("paths");
    paths.clone().object(root).iter().flat_map(move |(path, item)| {
        let at = paths.child(path);
        let methods = item.as_object().into_iter().flat_map(|item| item.keys());
        methods.filter(|key| METHODS.contains(&key.as_str())).map(move |key| at.child(key))
    })
}

/// The page of an operation: what it says itself, or its id.
pub(super) fn page(root: &Value, at: &Place) -> Option<String> {
    let page = at.child("x-source").text(root, "page").or_else(|| at.text(root, "operationId"));
    page.map(str::to_owned)
}

/// The schemas that each operation uses, by schema.
pub(super) fn users(root: &Value) -> BTreeMap<Place, Vec<Place>> {
    let mut users: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for operation in all(root) {
        for schema in reached(root, std::slice::from_ref(&operation)) {
            users.entry(schema).or_default().push(operation.clone());
        }
    }
    users
}

/// The schemas that requests are made of.
pub(super) fn asked(root: &Value) -> BTreeSet<Place> {
    let bodies: Vec<Place> = all(root).map(|at| at.child("requestBody")).collect();
    reached(root, &bodies)
}

/// All schemas of the components that can be reached from these places.
fn reached(root: &Value, from: &[Place]) -> BTreeSet<Place> {
    let (mut seen, mut schemas) = (BTreeSet::new(), BTreeSet::new());
    let mut open: Vec<Place> = from.to_vec();
    while let Some(place) = open.pop() {
        let mut targets = Vec::new();
        references(place.get(root), &mut targets);
        for target in targets {
            if seen.insert(target.clone()) {
                if is_component(&target) {
                    schemas.insert(target.clone());
                }
                open.push(target);
            }
        }
    }
    schemas
}

fn references(value: Option<&Value>, targets: &mut Vec<Place>) {
    match value {
        Some(Value::Object(map)) => {
            if let Some(Value::String(target)) = map.get("$ref") {
                targets.push(Place::new(target));
            }
            map.values().for_each(|value| references(Some(value), targets));
        }
        Some(Value::Array(list)) => list.iter().for_each(|value| references(Some(value), targets)),
        _ => {}
    }
}

/// The operations that have an id, by it.
fn by_id(root: &Value) -> BTreeMap<String, Place> {
    all(root).filter_map(|at| Some((id(root, &at)?, at))).collect()
}

fn id(root: &Value, at: &Place) -> Option<String> {
    at.text(root, "operationId").map(str::to_owned)
}

/// Method and path, for messages.
fn address(at: &Place) -> Value {
    let path = at.parent().map(|at| at.last()).unwrap_or_default();
    Value::String(format!("{} {path}", at.last().to_uppercase()))
}

impl State<'_> {
    /// Compares every operation of the pages.
    pub(super) fn operations(&mut self) -> Result<(), MergeError> {
        let pages: Vec<Place> = all(self.page).collect();
        self.moves(&pages);
        let by_id = by_id(&self.doc);
        let is_known: BTreeSet<String> =
            pages.iter().filter_map(|page| id(self.page, page)).collect();
        for page in pages {
            let known = id(self.page, &page).and_then(|id| by_id.get(&id)).cloned();
            let there = id(&self.doc, &page);
            match known {
                Some(doc) => self.operation(&page, &doc)?,
                None if page.get(&self.doc).is_none() => {
                    self.later.push_back(Later::Operation { page })
                }
                // It is what people call it, unless that is what another page is about.
                None if there.as_ref().is_none_or(|id| !is_known.contains(id)) => {
                    self.operation(&page, &page)?;
                }
                None => self.is_taken(&page, &there.unwrap_or_default()),
            }
        }
        Ok(())
    }

    /// Moves operations to the methods and paths of their pages, all at once, since they may change places.
    fn moves(&mut self, pages: &[Place]) {
        let by_id = by_id(&self.doc);
        let mut moves = Vec::new();
        for page in pages {
            let Some(doc) = id(self.page, page).and_then(|id| by_id.get(&id)) else { continue };
            let field = self.operation_field(page, doc);
            let stated = address(page);
            if page != doc
                && self.judge(&field, doc, "path", &stated, Source::Table) == Verdict::Apply
            {
                moves.push((doc.clone(), page.clone()));
            }
        }
        // Whoever stays where another wants to go keeps that one from moving.
        loop {
            let leaving: BTreeSet<Place> = moves.iter().map(|(from, _)| from.clone()).collect();
            let count = moves.len();
            moves.retain(|(_, to)| to.get(&self.doc).is_none() || leaving.contains(to));
            if moves.len() == count {
                break;
            }
        }
        if moves.is_empty() {
            return;
        }
        let taken: Vec<Value> = moves.iter().map(|(from, _)| self.take_operation(from)).collect();
        for ((from, to), operation) in moves.iter().zip(taken) {
            self.insert_operation(to, operation);
            self.changed(to.clone(), "path", address(from), address(to));
        }
        for (from, _) in &moves {
            let item = from.parent().unwrap_or_default();
            if item.object(&self.doc).is_empty()
                && let Some(paths) = Place::default().child("paths").object_mut(&mut self.doc)
            {
                paths.shift_remove(&item.last());
            }
        }
        self.places_changed();
    }

    fn take_operation(&mut self, at: &Place) -> Value {
        let item = at.parent().unwrap_or_default();
        let item = item.object_mut(&mut self.doc);
        item.and_then(|item| item.shift_remove(&at.last())).unwrap_or_default()
    }

    /// Another operation stands where a new one belongs, and cannot move.
    fn is_taken(&mut self, page: &Place, by: &str) {
        let field = id(self.page, page).unwrap_or_default();
        let says = format!("{} is `{field}`; in the document it is `{by}`.", shown(&address(page)));
        self.pending.insert(Pending {
            place: page.clone(),
            kind: "operation-place".to_owned(),
            field,
            sources: vec![("table".to_owned(), says)],
            row: String::new(),
            is_new: false,
            at: None,
        });
    }

    pub(super) fn operation_field(&self, page: &Place, doc: &Place) -> Field {
        let name = page.text(self.page, "operationId").unwrap_or_default().to_owned();
        Field {
            name,
            page: page.clone(),
            own: vec![doc.clone()],
            owners: Vec::new(),
            ..Field::default()
        }
    }

    /// Whether requiredness is stated for the properties of an object of the transcript.
    pub(super) fn is_asked(&self, page: &Place) -> bool {
        let mut at = Some(page.clone());
        while let Some(place) = at {
            if is_component(&place) {
                return self.asked.contains(&place);
            }
            if place.last() == "requestBody" {
                return true;
            }
            at = place.parent();
        }
        false
    }

    /// The target of a reference of the document, or the place itself.
    fn doc_target(&self, at: &Place) -> Result<Place, MergeError> {
        schema::resolved(&self.doc, at)
    }

    /// The same of the transcript, which is whole by itself.
    fn page_target(&self, at: &Place) -> Place {
        schema::resolved(self.page, at).unwrap_or_else(|_| at.clone())
    }
}
