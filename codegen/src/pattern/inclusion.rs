//! Whether an automaton takes every text that another one takes. Both are walked side by side, over pairs of states.

use std::collections::BTreeSet;

use super::{Dfa, State, subset::following};

impl Dfa {
    /// Whether every text that the other one matches matches here, too.
    pub fn includes(&self, other: &Self) -> bool {
        let mut seen = BTreeSet::from([(0, Some(0))]);
        let mut open = vec![(0, Some(0))];
        while let Some((theirs, ours)) = open.pop() {
            let Some(state) = other.states.get(theirs) else { continue };
            let own: Option<&State> = ours.and_then(|ours: usize| self.states.get(ours));
            if state.accepting && own.is_none_or(|own| !own.accepting) {
                return false;
            }
            for edge in &state.edges {
                for ours in edge.ranges.iter().flat_map(|range| targets(own, *range)) {
                    if seen.insert((edge.target, ours)) {
                        open.push((edge.target, ours));
                    }
                }
            }
        }
        true
    }
}

/// Where a state goes for the characters of a range; to nothing where one of them is refused.
fn targets(state: Option<&State>, (first, last): (char, char)) -> BTreeSet<Option<usize>> {
    let mut edges: Vec<(char, char, usize)> = state
        .into_iter()
        .flat_map(|state| &state.edges)
        .flat_map(|edge| edge.ranges.iter().map(|(a, z)| (*a, *z, edge.target)))
        .filter(|(a, z, _)| *a <= last && *z >= first)
        .collect();
    edges.sort_unstable();
    let mut found: BTreeSet<Option<usize>> =
        edges.iter().map(|(.., target)| Some(*target)).collect();
    let mut next = Some(first);
    for (a, z, _) in edges {
        if next.is_some_and(|next| a > next) {
            break;
        }
        next = following(z);
    }
    if next.is_some_and(|next| next <= last) {
        found.insert(None);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_pattern_includes_a_narrower_one() {
        let cases = [
            ("^[a-z]+$", "^[a-f]{2}$", true),
            ("^[a-f]{2}$", "^[a-z]+$", false),
            ("^[a-z]*$", "^[a-z]+$", true),
            ("^[a-z]+$", "^[a-z]*$", false),
            ("^[a-z0-9]$", "^[a-f0-3]$", true),
            ("^([a-c]|[d-f])$", "^[a-f]$", true),
            ("^([a-c]x|[d-f]y)$", "^[a-f]x$", false),
            ("^([a-c]|[e-f])$", "^[a-f]$", false),
            ("^[^0]+$", "^.$", false),
            ("", "^anything$", true),
            ("^anything$", "", false),
            ("^a$", "a^", true),
            ("^a$", "^a$", true),
            ("^[\\ud7f0-\\ue010]$", "^[\\ud7ff\\ue000]$", true),
        ];
        for (wide, narrow, expected) in cases {
            let compile = |pattern| Dfa::compile(pattern).unwrap();
            assert_eq!(compile(wide).includes(&compile(narrow)), expected, "{wide} of {narrow}");
        }
    }
}
