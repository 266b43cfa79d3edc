//! Parameters, by name and place.

use serde_json::{Value, json};

use crate::merge::{
    later::{Entry, Later, Next},
    place::Place,
    report::{Change, ChangeKind, MergeError},
    schema,
    state::{Field, Source, State, Verdict},
    words,
};

impl State<'_> {
    /// Compares the parameters of an operation.
    pub(in crate::merge) fn parameters(
        &mut self,
        page: &Place,
        doc: &Place,
    ) -> Result<(), MergeError> {
        let mut stated = Vec::new();
        for i in 0..page.child("parameters").list(self.page).len() {
            let page_parameter = self.page_target(&page.child("parameters").child(i));
            let Some(key) = key(self.page, &page_parameter) else { continue };
            stated.push(key);
            self.parameter(page, doc, &page_parameter)?;
        }
        for at in self.doc_parameters(doc) {
            let target = self.doc_target(&at)?;
            let Some((name, place)) = key(&self.doc, &target) else { continue };
            if stated.contains(&(name.clone(), place)) {
                continue;
            }
            let own = vec![at.clone(), target];
            let field = Field {
                name: name.clone(),
                page: page.clone(),
                own,
                owners: vec![doc.clone()],
                ..Field::default()
            };
            self.is_gone(at, format!("parameter {name}"), &field);
        }
        Ok(())
    }

    /// Compares one parameter, or notes that it is to be added.
    pub(in crate::merge) fn parameter(
        &mut self,
        page_operation: &Place,
        doc_operation: &Place,
        page: &Place,
    ) -> Result<(), MergeError> {
        let Some(wanted) = key(self.page, page) else { return Ok(()) };
        let mut field = Field {
            name: wanted.0.clone(),
            page: page.clone(),
            own: Vec::new(),
            owners: vec![doc_operation.clone()],
            ..Field::default()
        };
        for at in self.doc_parameters(doc_operation) {
            let target = self.doc_target(&at)?;
            if key(&self.doc, &target).as_ref() != Some(&wanted) {
                continue;
            }
            field.own = vec![target.clone(), target.child("schema")];
            if let Ok(schema) = schema::target(&self.doc, &target.child("schema")) {
                field.own.push(schema);
            }
            return self.compare_parameter(page, &target, &field);
        }
        let subject = format!("parameter {}", field.name);
        if self.judge(&field, doc_operation, &subject, &json!(true), Source::Table)
            == Verdict::Apply
        {
            let (page_operation, doc_operation) = (page_operation.clone(), doc_operation.clone());
            self.later.push_back(Later::Parameter {
                page_operation,
                doc_operation,
                page: page.clone(),
            });
        }
        Ok(())
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
                crate::merge::place::insert_behind(map, behind, "required", json!(true));
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
    pub(in crate::merge) fn add_parameter(
        &mut self,
        page_operation: &Place,
        doc_operation: &Place,
        page: &Place,
    ) -> Result<(), MergeError> {
        let wanted = key(self.page, page);
        let list = page_operation.child("parameters");
        let mut before = Vec::new();
        for i in 0..list.list(self.page).len() {
            let key = key(self.page, &self.page_target(&list.child(i)));
            if key == wanted {
                break;
            }
            before.push(key);
        }
        let own = doc_operation.child("parameters");
        let mut known = Vec::new();
        for i in 0..own.list(&self.doc).len() {
            known.push(key(&self.doc, &self.doc_target(&own.child(i))?));
        }
        let behind = before
            .iter()
            .rev()
            .filter_map(|key| known.iter().position(|known| known == key))
            .next();
        let at = behind.map_or(0, |at| at + 1);
        let value = self.adopt_parameter(page)?;
        if doc_operation.key(&self.doc, "parameters").is_none() {
            let Some(map) = doc_operation.object_mut(&mut self.doc) else { return Ok(()) };
            let behind = ["externalDocs", "tags", "description", "summary", "operationId"];
            crate::merge::place::insert_behind(map, behind, "parameters", json!([]));
        }
        if let Some(list) = own.list_mut(&mut self.doc) {
            list.insert(at.min(list.len()), value);
        }
        let name = wanted.map(|(name, _)| name).unwrap_or_default();
        self.added(own.child(at), format!("parameter {name}"), None);
        self.parameter(page_operation, doc_operation, page)
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

    /// Lists what is no longer on the page, unless a row says why it is here.
    pub(in crate::merge) fn is_gone(&mut self, place: Place, subject: String, field: &Field) {
        if self.rows.deciding(field, None, Some(&words::of_absence())).is_none() {
            self.changes.push(Change { place, subject, kind: ChangeKind::Gone });
        }
    }
}

fn key(root: &Value, at: &Place) -> Option<(String, String)> {
    Some((at.text(root, "name")?.to_owned(), at.text(root, "in")?.to_owned()))
}
