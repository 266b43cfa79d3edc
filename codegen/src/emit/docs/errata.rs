//! Short lists of contradictions, by subject. In: rows of the model. Out: a view with their ids.

use indexmap::IndexMap;
use serde::Serialize;

use super::markdown;
use crate::model::Erratum;

/// All contradictions about one place of the document.
#[derive(Serialize)]
pub(super) struct Subject {
    name: String,
    ids: Vec<String>,
}

/// Groups contradictions by what they are about, in their order.
pub(super) fn subjects<'a>(errata: impl IntoIterator<Item = &'a Erratum>) -> Vec<Subject> {
    let mut subjects: IndexMap<&str, Vec<String>> = IndexMap::new();
    for erratum in errata {
        subjects.entry(&erratum.subject).or_default().push(erratum.id.clone());
    }
    let subjects = subjects.into_iter();
    subjects.map(|(name, ids)| Subject { name: markdown::code(name), ids }).collect()
}
