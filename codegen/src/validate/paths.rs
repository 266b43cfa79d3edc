//! Paths: their templates, and the parameters of these.

use std::collections::{BTreeMap, BTreeSet};

use conventions::paths;

use super::{
    index::{Index, Place},
    kinds::Kind,
    parameters,
    report::{Report, shown},
};

/// Longest template.
const MAX_LENGTH: usize = 2000;

/// The methods that an operation can have here.
const METHODS: &[&str] = &["get", "put", "post", "delete", "head", "patch"];

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut known: BTreeMap<(Vec<&str>, Option<&str>), &str> = BTreeMap::new();
    let calls = calls(index);
    for item in index.of(Kind::PathItem) {
        let Some(key) = item.at.last() else { continue };
        let (path, fragment) = paths::split(key);
        match template(path) {
            Ok(names) => {
                check_parameters(index, item, &names, report);
                let shape = (shape(path), fragment);
                if let Some(other) = known.insert(shape, key) {
                    let message =
                        format!("the same path as {}; put the operations together", shown(other));
                    report.add(&item.at, "equivalent-paths", message);
                }
                if let Some(fragment) = fragment {
                    check_fragment(item, path, fragment, &calls, report);
                }
            }
            Err(problem) => report.add(&item.at, "bad-path-template", problem.to_string()),
        }
    }
}

/// Why a text is no template.
#[derive(Debug, thiserror::Error)]
pub(super) enum TemplateError {
    #[error("longer than {MAX_LENGTH} characters; shorten it")]
    TooLong,
    #[error("the braces of {0} do not pair; write each name as {{name}}")]
    Unpaired(String),
    #[error("{{{name}}} stands twice in {text}; rename one")]
    Twice { name: String, text: String },
}

/// The names in braces.
pub(super) fn template(text: &str) -> Result<Vec<&str>, TemplateError> {
    if text.len() > MAX_LENGTH {
        return Err(TemplateError::TooLong);
    }
    let broken = || TemplateError::Unpaired(shown(text));
    let mut names: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let inner = rest.get(open..).and_then(|rest| rest.strip_prefix('{')).ok_or_else(broken)?;
        let (name, after) = inner.split_once('}').ok_or_else(broken)?;
        if name.is_empty() || name.contains('{') {
            return Err(broken());
        }
        if names.contains(&name) {
            return Err(TemplateError::Twice { name: name.to_owned(), text: shown(text) });
        }
        names.push(name);
        rest = after;
    }
    Ok(names)
}

/// A path without the names of its parameters: to a server they mean nothing.
fn shape(path: &str) -> Vec<&str> {
    path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect()
}

/// How many operations each call has: a method and the shape of a path.
type Calls<'i> = BTreeMap<(&'static str, Vec<&'i str>), usize>;

fn calls<'i>(index: &'i Index<'_>) -> Calls<'i> {
    let mut calls = Calls::new();
    for item in index.of(Kind::PathItem) {
        let path = item.at.last().map_or("", |key| paths::split(key).0);
        for method in METHODS.iter().filter(|method| item.has(method)) {
            *calls.entry((*method, shape(path))).or_default() += 1;
        }
    }
    calls
}

/// A fragment is a word, and only where another operation has the same call.
fn check_fragment(
    item: &Place<'_>,
    path: &str,
    fragment: &str,
    calls: &Calls<'_>,
    report: &mut Report,
) {
    const CODE: &str = "bad-path-fragment";
    let is_word = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if fragment.is_empty() || !fragment.chars().all(is_word) {
        let message = format!(
            "`#{fragment}` does not tell operations apart; write the id of the operation there, such as \
             `#ListBooks`"
        );
        return report.add(&item.at, CODE, message);
    }
    for method in METHODS.iter().filter(|method| item.has(method)) {
        if calls.get(&(*method, shape(path))).is_none_or(|count| *count < 2) {
            let message = format!(
                "no other operation is {} {}; leave `#{fragment}` out",
                method.to_uppercase(),
                shown(path)
            );
            report.add(&item.child(method), CODE, message);
        }
    }
}

fn check_parameters(index: &Index<'_>, item: &Place<'_>, names: &[&str], report: &mut Report) {
    let of_path = parameters::of(index, item);
    let mut lists = vec![(item.at.clone(), parameters::of(index, item))];
    for method in METHODS {
        let Some(operation) = item.object(method) else { continue };
        let at = item.child(method);
        let place = Place { kind: Kind::Operation, at: at.clone(), map: operation };
        let own = parameters::of(index, &place);
        let given: BTreeSet<&str> = of_path
            .iter()
            .chain(&own)
            .filter(|parameter| parameter.location == "path")
            .map(|parameter| parameter.name)
            .collect();
        for name in names.iter().filter(|name| !given.contains(*name)) {
            let message = format!("the path has {{{name}}}; add a parameter `{name}` in `path`");
            report.add(&at, "missing-path-parameter", message);
        }
        lists.push((at, own));
    }
    for parameter in lists.iter().flat_map(|(_, list)| list) {
        if parameter.location == "path" && !names.contains(&parameter.name) {
            let hint = report.hint(
                parameter.name,
                names.iter().copied(),
                "add it there or remove the parameter",
            );
            let message = format!("the path has no {{{}}}; {hint}", parameter.name);
            report.add(&parameter.at, "unknown-path-parameter", message);
        }
    }
}
