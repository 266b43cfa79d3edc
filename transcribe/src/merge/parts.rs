//! Counterparts of schemas, and what the document lacks. In: pairs that comparing finds. Out: a schema of
//! the document for each one that a new part refers to, an old one or a new one.
//!
//! Schemas pair by the places that use them, so that people may name them. What new parts refer to is
//! looked up when all that both have is paired.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    error::MergeError,
    finding::Part,
    fix::Fix,
    pairing::targets,
    place::{DocPlace, PagePlace},
    provenance, schema,
    subject::Subject,
    walk::{Walk, preceding},
};

impl Walk<'_> {
    /// Compares schemas that turned up, and finds those that new parts refer to, until nothing is left: one
    /// after the other by name, so that the order of the source does not matter.
    pub(super) fn parts(&mut self) -> Result<(), MergeError> {
        let mut wanted: BTreeSet<PagePlace> = BTreeSet::new();
        let mut next = 0;
        loop {
            while let Some((page, doc)) = self.pairing.open.pop_front() {
                self.component(&page, &doc)?;
            }
            let new = self.found.statements.get(next..).unwrap_or_default();
            let new = new.iter().filter(|statement| !statement.holds);
            wanted.extend(new.flat_map(|statement| targets(&statement.fixes)));
            next = self.found.statements.len();
            let Some(target) = wanted.pop_first() else { return Ok(()) };
            self.part(&target)?;
        }
    }

    /// Finds the component that a new part of the source refers to, or adds it.
    fn part(&mut self, page: &PagePlace) -> Result<(), MergeError> {
        let Some(value) = self.page.get(page) else { return Ok(()) };
        let same = DocPlace::from(page.pointer().clone());
        if !page.is_schema() {
            if self.doc.get(&same).is_some() {
                let is_new = self.pairing.is_first(page, &same);
                let subject = Subject {
                    name: page.last().to_owned(),
                    own: vec![same.clone()],
                    ..Subject::default()
                };
                return if is_new { self.contents(page, &same, &subject) } else { Ok(()) };
            }
            self.create(page, &same, value);
            return Ok(());
        }
        if self.pairing.component(page).is_some() {
            return Ok(());
        }
        if self.doc.get(&same).is_some() && self.is_namesake(page, &same)? {
            self.pairing.pair(page, &same);
            return Ok(());
        }
        let doc = self.free_name(page.last());
        self.create(page, &doc, value);
        // There is nothing to compare it with.
        self.pairing.pairs.entry(page.clone()).or_default().push(doc);
        Ok(())
    }

    fn create(&mut self, page: &PagePlace, doc: &DocPlace, value: &Value) {
        if !self.pairing.created.insert(doc.clone()) {
            return;
        }
        let (of_page, of_doc) =
            (page.parent().unwrap_or_default(), doc.parent().unwrap_or_default());
        let fix = Fix::Insert {
            key: doc.last().to_owned(),
            value: value.clone(),
            behind: preceding(self.page.keys(&of_page), page.last()),
            at_front: false,
            into: of_doc.clone(),
        };
        self.will_be_at(page, doc.clone());
        let subject =
            Subject { name: doc.last().to_owned(), own: vec![doc.clone()], ..Subject::default() };
        let kind = of_doc.last().trim_end_matches('s').to_owned();
        let part = Part::Component(kind, doc.last().to_owned());
        self.has(&subject, page, doc.clone(), part, vec![fix]);
    }

    /// Whether a schema of the same name that nothing of the source has claimed so far is the same schema.
    fn is_namesake(&self, page: &PagePlace, doc: &DocPlace) -> Result<bool, MergeError> {
        if self.pairing.pairs.values().flatten().any(|claimed| claimed == doc) {
            return Ok(false);
        }
        let of_page = provenance::pages(&provenance::named_here(self.page, page));
        let of_doc = provenance::pages(&provenance::named_here(self.doc, doc));
        if !of_page.is_disjoint(&of_doc) {
            return Ok(true);
        }
        let parts = schema::parts(self.doc, doc)?;
        let stated = self.page.object(&page.child("properties"));
        let properties = |part: &DocPlace| self.doc.object(&part.child("properties")).len();
        if stated.len() != parts.iter().map(properties).sum::<usize>() {
            return Ok(false);
        }
        for name in stated.keys() {
            let inner = page.child("properties").child(name);
            let Some(holder) = schema::property_holder(self.doc, &parts, name) else {
                return Ok(false);
            };
            let of_page = schema::parts(self.page, &inner)?;
            let of_doc = schema::parts(self.doc, &holder.child("properties").child(name))?;
            let stated = schema::keyword(self.page, &of_page, "type");
            if stated != schema::keyword(self.doc, &of_doc, "type") {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn free_name(&self, name: &str) -> DocPlace {
        let mut number = 1;
        loop {
            let name = if number == 1 { name.to_owned() } else { format!("{name}{number}") };
            let place = DocPlace::component("schemas", &name);
            if self.doc.get(&place).is_none() && !self.pairing.created.contains(&place) {
                return place;
            }
            number += 1;
        }
    }
}
