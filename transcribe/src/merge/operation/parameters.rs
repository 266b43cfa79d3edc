//! Parameters, by name and place.

use serde_json::{Value, json};

use crate::merge::{
    later::{Entry, Later, Next},
    place::{Place, insert_behind},
    report::{Change, ChangeKind, Decided, MergeError},
    schema,
    state::{Field, Source, State, Verdict},
    words,
};

impl State<'_> {
    /// Compares the parameters of an operation.
    ///
    /// New ones come first, since places of parameters are numbers.
    pub(in crate::merge) fn parameters(
        &mut self,
        page: &Place,
        doc: &Place,
    ) -> Result<(), MergeError> {
        let list = page.child("parameters");
        let places = (0..list.list(self.page).len()).map(|i| self.page_target(&list.child(i)));
        let places: Vec<Place> = places.collect();
        let stated: Vec<Key> = places.iter().filter_map(|at| key(self.page, at)).collect();
        let mut added = Vec::new();
        for (i, at) in places.iter().enumerate() {
            let Some(wanted) = key(self.page, at) else { continue };
            if self.doc_parameter(doc, &wanted)?.is_some() {
                continue;
            }
            let field = self.parameter_field(at, doc, &wanted);
            let subject = format!("parameter {}", wanted.0);
            if self.judge(&field, doc, &subject, &json!(true), Source::Table) == Verdict::Apply {
                self.add_parameter(doc, at, stated.get(..i).unwrap_or_default())?;
                added.push(wanted);
            }
        }
        for wanted in added {
            if let Some((at, _)) = self.doc_parameter(doc, &wanted)? {
                self.added(at, format!("parameter {}", wanted.0), None);
            }
        }
        for at in &places {
            let Some(wanted) = key(self.page, at) else { continue };
            let Some((_, target)) = self.doc_parameter(doc, &wanted)? else { continue };
            let mut field = self.parameter_field(at, doc, &wanted);
            field.own = vec![target.clone(), target.child("schema")];
            field.own.extend(schema::target(&self.doc, &target.child("schema")).ok());
            self.compare_parameter(at, &target, &field)?;
        }
        self.parameters_gone(doc, &stated)
    }

    fn parameters_gone(&mut self, doc: &Place, stated: &[Key]) -> Result<(), MergeError> {
        for at in self.doc_parameters(doc) {
            let target = self.doc_target(&at)?;
            let Some(known) = key(&self.doc, &target) else { continue };
            if !stated.contains(&known) {
                let mut field = self.parameter_field(&Place::default(), doc, &known);
                field.own = vec![at.clone(), target];
                self.is_gone(at, format!("parameter {}", known.0), &field);
            }
        }
        Ok(())
    }

    fn parameter_field(&self, page: &Place, operation: &Place, key: &Key) -> Field {
        let owners = vec![operation.clone()];
        Field { name: key.0.clone(), page: page.clone(), owners, ..Field::default() }
    }

    /// Where an operation has a parameter, and what that refers to.
    fn doc_parameter(
        &self,
        operation: &Place,
        wanted: &Key,
    ) -> Result<Option<(Place, Place)>, MergeError> {
        for at in self.doc_parameters(operation) {
            let target = self.doc_target(&at)?;
            if key(&self.doc, &target).as_ref() == Some(wanted) {
                return Ok(Some((at, target)));
            }
        }
        Ok(None)
    }

    fn compare_parameter(
        &mut self,
        page: &Place,
        doc: &Place,
        field: &Field,
    ) -> Result<(), MergeError> {
        self.is_at(field);
        if page.text(self.page, "in") != Some("path") {
            let is_stated = page.key(self.page, "required") == Some(&Value::Bool(true));
            let is_there = doc.key(&self.doc, "required") == Some(&Value::Bool(true));
            self.state(field, doc, "required", &json!(is_stated));
            if is_stated != is_there
                && self.judge(field, doc, "required", &json!(is_stated), Source::Table)
                    == Verdict::Apply
            {
                self.set_required(doc, is_stated);
            }
        }
        self.fill(page, doc, std::slice::from_ref(doc), "description");
        let inner = doc.child("schema");
        if inner.get(&self.doc).is_some() && page.child("schema").get(self.page).is_some() {
            self.schema(&page.child("schema"), &inner, field)?;
        }
        let has_example =
            ["example", "examples"].iter().any(|name| doc.key(&self.doc, name).is_some())
                || inner.key(&self.doc, "example").is_some();
        if !has_example {
            self.fill(page, doc, std::slice::from_ref(doc), "example");
        }
        Ok(())
    }

    fn set_required(&mut self, doc: &Place, is_stated: bool) {
        if let Some(map) = doc.object_mut(&mut self.doc) {
            if is_stated {
                let behind = ["description", "in", "name"];
                insert_behind(map, behind, "required", json!(true));
            } else {
                map.shift_remove("required");
            }
        }
        self.changed(doc.clone(), "required", json!(!is_stated), json!(is_stated));
    }

    /// The parameters of an operation and of its path.
    fn doc_parameters(&self, operation: &Place) -> Vec<Place> {
        let path = operation.parent().unwrap_or_default();
        let lists = [operation.child("parameters"), path.child("parameters")];
        let places = lists.iter().flat_map(|list| {
            (0..list.list(&self.doc).len()).map(|i| list.child(i)).collect::<Vec<_>>()
        });
        places.collect()
    }

    /// Adds a parameter behind those that precede it on its page.
    fn add_parameter(
        &mut self,
        doc: &Place,
        page: &Place,
        before: &[Key],
    ) -> Result<(), MergeError> {
        let own = doc.child("parameters");
        let mut known = Vec::new();
        for i in 0..own.list(&self.doc).len() {
            known.push(key(&self.doc, &self.doc_target(&own.child(i))?));
        }
        let place = |before: &Key| known.iter().position(|known| known.as_ref() == Some(before));
        let at = before.iter().rev().find_map(place).map_or(0, |at| at + 1);
        let value = self.adopt_parameter(page)?;
        if doc.key(&self.doc, "parameters").is_none()
            && let Some(map) = doc.object_mut(&mut self.doc)
        {
            let behind = ["externalDocs", "tags", "description", "summary", "operationId"];
            insert_behind(map, behind, "parameters", json!([]));
        }
        if let Some(list) = own.list_mut(&mut self.doc) {
            list.insert(at.min(list.len()), value);
        }
        for i in (at..known.len()).rev() {
            self.rows.moved(&own.child(i), &own.child(i + 1));
        }
        Ok(())
    }

    /// Compares headers of an answer by name.
    pub(in crate::merge) fn headers(
        &mut self,
        page: &Place,
        doc: &Place,
        operation: &Place,
    ) -> Result<(), MergeError> {
        let names: Vec<String> = page.child("headers").object(self.page).keys().cloned().collect();
        for name in names {
            let page_header = self.page_target(&page.child("headers").child(&name));
            let at = doc.child("headers").child(&name);
            let own =
                if at.get(&self.doc).is_some() { vec![self.doc_target(&at)?] } else { Vec::new() };
            let owners = vec![operation.clone()];
            let field = Field {
                name: name.clone(),
                page: page_header.clone(),
                own,
                owners,
                ..Field::default()
            };
            match field.own.first() {
                Some(own) => {
                    let own = own.clone();
                    self.fill(&page_header, &own, std::slice::from_ref(&own), "description");
                    if own.key(&self.doc, "schema").is_some()
                        && page_header.key(self.page, "schema").is_some()
                    {
                        self.schema(&page_header.child("schema"), &own.child("schema"), &field)?;
                    }
                }
                None => {
                    let subject = format!("header {name}");
                    let verdict = self.judge(&field, doc, &subject, &json!(true), Source::Table);
                    if verdict == Verdict::Apply {
                        let entry = Entry {
                            page: page.child("headers"),
                            doc: doc.child("headers"),
                            key: name,
                            subject,
                        };
                        let (page, doc, operation) = (page.clone(), doc.clone(), operation.clone());
                        self.later.push_back(Later::Entry {
                            entry,
                            next: Next::Headers { page, doc, operation },
                        });
                    }
                }
            }
        }
        Ok(())
    }

    /// Lists what is no longer on the page, or the row that says why it is here.
    pub(in crate::merge) fn is_gone(&mut self, place: Place, subject: String, field: &Field) {
        match self.rows.deciding(field, None, Some(&words::of_absence())) {
            Some(row) => {
                let (field, is_contradiction) = (field.name.clone(), false);
                self.decided.insert(Decided { place, subject, field, row, is_contradiction });
            }
            None => self.changes.push(Change { place, subject, kind: ChangeKind::Gone }),
        }
    }
}

/// Name and place (`in`) of a parameter.
type Key = (String, String);

fn key(root: &Value, at: &Place) -> Option<Key> {
    Some((at.text(root, "name")?.to_owned(), at.text(root, "in")?.to_owned()))
}
