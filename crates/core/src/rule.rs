//! Building blocks for the rules of generated validators, where plain Rust is not enough.
//!
//! In: the operands of a CEL operator that can fail. Out: its value, or `None` if CEL has an error (overflow, division by zero, a missing
//! index). A rule without a value is not violated.

use std::fmt;

use crate::{Path, Severity, Violation};

/// A rule as it is documented.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// What breaking it means.
    pub severity: Severity,
    /// The field to mend, from the object on.
    pub place: &'static [&'static str],
    /// The fields whose values decide it or stand in its message, as paths from the object on, with `[]` for each item of a list.
    pub reads: &'static [&'static str],
    /// Where it is documented.
    pub source: &'static str,
}

impl Rule {
    /// Where a violation stands, of the object at `at`.
    pub(crate) fn path(&self, at: &Path<'_>) -> String {
        below(at, self.place)
    }
}

fn below(at: &Path<'_>, names: &[&'static str]) -> String {
    match names {
        [] => at.to_string(),
        [first, rest @ ..] => below(&at.field(first), rest),
    }
}

/// Can a rule about the object at `at` be judged that reads these fields? Not if the value of one is not
/// valid itself, for whatever the rule makes of it would be a second complaint about one mistake; nor if one
/// stands in something that is missing or of another kind. That another rule is broken is no such matter.
pub fn can_judge<'v>(
    at: &Path<'_>,
    reads: &[impl AsRef<str>],
    found: impl IntoIterator<Item = &'v Violation>,
) -> bool {
    let is_fault = |v: &&Violation| v.source.is_none() && v.severity == Severity::Error;
    let object = at.to_string();
    let object = if at.is_root() { "" } else { object.as_str() };
    !found.into_iter().filter(is_fault).any(|fault| {
        let Some(path) = fault.path.strip_prefix(object) else { return false };
        let path = without_numbers(path.strip_prefix('.').unwrap_or(path));
        let is_whole = matches!(&*fault.rule, "required" | "type");
        reads.iter().any(|read| {
            let read = read.as_ref();
            read == path || (is_whole && is_within(read, &path))
        })
    })
}

/// Whether a place is another one, or lies in it.
pub(crate) fn is_within(path: &str, other: &str) -> bool {
    let rest = path.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// `tags[].key` of `tags[17].key`.
fn without_numbers(path: &str) -> String {
    let mut parts = path.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| {
        path + "[" + part.trim_start_matches(|c: char| c.is_ascii_digit())
    })
}

/// `a + b`.
#[must_use]
pub fn add(a: i64, b: i64) -> Option<i64> {
    a.checked_add(b)
}

/// `a - b`.
#[must_use]
pub fn subtract(a: i64, b: i64) -> Option<i64> {
    a.checked_sub(b)
}

/// `a * b`.
#[must_use]
pub fn multiply(a: i64, b: i64) -> Option<i64> {
    a.checked_mul(b)
}

/// `a / b`, towards 0.
#[must_use]
pub fn divide(a: i64, b: i64) -> Option<i64> {
    a.checked_div(b)
}

/// `a % b`, with the sign of `a`.
#[must_use]
pub fn remainder(a: i64, b: i64) -> Option<i64> {
    a.checked_rem(b)
}

/// `-a`.
#[must_use]
pub fn negate(a: i64) -> Option<i64> {
    a.checked_neg()
}

/// A whole number beside others, to compare them.
#[must_use]
pub fn real(whole: i64) -> f64 {
    whole as f64
}

/// The characters of a text (of Unicode, not bytes).
#[must_use]
pub fn size(text: &str) -> i64 {
    count(text.chars().count())
}

/// A length as a number of CEL.
#[must_use]
pub fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// `list[index]`.
#[must_use]
pub fn item<T>(list: &[T], index: i64) -> Option<&T> {
    list.get(usize::try_from(index).ok()?)
}

/// `list.exists_one(x, …)`.
pub fn exists_one<T>(
    list: impl Iterator<Item = T>,
    mut holds: impl FnMut(T) -> Option<bool>,
) -> Option<bool> {
    let mut count = 0_usize;
    for item in list {
        count += usize::from(holds(item)?);
    }
    Some(count == 1)
}

/// `list.filter(x, …)`.
pub fn filter<T: Copy>(
    list: impl Iterator<Item = T>,
    mut holds: impl FnMut(T) -> Option<bool>,
) -> Option<Vec<T>> {
    let mut kept = Vec::new();
    for item in list {
        if holds(item)? {
            kept.push(item);
        }
    }
    Some(kept)
}

/// A value in a message; one that is not there displays as `none`.
#[derive(Clone, Copy, Debug)]
pub struct Shown<T>(pub Option<T>);

impl<T: fmt::Display> fmt::Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str("none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_fault_is_not_judged() {
        let judged = |rule: &'static str, path: &str| {
            let fault = Violation::error(path, rule, "is wrong");
            can_judge(&Path::root().field("order"), &["size", "tags[].key"], [&fault])
        };
        assert!(!judged("minimum", "order.size") && !judged("required", "order.size"));
        assert!(!judged("type", "order.tags[3].key") && !judged("type", "order.tags[3]"));
        assert!(!judged("required", "order.tags"));
        // A list may be too long and its items fine.
        assert!(judged("maxItems", "order.tags"));
        assert!(judged("type", "order.sizes") && judged("type", "order.tag"));
        assert!(judged("type", "size") && judged("type", "other.size"));
    }

    #[test]
    fn a_place_lies_in_another() {
        assert!(is_within("tags[0].key", "tags") && is_within("tags", "tags"));
        assert!(!is_within("tags2", "tags") && !is_within("tag", "tags"));
    }

    #[test]
    fn lists_end_where_an_item_has_no_value() {
        // 1 is true, 0 is false, anything else has no value.
        let holds = |n: i32| [Some(false), Some(true)].get(n as usize).copied().flatten();
        let one = |list: &[i32]| exists_one(list.iter().copied(), holds);
        assert_eq!(one(&[]), Some(false));
        assert_eq!(one(&[1, 1]), Some(false));
        assert_eq!(one(&[1, 0]), Some(true));
        assert_eq!(one(&[2, 0]), None);
        assert_eq!(one(&[2, 1]), None);
        assert_eq!(filter([1, 0, 1].into_iter(), holds), Some(vec![1, 1]));
        assert_eq!(filter([1, 2].into_iter(), holds), None);
    }

    #[test]
    fn numbers_have_limits() {
        assert_eq!(
            (add(i64::MAX, 1), subtract(i64::MIN, 1), multiply(i64::MAX, 2)),
            (None, None, None)
        );
        assert_eq!((divide(7, -2), divide(7, 0), divide(i64::MIN, -1)), (Some(-3), None, None));
        assert_eq!((remainder(-7, 2), remainder(7, 0), negate(i64::MIN)), (Some(-1), None, None));
        assert_eq!((item(&[5], 0), item(&[5], 1), item(&[5], -1)), (Some(&5), None, None));
        assert_eq!((size("日本"), real(2)), (2, 2.0));
    }

    #[test]
    fn absent_values_are_shown() {
        assert_eq!(format!("{} {}", Shown(Some(0.125)), Shown(None::<&str>)), "0.125 none");
    }
}
