//! Parameters of an operation, by name and place.

use serde_json::{Value, json};

use super::{
    error::MergeError,
    fact::Fact,
    finding::Part,
    fix::Fix,
    place::{DocPlace, PagePlace, Place, Tree},
    schema,
    statement::{Says, Statement},
    subject::Subject,
    walk::Walk,
};

/// Name and place (`in`) of a parameter.
type Key = (String, String);

fn key<S>(tree: Tree<'_, S>, at: &Place<S>) -> Option<Key> {
    Some((tree.text(at, "name")?.to_owned(), tree.text(at, "in")?.to_owned()))
}

impl Walk<'_> {
    pub(super) fn parameters(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
    ) -> Result<(), MergeError> {
        let list = page.child("parameters");
        let stated = (0..self.page.list(&list).len()).filter_map(|i| {
            let at = self.page_target(&list.child(i));
            Some((key(self.page, &at)?, at))
        });
        let stated: Vec<(Key, PagePlace)> = stated.collect();
        let known = self.known_parameters(doc)?;
        let own = doc.child("parameters");
        let mut before = 0;
        for (wanted, at) in &stated {
            let found = known.iter().find(|known| known.key == *wanted);
            let Some(found) = found else {
                let mut value = self.shared_parameter(at)?;
                self.cite(at, doc, &mut value);
                let fix = Fix::InsertItem { list: own.clone(), before, value };
                let subject = of_operation(&wanted.0, doc);
                self.has(&subject, at, doc.clone(), Part::Parameter(wanted.0.clone()), vec![fix]);
                continue;
            };
            // New ones stand behind those that precede them on the page.
            before = found.number.map_or(before, |number| number + 1);
            let mut subject = of_operation(&wanted.0, doc);
            let inner = found.target.child("schema");
            subject.own = vec![found.target.clone(), inner.clone()];
            subject.own.extend(schema::target(self.doc, &inner).ok());
            self.parameter(at, &found.target.clone(), &subject)?;
        }
        for known in &known {
            if !stated.iter().any(|(wanted, _)| *wanted == known.key) {
                let mut subject = of_operation(&known.key.0, doc);
                subject.own = vec![known.at.clone(), known.target.clone()];
                self.lacks(subject, known.at.clone(), Part::Parameter(known.key.0.clone()));
            }
        }
        Ok(())
    }

    fn parameter(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
        subject: &Subject,
    ) -> Result<(), MergeError> {
        self.is_at(page, subject);
        if self.page.text(page, "in") != Some("path") {
            let is_required = |value: Option<&Value>| value == Some(&Value::Bool(true));
            let stated = is_required(self.page.key(page, "required"));
            let found = is_required(self.doc.key(doc, "required"));
            let (at, keyword) = (doc.clone(), "required".to_owned());
            let fix = match stated {
                true => Fix::Set { at, keyword, value: json!(true) },
                false => Fix::Unset { at, keyword },
            };
            self.found.statements.push(Statement {
                subject: subject.clone(),
                page: page.clone(),
                at: doc.clone(),
                says: Says::Fact(Fact::Required(stated)),
                holds: stated == found,
                found: Some(json!(found)),
                fixes: vec![fix],
            });
        }
        self.fill(page, doc, std::slice::from_ref(doc), "description");
        self.schema_of(page, doc, subject)?;
        let has_example =
            ["example", "examples"].iter().any(|name| self.doc.key(doc, name).is_some())
                || self.doc.key(&doc.child("schema"), "example").is_some();
        if !has_example {
            self.fill(page, doc, std::slice::from_ref(doc), "example");
        }
        Ok(())
    }

    /// The parameters of an operation and of its path.
    fn known_parameters(&self, operation: &DocPlace) -> Result<Vec<Known>, MergeError> {
        let path = operation.parent().unwrap_or_default();
        let mut known = Vec::new();
        for (list, is_own) in
            [(operation.child("parameters"), true), (path.child("parameters"), false)]
        {
            for i in 0..self.doc.list(&list).len() {
                let at = list.child(i);
                let target = self.doc_target(&at)?;
                let Some(key) = key(self.doc, &target) else { continue };
                known.push(Known { key, at, target, number: is_own.then_some(i) });
            }
        }
        Ok(known)
    }

    /// A parameter as it is added: a reference to one that all operations share and that says the same,
    /// or what the source states.
    pub(super) fn shared_parameter(&self, page: &PagePlace) -> Result<Value, MergeError> {
        let shared = DocPlace::of(["components", "parameters"]);
        for name in self.doc.keys(&shared) {
            let doc = shared.child(name);
            let said =
                |value: Option<&Value>| value.filter(|value| **value != json!(false)).cloned();
            let same = |keyword: &str| {
                said(self.page.key(page, keyword)) == said(self.doc.key(&doc, keyword))
            };
            let parts = schema::parts(self.doc, &doc.child("schema"))?;
            let facts = self.page.object(&page.child("schema")).iter();
            let mut facts = facts.filter(|(key, _)| {
                !key.starts_with("x-")
                    && !matches!(key.as_str(), "title" | "description" | "example")
            });
            if ["name", "in", "required"].into_iter().all(same)
                && facts.all(|(key, value)| schema::keyword(self.doc, &parts, key) == Some(value))
            {
                return Ok(json!({"$ref": doc.to_string()}));
            }
        }
        Ok(self.page.get(page).cloned().unwrap_or_default())
    }
}

/// A parameter of the document.
struct Known {
    key: Key,
    at: DocPlace,
    /// What it refers to, or itself.
    target: DocPlace,
    /// In the operation's own list.
    number: Option<usize>,
}

fn of_operation(name: &str, operation: &DocPlace) -> Subject {
    Subject { name: name.to_owned(), own: Vec::new(), owners: vec![operation.clone()] }
}
