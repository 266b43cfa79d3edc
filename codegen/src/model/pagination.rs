//! How a list is read, in one answer or in several.

use serde::Serialize;

use super::{Name, Schema};

/// A call that answers with a list, or with a part of one (`x-pagination`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pagination {
    /// How a part is asked for; nothing if the list comes as a whole.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// The field of the answer that holds the items: without it, an answer is no list.
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
    /// Whether that field is a text of digits.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub total_as_text: bool,
}

/// The parameters that ask for a part of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paging {
    /// The one that says how many items to leave out.
    pub offset: Name,
    /// The one that says how many items to answer with at most.
    pub limit: Name,
}
