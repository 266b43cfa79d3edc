//! What the document has from a page that was given, and that page no longer has. It is listed and left
//! alone.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    object::is_component,
    operation,
    place::Place,
    report::MergeError,
    schema,
    state::{Field, State},
};

impl State<'_> {
    /// Lists operations, schemas and properties; the rest of an operation is listed when it is compared.
    pub(super) fn gone(&mut self) -> Result<(), MergeError> {
        let matched: BTreeSet<Place> =
            self.places.values().flatten().filter_map(|field| field.own.first().cloned()).collect();
        for at in operation::all(&self.doc).collect::<Vec<_>>() {
            if self.is_given(&at) && !matched.contains(&at) {
                let name = at.text(&self.doc, "operationId").unwrap_or_default().to_owned();
                let field = Field {
                    name: name.clone(),
                    page: Place::default(),
                    own: vec![at.clone()],
                    owners: Vec::new(),
                    ..Field::default()
                };
                self.is_gone(at, format!("operation {name}"), &field);
            }
        }
        let schemas = Place::default().child("components").child("schemas");
        for name in schemas.object(&self.doc).keys().cloned().collect::<Vec<_>>() {
            let at = schemas.child(&name);
            if self.is_given(&at) && !self.touched.contains(&at) {
                let owners = self.owners(&at).split_off(1);
                let field = Field {
                    name: name.clone(),
                    page: Place::default(),
                    own: vec![at.clone()],
                    owners,
                    ..Field::default()
                };
                self.is_gone(at, format!("schema {name}"), &field);
            }
        }
        self.properties_gone()
    }

    fn properties_gone(&mut self) -> Result<(), MergeError> {
        for (at, stated) in std::mem::take(&mut self.stated_properties) {
            let component = enclosing(&at);
            let is_given = match &component {
                Some(component) => self.is_given(component),
                // Inside of an operation that a page was compared with.
                None => true,
            };
            if !is_given || schema::is_closed_map(&self.doc, std::slice::from_ref(&at)) {
                continue;
            }
            let properties = at.child("properties");
            for name in properties.object(&self.doc).keys().cloned().collect::<Vec<_>>() {
                if stated.contains(&name) {
                    continue;
                }
                let place = properties.child(&name);
                let owners =
                    component.iter().flat_map(|component| self.owners(component)).collect();
                let field = Field {
                    name: name.clone(),
                    page: Place::default(),
                    own: vec![place.clone()],
                    owners,
                    ..Field::default()
                };
                self.is_gone(place, format!("property {name}"), &field);
            }
        }
        Ok(())
    }

    /// Whether an object comes from a page that was given.
    fn is_given(&self, at: &Place) -> bool {
        let page = at.child("x-source").key(&self.doc, "page").and_then(Value::as_str);
        page.is_some_and(|page| self.pages.contains(page))
    }
}

/// The component that a place lies in.
fn enclosing(at: &Place) -> Option<Place> {
    let mut at = Some(at.clone());
    while let Some(place) = at {
        if is_component(&place) {
            return Some(place);
        }
        at = place.parent();
    }
    None
}
