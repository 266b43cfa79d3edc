//! Patterns are compiled to automata; the crate `regex` is the independent judge of what they match.

use codegen::pattern::Dfa;
use proptest::prelude::*;

/// Patterns in the notation that both know with the same meaning (`\d` and the like are Unicode
/// there, so they stand here as their ASCII ranges, and are tested literally beside the compiler).
const PATTERNS: &[&str] = &[
    "",
    "a",
    "^",
    "$",
    "^$",
    "^a",
    "a$",
    "^a$",
    "a|b",
    "^a|b$",
    "^(a|b)$",
    "^a|^b",
    "a$|b$",
    "^(a|b$)",
    "(^a|b)c",
    "^a*$",
    "a+b",
    "^a?b?c?$",
    "^(ab)*$",
    "^(a|ab)(c|bcd)$",
    "^a{2,4}$",
    "a{3}",
    "^(a{0,2}b){1,3}$",
    "^(a|b)*abb$",
    "^[a-c]+$",
    "^[^a-c]+$",
    "[^a]",
    "^.$",
    "^.*b$",
    "^.{2,3}$",
    "(a*)*",
    "(a|b|)*c",
    "^(|a)$",
    "^[A-Za-z][A-Za-z0-9_-]*$",
    r"^[0-9A-Za-z_\-]+$",
    "^[+-]((0[0-9]|1[01])[0-5][0-9]|1200)$",
    "^([01][0-9]|2[0-3]):00-([01][0-9]|2[0-3]):00$",
    "^[A-Za-z0-9`~!@#$%^&*()\\-_=+|\\[{}\\]:'\",<.>/?]*$",
    "^(?:[0-9]{1,3}\\.){3}[0-9]{1,3}$",
    "^[a-z]+(\\.[a-z]+)*@[a-z]+$",
    "é|ß",
    "^[à-ÿ]+$",
    "^(aa|aab|b)*$",
    "a^b",
    "a$b",
    "(^|a)b($|c)",
];

/// Texts near the patterns: short, and of their letters; and any text at all.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::collection::vec(prop_oneof![Just('a'), Just('b'), Just('c')], 0..7)
            .prop_map(|chars| chars.into_iter().collect()),
        3 => proptest::collection::vec(
            proptest::sample::select("abcdABC012359_-+:.@é\n\"[]{}\\/ß~\u{d7ff}\u{e000}".chars().collect::<Vec<_>>()),
            0..12,
        )
        .prop_map(|chars| chars.into_iter().collect()),
        2 => (0..24_u8, 0..24_u8).prop_map(|(a, b)| format!("{a:02}:00-{b:02}:00")),
        1 => (0..14_u8, 0..70_u8).prop_map(|(a, b)| format!("+{a:02}{b:02}")),
        1 => proptest::collection::vec(any::<char>(), 0..5).prop_map(|chars| chars.into_iter().collect()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn automata_match_what_regex_matches(text in text()) {
        thread_local! {
            static COMPILED: Vec<(Dfa, regex::Regex)> = PATTERNS
                .iter()
                .map(|pattern| {
                    let dfa = Dfa::compile(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
                    (dfa, regex::Regex::new(pattern).unwrap())
                })
                .collect();
        }
        COMPILED.with(|compiled| {
            for ((dfa, regex), pattern) in compiled.iter().zip(PATTERNS) {
                prop_assert_eq!(dfa.matches(&text), regex.is_match(&text), "{} on {:?}", pattern, text);
            }
            Ok(())
        })?;
    }

    /// Whatever is written, compiling ends, and what it gives is in order.
    #[test]
    fn compiling_never_panics(pattern in r"[a-c\[\]\\^$|()*+?{},0-9.:&=!<>-]{0,24}") {
        if let Ok(dfa) = Dfa::compile(&pattern) {
            prop_assert!((1..=128).contains(&dfa.states.len()));
            for state in &dfa.states {
                let mut ranges: Vec<_> = state.edges.iter().flat_map(|edge| &edge.ranges).collect();
                ranges.sort();
                prop_assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
                prop_assert!(state.edges.iter().all(|edge| edge.target < dfa.states.len()));
            }
            prop_assert_eq!(Dfa::compile(&pattern), Ok(dfa));
        }
    }
}
