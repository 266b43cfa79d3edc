//! A received request. In: path, query, headers and body. Out: typed values; a missing or malformed
//! value becomes a violation at its path.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Place;
use crate::{Path, Report, Violation, check};

/// What arrived, decoded but not read.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The values of the path's variables, by name.
    pub path: &'a [(&'a str, String)],
    /// Names and values of the query, in their order.
    pub query: &'a [(String, String)],
    /// Headers with names in lower case.
    pub headers: &'a [(String, String)],
    /// The body, if there is one.
    pub body: Option<&'a Value>,
}

/// Whether something must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// It must.
    Always,
    /// It may be left out.
    No,
}

/// How a text becomes a value, or what it should be.
type Parse<T> = fn(&str) -> Result<T, &'static str>;

impl<'a> Given<'a> {
    /// All values of a parameter, in their order.
    pub fn texts(&self, place: Place, name: &str) -> Vec<&'a str> {
        let named = |pairs: &'a [(String, String)], name: &str| -> Vec<&'a str> {
            let found = pairs.iter().filter(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str()).collect()
        };
        match place {
            Place::Path => {
                let found = self.path.iter().filter(|(known, _)| *known == name);
                found.map(|(_, value)| value.as_str()).collect()
            }
            Place::Query => named(self.query, name),
            Place::Header => named(self.headers, &name.to_ascii_lowercase()),
        }
    }

    /// A parameter with one value. Of several that are given, the last counts.
    pub fn one<T>(
        &self,
        place: Place,
        name: &str,
        needed: Needed,
        parse: Parse<T>,
        report: &mut Report,
    ) -> Option<T> {
        let root = Path::root();
        let at = &root.field(name);
        match self.texts(place, name).last() {
            Some(text) => parsed(at, report, text, parse),
            None => {
                missing(at, report, needed);
                None
            }
        }
    }

    /// A parameter with several values.
    pub fn list<T>(
        &self,
        place: Place,
        name: &str,
        needed: Needed,
        parse: Parse<T>,
        report: &mut Report,
    ) -> Option<Vec<T>> {
        let root = Path::root();
        let at = &root.field(name);
        let texts = self.texts(place, name);
        if texts.is_empty() {
            missing(at, report, needed);
            return None;
        }
        let items = texts.iter().enumerate();
        items.map(|(i, text)| parsed(&at.index(i), report, text, parse)).collect()
    }

    /// A parameter that is a map, of values or of lists of values: `name[key]=value`.
    pub fn map<T>(
        &self,
        place: Place,
        name: &str,
        needed: Needed,
        parse: Parse<T>,
        report: &mut Report,
    ) -> Option<BTreeMap<String, Vec<T>>> {
        let root = Path::root();
        let at = &root.field(name);
        let keyed = |known: &'a str| known.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']');
        let given = if place == Place::Query { self.query } else { &[] };
        let mut found: BTreeMap<String, Vec<T>> = BTreeMap::new();
        let mut is_whole = true;
        for (key, text) in given.iter().filter_map(|(known, text)| Some((keyed(known)?, text))) {
            match parsed(&at.field(key), report, text, parse) {
                Some(value) => found.entry(key.to_owned()).or_default().push(value),
                None => is_whole = false,
            }
        }
        if found.is_empty() && is_whole {
            missing(at, report, needed);
            return None;
        }
        is_whole.then_some(found)
    }

    /// The body as a type of the client.
    pub fn body<T: DeserializeOwned>(&self, needed: Needed, report: &mut Report) -> Option<T> {
        let Some(body) = self.body else {
            if needed == Needed::Always {
                report.push(&Path::root(), "required", "there is no body; send one as JSON");
            }
            return None;
        };
        match serde_path_to_error::deserialize(body) {
            Ok(value) => Some(value),
            Err(error) => {
                let (path, why) = (error.path().to_string(), without_value(error.inner()));
                let at = if path == "." { Path::root().to_string() } else { path };
                report.add(Violation::error(at, "type", why));
                None
            }
        }
    }
}

/// A map of values from one of lists: of several values of a key, the last counts.
pub fn last_of_each<T>(lists: BTreeMap<String, Vec<T>>) -> BTreeMap<String, T> {
    lists.into_iter().filter_map(|(key, mut list)| Some((key, list.pop()?))).collect()
}

/// Why a value was not read, without the value: it may be a secret in the wrong place.
fn without_value(error: &serde_json::Error) -> String {
    let why = error.to_string();
    match (why.starts_with("invalid "), why.rsplit_once(", expected ")) {
        (true, Some((found, expected))) => {
            let kind = found.split(['`', '"']).next().unwrap_or_default().trim_end();
            format!("{kind}, expected {expected}")
        }
        _ => why,
    }
}

fn parsed<T>(at: &Path<'_>, report: &mut Report, text: &str, parse: Parse<T>) -> Option<T> {
    match parse(text) {
        Ok(value) => Some(value),
        Err(expected) => {
            check::wrong_type(at, report, "a text", expected);
            None
        }
    }
}

fn missing(at: &Path<'_>, report: &mut Report, needed: Needed) {
    if needed == Needed::Always {
        check::required(at, report);
    }
}

/// Any text: a string, a secret, a value of an enumeration.
///
/// # Errors
///
/// None; this has the form of the other readers.
pub fn text<T: From<String>>(text: &str) -> Result<T, &'static str> {
    Ok(T::from(text.to_owned()))
}

/// `true` or `false`.
///
/// # Errors
///
/// What the text should be.
pub fn boolean(text: &str) -> Result<bool, &'static str> {
    text.parse().map_err(|_| "a boolean")
}

/// A whole number.
///
/// # Errors
///
/// What the text should be.
pub fn integer<T: std::str::FromStr>(text: &str) -> Result<T, &'static str> {
    text.parse().map_err(|_| "a whole number")
}

/// A number.
///
/// # Errors
///
/// What the text should be.
pub fn number(text: &str) -> Result<f64, &'static str> {
    text.parse().map_err(|_| "a number")
}
