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
#[serde(untagged)]
pub enum Paging {
    /// By how many items to leave out.
    Offset {
        /// The one that says how many items to leave out.
        offset: Name,
        /// The one that says how many items to answer with at most.
        limit: Name,
    },
    /// By the number of a page, from 1.
    Number {
        /// The one that says which page.
        page: Name,
        /// The one that says how many items a page has.
        limit: Name,
    },
    /// By a marker that an earlier part holds.
    Marker {
        /// The one that takes the marker.
        marker: Name,
        /// The one that says how many items to answer with at most.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<Name>,
        /// Where the marker of the next part is found.
        next: NextMarker,
    },
}

impl Paging {
    /// The parameter that says where a part begins.
    pub fn begin(&self) -> &Name {
        match self {
            Self::Offset { offset: begin, .. }
            | Self::Number { page: begin, .. }
            | Self::Marker { marker: begin, .. } => begin,
        }
    }

    /// The parameter that says how long a part is.
    pub fn limit(&self) -> Option<&Name> {
        match self {
            Self::Offset { limit, .. } | Self::Number { limit, .. } => Some(limit),
            Self::Marker { limit, .. } => limit.as_ref(),
        }
    }
}

/// Where the marker of the next part is found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NextMarker {
    /// A field of the last item.
    Item(Step),
    /// A field of the answer, or of an object in it: the way to it.
    Answer(Vec<Step>),
}

/// A field on the way to a marker.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    pub name: Name,
    /// Whether it may be absent or null.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}
