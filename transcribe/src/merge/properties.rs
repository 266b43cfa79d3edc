//! Properties of both sides, by name, and which of them are required.

use serde_json::json;

use super::{
    error::MergeError,
    fact::Fact,
    finding::Part,
    fix::Fix,
    place::DocPlace,
    schema,
    schemas::Both,
    statement::{Says, Statement},
    subject::Subject,
    walk::{Walk, preceding},
};

impl Walk<'_> {
    pub(super) fn properties(&mut self, both: &Both<'_>) -> Result<(), MergeError> {
        let Both { page, doc, parts, .. } = *both;
        let list = page.child("properties");
        let names: Vec<&String> = self.page.keys(&list).collect();
        let is_free = names.is_empty() && self.page.key(page, "additionalProperties").is_none();
        if names.is_empty() && !(is_free && self.page.text(page, "type") == Some("object")) {
            return Ok(());
        }
        for part in parts {
            let stated = self.found.properties.entry(part.clone()).or_default();
            stated.extend(names.iter().map(|name| (*name).clone()));
        }
        // Where the property in front of a new one stands, or will stand.
        let mut near: Option<DocPlace> = None;
        for name in names {
            match schema::property_holder(self.doc, parts, name).cloned() {
                Some(holder) => {
                    self.property(both, name, &holder)?;
                    near = Some(holder);
                }
                None => {
                    let home = || schema::home(self.doc, doc, parts, "properties");
                    let at = near.clone().unwrap_or_else(home);
                    self.new_property(both, name, &at);
                    near = Some(at);
                }
            }
        }
        Ok(())
    }

    fn new_property(&mut self, both: &Both<'_>, name: &str, at: &DocPlace) {
        let list = both.page.child("properties");
        let page = list.child(name);
        let behind = preceding(self.page.keys(&list), name);
        let into = at.child("properties");
        self.will_be_at(&page, into.child(name));
        let mut value = self.page.get(&page).cloned().unwrap_or_default();
        self.cite(&page, at, &mut value);
        let mut fixes = vec![Fix::Insert {
            into,
            key: name.to_owned(),
            value,
            behind: behind.clone(),
            at_front: true,
        }];
        let is_required = self.page.list(&both.page.child("required")).contains(&json!(name));
        if is_required && self.is_asked(both.page) {
            fixes.push(Fix::Require { object: at.clone(), name: name.to_owned(), behind });
        }
        let subject = Subject { name: name.to_owned(), own: Vec::new(), owners: owners(both) };
        self.has(&subject, &page, at.clone(), Part::Property(name.to_owned()), fixes);
    }

    /// Compares a property that the document has.
    fn property(
        &mut self,
        both: &Both<'_>,
        name: &str,
        holder: &DocPlace,
    ) -> Result<(), MergeError> {
        let page = both.page.child("properties").child(name);
        let own = holder.child("properties").child(name);
        let mut subject =
            Subject { name: name.to_owned(), own: vec![own.clone()], owners: owners(both) };
        // A schema that only says what one value looks like is as good as the property itself.
        if let Ok(target) = schema::target(self.doc, &own)
            && target != own
            && ["properties", "items", "allOf"]
                .iter()
                .all(|key| self.doc.key(&target, key).is_none())
        {
            subject.own.push(target);
        }
        self.is_at(&page, &subject);
        if self.is_asked(both.page) {
            self.required(both, name, holder, &subject);
        }
        self.schema(&page, &own, &subject)
    }

    fn required(&mut self, both: &Both<'_>, name: &str, property: &DocPlace, subject: &Subject) {
        let wanted = json!(name);
        let stated = self.page.list(&both.page.child("required")).contains(&wanted);
        let lists = |part: &&DocPlace| self.doc.list(&part.child("required")).contains(&wanted);
        let holder = both.parts.iter().find(lists).cloned();
        let name = name.to_owned();
        let fixes = match &holder {
            Some(object) => vec![Fix::Release { object: object.clone(), name }],
            None => {
                let keys = self.page.keys(&both.page.child("properties"));
                let behind = preceding(keys, &name);
                vec![Fix::Require { object: property.clone(), name, behind }]
            }
        };
        let page = both.page.child("properties").child(wanted.as_str().unwrap_or_default());
        self.found.statements.push(Statement {
            subject: subject.clone(),
            page,
            at: subject.own.first().unwrap_or(both.doc).clone(),
            says: Says::Fact(Fact::Required(stated)),
            holds: holder.is_some() == stated,
            found: Some(json!(holder.is_some())),
            fixes,
        });
    }
}

/// The objects that have the properties of a value.
fn owners(both: &Both<'_>) -> Vec<DocPlace> {
    let mut owners = both.parts.to_vec();
    if !owners.contains(both.doc) {
        owners.push(both.doc.clone());
    }
    owners
}
