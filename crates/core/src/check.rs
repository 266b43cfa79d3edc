//! The checks that validators are made of, and the only place of their messages.
//!
//! In: a value, a bound, and the path of the value. Out: a violation in the report if the value
//! is out of bounds; its rule is the OpenAPI keyword. A valid value allocates nothing.

mod nearest;
mod number;
mod object;

use std::fmt;

pub use nearest::nearest;
pub use number::{
    Number, exclusive_maximum, exclusive_minimum, finite, maximum, minimum, multiple_of,
    one_of_numbers,
};
pub use object::{
    keys, max_properties, min_properties, other_keys, required, unknown_key, wrong_type,
};

use crate::{Path, Report};

/// Most characters of a value that a message shows.
const SHOWN_CHARS: usize = 60;

/// Most alternatives that a message lists.
const SHOWN_WORDS: usize = 12;

/// A value as a message may show it.
#[derive(Clone, Copy)]
pub enum Shown<'a> {
    /// It may be seen: quoted, and cut when it is long.
    Value(&'a str),
    /// It is a secret.
    Hidden,
}

/// `minLength`: a text has at least `min` characters (of Unicode, not bytes).
pub fn min_length(at: &Path<'_>, report: &mut Report, value: &str, min: usize) {
    // Counts no further than needed.
    if value.chars().take(min).count() < min {
        let has = value.chars().count();
        report.push(at, "minLength", at_least(has, min, ["character", "characters"]));
    }
}

/// `maxLength`: a text has at most `max` characters (of Unicode, not bytes).
pub fn max_length(at: &Path<'_>, report: &mut Report, value: &str, max: usize) {
    if value.len() > max {
        let has = value.chars().count();
        if has > max {
            report.push(at, "maxLength", at_most(has, max, ["character", "characters"]));
        }
    }
}

/// `pattern`: the caller says whether the text matches; a secret is not shown.
pub fn pattern(at: &Path<'_>, report: &mut Report, shown: Shown<'_>, ok: bool, pattern: &str) {
    if ok {
        return;
    }
    report.push(
        at,
        "pattern",
        match shown {
            Shown::Value(value) => {
                format!("{} does not match the pattern {pattern}", Quoted(value))
            }
            Shown::Hidden => format!("does not match the pattern {pattern}"),
        },
    );
}

/// `enum`: a text is one of those allowed; the nearest one is suggested.
pub fn one_of(at: &Path<'_>, report: &mut Report, value: &str, allowed: &[&str]) {
    if !allowed.contains(&value) {
        let (value_shown, list) = (Quoted(value), Words(allowed));
        let hint = DidYouMean(nearest(value, allowed));
        report.push(at, "enum", format!("{value_shown} is not one of {list}{hint}"));
    }
}

/// `minItems`: a list has at least `min` items.
pub fn min_items(at: &Path<'_>, report: &mut Report, has: usize, min: usize) {
    if has < min {
        report.push(at, "minItems", at_least(has, min, ["item", "items"]));
    }
}

/// `maxItems`: a list has at most `max` items.
pub fn max_items(at: &Path<'_>, report: &mut Report, has: usize, max: usize) {
    if has > max {
        report.push(at, "maxItems", at_most(has, max, ["item", "items"]));
    }
}

/// `uniqueItems`: no two items of a list are equal; the first such pair is named.
pub fn unique<T: PartialEq>(at: &Path<'_>, report: &mut Report, items: &[T]) {
    let earlier = |(second, item): (usize, &T)| {
        let first = items.iter().take(second).position(|other| other == item)?;
        Some((first, second))
    };
    if let Some((first, second)) = items.iter().enumerate().find_map(earlier) {
        let message = format!("items {first} and {second} are equal; each may occur only once");
        report.push(at, "uniqueItems", message);
    }
}

fn at_least(has: usize, min: usize, unit: [&str; 2]) -> String {
    if has == 0 {
        return format!("is empty; must have at least {}", Count(min, unit));
    }
    format!("has {}; must have at least {min}", Count(has, unit))
}

fn at_most(has: usize, max: usize, unit: [&str; 2]) -> String {
    format!("has {}; must have at most {max}", Count(has, unit))
}

/// `1 item`, `2 items`.
struct Count<'a>(usize, [&'a str; 2]);

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, [one, many]) = self;
        write!(f, "{count} {}", if *count == 1 { one } else { many })
    }
}

/// A text in quotes, with line breaks and the like escaped, cut when it is long.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(SHOWN_CHARS) {
            Some((end, _)) => write!(f, "{:?}…", &self.0[..end]),
            None => write!(f, "{:?}", self.0),
        }
    }
}

/// `"a", "b", "c"`; a long list ends in a count.
struct Words<'a>(&'a [&'a str]);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, word) in self.0.iter().take(SHOWN_WORDS).enumerate() {
            write!(f, "{}{}", if i == 0 { "" } else { ", " }, Quoted(word))?;
        }
        match self.0.len().saturating_sub(SHOWN_WORDS) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// `; did you mean "a"?`, or nothing.
struct DidYouMean<'a>(Option<&'a str>);

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(word) => write!(f, "; did you mean {}?", Quoted(word)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
