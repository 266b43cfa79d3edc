//! A pattern in words. In: an automaton. Out: what a matching text looks like, for people who do not read regular
//! expressions.

use super::{Dfa, Edge, State};

/// More characters than these are not listed one by one.
const MAX_LISTED: usize = 12;

/// What stands for a digit in a form.
const DIGITS: &[(char, char)] = &[('0', '9')];

impl Dfa {
    /// What to write so that a text matches; `None` if nothing does.
    pub fn words(&self) -> Option<String> {
        self.of_one_class()
            .or_else(|| self.form())
            .or_else(|| Some(format!("write something like `{}`", self.example()?)))
    }

    /// Any number of characters of one class, perhaps behind a first one of another.
    fn of_one_class(&self) -> Option<String> {
        match self.states.as_slice() {
            [only] => {
                let [again] = only.edges.as_slice() else { return None };
                Some(format!("use only {}", class(&again.ranges, Count::Many)?))
            }
            [start, rest] => {
                let ([first], [again]) = (start.edges.as_slice(), rest.edges.as_slice()) else {
                    return None;
                };
                let is_run = first.target == 1 && again.target == 1 && rest.accepting;
                let others = class(&again.ranges, Count::Many).filter(|_| is_run)?;
                if first.ranges == again.ranges {
                    return Some(format!("use only {others}"));
                }
                let first = class(&first.ranges, Count::One)?;
                Some(format!("begin with {first}, then use only {others}"))
            }
            _ => None,
        }
    }

    /// A text of one length in which every place is a digit or one character.
    fn form(&self) -> Option<String> {
        let mut form = String::new();
        let mut state = self.states.first()?;
        while let [edge] = state.edges.as_slice() {
            form.push(match edge.ranges.as_slice() {
                DIGITS => '0',
                // A digit that is meant would look like any other.
                [(a, z)] if a == z && !a.is_ascii_digit() => *a,
                _ => return None,
            });
            state = self.states.get(edge.target).filter(|_| form.len() <= self.states.len())?;
        }
        if !state.edges.is_empty() || !state.accepting || form.is_empty() {
            return None;
        }
        Some(match form.bytes().all(|b| b == b'0') {
            true => format!("write {} digits", form.len()),
            false => format!("write it like `{form}`, with any digits"),
        })
    }

    /// A shortest text that matches.
    fn example(&self) -> Option<String> {
        let mut texts: Vec<Option<String>> = vec![None; self.states.len()];
        *texts.first_mut()? = Some(String::new());
        // States stand in breadth-first order, but the shortest way to one may be found late.
        for _ in &self.states {
            for (i, state) in self.states.iter().enumerate() {
                let Some(text) = texts.get(i).cloned().flatten() else { continue };
                for edge in &state.edges {
                    let longer = format!("{text}{}", plain(edge)?);
                    let known = texts.get_mut(edge.target)?;
                    let is_better = |old: &String| longer.chars().count() < old.chars().count();
                    if known.as_ref().is_none_or(is_better) {
                        *known = Some(longer);
                    }
                }
            }
        }
        let accepting = |(state, _): &(&State, &Option<String>)| state.accepting;
        let found =
            self.states.iter().zip(&texts).filter(accepting).filter_map(|(_, text)| text.clone());
        found.filter(|text| !text.is_empty()).min_by_key(|text| text.chars().count())
    }
}

/// A pattern as messages show it, with its words.
pub fn explained(pattern: &str, dfa: &Dfa) -> String {
    match dfa.words() {
        Some(words) => format!("{pattern}: {words}"),
        None => pattern.to_owned(),
    }
}

/// The most familiar character of an edge.
fn plain(edge: &Edge) -> Option<char> {
    let has = |c: char| edge.ranges.iter().any(|&(a, z)| (a..=z).contains(&c));
    ['0', 'a', 'A', '-'].into_iter().find(|c| has(*c)).or_else(|| Some(edge.ranges.first()?.0))
}

/// How often the characters of a class stand at a place.
#[derive(Clone, Copy)]
enum Count {
    One,
    Many,
}

/// Ranges that people have a name for: one character of them, and several.
type Named = (&'static [(char, char)], &'static str, &'static str);

/// All of these.
const NAMED: [Named; 5] = [
    (&[('A', 'Z'), ('a', 'z')], "a letter from a to z", "letters from a to z"),
    (&[('A', 'Z')], "a capital letter from A to Z", "capital letters from A to Z"),
    (&[('a', 'z')], "a lower-case letter from a to z", "lower-case letters from a to z"),
    (DIGITS, "a digit", "digits"),
    (&[('\u{4E00}', '\u{9FFF}')], "a Chinese character", "Chinese characters"),
];

/// The characters of a class as a list; `None` if it has too many that have no name.
fn class(ranges: &[(char, char)], count: Count) -> Option<String> {
    let mut left = ranges.to_vec();
    let mut names: Vec<String> = Vec::new();
    for (own, one, many) in NAMED {
        if own.iter().all(|range| left.contains(range)) {
            left.retain(|range| !own.contains(range));
            names.push(match count {
                Count::One => one.to_owned(),
                Count::Many => many.to_owned(),
            });
        }
    }
    let listed: Vec<char> = left.iter().flat_map(|&(a, z)| (a..=z).take(MAX_LISTED + 1)).collect();
    if listed.len() > MAX_LISTED || listed.iter().any(|c| c.is_control() || *c == '`') {
        return None;
    }
    names.extend(listed.iter().map(|c| format!("`{c}`")));
    let end = names.pop()?;
    let join = match count {
        Count::One => "or",
        Count::Many => "and",
    };
    Some(if names.is_empty() { end } else { format!("{} {join} {end}", names.join(", ")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_told_in_words() {
        for (pattern, words) in [
            ("^[0-9]{14}$", "write 14 digits"),
            ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "write it like `0000-00-00`, with any digits"),
            (
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$",
                "write it like `0000-00-00T00:00:00.000Z`, with any digits",
            ),
            ("^([01][0-9]|2[0-3]):[0-5][0-9]$", "write something like `00:00`"),
            ("^[+-]((0[0-9]|1[01])[0-5][0-9]|1200)$", "write something like `-0000`"),
            ("^[^,]+,[^,]+$", "write something like `0,0`"),
            ("^[a-z]+$", "use only lower-case letters from a to z"),
            ("^[A-Za-z0-9_-]*$", "use only letters from a to z, digits, `-` and `_`"),
            (
                "^[A-Za-z0-9\u{4E00}-\u{9FFF}][A-Za-z0-9\u{4E00}-\u{9FFF}_-]*$",
                "begin with a letter from a to z, a digit or a Chinese character, then use only letters from a to z, \
                 digits, Chinese characters, `-` and `_`",
            ),
            (
                "^([A-Za-z][A-Za-z0-9_-]*)?$",
                "begin with a letter from a to z, then use only letters from a to z, digits, `-` and `_`",
            ),
        ] {
            assert_eq!(Dfa::compile(pattern).unwrap().words().as_deref(), Some(words), "{pattern}");
        }
    }

    #[test]
    fn an_example_matches() {
        for pattern in ["a|bc", "^(ab|a)(c|d)+$", "[^a]", "^..$", "x{3}", "^[`]+$", "^\\n$"] {
            let dfa = Dfa::compile(pattern).unwrap();
            let example = dfa.example().unwrap();
            assert!(dfa.matches(&example), "{pattern}: {example:?}");
        }
        assert_eq!(Dfa::compile("^$").unwrap().words(), None);
    }
}
