//! Collects problems and looks for the names that were probably meant.

use huaweicloud_core::check::nearest;

use super::CODES;
use crate::{diagnostic::Diagnostic, pointer::JsonPointer};

/// Comparisons with candidates in all, so that suggestions in a document full of nonsense do not
/// take longer than everything else.
const MAX_COMPARISONS: usize = 20_000;

/// The problems found so far.
#[derive(Default)]
pub(super) struct Report {
    found: Vec<Diagnostic>,
    comparisons: usize,
}

impl Report {
    /// Adds a problem.
    pub(super) fn add(&mut self, at: &JsonPointer, code: &'static str, message: impl Into<String>) {
        debug_assert!(CODES.contains(&code), "{code} is not among the codes");
        self.found.push(Diagnostic::new(at.clone(), code, message));
    }

    /// Adds what is valid OpenAPI but cannot be generated; `advice` says what to do.
    pub(super) fn unsupported(&mut self, at: &JsonPointer, what: &str, advice: &str) {
        self.add(at, "unsupported", format!("{what} is not supported; {advice}"));
    }

    /// `` did you mean `x`? `` if a candidate is near, else the given advice.
    pub(super) fn hint<'c>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
        otherwise: &str,
    ) -> String {
        let left = MAX_COMPARISONS.saturating_sub(self.comparisons);
        let candidates: Vec<&str> = candidates.into_iter().take(left).collect();
        self.comparisons += candidates.len();
        match nearest(word, &candidates) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_owned(),
        }
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// A text from the document as a message may show it: on one line, and not too long.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 80;
    let visible = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    let start: String = text.chars().take(LONGEST).map(visible).collect();
    let cut = text.char_indices().nth(LONGEST).is_some();
    format!("`{start}{}`", if cut { "…" } else { "" })
}
