//! How a list that is too long for one answer is read.

use serde::Serialize;

use super::{Name, Schema};

/// A call that takes an offset and a limit, and answers with a part of a list (`x-pagination`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pagination {
    /// The parameter that says how many items to leave out.
    pub offset: Name,
    /// The parameter that says how many items to answer with at most.
    pub limit: Name,
    /// The field of the answer that holds the items.
    pub items: Name,
    /// Whether that field may be null.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub items_nullable: bool,
    /// One item.
    pub item: Schema,
    /// The field of the answer that says how many items there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Name>,
    /// Whether that field is always there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub total_required: bool,
}
