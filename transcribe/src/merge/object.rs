//! Schemas: shape, inside, properties.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    later::{Later, preceding},
    place::Place,
    report::MergeError,
    schema,
    state::{Field, Source, State, Verdict},
};

impl State<'_> {
    /// Compares a component of the transcript with its counterpart.
    pub(super) fn component(&mut self, page: &Place, doc: &Place) -> Result<(), MergeError> {
        if !self.is_first(page, doc) {
            return Ok(());
        }
        let owners = self.owners(doc);
        let field = Field {
            name: doc.last(),
            page: page.clone(),
            own: vec![doc.clone()],
            owners,
            ..Field::default()
        };
        self.is_at(&field);
        self.value(page, doc, &field)
    }

    /// Compares a value, wherever its schema stands.
    pub(super) fn schema(
        &mut self,
        page: &Place,
        doc: &Place,
        field: &Field,
    ) -> Result<(), MergeError> {
        if !self.is_first(page, doc) {
            return Ok(());
        }
        let Ok(target) = schema::target(self.page, page) else { return Ok(()) };
        if target == *page || !is_component(&target) {
            return self.value(page, doc, field);
        }
        // The page refers to a schema: what stands beside the reference is about this field.
        let parts = schema::parts(&self.doc, doc)?;
        let Ok(page_parts) = schema::parts(self.page, page) else { return Ok(()) };
        if self.has_shape(page, &page_parts, doc, &parts, field) {
            self.keywords(page, doc, &parts, field);
            let counterpart = schema::target(&self.doc, doc)?;
            self.pair(&target, &counterpart);
        }
        Ok(())
    }

    fn value(&mut self, page: &Place, doc: &Place, field: &Field) -> Result<(), MergeError> {
        let parts = schema::parts(&self.doc, doc)?;
        let page_parts = [page.clone()];
        if !self.has_shape(page, &page_parts, doc, &parts, field) {
            return Ok(());
        }
        self.keywords(page, doc, &parts, field);
        if schema::is_closed_map(&self.doc, &parts) {
            return Ok(());
        }
        for inside in ["items", "additionalProperties"] {
            if page.key(self.page, inside).is_some_and(Value::is_object) {
                self.inside(page, doc, &parts, inside, field)?;
            }
        }
        self.properties(page, doc, &parts, field)
    }

    /// Whether both describe the same kind of value, so that more can be compared.
    fn has_shape(
        &mut self,
        page: &Place,
        page_parts: &[Place],
        doc: &Place,
        parts: &[Place],
        field: &Field,
    ) -> bool {
        let is_free = schema::is_free(&self.doc, parts);
        let stated = schema::keyword(self.page, page_parts, "type").cloned();
        let found = schema::keyword(&self.doc, parts, "type").cloned();
        let is_same = match stated.filter(|_| !is_free) {
            // A page that states no type may still state what is inside.
            None => !is_free,
            Some(stated) => {
                // A shape is not changed at once: what an earlier page says holds even if this one is right
                // so far.
                let is_first = self.state(field, doc, "type", &stated);
                let is_same = is_first && found.as_ref() == Some(&stated);
                if !is_same
                    && self.judge(field, doc, "type", &stated, Source::Table) == Verdict::Apply
                {
                    let (page, doc, field) = (page.clone(), doc.clone(), field.clone());
                    self.later.push_back(Later::Shape { page, doc, field });
                    return false;
                }
                is_same
            }
        };
        // A page speaks of these parts; those of a value that gets another shape may have nobody left.
        self.touched.extend(parts.iter().cloned());
        is_same
    }

    /// Items of a list, or values of a map.
    fn inside(
        &mut self,
        page: &Place,
        doc: &Place,
        parts: &[Place],
        name: &str,
        field: &Field,
    ) -> Result<(), MergeError> {
        match schema::holder(&self.doc, parts, name) {
            Some(holder) if holder.key(&self.doc, name).is_some_and(Value::is_object) => {
                let inner = holder.child(name);
                let mut field = field.clone();
                field.own.push(inner.clone());
                self.schema(&page.child(name), &inner, &field)
            }
            _ => {
                if self.judge(field, doc, name, &json!(true), Source::Table) == Verdict::Apply {
                    let (page, doc, field) = (page.clone(), doc.clone(), field.clone());
                    self.later.push_back(Later::Inside { page, doc, name: name.to_owned(), field });
                }
                Ok(())
            }
        }
    }

    fn properties(
        &mut self,
        page: &Place,
        doc: &Place,
        parts: &[Place],
        field: &Field,
    ) -> Result<(), MergeError> {
        let names: Vec<String> =
            page.child("properties").object(self.page).keys().cloned().collect();
        if names.is_empty() {
            return Ok(());
        }
        for part in parts {
            let stated: BTreeSet<String> = names.iter().cloned().collect();
            self.stated_properties.entry(part.clone()).or_default().extend(stated);
        }
        for name in &names {
            let inner = self.property(page, parts, name, field);
            match self.property_holder(parts, name) {
                Some(_) => self.compare_property(page, doc, parts, &inner)?,
                None => {
                    let stated = json!(true);
                    let verdict = self.judge(
                        &inner,
                        doc,
                        &format!("property {name}"),
                        &stated,
                        Source::Table,
                    );
                    if verdict == Verdict::Apply {
                        let (page, doc) = (page.clone(), doc.clone());
                        self.later.push_back(Later::Property { page, doc, field: inner });
                    }
                }
            }
        }
        Ok(())
    }

    /// A property as something that rows can be about.
    fn property(&self, page: &Place, parts: &[Place], name: &str, outer: &Field) -> Field {
        let holder = self.property_holder(parts, name).cloned();
        let own: Vec<Place> =
            holder.into_iter().map(|at| at.child("properties").child(name)).collect();
        let mut owners = Vec::new();
        for part in parts.iter().filter(|part| is_component(part)) {
            owners.extend(self.owners(part));
        }
        owners.extend(outer.owners.iter().cloned());
        let page = page.child("properties").child(name);
        let mut field = Field { name: name.to_owned(), page, own, owners, ..Field::default() };
        // A schema that only says what one value looks like is as good as the property itself.
        if let Some(target) = field.own.first().and_then(|own| schema::target(&self.doc, own).ok())
            && !field.own.contains(&target)
            && ["properties", "items", "allOf"]
                .iter()
                .all(|name| target.key(&self.doc, name).is_none())
        {
            field.own.push(target);
        }
        field
    }

    pub(super) fn property_holder<'p>(&self, parts: &'p [Place], name: &str) -> Option<&'p Place> {
        parts.iter().find(|part| part.child("properties").child(name).get(&self.doc).is_some())
    }

    /// Compares a property that the document has.
    pub(super) fn compare_property(
        &mut self,
        page: &Place,
        doc: &Place,
        parts: &[Place],
        field: &Field,
    ) -> Result<(), MergeError> {
        let Some(own) = field.own.first().cloned() else { return Ok(()) };
        self.is_at(field);
        if self.is_asked(page) {
            self.required(page, doc, parts, field);
        }
        self.schema(&field.page, &own, field)
    }

    fn required(&mut self, page: &Place, doc: &Place, parts: &[Place], field: &Field) {
        let name = json!(field.name);
        let is_stated = page.child("required").list(self.page).contains(&name);
        let subject = format!("required {}", field.name);
        self.state(field, doc, &subject, &json!(is_stated));
        let holder =
            parts.iter().find(|part| part.child("required").list(&self.doc).contains(&name));
        if holder.is_some() == is_stated {
            return;
        }
        if self.judge(field, doc, &subject, &json!(is_stated), Source::Table) != Verdict::Apply {
            return;
        }
        match holder.cloned() {
            Some(holder) => {
                let list = holder.child("required");
                if let Some(list) = list.list_mut(&mut self.doc) {
                    list.retain(|known| *known != name);
                }
                if list.list(&self.doc).is_empty() {
                    schema::unset(&mut self.doc, &holder, "required");
                }
            }
            None => self.require(page, doc, parts, &field.name),
        }
        let place = field.own.first().unwrap_or(doc).clone();
        self.changed(place, "required", json!(!is_stated), json!(is_stated));
    }

    /// Adds a name to the required ones, behind those that precede it on the page.
    pub(super) fn require(&mut self, page: &Place, doc: &Place, parts: &[Place], name: &str) {
        let at = match self.property_holder(parts, name) {
            Some(holder) => holder.clone(),
            None => self.holder_or_own(doc, parts, "properties"),
        };
        let before = preceding(page.child("properties").object(self.page), name);
        if at.key(&self.doc, "required").is_none() {
            schema::set(&mut self.doc, &at, "required", json!([]));
        }
        let Some(list) = at.child("required").list_mut(&mut self.doc) else { return };
        let at = |before: &String| list.iter().position(|known| known == before.as_str());
        let behind = before.iter().find_map(at);
        list.insert(behind.map_or(0, |at| at + 1).min(list.len()), json!(name));
    }
}

/// Whether a place is a whole schema of the components.
pub(super) fn is_component(at: &Place) -> bool {
    at.parent().is_some_and(|at| at.as_str() == "/components/schemas")
}
