//! Table → automaton with as few states as possible (Moore's partition), in breadth-first order.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Dfa, Edge, MAX_STATES, PatternError, State,
    subset::{Table, TableRow, following},
};

/// Groups states that no text tells apart; those that refuse every text are left out.
pub(super) fn minimize(table: &Table) -> Result<Dfa, PatternError> {
    let live = live(table);
    // Where a symbol leads, if a match is still possible there.
    let targets = |row: &TableRow| -> Vec<Option<usize>> {
        let hopeful = |target: &usize| live.contains(target);
        row.targets.iter().map(|target| target.filter(hopeful)).collect()
    };
    let rows: Vec<TableRow> = table
        .rows
        .iter()
        .map(|row| TableRow { accepting: row.accepting, targets: targets(row) })
        .collect();
    let groups = partition(&rows)?;
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut order: Vec<usize> = Vec::new();
    // A member stands for its group: all of them lead to the same groups.
    let mut visit = |row: usize, order: &mut Vec<usize>| -> Option<usize> {
        let number = *numbers.entry(*groups.get(row)?).or_insert_with(|| {
            order.push(row);
            order.len() - 1
        });
        Some(number)
    };
    visit(0, &mut order);
    let mut states = Vec::new();
    while let Some(row) = order.get(states.len()).and_then(|&row| rows.get(row)) {
        let mut edges: Vec<Edge> = Vec::new();
        for (&symbol, target) in table.symbols.iter().zip(&row.targets) {
            if let Some(target) = target.and_then(|row| visit(row, &mut order)) {
                extend(&mut edges, symbol, target);
            }
        }
        states.push(State { accepting: row.accepting, edges });
    }
    if states.len() > MAX_STATES {
        return Err(PatternError::TooLarge);
    }
    Ok(Dfa { states })
}

/// The states from which some text leads to a match.
fn live(table: &Table) -> BTreeSet<usize> {
    let mut sources: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (number, row) in table.rows.iter().enumerate() {
        for target in row.targets.iter().flatten() {
            sources.entry(*target).or_default().insert(number);
        }
    }
    let accepting = table.rows.iter().enumerate().filter(|(_, row)| row.accepting);
    let mut queue: Vec<usize> = accepting.map(|(number, _)| number).collect();
    let mut live = BTreeSet::new();
    while let Some(number) = queue.pop() {
        if live.insert(number) {
            queue.extend(sources.get(&number).into_iter().flatten());
        }
    }
    live
}

/// Adds a symbol to the edge to its target; symbols come in order.
fn extend(edges: &mut Vec<Edge>, symbol: (char, char), target: usize) {
    match edges.iter_mut().find(|edge| edge.target == target) {
        None => edges.push(Edge { ranges: vec![symbol], target }),
        Some(edge) => match edge.ranges.last_mut() {
            Some(last) if following(last.1) == Some(symbol.0) => last.1 = symbol.1,
            _ => edge.ranges.push(symbol),
        },
    }
}

/// The group of each state.
fn partition(rows: &[TableRow]) -> Result<Vec<usize>, PatternError> {
    let mut groups: Vec<usize> = rows.iter().map(|row| usize::from(row.accepting)).collect();
    let mut count = 0;
    loop {
        let mut known: BTreeMap<(usize, Vec<Option<usize>>), usize> = BTreeMap::new();
        let mut next = Vec::with_capacity(groups.len());
        for (row, &group) in rows.iter().zip(&groups) {
            let to = |target: &Option<usize>| target.and_then(|row| groups.get(row).copied());
            let key = (group, row.targets.iter().map(to).collect());
            let number = known.len();
            next.push(*known.entry(key).or_insert(number));
        }
        // One more, because rows that refuse everything are a group too; nothing leads to it.
        if known.len() > MAX_STATES + 1 {
            return Err(PatternError::TooLarge);
        }
        if known.len() == count {
            return Ok(next);
        }
        count = known.len();
        groups = next;
    }
}
