//! A text that matches. In: an automaton and the bounds of a length. Out: the shortest text that fits both.

use std::collections::{BTreeMap, VecDeque};

use super::Dfa;

/// Longer texts are not looked for.
const MAX_LENGTH: usize = 1024;

/// A state, and how many characters of those that there must be lead to it.
type Place = (usize, usize);

/// From where each place was reached, and by which character.
type Steps = BTreeMap<Place, (Place, char)>;

/// Characters that read well, the best first.
const PLAIN: [char; 4] = ['a', 'A', '1', '-'];

impl Dfa {
    /// The shortest text with at least `min` and at most `max` characters that matches; among equals, one of plain
    /// letters. Nothing where there is none, or only a very long one.
    pub fn shortest(&self, min: usize, max: usize) -> Option<String> {
        // More than `min` characters make no difference.
        let mut came = Steps::new();
        let mut queue = VecDeque::from([((0, 0), 0)]);
        while let Some((at, length)) = queue.pop_front() {
            let (number, count) = at;
            let state = self.states.get(number)?;
            if state.accepting && count >= min {
                return Some(text(&came, at, length));
            }
            if length >= max.min(MAX_LENGTH) {
                continue;
            }
            for edge in &state.edges {
                let next = (edge.target, (count + 1).min(min));
                // What leads from a place to itself makes nothing longer that has to be.
                if next != (0, 0) && next != at && !came.contains_key(&next) {
                    came.insert(next, (at, character(&edge.ranges)));
                    queue.push_back((next, length + 1));
                }
            }
        }
        None
    }
}

fn text(came: &Steps, mut at: Place, length: usize) -> String {
    let mut characters = Vec::with_capacity(length);
    while let Some((before, c)) = came.get(&at).filter(|_| characters.len() < length) {
        characters.push(*c);
        at = *before;
    }
    characters.iter().rev().collect()
}

/// One of the characters of an edge.
fn character(ranges: &[(char, char)]) -> char {
    let holds = |c: &char| ranges.iter().any(|(a, z)| (a..=z).contains(&c));
    let printable = ranges.iter().map(|(a, z)| if *a < '!' && '!' <= *z { '!' } else { *a });
    PLAIN.into_iter().find(holds).or_else(|| printable.max()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Dfa;

    #[test]
    fn the_shortest_text_that_matches() {
        let cases = [
            ("^[a-z]+$", 0, 10, Some("a")),
            ("^[a-z]+$", 4, 10, Some("aaaa")),
            ("^[0-9]{3}-[A-Z]$", 0, 64, Some("111-A")),
            ("^(ab|cd)*$", 3, 64, Some("abab")),
            ("^[\u{4e00}-\u{9fa5}]$", 0, 64, Some("\u{4e00}")),
            ("^x?$", 0, 64, Some("")),
            ("^a{5}$", 0, 4, None),
            ("^(ab)*$", 3, 3, None),
            ("a^", 0, 64, None),
        ];
        for (pattern, min, max, expected) in cases {
            let dfa = Dfa::compile(pattern).unwrap();
            let found = dfa.shortest(min, max);
            assert_eq!(found.as_deref(), expected, "{pattern} {min} {max}");
            assert!(found.is_none_or(|text| dfa.matches(&text)), "{pattern}");
        }
    }
}
