//! Nondeterministic → deterministic automaton: each state is a set of nodes.
//!
//! Characters that the pattern does not tell apart are one symbol: the ranges of all nodes cut the
//! characters into intervals, and one interval is read at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    PatternError,
    nfa::{Nfa, Node},
    syntax::End,
};

/// Most states before they are minimized.
const MAX_TABLE: usize = 2048;

/// Most nodes that are looked at in all; a bound of time.
const MAX_STEPS: usize = 8_000_000;

/// A deterministic automaton as a table. State 0 is the start.
pub(super) struct Table {
    /// First and last character of each symbol, in order.
    pub(super) symbols: Vec<(char, char)>,
    pub(super) rows: Vec<TableRow>,
}

/// One state.
pub(super) struct TableRow {
    pub(super) accepting: bool,
    /// Where each symbol leads; `None` is a refusal.
    pub(super) targets: Vec<Option<usize>>,
}

/// Makes the table.
pub(super) fn determinize(nfa: &Nfa) -> Result<Table, PatternError> {
    let symbols = symbols(nfa);
    let mut work = Work { nfa, steps: 0, known: BTreeMap::new(), queue: Vec::new() };
    let start = work.closure([nfa.start], Ends { start: true, stop: false })?;
    work.state(start, true)?;
    let mut rows: Vec<TableRow> = Vec::new();
    while let Some((nodes, at_start)) = work.queue.get(rows.len()).cloned() {
        let end = work.closure(nodes.iter().copied(), Ends { start: at_start, stop: true })?;
        let accepting = end.iter().any(|&node| matches!(nfa.nodes.get(node), Some(Node::Accept)));
        let mut targets = Vec::with_capacity(symbols.len());
        for &(first, _) in &symbols {
            let next: Vec<usize> =
                nodes.iter().filter_map(|&node| nfa.after(node, first)).collect();
            work.steps += nodes.len();
            let next = work.closure(next, Ends { start: false, stop: false })?;
            targets.push(if next.is_empty() { None } else { Some(work.state(next, false)?) });
        }
        rows.push(TableRow { accepting, targets });
    }
    Ok(Table { symbols, rows })
}

impl Nfa {
    /// Where a node leads with a character.
    fn after(&self, node: usize, c: char) -> Option<usize> {
        match self.nodes.get(node)? {
            Node::Chars(ranges, next) => {
                ranges.iter().any(|&(a, z)| (a..=z).contains(&c)).then_some(*next)
            }
            _ => None,
        }
    }
}

/// Which ends of the text are reached.
#[derive(Clone, Copy)]
struct Ends {
    start: bool,
    stop: bool,
}

struct Work<'n> {
    nfa: &'n Nfa,
    steps: usize,
    /// States by their nodes; the start is apart, since only there `^` holds.
    known: BTreeMap<(Vec<usize>, bool), usize>,
    queue: Vec<(Vec<usize>, bool)>,
}

impl Work<'_> {
    fn state(&mut self, nodes: Vec<usize>, at_start: bool) -> Result<usize, PatternError> {
        let number = self.queue.len();
        let key = (nodes, at_start);
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        if number >= MAX_TABLE {
            return Err(PatternError::TooLarge);
        }
        self.queue.push(key.clone());
        self.known.insert(key, number);
        Ok(number)
    }

    /// The nodes that are reached without reading; splits themselves are left out.
    fn closure(
        &mut self,
        from: impl IntoIterator<Item = usize>,
        ends: Ends,
    ) -> Result<Vec<usize>, PatternError> {
        let mut stack: Vec<usize> = from.into_iter().collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut reached = Vec::new();
        while let Some(number) = stack.pop() {
            self.steps += 1;
            if !seen.insert(number) {
                continue;
            }
            match self.nfa.nodes.get(number) {
                Some(Node::Split(targets)) => stack.extend(targets),
                Some(Node::At(End::Start, next)) if ends.start => stack.push(*next),
                Some(Node::At(End::Start, _)) | None => {}
                Some(Node::At(End::Stop, next)) if ends.stop => stack.push(*next),
                Some(_) => reached.push(number),
            }
        }
        if self.steps > MAX_STEPS {
            return Err(PatternError::TooLarge);
        }
        reached.sort_unstable();
        Ok(reached)
    }
}

/// All characters, cut wherever a range of the pattern begins or ends.
fn symbols(nfa: &Nfa) -> Vec<(char, char)> {
    let mut starts = BTreeSet::from(['\0']);
    for node in &nfa.nodes {
        if let Node::Chars(ranges, _) = node {
            for &(first, last) in ranges {
                starts.insert(first);
                starts.extend(following(last));
            }
        }
    }
    let nexts = starts.iter().skip(1).map(|&c| preceding(c)).chain([char::MAX]);
    starts.iter().copied().zip(nexts).collect()
}

/// The next character; nothing lies between the two blocks around the surrogates.
pub(super) fn following(c: char) -> Option<char> {
    if c == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(u32::from(c) + 1) }
}

fn preceding(c: char) -> char {
    if c == '\u{e000}' {
        return '\u{d7ff}';
    }
    char::from_u32(u32::from(c).saturating_sub(1)).unwrap_or('\0')
}
