//! What merging did and found, for a reader: changes by place, constraints from prose, prose that is left
//! to people, contradictions.

use std::{fmt, io::Write as _};

use serde_json::Value;
use transcribe::{
    counts::Counts,
    merge::{Change, ChangeKind, Decided, FieldNote, Merge, Pending, Place},
    transcript::{At, Promotion},
};

use crate::screen::Screen;

/// Values longer than this are cut in messages.
const MAX_SHOWN: usize = 120;

pub(super) fn print(
    merge: &Merge,
    all_notes: bool,
    is_verbose: bool,
    out: &mut Screen,
) -> anyhow::Result<()> {
    let mut place = None;
    for change in &merge.changes {
        if place != Some(&change.place) {
            writeln!(out, "{}", change.place)?;
            place = Some(&change.place);
        }
        writeln!(out, "  {}", Line(change))?;
    }
    for promotion in &merge.promotions {
        if is_verbose || is_news(promotion, &merge.changes) {
            let Promotion { pointer, keyword, value, phrase, at } = promotion;
            writeln!(
                out,
                "promoted {pointer}: {keyword} {value}, from {phrase:?} ({})",
                Source(at)
            )?;
        }
    }
    for FieldNote { note, is_described } in &merge.notes {
        if all_notes || !is_described {
            writeln!(
                out,
                "not transcribed {}: {:?} ({})",
                note.pointer,
                note.text,
                Source(&note.at)
            )?;
        }
    }
    for pending in &merge.pending {
        writeln!(out, "{}", Contradiction(pending))?;
    }
    if is_verbose {
        for Decided { place, subject, field, row, .. } in &merge.decided {
            writeln!(out, "decided {place}: {subject} of `{field}` [row {row}]")?;
        }
    }
    Ok(())
}

/// Whether the constraint, or all that it is on, is new in the document.
fn is_news(promotion: &Promotion, changes: &[Change]) -> bool {
    let place = Place::new(&promotion.pointer);
    changes.iter().any(|change| {
        let is_new = matches!(change.kind, ChangeKind::Added { .. } | ChangeKind::Changed { .. });
        let way = place.as_str().strip_prefix(change.place.as_str());
        // A change of the field itself, or all of an object around it.
        let is_around = way.is_some_and(|way| {
            way.is_empty()
                || (way.starts_with('/')
                    && matches!(change.kind, ChangeKind::Added { value: None }))
        });
        let is_inside = change.place.as_str().starts_with(&format!("{}/", place.as_str()));
        let is_it = change.subject == promotion.keyword
            || matches!(change.kind, ChangeKind::Added { value: None })
            || (promotion.keyword == "enum" && change.subject == "x-extensible-enum");
        is_new && (is_around || is_inside) && is_it
    })
}

/// The last line.
pub(super) struct Summary<'m> {
    pub(super) pages: usize,
    pub(super) counts: Counts,
    pub(super) merge: &'m Merge,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { operations, schemas, fields, constraints, promoted, findings } = self.counts;
        let kind = |wanted: fn(&ChangeKind) -> bool| {
            self.merge.changes.iter().filter(|change| wanted(&change.kind)).count()
        };
        let decided = self.merge.decided.iter().filter(|decided| decided.is_contradiction).count();
        write!(
            f,
            "{} pages, {operations} operations, {schemas} schemas, {fields} fields, {constraints} constraints, \
             {promoted} promoted; contradictions: {findings} found, {decided} decided, {} pending; \
             {} added, {} changed, {} gone from page, {} left as decided",
            self.pages,
            self.merge.pending.len(),
            kind(|kind| matches!(kind, ChangeKind::Added { .. })),
            kind(|kind| matches!(kind, ChangeKind::Changed { .. })),
            kind(|kind| matches!(kind, ChangeKind::Gone)),
            self.merge.decided.len() - decided,
        )
    }
}

struct Line<'c>(&'c Change);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = &self.0.subject;
        match &self.0.kind {
            ChangeKind::Added { value: Some(value) } => {
                write!(f, "added {subject} {}", Short(value))
            }
            ChangeKind::Added { value: None } => write!(f, "added {subject}"),
            ChangeKind::Changed { old, new } => {
                write!(f, "changed {subject} {} -> {}", Short(old), Short(new))
            }
            ChangeKind::Gone => write!(f, "gone from page: {subject}"),
        }
    }
}

struct Contradiction<'p>(&'p Pending);

impl fmt::Display for Contradiction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Pending { place, kind, field, sources, row, is_new: _, at } = self.0;
        write!(f, "contradiction {place}: {kind} of `{field}`")?;
        for (source, text) in sources {
            write!(f, "; {source}: {text}")?;
        }
        if let Some(at) = at {
            write!(f, " ({})", Source(at))?;
        }
        if row.is_empty() { Ok(()) } else { write!(f, " [row {row}]") }
    }
}

struct Source<'a>(&'a At);

impl fmt::Display for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0.file, self.0.line)
    }
}

struct Short<'v>(&'v Value);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        match text.char_indices().nth(MAX_SHOWN) {
            Some((at, _)) => write!(f, "{}…", text.get(..at).unwrap_or_default()),
            None => f.write_str(&text),
        }
    }
}
