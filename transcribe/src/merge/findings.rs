//! Contradictions of the pages: decided by a row, or put on record.

use super::{
    place::Place,
    report::{Decided, Pending},
    state::{Field, State},
};
use crate::transcript::Finding;

/// How people call what the line of method and path contradicts.
const PATH_WORDS: &[&str] = &["request line", "URI", "method"];

/// A schema with no more properties than this is known by them.
const FEW: usize = 4;

impl State<'_> {
    /// Looks up who has decided each contradiction; the rest becomes rows that wait.
    pub(super) fn findings(&mut self, findings: &[Finding]) {
        for finding in findings {
            self.finding(finding);
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let mut fields = self.fields_of(&Place::new(&finding.pointer)).to_vec();
        // Of several places, the same one has the row each time.
        fields.sort_by(|a, b| a.own.cmp(&b.own));
        let fields: Vec<Field> =
            fields.into_iter().map(|field| self.meant(field, &finding.field)).collect();
        let names = |key: &str| finding.sources.iter().any(|(source, _)| source == key);
        let concerned = ["example", "text", "table"].into_iter().find(|key| names(key));
        let decided = fields.iter().find_map(|field| {
            let row = self.rows.deciding(field, concerned, None);
            let row =
                row.or_else(|| self.rule_about(field).filter(|_| finding.kind == "required-text"));
            Some((field, row?))
        });
        match (decided, fields.first()) {
            (Some((field, row)), _) => {
                let place =
                    field.own.iter().chain(&field.owners).next().cloned().unwrap_or_default();
                let (subject, field) = (finding.kind.clone(), finding.field.clone());
                let is_contradiction = true;
                self.decided.insert(Decided { place, subject, field, row, is_contradiction });
            }
            (None, Some(field)) => {
                let field = field.clone();
                self.put_on_record(
                    &field,
                    &finding.kind,
                    &finding.sources,
                    Some(finding.at.clone()),
                );
            }
            // No object of the document can hold a row for it, so people only read of it.
            (None, None) => {
                let Finding { pointer, kind, field, sources, at, .. } = finding.clone();
                let (place, at) = (Place::new(&pointer), Some(at));
                let row = String::new();
                self.pending.insert(Pending {
                    place,
                    kind,
                    field,
                    sources,
                    row,
                    is_new: false,
                    at,
                });
            }
        }
    }

    /// What a contradiction on an object is about: the object, or something that it names.
    fn meant(&self, mut field: Field, name: &str) -> Field {
        if name == "path" {
            field.aliases.extend(PATH_WORDS.iter().map(|word| vec![(*word).to_owned()]));
        }
        let Some(object) = field.own.first().cloned() else { return field };
        let properties = object.child("properties").object(&self.doc);
        if name.is_empty() || name == field.name {
            // A schema as a whole is meant where all its properties are named.
            if !properties.is_empty() && properties.len() <= FEW {
                field.aliases.push(properties.keys().cloned().collect());
                field.owners.extend(field.own.iter().cloned());
            }
            return field;
        }
        // What is said about a field below a schema or operation is on record there, by its name; or on the
        // field whose name is meant, as `port"` means `port`.
        name.clone_into(&mut field.name);
        field.owners.splice(0..0, std::mem::take(&mut field.own));
        let meant = name.trim_matches(|c: char| !c.is_alphanumeric());
        if meant != name && properties.contains_key(meant) {
            field.own.push(object.child("properties").child(meant));
        }
        field
    }

    /// A rule of `x-validations` about a field, which says when it is required.
    fn rule_about(&self, field: &Field) -> Option<String> {
        field.owners.iter().find_map(|owner| {
            let mut rules = owner.child("x-validations").list(&self.doc).iter();
            let is_about = |rule: &&serde_json::Value| {
                rule.get("fieldPath").and_then(|path| path.as_str()) == Some(&field.name)
            };
            rules.find(is_about)?.get("id")?.as_str().map(str::to_owned)
        })
    }
}
