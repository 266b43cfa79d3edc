//! Values of both sides: shape, bounds, inside, properties.

use std::slice::from_ref;

use serde_json::{Value, json};

use super::{
    compared::Heard,
    error::MergeError,
    fact::{self, Fact, joined},
    finding::Part,
    fix::Fix,
    place::{DocPlace, PagePlace},
    schema,
    statement::{Says, Statement},
    subject::Subject,
    walk::Walk,
};

/// A value of both sides.
pub(super) struct Both<'a> {
    pub(super) page: &'a PagePlace,
    pub(super) doc: &'a DocPlace,
    /// The places that together describe it in the document.
    pub(super) parts: &'a [DocPlace],
    pub(super) subject: &'a Subject,
    /// The field of the source that it belongs to, for what comes from prose.
    pub(super) field: &'a PagePlace,
}

impl Walk<'_> {
    /// Compares a schema of the source with its counterpart.
    pub(super) fn component(&mut self, page: &PagePlace, doc: &DocPlace) -> Result<(), MergeError> {
        let subject =
            Subject { name: doc.last().to_owned(), own: vec![doc.clone()], owners: Vec::new() };
        self.is_at(page, &subject);
        self.value(page, doc, &subject)
    }

    /// Compares a value, wherever its schema stands.
    pub(super) fn schema(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
        subject: &Subject,
    ) -> Result<(), MergeError> {
        let Ok(target) = schema::target(self.page, page) else { return Ok(()) };
        if target == *page || !target.is_schema() {
            return self.value(page, doc, subject);
        }
        // The source refers to a schema: what stands beside the reference is about this field.
        if !self.pairing.is_first(page, doc) {
            return Ok(());
        }
        let parts = schema::parts(self.doc, doc)?;
        let Ok(stated) = schema::parts(self.page, page) else { return Ok(()) };
        let field = field_of(page);
        let both = Both { page, doc, parts: &parts, subject, field: &field };
        if self.has_type(&both, &stated) {
            // The schema itself is compared with the one that the source has.
            let inner = schema::parts(self.doc, &schema::target(self.doc, doc)?)?;
            self.hear(&both, parts.iter().filter(|part| !inner.contains(part)));
            self.facts(&both)?;
            self.pairing.pair(&target, &schema::target(self.doc, doc)?);
        }
        Ok(())
    }

    fn value(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
        subject: &Subject,
    ) -> Result<(), MergeError> {
        if !self.pairing.is_first(page, doc) {
            return Ok(());
        }
        let parts = schema::parts(self.doc, doc)?;
        let field = field_of(page);
        let both = Both { page, doc, parts: &parts, subject, field: &field };
        if !self.has_type(&both, from_ref(page)) {
            return Ok(());
        }
        self.hear(&both, parts.iter());
        self.facts(&both)?;
        if schema::is_closed_map(self.doc, &parts) {
            return Ok(());
        }
        for inside in ["items", "additionalProperties"] {
            if self.page.key(page, inside).is_some_and(Value::is_object) {
                self.inside(&both, inside)?;
            }
        }
        self.properties(&both)
    }

    /// Whether both describe the same kind of value, so that more can be compared.
    fn has_type(&mut self, both: &Both<'_>, stated: &[PagePlace]) -> bool {
        let is_free = schema::is_free(self.doc, both.parts);
        let found = schema::keyword(self.doc, both.parts, "type").cloned();
        let stated = schema::keyword(self.page, stated, "type").and_then(Value::as_str);
        let holds = match stated.filter(|_| !is_free) {
            // A source that states no type may still state what is inside.
            None => !is_free,
            Some(stated) => {
                let holds = found.as_ref().and_then(Value::as_str) == Some(stated);
                let value = self.page.get(both.page).cloned().unwrap_or_default();
                let fix = Fix::Reshape { at: both.doc.clone(), value };
                let fact = Fact::Type(stated.to_owned());
                if !holds {
                    self.will_be_at(both.page, both.doc.clone());
                }
                self.state(both, both.doc.clone(), fact, holds, found, vec![fix]);
                holds
            }
        };
        if holds {
            self.found.touched.extend(both.parts.iter().cloned());
        }
        holds
    }

    fn state(
        &mut self,
        both: &Both<'_>,
        at: DocPlace,
        fact: Fact,
        holds: bool,
        found: Option<Value>,
        fixes: Vec<Fix>,
    ) {
        self.found.statements.push(Statement {
            subject: both.subject.clone(),
            page: both.page.clone(),
            at,
            says: Says::Fact(fact),
            holds,
            found,
            fixes,
        });
    }

    /// Notes what is stated at all of some parts of a value.
    fn hear<'p>(&mut self, both: &Both<'_>, parts: impl Iterator<Item = &'p DocPlace>) {
        let values = schema::values(self.page, from_ref(both.page));
        for part in parts {
            self.found.heard.push(Heard {
                page: both.page.clone(),
                at: part.clone(),
                subject: both.subject.clone(),
                words: fact::stated(self.page, both.page),
                values: values.map(|(_, values)| values.to_vec()),
            });
        }
    }

    /// Bounds, and the list of values.
    fn facts(&mut self, both: &Both<'_>) -> Result<(), MergeError> {
        let Both { page, doc, parts, .. } = *both;
        for fact in Fact::all(self.page, page)? {
            let is_prose = self.is_prose(page, both.field, fact.keyword());
            let holds = fact.holds(self.doc, parts, is_prose);
            if let Fact::Values { values, .. } = &fact {
                let values = values.clone();
                self.list(both, fact, &values, holds);
                continue;
            }
            let at = schema::home(self.doc, doc, parts, fact.keyword());
            let found = self.doc.key(&at, fact.keyword()).cloned();
            let keyword = fact.keyword().to_owned();
            let fix = Fix::Set { at: at.clone(), keyword, value: fact.value() };
            self.state(both, at, fact, holds, found, vec![fix]);
        }
        for keyword in ["description", "example"] {
            self.fill(page, doc, parts, keyword);
        }
        Ok(())
    }

    /// A list of the source is satisfied by a list with the same values, closed or open.
    fn list(&mut self, both: &Both<'_>, fact: Fact, values: &[Value], holds: bool) {
        let Both { page, doc, parts, .. } = *both;
        let found = schema::values(self.doc, parts).map(|(name, found)| (name, found.to_vec()));
        let (keyword, becomes) = match &found {
            Some((name, found)) => (*name, joined(found, values)),
            None => (fact.keyword(), values.to_vec()),
        };
        let at = schema::home(self.doc, doc, parts, keyword);
        let mut fixes = Vec::new();
        // A new list comes with the name of its type.
        if let (None, None, Some(title)) =
            (&found, schema::holder(self.doc, parts, "title"), self.page.key(page, "title"))
        {
            let at = schema::home(self.doc, doc, parts, "title");
            fixes.push(Fix::Set { at, keyword: "title".to_owned(), value: title.clone() });
        }
        let value = json!(becomes);
        fixes.insert(0, Fix::Set { at: at.clone(), keyword: keyword.to_owned(), value });
        let found = found.map(|(_, found)| json!(found));
        self.state(both, at, fact, holds, found, fixes);
    }

    /// What people have not written is taken over.
    pub(super) fn fill(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
        parts: &[DocPlace],
        keyword: &'static str,
    ) {
        let Some(value) = self.page.key(page, keyword) else { return };
        let parameter = doc.parent().filter(|_| doc.last() == "schema");
        let is_there = schema::holder(self.doc, parts, keyword).is_some()
            || parameter.is_some_and(|at| {
                [keyword, "examples"].iter().any(|name| self.doc.key(&at, name).is_some())
            });
        if !is_there && self.doc.key(doc, "$ref").is_none() {
            let at = schema::home(self.doc, doc, parts, keyword);
            self.words(page, at, keyword, value);
        }
    }

    /// Items of a list, or values of a map.
    fn inside(&mut self, both: &Both<'_>, name: &'static str) -> Result<(), MergeError> {
        let Both { page, doc, parts, subject, .. } = *both;
        let at = schema::home(self.doc, doc, parts, name);
        let page = page.child(name);
        if self.doc.key(&at, name).is_some_and(Value::is_object) {
            let mut subject = subject.clone();
            subject.own.push(at.child(name));
            return self.schema(&page, &at.child(name), &subject);
        }
        let value = self.page.get(&page).cloned().unwrap_or_default();
        let fix = Fix::Set { at: at.clone(), keyword: name.to_owned(), value };
        self.will_be_at(&page, at.child(name));
        self.has(subject, &page, at, Part::Inside(name), vec![fix]);
        Ok(())
    }
}

/// The property or parameter that a value lies in.
fn field_of(page: &PagePlace) -> PagePlace {
    let is_inside = |at: &PagePlace| {
        let is_property = at.parent().is_some_and(|above| above.last() == "properties");
        !is_property && matches!(at.last(), "items" | "additionalProperties" | "schema")
    };
    page.upwards().find(|at| !is_inside(at)).unwrap_or_default()
}
