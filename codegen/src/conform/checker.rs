//! What a check of one value has at hand. In: the document, and what its texts became. Out: what is wrong, found by
//! `node`, `object` and `rules`.

use std::collections::BTreeMap;

use huaweicloud_core::{Path, Report, Violation};
use serde_json::Value;

use super::at::At;
use crate::{pattern::Dfa, pointer::JsonPointer, rules::Programs};

/// Which way a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Any,
    Request,
    /// Into generated code, which has to have the same number.
    Code,
}

/// What the texts of a document became, so that it is done once for many values.
#[derive(Default)]
pub(crate) struct Compiled {
    /// Patterns by their text; `None` for those that do not compile.
    pub(super) patterns: BTreeMap<String, Option<Dfa>>,
    pub(super) programs: Programs,
}

/// Collects what is wrong.
pub(super) struct Checker<'d> {
    pub(super) root: &'d Value,
    pub(super) patterns: &'d mut BTreeMap<String, Option<Dfa>>,
    pub(super) programs: &'d mut Programs,
    pub(super) found: Vec<(JsonPointer, Violation)>,
    pub(super) depth: usize,
    pub(super) way: Way,
}

impl Checker<'_> {
    /// Runs checks of the core at a place.
    pub(super) fn at(&mut self, at: &At<'_>, run: impl FnOnce(&Path<'_>, &mut Report)) {
        self.at_key(at, &at.path, run);
    }

    /// The same where the core wants the path of the parent.
    pub(super) fn at_key(
        &mut self,
        at: &At<'_>,
        path: &Path<'_>,
        run: impl FnOnce(&Path<'_>, &mut Report),
    ) {
        let mut report = Report::default();
        run(path, &mut report);
        let all = report.into_violations().into_iter();
        self.found.extend(all.map(|violation| (at.pointer(), violation)));
    }
}
