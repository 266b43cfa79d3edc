//! Operations of both documents: which is which, and what is compared of them.

mod compare;
mod parameters;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    later::Later,
    object::is_component,
    place::Place,
    report::MergeError,
    schema,
    state::{Field, Source, State, Verdict},
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

impl State<'_> {
    /// Compares every operation of the pages.
    pub(super) fn operations(&mut self) -> Result<(), MergeError> {
        let by_id: BTreeMap<String, Place> = all(&self.doc)
            .filter_map(|at| Some((at.text(&self.doc, "operationId")?.to_owned(), at.clone())))
            .collect();
        for page in all(self.page).collect::<Vec<_>>() {
            let id = page.text(self.page, "operationId").unwrap_or_default();
            match by_id.get(id) {
                Some(doc) => {
                    let doc = self.moved(&page, doc)?;
                    self.operation(&page, &doc)?;
                }
                None if page.get(&self.doc).is_some() => self.operation(&page, &page)?,
                None => self.later.push_back(Later::Operation { page }),
            }
        }
        Ok(())
    }

    /// Moves an operation to the method and path of its page.
    fn moved(&mut self, page: &Place, doc: &Place) -> Result<Place, MergeError> {
        if page == doc {
            return Ok(doc.clone());
        }
        let field = self.operation_field(page, doc);
        let address = |at: &Place| {
            let path = at.parent().map(|at| at.last()).unwrap_or_default();
            Value::String(format!("{} {path}", at.last().to_uppercase()))
        };
        let (old, new) = (address(doc), address(page));
        let is_taken = page.get(&self.doc).is_some();
        if is_taken || self.judge(&field, doc, "path", &new, Source::Table) != Verdict::Apply {
            return Ok(doc.clone());
        }
        let item = doc.parent().unwrap_or_default();
        let Some(operation) =
            item.object_mut(&mut self.doc).and_then(|item| item.shift_remove(&doc.last()))
        else {
            return Ok(doc.clone());
        };
        if item.object(&self.doc).is_empty()
            && let Some(paths) = Place::default().child("paths").object_mut(&mut self.doc)
        {
            paths.shift_remove(&item.last());
        }
        self.insert_operation(page, operation);
        self.rows.moved(doc, page);
        self.changed(page.clone(), "path", old, new);
        Ok(page.clone())
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
