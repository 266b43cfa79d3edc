//! What a program needs to know about an API to serve it. In: a generated table of operations,
//! and a received request. Out: its operation, and everything that is wrong with it.
//!
//! The checks are those of the client: a server made from the same document rejects what the client does not send,
//! with the same messages.

mod given;
mod route;
mod shape;

pub use given::{Given, Needed, boolean, integer, last_of_each, number, text};
pub use route::{Route, Routes};
pub use shape::{Member, Shape, Structure};

use crate::{Path, Report, Violations, rule::is_within};

/// An operation of an API, as a server sees it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its operationId.
    pub id: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// The chapter of the API that it stands in.
    pub tag: Option<&'static str>,
    /// In upper case, such as `GET`.
    pub method: &'static str,
    /// Such as `/v2/{project_id}/instances`.
    pub path: &'static str,
    /// What is given beside the body, in document order.
    pub parameters: &'static [Parameter],
    /// Whether it has a body, and if so whether it needs one.
    pub body: Option<Needed>,
    /// Documented bodies, as JSON.
    pub requests: &'static [&'static str],
    /// What it may answer, in document order.
    pub answers: &'static [Answer],
    /// Adds everything that is wrong with what is given.
    pub check: fn(&Given<'_>, &mut Report),
}

impl Operation {
    /// Everything that is wrong with a request for this operation, warnings included: parameters
    /// first, then the body.
    pub fn violations(&self, given: &Given<'_>) -> Violations {
        self.violations_beside(given, Violations::default())
    }

    /// Everything that is wrong with a request of which some is known, and that has something else in these
    /// places so that it can be read: what is known comes first, what is found there is left out, and rules
    /// that read what stands there are not judged.
    pub fn violations_beside(&self, given: &Given<'_>, known: Violations) -> Violations {
        let faults: Vec<String> = known.errors().map(|fault| fault.path.clone()).collect();
        let count = known.len();
        let mut report = Report::from(known);
        (self.check)(given, &mut report);
        let all = report.into_violations().into_iter().enumerate();
        let body = Path::root().to_string();
        let is_own = |path: &str| !faults.iter().any(|at| *at == body || is_within(path, at));
        all.filter(|(i, one)| *i < count || is_own(&one.path)).map(|(_, one)| one).collect()
    }

    /// How a call that succeeds is answered.
    pub fn success(&self) -> Option<&'static Answer> {
        self.answers.iter().find(|answer| answer.status.starts_with('2'))
    }
}

/// A value beside the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// As it travels.
    pub name: &'static str,
    /// Where it travels.
    pub place: Place,
    /// Whether a call must have it.
    pub needed: Needed,
    /// Whether a client sets it once for all calls, such as the project that they are for.
    pub of_client: bool,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a segment of the path.
    Path,
    /// Behind the question mark.
    Query,
    /// In a header.
    Header,
}

/// A documented answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// `200`, `4XX` or `default`.
    pub status: &'static str,
    /// The media type of its body; an answer without one has none.
    pub media: Option<&'static str>,
    /// The documented example, as JSON.
    pub example: Option<&'static str>,
    /// What its body is documented to look like; nothing for one that is no JSON.
    pub shape: Option<Shape>,
}

impl Answer {
    /// The status as a number, where the document has one.
    pub fn code(&self) -> Option<u16> {
        self.status.parse().ok()
    }
}

#[cfg(test)]
mod tests;
