//! Parts of the transcript that become parts of the document: references get the names that the document
//! has, and components that it lacks come along.

use serde_json::{Map, Value, json};

use super::{
    later::preceding,
    object::is_component,
    place::{Place, insert_behind},
    report::MergeError,
    schema,
    state::State,
};

impl State<'_> {
    /// A copy with the document's references.
    pub(super) fn adopt(&mut self, value: &Value) -> Result<Value, MergeError> {
        self.copy(value, false)
    }

    /// The copy; `is_names` when the keys are names and not keywords.
    fn copy(&mut self, value: &Value, is_names: bool) -> Result<Value, MergeError> {
        Ok(match value {
            Value::Object(map) => {
                let mut copy = Map::new();
                for (key, value) in map {
                    let value = match (key.as_str(), value) {
                        ("$ref", Value::String(target)) if !is_names => {
                            json!(self.reference(target)?)
                        }
                        // Examples are data, whatever their keys are called.
                        ("example" | "examples" | "default", value) if !is_names => value.clone(),
                        (key, value) => self.copy(value, !is_names && key == "properties")?,
                    };
                    copy.insert(key.clone(), value);
                }
                Value::Object(copy)
            }
            Value::Array(list) => {
                let copies: Result<Vec<Value>, MergeError> =
                    list.iter().map(|value| self.copy(value, false)).collect();
                Value::Array(copies?)
            }
            other => other.clone(),
        })
    }

    /// A parameter, or a reference to one that all operations share and that says the same.
    pub(super) fn adopt_parameter(&mut self, page: &Place) -> Result<Value, MergeError> {
        let shared = Place::default().child("components").child("parameters");
        let names: Vec<String> = shared.object(&self.doc).keys().cloned().collect();
        for name in names {
            let doc = shared.child(&name);
            let same = |keyword: &str| {
                page.key(self.page, keyword).filter(|value| **value != json!(false))
                    == doc.key(&self.doc, keyword).filter(|value| **value != json!(false))
            };
            let facts = page.child("schema").object(self.page).iter();
            let parts = schema::parts(&self.doc, &doc.child("schema"))?;
            let mut facts = facts.filter(|(key, _)| {
                !key.starts_with("x-")
                    && !matches!(key.as_str(), "title" | "description" | "example")
            });
            if ["name", "in", "required"].into_iter().all(same)
                && facts.all(|(key, value)| schema::keyword(&self.doc, &parts, key) == Some(value))
            {
                return Ok(json!({"$ref": format!("{doc}")}));
            }
        }
        let value = page.get(self.page).cloned().unwrap_or_default();
        self.adopt(&value)
    }

    fn reference(&mut self, target: &str) -> Result<String, MergeError> {
        let page = Place::new(target);
        if page.get(self.page).is_none() {
            return Ok(target.to_owned());
        }
        if is_component(&page) {
            return Ok(self.schema_for(&page)?.to_string());
        }
        if page.get(&self.doc).is_none() {
            let value = page.get(self.page).cloned().unwrap_or_default();
            let value = self.adopt(&value)?;
            self.insert_component(&page, &page, value);
            let kind = page.parent().map(|at| at.last()).unwrap_or_default();
            self.added(
                page.clone(),
                format!("{} {}", kind.trim_end_matches('s'), page.last()),
                None,
            );
        }
        Ok(page.to_string())
    }

    /// The document's schema for one of the transcript: its counterpart, one of the same name and page, or
    /// a new one.
    fn schema_for(&mut self, page: &Place) -> Result<Place, MergeError> {
        let known = self.pairs.get(page).into_iter().flatten().find(|doc| is_component(doc));
        if let Some(known) = known {
            return Ok(known.clone());
        }
        let namesake = Place::component("schemas", &page.last());
        if namesake.get(&self.doc).is_some() && self.is_namesake(page, &namesake)? {
            self.pair(page, &namesake);
            return Ok(namesake);
        }
        let doc = self.free_name(&page.last());
        // It has its name before its inside is known, since it may refer to itself.
        self.insert_component(page, &doc, json!({}));
        self.pair(page, &doc);
        let value = page.get(self.page).cloned().unwrap_or_default();
        let value = self.adopt(&value)?;
        if let Some(map) = doc.object_mut(&mut self.doc) {
            *map = value.as_object().cloned().unwrap_or_default();
        }
        self.added(doc.clone(), format!("schema {}", doc.last()), None);
        Ok(doc)
    }

    /// Whether a schema of the same name that no page has claimed so far is the same schema.
    fn is_namesake(&self, page: &Place, doc: &Place) -> Result<bool, MergeError> {
        if self.pairs.values().flatten().any(|claimed| claimed == doc) {
            return Ok(false);
        }
        let source = |root: &'_ Value, at: &Place| {
            at.child("x-source").text(root, "page").map(str::to_owned)
        };
        let (of_page, of_doc) = (source(self.page, page), source(&self.doc, doc));
        if of_doc.is_some() && of_page == of_doc {
            return Ok(true);
        }
        let parts = schema::parts(&self.doc, doc)?;
        let stated = page.child("properties").object(self.page);
        let of_type = |root: &Value, at: &Place| {
            let parts = schema::parts(root, at).ok()?;
            schema::keyword(root, &parts, "type").cloned()
        };
        let count: usize =
            parts.iter().map(|part| part.child("properties").object(&self.doc).len()).sum();
        Ok(stated.len() == count
            && stated.keys().all(|name| {
                let inner = page.child("properties").child(name);
                self.property_holder(&parts, name).is_some_and(|holder| {
                    let own = holder.child("properties").child(name);
                    of_type(self.page, &inner) == of_type(&self.doc, &own)
                })
            }))
    }

    fn free_name(&self, name: &str) -> Place {
        let mut number = 1;
        loop {
            let name = if number == 1 { name.to_owned() } else { format!("{name}{number}") };
            let place = Place::component("schemas", &name);
            if place.get(&self.doc).is_none() {
                return place;
            }
            number += 1;
        }
    }

    /// Puts a component behind the counterparts of those that precede it in the transcript.
    fn insert_component(&mut self, page: &Place, doc: &Place, value: Value) {
        let (of_page, of_doc) =
            (page.parent().unwrap_or_default(), doc.parent().unwrap_or_default());
        self.ensure(&of_doc);
        let before = preceding(of_page.object(self.page), &page.last());
        let before: Vec<String> = before
            .into_iter()
            .filter_map(|name| match self.pairs.get(&of_page.child(&name)) {
                Some(pairs) => pairs.iter().find(|at| is_component(at)).map(Place::last),
                None => Some(name),
            })
            .collect();
        if let Some(map) = of_doc.object_mut(&mut self.doc) {
            insert_behind(map, before.iter().map(String::as_str), &doc.last(), value);
        }
    }
}
