//! Where a page begins, as the service expects it. In: what a page says about the next one. Out: where
//! that one begins, that there is none, or what is wrong.

use std::collections::BTreeSet;

use super::{check::Next, fingerprint};
use crate::ListProblem;

/// Where the marker of the next page is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markers {
    /// In the last item of a page. The list ends with an empty page.
    Items,
    /// In the answer beside the items. The list ends with an answer without one.
    Answer,
}

/// Where the next page begins.
#[derive(Debug)]
pub(super) enum Place {
    /// Behind so many items.
    Offset(i64),
    /// At a page of this number, from 1.
    Number {
        number: i64,
        /// Whether the first page was asked for, so that what came can be compared with what is counted.
        is_from_start: bool,
    },
    /// Behind a marker; at the beginning, if there is none.
    Marker {
        markers: Markers,
        marker: Option<String>,
        is_from_start: bool,
        /// All markers, to know one that comes again.
        seen: BTreeSet<u64>,
    },
}

/// What follows a page.
pub(super) enum Step {
    /// Another page.
    Page,
    /// Nothing: its items are the last.
    Last,
    /// Nothing, as the service says; what it counts tells whether that can be.
    End,
    /// Nothing that can be asked for.
    Failed(ListProblem),
}

impl Place {
    pub(super) fn by_marker(markers: Markers, marker: Option<String>) -> Self {
        let is_from_start = marker.is_none();
        let seen = marker.iter().map(fingerprint).collect();
        Self::Marker { markers, marker, is_from_start, seen }
    }

    /// An offset, or the number of a page.
    pub(super) fn number(&self) -> i64 {
        match self {
            Self::Offset(number) | Self::Number { number, .. } => *number,
            Self::Marker { .. } => 0,
        }
    }

    pub(super) fn marker(&self) -> Option<&String> {
        if let Self::Marker { marker, .. } = self { marker.as_ref() } else { None }
    }

    /// Whether it is known how many items came before the first page.
    pub(super) fn knows_total(&self) -> bool {
        match self {
            Self::Offset(_) => true,
            Self::Number { is_from_start, .. } | Self::Marker { is_from_start, .. } => {
                *is_from_start
            }
        }
    }

    /// Whether a page without items may have another one behind it: the answer says which.
    pub(super) fn goes_on_behind_nothing(&self, next: Option<&str>) -> bool {
        matches!(self, Self::Marker { markers: Markers::Answer, .. }) && is_marker(next)
    }

    /// A problem in words of what the service is told.
    pub(super) fn told(&self, problem: ListProblem) -> ListProblem {
        match (self, problem) {
            (Self::Number { .. } | Self::Marker { .. }, ListProblem::Repeats { offset }) => {
                ListProblem::RepeatsPage { listed: offset }
            }
            (_, problem) => problem,
        }
    }

    /// Moves on behind a page: `next` is the marker that came with it, `position` how many items came.
    pub(super) fn step(&mut self, found: Next, next: Option<String>, position: i64) -> Step {
        let of_found = if found == Next::Last { Step::Last } else { Step::Page };
        match self {
            Self::Offset(offset) => {
                *offset = position;
                of_found
            }
            Self::Number { number, .. } => {
                *number = number.saturating_add(1);
                of_found
            }
            Self::Marker { markers: Markers::Items, .. } if found == Next::Last => Step::Last,
            Self::Marker { markers, marker, seen, .. } => {
                match (markers, next.filter(|next| is_marker(Some(next)))) {
                    (_, Some(next)) if seen.insert(fingerprint(&next)) => {
                        *marker = Some(next);
                        Step::Page
                    }
                    (_, Some(_)) => Step::Failed(ListProblem::RepeatsPage { listed: position }),
                    (Markers::Answer, None) => Step::End,
                    (Markers::Items, None) => {
                        Step::Failed(ListProblem::NoMarker { listed: position })
                    }
                }
            }
        }
    }
}

/// An empty text is no marker: some services end a list with one.
fn is_marker(next: Option<&str>) -> bool {
    next.is_some_and(|next| !next.is_empty())
}
