//! Stage 3, merge. In: the document that people edit, and what the pages state. Out: the document with
//! what the pages state, a list of what was done, and what waits for a decision.
//!
//! Only facts that a page states are compared; what people wrote beside them stays.
//!
//! ```text
//! operation  operations by id, else by method and path; parameters, bodies, statuses by name
//! object     properties by name; schemas pair by the places that use them
//! facts      keywords of one value
//! later      what the document lacks, once every schema that exists has its counterpart
//! gone       what the document has from a page that no longer has it
//! findings   contradictions, as rows of `x-errata`
//! ```

mod adopt;
mod errata;
mod facts;
mod findings;
mod gone;
mod later;
mod lists;
mod object;
mod operation;
mod outcome;
mod place;
mod report;
mod rows;
mod schema;
mod state;
mod words;

use serde_json::Value;

use crate::transcript::Transcript;
pub use place::Place;
pub use report::{Change, ChangeKind, Decided, FieldNote, Merge, MergeError, Pending};
use state::State;

/// Merges what pages state into a document.
///
/// Doing it again changes nothing.
///
/// # Errors
/// When the document is not built like an OpenAPI document, or a reference in it leads nowhere.
pub fn into(document: &Value, transcript: &Transcript) -> Result<Merge, MergeError> {
    check(document)?;
    let mut state = State::new(document.clone(), transcript);
    state.operations()?;
    state.finish_open()?;
    state.gone()?;
    state.findings(&transcript.findings);
    Ok(state.into_merge(transcript))
}

/// The shape that everything else relies on.
fn check(document: &Value) -> Result<(), MergeError> {
    let object = |place: Place, value: Option<&Value>| match value {
        Some(value) if !value.is_object() => {
            let message = "must be an object; correct the document first".to_owned();
            Err(MergeError { place, message })
        }
        _ => Ok(()),
    };
    let root = Place::default();
    object(root.clone(), Some(document))?;
    let (paths, components) = (root.child("paths"), root.child("components"));
    for place in [&paths, &components] {
        object(place.clone(), place.get(document))?;
    }
    for (path, item) in paths.object(document) {
        object(paths.child(path), Some(item))?;
        for method in operation::METHODS {
            let place = paths.child(path).child(method);
            object(place.clone(), place.get(document))?;
        }
    }
    for (kind, map) in components.object(document) {
        if kind.starts_with("x-") {
            continue;
        }
        object(components.child(kind), Some(map))?;
        for (name, component) in components.child(kind).object(document) {
            object(components.child(kind).child(name), Some(component))?;
        }
    }
    Ok(())
}
