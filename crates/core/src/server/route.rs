//! Routing. In: all operations, a method and a path. Out: the operation and
//! the values of its path parameters, decoded.
//!
//! A literal segment takes precedence over a parameter: `/instances/status` is not an instance.

use super::Operation;

/// The operations by their paths.
#[derive(Clone, Debug)]
pub struct Routes {
    /// The segments of each path; the most spelled-out paths first.
    all: Vec<(Vec<Segment>, &'static Operation)>,
}

/// Where a request goes.
#[derive(Debug)]
pub enum Route {
    /// To an operation, with the values of its path's variables.
    To(&'static Operation, Vec<(&'static str, String)>),
    /// The path is known, but not with this method; these are.
    OtherMethod(Vec<&'static str>),
    /// Nothing has this path.
    Nowhere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Text(&'static str),
    Variable(&'static str),
}

impl Routes {
    /// The routes of a table of operations.
    pub fn new(operations: &[&'static Operation]) -> Self {
        let split = |operation: &&'static Operation| (segments(operation.path), *operation);
        let mut all: Vec<_> = operations.iter().map(split).collect();
        // `Text` is less than `Variable`, so a list that is sorted has the spelled-out ones first.
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self { all }
    }

    /// Where a request goes. `path` is as it arrived, without the query; a slash at its end does
    /// not count.
    pub fn find(&self, method: &str, path: &str) -> Route {
        let parts: Vec<&str> = split(path);
        let mut methods = Vec::new();
        for (segments, operation) in &self.all {
            if let Some(values) = matched(segments, &parts) {
                if operation.method == method {
                    return Route::To(operation, values);
                }
                methods.push(operation.method);
            }
        }
        if methods.is_empty() { Route::Nowhere } else { Route::OtherMethod(methods) }
    }
}

fn segments(path: &'static str) -> Vec<Segment> {
    let segment = |part: &'static str| {
        let name = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        name.map_or(Segment::Text(part), Segment::Variable)
    };
    split(path).into_iter().map(segment).collect()
}

fn split(path: &str) -> Vec<&str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path).split('/').collect()
}

/// The values of the variables if all segments fit; an empty segment is the value of none.
fn matched(segments: &[Segment], parts: &[&str]) -> Option<Vec<(&'static str, String)>> {
    if segments.len() != parts.len() {
        return None;
    }
    let mut values = Vec::new();
    for (segment, part) in segments.iter().zip(parts) {
        match segment {
            Segment::Text(text) if text == part => {}
            Segment::Variable(name) if !part.is_empty() => values.push((*name, decoded(part)?)),
            _ => return None,
        }
    }
    Some(values)
}

/// Percent-decoded; nothing if that is no text.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}
