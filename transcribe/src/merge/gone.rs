//! What the document has from a page that was given, and that page no longer has. In: both sides, compared.
//! Out: absences; what is gone is listed and stays.

use std::collections::BTreeSet;

use super::{
    compared::{Absence, Compared},
    fact::Fact,
    finding::{Outcome, Part, Problem},
    judge::Judged,
    paths,
    place::{DocPlace, Edited, PagePlace, Stated, Tree},
    provenance, schema,
    source::{self, Source},
    subject::Subject,
};

/// Operations, schemas and properties; the rest of an operation is found when it is compared.
pub(super) fn absences(
    page: Tree<'_, Stated>,
    doc: Tree<'_, Edited>,
    compared: &Compared,
    judged: &[Judged],
) -> Vec<Absence> {
    let given: BTreeSet<(Source, String)> =
        paths::all(page).filter_map(|at: PagePlace| source::given(page, &at)).collect();
    let is_given = |at: &DocPlace| {
        let named = provenance::named_here(doc, at);
        named.iter().filter_map(source::name_of).any(|source| given.contains(&source))
    };
    let mut absences = Vec::new();
    for at in paths::all(doc) {
        if is_given(&at) && !compared.matched.contains(&at) {
            let name = doc.text(&at, "operationId").unwrap_or_default().to_owned();
            let part = Part::Operation(name.clone());
            let subject = Subject { name, own: vec![at.clone()], owners: Vec::new() };
            absences.push(Absence { subject, at, part, values: Vec::new() });
        }
    }
    let touched = touched(doc, compared, judged);
    let schemas = DocPlace::of(["components", "schemas"]);
    for name in doc.keys(&schemas) {
        let at = schemas.child(name);
        if is_given(&at) && !touched.contains(&at) {
            let part = Part::Component("schema".to_owned(), name.clone());
            let subject = Subject { name: name.clone(), own: vec![at.clone()], owners: Vec::new() };
            absences.push(Absence { subject, at, part, values: Vec::new() });
        }
    }
    for (object, stated) in &compared.properties {
        let component = object.upwards().find(DocPlace::is_schema);
        // Inside of an operation, a page was compared with it.
        let is_given = component.as_ref().is_none_or(is_given);
        if !is_given || schema::is_closed_map(doc, std::slice::from_ref(object)) {
            continue;
        }
        let properties = object.child("properties");
        for name in doc.keys(&properties).filter(|name| !stated.contains(*name)) {
            let at = properties.child(name);
            let owners = vec![object.clone()];
            let subject = Subject { name: name.clone(), own: vec![at.clone()], owners };
            let part = Part::Property(name.clone());
            absences.push(Absence { subject, at, part, values: Vec::new() });
        }
    }
    absences
}

/// The schemas that the source speaks of, and those that a value has whose type was left as it is.
fn touched(doc: Tree<'_, Edited>, compared: &Compared, judged: &[Judged]) -> BTreeSet<DocPlace> {
    let mut touched = compared.touched.clone();
    let is_type = |problem: &Problem| match problem {
        Problem::Differs { stated: Fact::Type(_), .. } => true,
        Problem::Disagreement { word, .. } => word == "type",
        _ => false,
    };
    for one in judged {
        let is_applied = matches!(one.finding.outcome, Outcome::Applied(_));
        if is_type(&one.finding.problem) && !is_applied {
            touched.extend(schema::reached(doc, &one.subject.own));
            touched.extend(schema::reached(doc, std::slice::from_ref(&one.finding.place)));
        }
    }
    touched
}
