//! Stage 3, merge. In: the document that people edit, and what a source states. Out: the document with what
//! the source states, and every difference: applied, left by a row of `x-errata`, or open.
//!
//! Only facts that a source states are compared; what people wrote beside them stays. First a plan is made,
//! which changes nothing, and then it is applied:
//!
//! ```text
//! walk            both sides → statements, each with its counterpart in the document
//!   operations      by method and path; parameters, bodies and answers by name
//!   schemas         values: type and bounds; properties by name
//!   parts           schemas pair by the places that use them; what the document lacks comes along
//!   pairing         which schemas are counterparts; compared: what was found
//! judge           statements + rows → findings; all statements about one place are judged together
//! gone            what the document has and the source lacks
//! unstated        what the document says of values and the source does not
//! provenance      which sources the document names for its parts
//! contradictions  of a page with itself → findings
//! apply           the document + fixes → the merged document
//! record          open findings → rows that wait for a decision
//! ```

mod about;
mod apply;
mod bodies;
mod compared;
mod contradictions;
mod error;
mod fact;
mod finding;
mod fix;
mod gone;
mod judge;
mod operations;
mod pairing;
mod parameters;
mod parts;
mod paths;
mod place;
mod properties;
mod provenance;
mod record;
mod schema;
mod schemas;
mod source;
mod statement;
mod subject;
mod unstated;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use conventions::pointer::JsonPointer;
use serde_json::Value;

use crate::transcript::Transcript;
pub use about::{UNCHECKED, words};
pub use error::MergeError;
pub use fact::Fact;
pub use finding::{FieldNote, Finding, Idle, Merge, Outcome, Part, Problem, Waiting};
pub use fix::Fix;
pub use place::{DocPlace, Edited, PagePlace, Place, Stated};
pub use source::Source;

use about::Rows;
use judge::Judge;
use place::Tree;

/// Merges what pages and packages state into a document.
///
/// Doing it again changes nothing.
///
/// # Errors
/// When the document is not built like an OpenAPI document, or a reference in it leads nowhere.
pub fn into(document: &Value, transcript: &Transcript) -> Result<Merge, MergeError> {
    check(document)?;
    let (mut compared, pairing) = walk::walk(document, transcript)?;
    let (page, doc) = (Tree::new(&transcript.document), Tree::new(document));
    let mut judge = Judge { page, doc, rows: Rows::of(doc), judged: Vec::new() };
    compared.statements.extend(provenance::statements(page, doc, &compared));
    judge.statements(std::mem::take(&mut compared.statements), &pairing);
    let unstated = unstated::found(page, doc, &compared, &judge.judged);
    judge.statements(unstated.statements, &pairing);
    unstated.absences.into_iter().for_each(|(absence, source)| judge.absence(absence, source));
    let gone = gone::absences(page, doc, &compared, &judge.judged);
    let absences = std::mem::take(&mut compared.absences);
    // What all sources lack is a matter of the first of them.
    let sources = source::all(page);
    let first = sources.first().copied().unwrap_or(Source::Page);
    let run = provenance::of_run(page);
    let absences = absences.into_iter().chain(gone);
    absences
        .filter(|absence| provenance::is_claimed(doc, &absence.at, &run))
        .for_each(|absence| judge.absence(absence, first));
    std::mem::take(&mut compared.clashes).into_iter().for_each(|clash| judge.clash(clash));
    judge.contradictions(&transcript.findings, &compared);
    let Judge { rows, mut judged, .. } = judge;
    // Whether a row decides nothing can be told when all that this kind of source claims was compared.
    let is_claimed = |at: &DocPlace| provenance::is_claimed(doc, at, &run);
    let is_whole = paths::all(doc).filter(is_claimed).all(|at| compared.matched.contains(&at));
    let idle = if is_whole { rows.idle(&sources, is_claimed) } else { Vec::new() };
    let (mut merged, moves) = apply::fixes(document, &mut judged);
    record::rows(&mut merged, &mut judged, rows.ids(), &moves);
    judged.sort_by(|a, b| (&a.finding.place, a.order).cmp(&(&b.finding.place, b.order)));
    let mut findings: Vec<Finding> = judged.into_iter().map(|one| one.finding).collect();
    findings.dedup();
    let in_merged = |pointer: &JsonPointer| -> DocPlace {
        let subjects = contradictions::subjects(&compared, &PagePlace::from(pointer.clone()), page);
        let own = subjects.into_iter().find_map(|subject| subject.own.into_iter().next());
        own.map_or_else(|| DocPlace::from(pointer.clone()), |at| moves.place(&at))
    };
    let mut promotions = transcript.promotions.clone();
    for promotion in &mut promotions {
        promotion.pointer = in_merged(&promotion.pointer).pointer().clone();
    }
    let is_described = |at: &DocPlace| {
        let tree = Tree::new(&merged);
        schema::parts(tree, at)
            .is_ok_and(|parts| schema::holder(tree, &parts, "description").is_some())
    };
    let notes = transcript.untranscribed.iter().map(|note| {
        let place = in_merged(&note.pointer);
        let mut note = note.clone();
        note.pointer = place.pointer().clone();
        FieldNote { note, is_described: is_described(&place) }
    });
    let notes = notes.collect();
    Ok(Merge { document: merged, findings, idle, promotions, notes })
}

/// The pages that each schema of a document names, by its name.
pub fn owners(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let (doc, schemas) = (Tree::new(document), DocPlace::of(["components", "schemas"]));
    let pages =
        |name: &String| provenance::pages(&provenance::named_here(doc, &schemas.child(name)));
    doc.keys(&schemas).map(|name| (name.clone(), pages(name))).collect()
}

/// The shape that everything else relies on.
fn check(document: &Value) -> Result<(), MergeError> {
    let tree: Tree<'_, Edited> = Tree::new(document);
    let object = |place: &DocPlace| match tree.get(place) {
        Some(value) if !value.is_object() => {
            let message = "must be an object; correct the document first".to_owned();
            Err(MergeError::new(place, message))
        }
        _ => Ok(()),
    };
    let root = DocPlace::default();
    let (paths, components) = (root.child("paths"), root.child("components"));
    for place in [&root, &paths, &components] {
        object(place)?;
    }
    for path in tree.keys(&paths) {
        object(&paths.child(path))?;
        for method in paths::METHODS {
            object(&paths.child(path).child(method))?;
        }
    }
    for kind in tree.keys(&components).filter(|kind| !kind.starts_with("x-")) {
        object(&components.child(kind))?;
        for name in tree.keys(&components.child(kind)) {
            object(&components.child(kind).child(name))?;
        }
    }
    Ok(())
}
