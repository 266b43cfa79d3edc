//! Checks of objects and of types.

use super::{DidYouMean, Words, at_least, at_most, nearest};
use crate::{Path, Report, Violation};

const ENTRY: [&str; 2] = ["entry", "entries"];

/// `minProperties`: a map has at least `min` entries.
pub fn min_properties(at: &Path<'_>, report: &mut Report, has: usize, min: usize) {
    if has < min {
        report.push(at, "minProperties", at_least(has, min, ENTRY));
    }
}

/// `maxProperties`: a map has at most `max` entries.
pub fn max_properties(at: &Path<'_>, report: &mut Report, has: usize, max: usize) {
    if has > max {
        report.push(at, "maxProperties", at_most(has, max, ENTRY));
    }
}

/// `required`: says that the value at `at` is missing.
pub fn required(at: &Path<'_>, report: &mut Report) {
    report.add(Violation::required(at.to_string()));
}

/// `type`: says that a value is of one kind and must be of another, both with their article, such
/// as `a string` and `an integer`.
pub fn wrong_type(at: &Path<'_>, report: &mut Report, found: &str, expected: &str) {
    report.push(at, "type", format!("is {found}; must be {expected}"));
}

/// `additionalProperties`: says that the object at `at` has no such field; the nearest one is
/// suggested.
pub fn unknown_key(at: &Path<'_>, report: &mut Report, key: &str, allowed: &[&str]) {
    let message = match nearest(key, allowed) {
        Some(word) => format!("is unknown{}", DidYouMean(Some(word))),
        None if allowed.is_empty() => "is unknown; remove it".to_owned(),
        None => format!("is unknown; known names are {}", Words(allowed)),
    };
    report.push(&at.key(key), "additionalProperties", message);
}

/// `additionalProperties`: no key of what stands beside the fields of an object is one of these fields.
pub fn other_keys<K: AsRef<str>>(
    at: &Path<'_>,
    report: &mut Report,
    keys: impl IntoIterator<Item = K>,
    fields: &[&str],
) {
    for key in keys {
        if fields.contains(&key.as_ref()) {
            let message = "has a field of its own and would be sent twice; set that field instead";
            report.push(&at.key(key.as_ref()), "additionalProperties", message);
        }
    }
}

/// `additionalProperties`: the keys of a map are among those allowed.
pub fn keys<K: AsRef<str>>(
    at: &Path<'_>,
    report: &mut Report,
    keys: impl IntoIterator<Item = K>,
    allowed: &[&str],
) {
    for key in keys {
        if !allowed.contains(&key.as_ref()) {
            unknown_key(at, report, key.as_ref(), allowed);
        }
    }
}
