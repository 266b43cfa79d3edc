//! What a statement is about, for the rows of `x-errata` that may decide about it.

use super::place::DocPlace;

/// Something of the document that rows can be about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// The field as the source spells it.
    pub(super) name: String,
    /// The objects that it is: rows on them need not name it.
    pub(super) own: Vec<DocPlace>,
    /// The objects that have it: rows on them name it.
    pub(super) owners: Vec<DocPlace>,
}
