//! What the document lacks. It is added when every schema that both have is paired, so that new parts
//! refer to schemas by the names that the document has for them.

use serde_json::{Map, Value, json};

use super::{
    place::{Place, insert_behind},
    report::MergeError,
    schema,
    state::{Field, State},
};

/// Something to be added.
pub(super) enum Later {
    Operation {
        page: Place,
    },
    Property {
        page: Place,
        doc: Place,
        field: Field,
    },
    /// A value of another type.
    Shape {
        page: Place,
        doc: Place,
        field: Field,
    },
    /// Items, values of a map, or the schema of a body.
    Inside {
        page: Place,
        doc: Place,
        name: String,
        field: Field,
    },
    Entry {
        entry: Entry,
        next: Next,
    },
}

/// A key of an object of the transcript that the counterpart lacks.
pub(super) struct Entry {
    /// The object that has it.
    pub(super) page: Place,
    /// The object that lacks it; it may be missing itself.
    pub(super) doc: Place,
    pub(super) key: String,
    pub(super) subject: String,
}

/// What to compare once an entry is there.
pub(super) enum Next {
    Body { page: Place, doc: Place },
    Response { page: Place, doc: Place, status: String },
    Contents { page: Place, doc: Place, field: Field },
    Headers { page: Place, doc: Place, operation: Place },
}

/// What describes the shape of a value, and goes when that changes.
const SHAPE: &[&str] =
    &["$ref", "allOf", "type", "format", "items", "properties", "required", "additionalProperties"];

impl State<'_> {
    /// Adds one thing and compares it, so that what it refers to gets its counterpart.
    pub(super) fn add(&mut self, later: Later) -> Result<(), MergeError> {
        match later {
            Later::Operation { page } => self.add_operation(&page),
            Later::Property { page, doc, field } => self.add_property(&page, &doc, field),
            Later::Shape { page, doc, field } => self.reshape(&page, &doc, &field),
            Later::Inside { page, doc, name, field } => self.add_inside(&page, &doc, &name, &field),
            Later::Entry { entry, next } => {
                self.add_entry(&entry)?;
                match next {
                    Next::Body { page, doc } => self.body(&page, &doc),
                    Next::Response { page, doc, status } => self.response(&page, &doc, &status),
                    Next::Contents { page, doc, field } => self.contents(&page, &doc, &field),
                    Next::Headers { page, doc, operation } => self.headers(&page, &doc, &operation),
                }
            }
        }
    }

    fn add_operation(&mut self, page: &Place) -> Result<(), MergeError> {
        let mut operation = page.get(self.page).cloned().unwrap_or_default();
        let parameters = page.child("parameters");
        let mut adopted = Vec::new();
        for i in 0..parameters.list(self.page).len() {
            let parameter = schema::resolved(self.page, &parameters.child(i));
            adopted.push(self.adopt_parameter(&parameter.unwrap_or_else(|_| parameters.child(i)))?);
        }
        if let Some(map) = operation.as_object_mut() {
            map.shift_remove("parameters");
        }
        let mut operation = self.adopt(&operation)?;
        if let Some(map) = operation.as_object_mut().filter(|_| !adopted.is_empty()) {
            let behind = ["externalDocs", "tags", "description", "summary", "operationId"];
            insert_behind(map, behind, "parameters", Value::Array(adopted));
        }
        self.declare_tags(&operation);
        let subject =
            format!("operation {}", page.text(self.page, "operationId").unwrap_or_default());
        self.insert_operation(page, operation);
        self.added(page.clone(), subject, None);
        self.operation(page, page)
    }

    /// Puts an operation where the transcript has it: behind the paths and methods that precede it.
    pub(super) fn insert_operation(&mut self, at: &Place, operation: Value) {
        let item = at.parent().unwrap_or_default();
        self.ensure(&item);
        let before = preceding(item.object(self.page), &at.last());
        if let Some(map) = item.object_mut(&mut self.doc) {
            insert_behind(map, before.iter().map(String::as_str), &at.last(), operation);
        }
    }

    fn declare_tags(&mut self, operation: &Value) {
        let root = Place::default();
        for tag in operation.get("tags").and_then(Value::as_array).into_iter().flatten() {
            let is_it = |known: &&Value| known.get("name") == Some(tag);
            if root.child("tags").list(&self.doc).iter().any(|known| is_it(&known)) {
                continue;
            }
            let known = root.child("tags").list(self.page).iter().find(is_it).cloned();
            let tag = known.unwrap_or_else(|| json!({"name": tag}));
            let name = tag.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
            if let Some(map) = root.object_mut(&mut self.doc)
                && !map.contains_key("tags")
            {
                let behind = ["security", "servers", "externalDocs", "info", "openapi"];
                insert_behind(map, behind, "tags", json!([]));
            }
            if let Some(list) = root.child("tags").list_mut(&mut self.doc) {
                list.push(tag);
                let at = root.child("tags").child(list.len() - 1);
                self.added(at, format!("tag {name}"), None);
            }
        }
    }

    fn add_property(
        &mut self,
        page: &Place,
        doc: &Place,
        mut field: Field,
    ) -> Result<(), MergeError> {
        let mut parts = schema::parts(&self.doc, doc)?;
        if self.property_holder(&parts, &field.name).is_none() {
            let names = page.child("properties").object(self.page);
            let before = preceding(names, &field.name);
            let neighbour = before.iter().find_map(|name| self.property_holder(&parts, name));
            let at = match neighbour {
                Some(at) => at.clone(),
                None => self.holder_or_own(doc, &parts, "properties"),
            };
            let value = page.child("properties").child(&field.name).get(self.page).cloned();
            let value = self.adopt(&value.unwrap_or_default())?;
            if at.key(&self.doc, "properties").is_none() {
                schema::set(&mut self.doc, &at, "properties", json!({}));
            }
            if let Some(map) = at.child("properties").object_mut(&mut self.doc) {
                insert_first_or_behind(map, &before, &field.name, value);
            }
            parts = schema::parts(&self.doc, doc)?;
            if self.is_asked(page)
                && page.child("required").list(self.page).contains(&json!(field.name))
            {
                self.require(page, doc, &parts, &field.name);
            }
            let place = at.child("properties").child(&field.name);
            self.added(place, format!("property {}", field.name), None);
        }
        let holder = self.property_holder(&parts, &field.name).cloned();
        field.own =
            holder.into_iter().map(|at| at.child("properties").child(&field.name)).collect();
        self.compare_property(page, doc, &parts, &field)
    }

    fn reshape(&mut self, page: &Place, doc: &Place, field: &Field) -> Result<(), MergeError> {
        // A schema that both refer to may still differ; that is its own matter.
        if !self.shaped.insert((page.clone(), doc.clone())) {
            return Ok(());
        }
        let parts = schema::parts(&self.doc, doc)?;
        let page_parts = schema::parts(self.page, page).unwrap_or_default();
        let stated = schema::keyword(self.page, &page_parts, "type").cloned().unwrap_or_default();
        let found = schema::keyword(&self.doc, &parts, "type").cloned();
        if found.as_ref() != Some(&stated) {
            let before = doc.get(&self.doc).cloned();
            let shape = page.object(self.page).iter();
            let shape = shape.filter(|(keyword, _)| SHAPE.contains(&keyword.as_str()));
            let shape: Map<String, Value> = shape.map(|(k, v)| (k.clone(), v.clone())).collect();
            let mut shape = self.adopt(&Value::Object(shape))?;
            for keyword in SHAPE {
                schema::unset(&mut self.doc, doc, keyword);
            }
            // Beside a plain reference nothing counts, so what people wrote gets one that is wrapped.
            if let Some(reference) = shape.get("$ref").cloned()
                && !doc.object(&self.doc).is_empty()
            {
                shape = json!({ "allOf": [{ "$ref": reference }] });
            }
            for (keyword, value) in shape.as_object().into_iter().flatten() {
                schema::set(&mut self.doc, doc, keyword, value.clone());
            }
            let is_same = doc.get(&self.doc) == before.as_ref();
            match found {
                _ if is_same => {}
                Some(found) => self.changed(doc.clone(), "type", found, stated),
                None => self.added(doc.clone(), "type", Some(stated)),
            }
        }
        self.forget(page, doc);
        self.schema(page, doc, field)
    }

    fn add_inside(
        &mut self,
        page: &Place,
        doc: &Place,
        name: &str,
        field: &Field,
    ) -> Result<(), MergeError> {
        let parts = schema::parts(&self.doc, doc)?;
        if name == "schema" {
            let value = page.key(self.page, name).cloned().unwrap_or_default();
            let value = self.adopt(&value)?;
            if let Some(map) = doc.object_mut(&mut self.doc)
                && !map.contains_key(name)
            {
                map.shift_insert(0, name.to_owned(), value);
                self.added(doc.clone(), name, None);
            }
            return self.schema(&page.child(name), &doc.child(name), field);
        }
        let at = self.holder_or_own(doc, &parts, name);
        // Another page may have brought it by now.
        let old = at.key(&self.doc, name).cloned();
        if !old.as_ref().is_some_and(Value::is_object) {
            let value = page.key(self.page, name).cloned().unwrap_or_default();
            let value = self.adopt(&value)?;
            schema::set(&mut self.doc, &at, name, value.clone());
            match old {
                Some(old) => self.changed(at.clone(), name, old, value),
                None => self.added(at.clone(), name, Some(value)),
            }
        }
        self.schema(&page.child(name), &at.child(name), field)
    }

    fn add_entry(&mut self, entry: &Entry) -> Result<(), MergeError> {
        let place = entry.doc.child(&entry.key);
        if place.get(&self.doc).is_some() {
            return Ok(());
        }
        let value = entry.page.key(self.page, &entry.key).cloned().unwrap_or_default();
        let value = self.adopt(&value)?;
        self.ensure(&entry.doc);
        let before = preceding(entry.page.object(self.page), &entry.key);
        let Some(map) = entry.doc.object_mut(&mut self.doc) else { return Ok(()) };
        insert_first_or_behind(map, &before, &entry.key, value);
        self.added(place, entry.subject.clone(), None);
        Ok(())
    }

    /// Makes sure that there is an object at a place, behind what precedes it in the transcript.
    pub(super) fn ensure(&mut self, at: &Place) {
        if at.get(&self.doc).is_some() {
            return;
        }
        let Some(above) = at.parent() else { return };
        self.ensure(&above);
        let before = preceding(above.object(self.page), &at.last());
        if let Some(map) = above.object_mut(&mut self.doc) {
            insert_behind(map, before.iter().map(String::as_str), &at.last(), json!({}));
        }
    }
}

/// The keys in front of a key, the nearest first.
pub(super) fn preceding(map: &Map<String, Value>, key: &str) -> Vec<String> {
    let mut before: Vec<String> = map.keys().take_while(|known| *known != key).cloned().collect();
    before.reverse();
    before
}

/// Behind the nearest of these keys; in front of all when none is there.
fn insert_first_or_behind(
    map: &mut Map<String, Value>,
    before: &[String],
    key: &str,
    value: Value,
) {
    let behind = before.iter().find_map(|before| map.keys().position(|known| known == before));
    map.shift_insert(behind.map_or(0, |at| at + 1), key.to_owned(), value);
}
