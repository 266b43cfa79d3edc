//! What holds the schemas of one direction: parameters, headers and contents. In: a document. Out: their
//! places.

use serde_json::Value;

use super::walk::object;

/// The methods of a path that are operations.
pub(super) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Which way values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Answer,
}

/// What holds schemas: a parameter or a header (one schema), or a content (one a media type).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Parameter,
    Content,
}

/// Everything that holds schemas of one side.
pub(super) fn holders(document: &Value, side: Side) -> Vec<(Holds, &Value)> {
    let mut found = Vec::new();
    for (section, holds) in sections(side) {
        let parts = object(document, &["components", section]).into_iter().flatten();
        found.extend(parts.map(|(_, part)| (holds, part)));
    }
    for (_, path) in object(document, &["paths"]).into_iter().flatten() {
        let operations = METHODS.iter().filter_map(|method| path.get(method));
        for place in operations.chain([path]) {
            match side {
                Side::Request => {
                    let parameters = place.get("parameters").and_then(Value::as_array);
                    found.extend(parameters.into_iter().flatten().map(|p| (Holds::Parameter, p)));
                    found.extend(place.get("requestBody").map(|body| (Holds::Content, body)));
                }
                Side::Answer => {
                    let answers = object(place, &["responses"]).into_iter().flatten();
                    found.extend(answers.map(|(_, answer)| (Holds::Content, answer)));
                }
            }
        }
    }
    found
}

/// The same, to change it.
pub(super) fn holders_mut(document: &mut Value, side: Side) -> Vec<(Holds, &mut Value)> {
    let mut found = Vec::new();
    let Some(document) = document.as_object_mut() else { return found };
    for (key, part) in document.iter_mut() {
        match (key.as_str(), part) {
            ("components", Value::Object(components)) => {
                for (section, parts) in components.iter_mut() {
                    let holds = sections(side).into_iter().find(|(name, _)| name == section);
                    let Some((_, holds)) = holds else { continue };
                    let parts = parts.as_object_mut().into_iter().flatten();
                    found.extend(parts.map(|(_, part)| (holds, part)));
                }
            }
            ("paths", Value::Object(paths)) => {
                for (_, path) in paths.iter_mut() {
                    path_holders(path, side, &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

/// The holders of a path, and then those of its operations.
fn path_holders<'v>(place: &'v mut Value, side: Side, found: &mut Vec<(Holds, &'v mut Value)>) {
    let Some(place) = place.as_object_mut() else { return };
    for (key, part) in place.iter_mut() {
        match (key.as_str(), side, part) {
            ("parameters", Side::Request, Value::Array(parameters)) => {
                found.extend(parameters.iter_mut().map(|p| (Holds::Parameter, p)));
            }
            ("requestBody", Side::Request, body) => found.push((Holds::Content, body)),
            ("responses", Side::Answer, Value::Object(answers)) => {
                found.extend(answers.iter_mut().map(|(_, answer)| (Holds::Content, answer)));
            }
            (method, _, operation) if METHODS.contains(&method) => {
                path_holders(operation, side, found);
            }
            _ => {}
        }
    }
}

/// The sections of `components` that belong to one side.
fn sections(side: Side) -> Vec<(&'static str, Holds)> {
    match side {
        Side::Request => vec![("parameters", Holds::Parameter), ("requestBodies", Holds::Content)],
        Side::Answer => vec![("responses", Holds::Content), ("headers", Holds::Parameter)],
    }
}
