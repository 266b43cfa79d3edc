//! Values of examples. In: a value, and what a table states of it. Out: whether it fits, and words for it.

use std::{cell::RefCell, collections::BTreeMap};

use regex::Regex;
use serde_json::Value;

use super::super::{keyword::Keyword, kind::Kind};

thread_local! {
    /// Few patterns are looked for in many values.
    static PATTERNS: RefCell<BTreeMap<String, Option<Regex>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Whether a whole number needs more than the 32 bits of the type.
pub(super) fn too_long(kind: &Kind<usize>, value: &Value) -> bool {
    let range = f64::from(i32::MIN)..=f64::from(i32::MAX);
    *kind == Kind::Int32 && value.as_f64().is_some_and(|n| !range.contains(&n))
}

/// `1` and `1.0` are one number.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() < f64::EPSILON,
        _ => one == other,
    }
}

pub(super) fn length(why: &str) -> Keyword {
    if why.starts_with("minimum") { Keyword::MinLength } else { Keyword::MaxLength }
}

pub(super) fn bound(why: &str) -> Keyword {
    if why.starts_with("minimum") { Keyword::Minimum } else { Keyword::Maximum }
}

/// Nothing fits a pattern that is none: the finding about an example shows it.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    PATTERNS.with_borrow_mut(|patterns| {
        if !patterns.contains_key(pattern) {
            patterns.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        patterns.get(pattern).and_then(Option::as_ref).is_some_and(|regex| regex.is_match(text))
    })
}

/// The type of a value, in the words of JSON.
pub(super) fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn nothing_fits_a_pattern_that_is_none() {
        assert!(matches("^[a-z]+$", "abc"));
        assert!(!matches("^[a-z]+$", "1"));
        assert!(!matches("^[a-z", "abc"));
        assert!(!matches("(?=a)a", "a"));
    }
}
