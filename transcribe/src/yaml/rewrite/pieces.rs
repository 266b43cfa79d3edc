//! The entries of one map or list, old and new, put together with the comments and blank lines that
//! stood between them.

use crate::yaml::{emit, outline::YamlText};

/// Text that was put together.
pub(super) struct Inner {
    pub(super) text: String,
    gap: Gap,
}

/// The text of a map or list, as far as it is known.
pub(super) struct Pieces<'s, 't> {
    source: &'s YamlText<'t>,
    column: usize,
    out: String,
    /// Behind the last old entry, and whether the text in front of what follows it is still the old one.
    behind: Option<(usize, Gap)>,
    is_empty: bool,
}

/// What to do with the comments behind an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// What stands in front of them cannot take them in.
    AsItWas,
    /// A block scalar may stand in front of them now, so they go to the column of the entries.
    Aligned,
}

impl Gap {
    fn behind(text: &str) -> Self {
        let may_end_in_block = text.contains('\n') && text.contains(['>', '|']);
        if may_end_in_block { Self::Aligned } else { Self::AsItWas }
    }
}

impl<'s, 't> Pieces<'s, 't> {
    pub(super) fn new(source: &'s YamlText<'t>, column: usize) -> Self {
        Self { source, column, out: String::new(), behind: None, is_empty: true }
    }

    /// An entry that stays as it was.
    pub(super) fn keep(&mut self, start: usize, end: usize) {
        self.old(start);
        let behind = self.source.behind_comment(end);
        self.out.push_str(self.source.slice(start, behind));
        self.behind = Some((behind, Gap::AsItWas));
        self.is_empty = false;
    }

    /// An entry in which something changed; a comment behind it is part of the text.
    pub(super) fn change(&mut self, start: usize, inside: usize, end: usize, inner: &Inner) {
        self.old(start);
        self.out.push_str(self.source.slice(start, inside));
        self.out.push_str(&inner.text);
        self.behind = Some((self.source.behind_comment(end), inner.gap));
        self.is_empty = false;
    }

    /// An entry with a new value; a comment behind the old one stays.
    pub(super) fn replace(&mut self, start: usize, end: usize, emit: impl FnOnce(&mut String)) {
        self.old(start);
        let mut text = String::new();
        emit(&mut text);
        let gap = Gap::behind(&text);
        let behind = self.source.behind_comment(end);
        let comment = self.source.slice(end, behind);
        if text.contains('\n') && !comment.is_empty() {
            self.out.push_str(comment.trim_start());
            emit::line(&mut self.out, self.column);
            self.out.push_str(&self.source.line_breaks(text));
        } else {
            self.out.push_str(&self.source.line_breaks(text));
            self.out.push_str(comment);
        }
        self.behind = Some((behind, gap));
        self.is_empty = false;
    }

    /// An entry that goes away; comments on lines of their own stay.
    pub(super) fn remove(&mut self, start: usize, end: usize) {
        let gap = self.gap(start);
        // The line on which it stood goes with it.
        let comments = gap.rfind('\n').and_then(|at| gap.get(..at)).unwrap_or_default();
        if !self.is_empty {
            self.out.push_str(comments);
        } else if !comments.trim().is_empty() {
            let mut text = comments.trim_start().to_owned();
            emit::line(&mut text, self.column);
            self.out.push_str(&self.source.line_breaks(text));
        }
        self.behind = Some((self.source.behind_comment(end), Gap::Aligned));
    }

    /// A new entry.
    pub(super) fn add(&mut self, emit: impl FnOnce(&mut String)) {
        let mut text = String::new();
        if !self.is_empty {
            emit::line(&mut text, self.column);
        }
        emit(&mut text);
        if let Some((_, gap)) = &mut self.behind {
            *gap = Gap::behind(&text);
        }
        self.out.push_str(&self.source.line_breaks(text));
        self.is_empty = false;
    }

    pub(super) fn finish(self) -> Inner {
        Inner { text: self.out, gap: self.behind.map_or(Gap::Aligned, |(_, gap)| gap) }
    }

    /// Goes on to the start of an old entry.
    fn old(&mut self, start: usize) {
        let gap = self.gap(start);
        match (self.behind, self.is_empty) {
            // All before it was removed: it stands where they began.
            (Some(_), true) => self.out.push_str(gap.trim_start()),
            (Some(_), false) => self.out.push_str(&gap),
            (None, true) => {}
            (None, false) => {
                let mut text = String::new();
                emit::line(&mut text, self.column);
                self.out.push_str(&self.source.line_breaks(text));
            }
        }
        self.is_empty = false;
    }

    fn gap(&self, start: usize) -> String {
        match self.behind {
            Some((end, Gap::AsItWas)) => self.source.slice(end, start).to_owned(),
            Some((end, Gap::Aligned)) => self.aligned(self.source.slice(end, start)),
            None => String::new(),
        }
    }

    /// The same comments, in the column of the entries.
    fn aligned(&self, gap: &str) -> String {
        let mut out = String::new();
        for (i, line) in gap.split('\n').enumerate() {
            if i > 0 {
                out.push('\n');
            }
            if i > 0 && line.trim_start().starts_with('#') {
                out.extend(std::iter::repeat_n(' ', self.column));
                out.push_str(line.trim_start());
            } else {
                out.push_str(line);
            }
        }
        out
    }
}
