//! Lines about a merge: what was applied, left and is open, which constraints come from prose, and a summary
//! at the end.

use std::{collections::BTreeMap, fmt, io::Write as _};

use transcribe::{
    counts::Counts,
    merge::{FieldNote, Finding, Idle, Merge, Outcome, Problem},
    transcript::{At, Promotion},
};

use crate::screen::Screen;

/// Lines longer than this are cut, where they show values of the document.
const MAX_SHOWN: usize = 400;

pub(super) fn print(
    merge: &Merge,
    all_notes: bool,
    is_verbose: bool,
    out: &mut Screen,
) -> anyhow::Result<()> {
    let mut place = None;
    for finding in merge.findings.iter().filter(|finding| is_change(finding)) {
        if place != Some(&finding.place) {
            writeln!(out, "{}", finding.place)?;
            place = Some(&finding.place);
        }
        writeln!(out, "  {}", Short(finding.to_string()))?;
    }
    for promotion in &merge.promotions {
        let Promotion { pointer, keyword, value, phrase, at } = promotion;
        writeln!(out, "promoted {pointer}: {keyword} {value}, from {phrase:?} ({})", Location(at))?;
    }
    for FieldNote { note, is_described } in &merge.notes {
        if all_notes || !is_described {
            writeln!(
                out,
                "not transcribed {}: {:?} ({})",
                note.pointer,
                note.text,
                Location(&note.at)
            )?;
        }
    }
    for finding in merge.findings.iter().filter(|finding| is_open(finding)) {
        let kind = if finding.is_contradiction() { "contradiction" } else { "open" };
        write!(out, "{kind} {}: {finding}", finding.place)?;
        match &finding.problem {
            Problem::Contradiction { at, .. } => writeln!(out, " ({})", Location(at))?,
            _ => writeln!(out)?,
        }
    }
    for Idle { place, row, word, field } in &merge.idle {
        let of = field.as_ref().map(|field| format!(" of `{field}`")).unwrap_or_default();
        writeln!(
            out,
            "idle {place}: nothing was found of {word}{of}, about which [row {row}] decides; \
             correct its `about`, or remove the row"
        )?;
    }
    if is_verbose {
        for finding in &merge.findings {
            if matches!(finding.outcome, Outcome::Left { .. }) {
                writeln!(out, "left {}: {}", finding.place, Short(finding.to_string()))?;
            }
        }
        return Ok(());
    }
    for (row, count) in left_by_row(merge) {
        writeln!(out, "left by [row {row}]: {count}")?;
    }
    Ok(())
}

/// How many differences each row leaves as they are.
fn left_by_row(merge: &Merge) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for finding in &merge.findings {
        if let Outcome::Left { row } = &finding.outcome {
            *counts.entry(row.as_str()).or_default() += 1;
        }
    }
    counts
}

/// Whether it is listed with the changes: what was applied, and what is gone from the pages.
fn is_change(finding: &Finding) -> bool {
    let is_gone = matches!(finding.problem, Problem::Gone(_));
    match finding.outcome {
        Outcome::Applied(_) => true,
        Outcome::Open(None) => is_gone,
        Outcome::Open(Some(_)) | Outcome::Left { .. } => false,
    }
}

/// Whether somebody has to decide.
fn is_open(finding: &Finding) -> bool {
    let is_refused = matches!(finding.problem, Problem::Clash { .. });
    matches!(finding.outcome, Outcome::Open(_)) && !is_change(finding) && !is_refused
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
        let count = |wanted: &dyn Fn(&Finding) -> bool| {
            self.merge.findings.iter().filter(|finding| wanted(finding)).count()
        };
        let is_left = |finding: &Finding| matches!(finding.outcome, Outcome::Left { .. });
        let is_applied = |finding: &Finding| matches!(finding.outcome, Outcome::Applied(_));
        let is_changed =
            |finding: &Finding| matches!(finding.problem, Problem::Differs { found: Some(_), .. });
        write!(
            f,
            "{} pages, {operations} operations, {schemas} schemas, {fields} fields, {constraints} constraints, \
             {promoted} promoted; contradictions: {findings} found, {} decided, {} pending; \
             {} added, {} changed, {} gone from page, {} left as decided, {} open, {} idle rows",
            self.pages,
            count(&|one| one.is_contradiction() && is_left(one)),
            count(&|one| one.is_contradiction() && is_open(one)),
            count(&|one| is_applied(one) && !is_changed(one)),
            count(&|one| is_applied(one) && is_changed(one)),
            count(&|one| is_change(one) && !is_applied(one)),
            count(&|one| !one.is_contradiction() && is_left(one)),
            count(&|one| !one.is_contradiction() && is_open(one)),
            self.merge.idle.len(),
        )
    }
}

struct Location<'a>(&'a At);

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0.file, self.0.line)
    }
}

struct Short(String);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(MAX_SHOWN) {
            Some((at, _)) => write!(f, "{}…", self.0.get(..at).unwrap_or_default()),
            None => f.write_str(&self.0),
        }
    }
}
