//! What is wrong with a document: a place, what is there, and what to do.
//!
//! Every stage that looks at a document gives `Vec<Diagnostic>` back, never the first problem
//! alone; `sort` brings them into the order of their JSON pointers.

use std::fmt;

use crate::pointer::JsonPointer;

/// One problem of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where in the document.
    pub pointer: JsonPointer,
    /// The stable name of the kind of problem, in kebab case.
    pub code: &'static str,
    /// What is wrong and what to do, a lower-case fragment.
    pub message: String,
}

impl Diagnostic {
    /// A problem at `pointer`.
    pub fn new(pointer: JsonPointer, code: &'static str, message: impl Into<String>) -> Self {
        Self { pointer, code, message: message.into() }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.pointer, self.message, self.code)
    }
}

/// Sorts by pointer, then by kind, and drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort();
    diagnostics.dedup();
}
