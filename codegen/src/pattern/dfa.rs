//! The automaton and the errors of compiling one.

use super::{minimize, nfa, subset, syntax};

/// Most states of an automaton; one number of a state fits a byte.
pub const MAX_STATES: usize = 128;

/// A deterministic automaton over characters. It starts in state 0 and reads a text to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Dfa {
    /// In breadth-first order from the start.
    pub states: Vec<State>,
}

/// One state of an automaton.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Whether a text that ends here matches.
    pub accepting: bool,
    /// Where each character leads; one that stands in no edge is a refusal.
    pub edges: Vec<Edge>,
}

/// The characters that lead from one state to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// First and last of each range; sorted, and neither overlapping nor adjacent.
    pub ranges: Vec<(char, char)>,
    /// The state they lead to.
    pub target: usize,
}

/// Why a pattern was not compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is not a regular expression.
    #[error("is not a regular expression: {0}")]
    Syntax(String),
    /// It is one, but uses what this compiler or ECMA-262 does not know.
    #[error("{0}")]
    Unsupported(String),
    /// The automaton would be too large.
    #[error(
        "needs more than {MAX_STATES} states; state lengths with minLength and maxLength, \
         or write a simpler pattern"
    )]
    TooLarge,
}

impl Dfa {
    /// Compiles a pattern as JSON schema means it: unless anchored by `^` and `$`, it may match
    /// anywhere in a text. `\d`, `\w` and `\s` are ASCII; `.` is any character but a line feed.
    pub fn compile(pattern: &str) -> Result<Self, PatternError> {
        let ast = syntax::parse(pattern)?;
        let nfa = nfa::build(&ast)?;
        let table = subset::determinize(&nfa)?;
        minimize::minimize(&table)
    }

    /// Whether a text matches.
    pub fn matches(&self, text: &str) -> bool {
        let Some(start) = self.states.first() else { return false };
        let last = text.chars().try_fold(start, |state, c| {
            let holds = |edge: &&Edge| edge.ranges.iter().any(|&(a, z)| (a..=z).contains(&c));
            self.states.get(state.edges.iter().find(holds)?.target)
        });
        last.is_some_and(|state| state.accepting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compile(pattern: &str) -> Dfa {
        Dfa::compile(pattern).unwrap()
    }

    fn refusal(pattern: &str) -> String {
        Dfa::compile(pattern).unwrap_err().to_string()
    }

    fn state(accepting: bool, edges: &[(&[(char, char)], usize)]) -> State {
        let edge =
            |&(ranges, target): &(&[(char, char)], usize)| Edge { ranges: ranges.to_vec(), target };
        State { accepting, edges: edges.iter().map(edge).collect() }
    }

    #[test]
    fn an_automaton_is_minimal_and_in_order() {
        let word: &[(char, char)] = &[('-', '-'), ('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
        assert_eq!(
            compile(r"^[0-9A-Za-z_\-]+$").states,
            [state(false, &[(word, 1)]), state(true, &[(word, 1)])]
        );
        assert_eq!(
            compile("^(ab|cb)$").states,
            [
                state(false, &[(&[('a', 'a'), ('c', 'c')], 1)]),
                state(false, &[(&[('b', 'b')], 2)]),
                state(true, &[]),
            ]
        );
        assert_eq!(compile("").states, [state(true, &[(&[('\0', char::MAX)], 0)])]);
        for nothing in ["a^", "^a$b$", "a$(b|cd*)", "^(x|y$)z^"] {
            assert_eq!(compile(nothing).states, [state(false, &[])], "{nothing}");
        }
    }

    #[test]
    fn anchors_hold_the_ends() {
        let cases = [
            ("^a", "ab", true),
            ("^a", "ba", false),
            ("a$", "ba", true),
            ("a$", "ab", false),
            ("a$", "a\n", false),
            ("^a$|^b", "bc", true),
            ("^a$|^b", "ac", false),
            ("^$", "", true),
            ("^$", " ", false),
            ("a", "bab", true),
            ("a", "\n\u{10ffff}a\n", true),
            ("^(a|b$)", "b", true),
            ("^(a|b$)", "bc", false),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(compile(pattern).matches(text), expected, "{pattern} on {text:?}");
        }
    }

    #[test]
    fn classes_are_those_of_ecma() {
        let cases = [
            (r"^\d$", "٣", false),
            (r"^\w$", "é", false),
            (r"^\W$", "é", true),
            (r"^\s$", "\t", true),
            (r"^[^\s\d]$", "1", false),
            (r"^[\W_]$", "_", true),
            ("^.$", "\n", false),
            ("^.$", "\u{1f600}", true),
            ("^[^a]$", "\n", true),
            (r"^\u0041\x42\/\-$", "AB/-", true),
            (r"^[\]\[{}]$", "]", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(compile(pattern).matches(text), expected, "{pattern} on {text:?}");
        }
    }

    #[test]
    fn what_is_unknown_is_refused_by_name() {
        for pattern in [
            "(?=a)",
            "(?<!a)b",
            r"(a)\1",
            r"\bword\b",
            "(?i)a",
            "(?i:a)",
            r"\pL",
            r"[\p{Greek}]",
            r"\Aa\z",
            "[[:alpha:]]",
            "[a&&b]",
            "[a[b]]",
            "[]a]",
            r"\x{41}",
            r"\a",
            "(?P<n>a)",
            "(",
            "a{2,1}",
            "[z-a]",
            "*",
            "a{1001,}{1001}",
        ] {
            let message = refusal(pattern);
            assert!(!message.is_empty() && !message.contains('\n'), "{pattern}: {message}");
        }
        assert_eq!(refusal(r"\bA"), r"`\b` is not supported; word boundaries are not compiled");
        assert_eq!(
            refusal("(?=a)b"),
            "is not a regular expression: look-around, including look-ahead and look-behind, \
             is not supported (at character 1)"
        );
    }

    #[test]
    fn hostile_patterns_end_soon() {
        for pattern in [
            "(a{1,1000}){1,1000}",
            "((((a{1,99}){1,99}){1,99}){1,99}){1,99}",
            "(){1,4000000000}",
            "(^$){4000000000}",
            "[ab]*a[ab]{12}$",
            "^a{200}$",
            "(a*)*b{1000}(c*)*",
            "(.|a|b|[a-z]){1,500}(x|y){500}",
        ] {
            assert_eq!(Dfa::compile(pattern), Err(PatternError::TooLarge), "{pattern}");
        }
        assert_eq!(
            Dfa::compile(&"(".repeat(100_000)).map_err(|e| e.to_string().len() < 300),
            Err(true)
        );
        assert!(Dfa::compile(&"a|".repeat(50_000)).is_err());
        assert_eq!(compile("^a{127}$").states.len(), MAX_STATES);
    }
}
