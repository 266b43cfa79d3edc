//! Contradictions of pages with themselves. In: what `resolve` found, by its places. Out: findings at places
//! of the document, decided by a row or open.

use super::{
    about::{Rows, Ruling},
    compared::Compared,
    finding::Problem,
    judge::Judge,
    place::{DocPlace, PagePlace, Stated, Tree},
    source::{self, Source},
    subject::Subject,
};
use crate::transcript::Finding;

impl Judge<'_> {
    /// Looks up who has decided each contradiction.
    pub(super) fn contradictions(&mut self, findings: &[Finding], compared: &Compared) {
        for finding in findings {
            let page = PagePlace::from(finding.pointer.clone());
            let mut subjects = subjects(compared, &page, self.page);
            // Of several places, the same one has the row each time.
            subjects.sort_by(|a, b| a.own.cmp(&b.own));
            let subjects: Vec<Subject> =
                subjects.into_iter().map(|subject| meant(subject, &finding.field)).collect();
            let (source, rows) = (source::of(self.page, &page), &mut self.rows);
            let ruled = subjects
                .iter()
                .find(|subject| is_ruled(rows, subject, finding, source))
                .or(subjects.first());
            let subject = ruled
                .cloned()
                .unwrap_or_else(|| Subject { name: finding.field.clone(), ..Subject::default() });
            let place = subject.own.iter().chain(&subject.owners).next().cloned();
            let problem = Problem::Contradiction {
                kind: finding.kind.clone(),
                sources: finding.sources.clone(),
                at: finding.at.clone(),
            };
            let place = place.unwrap_or_else(|| DocPlace::from(page.pointer().clone()));
            self.finding(place, subject, source, finding.values.clone(), problem, None);
        }
    }
}

fn is_ruled(rows: &mut Rows, subject: &Subject, finding: &Finding, source: Source) -> bool {
    let ruling = rows.ruling(subject, &finding.kind, &finding.values, source);
    matches!(ruling, Ruling::Decided(_) | Ruling::Waits(..))
}

/// What the nearest object of the source is in the document, and all that it will be: an object further up that is
/// added brings what is inside of it along.
pub(super) fn subjects(
    compared: &Compared,
    page: &PagePlace,
    tree: Tree<'_, Stated>,
) -> Vec<Subject> {
    let mut all: Vec<Subject> = Vec::new();
    for at in page.upwards() {
        let roots = compared.inserted.get(&at).into_iter().flatten();
        let way = page.below(&at).unwrap_or_default();
        let added = roots.map(|root| {
            let own = root.join(way);
            let above = own.parent().filter(|above| above.last() == "properties");
            let owners: Vec<DocPlace> = above.iter().filter_map(DocPlace::parent).collect();
            let name = ["operationId", "name"].iter().find_map(|key| tree.text(page, key));
            let name = name.unwrap_or_else(|| own.last()).to_owned();
            Subject { name, own: vec![own], owners }
        });
        let known = compared.subjects.get(&at).filter(|_| all.is_empty());
        let found: Vec<Subject> = known.into_iter().flatten().cloned().chain(added).collect();
        for subject in found {
            if all.iter().all(|known| known.own != subject.own) {
                all.push(subject);
            }
        }
    }
    all
}

/// What a contradiction on an object is about: the object, or something that it names.
fn meant(mut subject: Subject, name: &str) -> Subject {
    if name.is_empty() || name == subject.name {
        return subject;
    }
    name.clone_into(&mut subject.name);
    subject.owners.splice(0..0, std::mem::take(&mut subject.own));
    subject
}
