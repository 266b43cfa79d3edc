//! The rules between fields, one sentence per rule. In: `x-validations` of what a request holds. Out: a list at the
//! end of the operation's description.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Object,
    holders::METHODS,
    schemas::target,
    walk::{object, object_mut},
    words,
};
use crate::rules::{Piece, pieces};

const RULES: &str = "x-validations";

/// Adds the rules of each operation's request to its description.
pub(super) fn tell(document: &mut Value) {
    let Some(paths) = object(document, &["paths"]) else { return };
    let mut told = Vec::new();
    for (path, item) in paths {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let sentences = sentences(document, operation);
            if !sentences.is_empty() {
                told.push((path.clone(), method, sentences));
            }
        }
    }
    for (path, method, sentences) in told {
        if let Some(operation) = object_mut(document, &["paths", &path, method]) {
            words::append(operation, vec!["Rules of a request:".to_owned(), sentences.join("\n")]);
        }
    }
}

/// What the rules of a request say, in the order in which the request reaches them. A schema that it
/// reaches in several places is told of once, at the first.
fn sentences(document: &Value, operation: &Value) -> Vec<String> {
    let mut told = Told { document, seen: BTreeSet::new(), sentences: Vec::new() };
    let contents = object(operation, &["requestBody", "content"]).into_iter().flatten();
    for schema in contents.filter_map(|(_, media)| media.get("schema")) {
        told.schema(schema, &[]);
    }
    told.sentences
}

struct Told<'d> {
    document: &'d Value,
    seen: BTreeSet<&'d str>,
    sentences: Vec<String>,
}

impl<'d> Told<'d> {
    /// The rules of a schema that stands at a path of the request.
    fn schema(&mut self, schema: &'d Value, path: &[&'d str]) {
        let Some(schema) = schema.as_object() else { return };
        if let Some(name) = target(schema) {
            let component = object(self.document, &["components", "schemas"]);
            if let Some(schema) = component.and_then(|all| all.get(name))
                && self.seen.insert(name)
            {
                self.schema(schema, path);
            }
            return;
        }
        let rules = schema.get(RULES).and_then(Value::as_array).into_iter().flatten();
        let rules = rules.filter_map(Value::as_object);
        self.sentences.extend(rules.filter_map(|rule| sentence(rule, path)));
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.schema(part, path);
        }
        for values in ["items", "additionalProperties"].iter().filter_map(|key| schema.get(*key)) {
            self.schema(values, path);
        }
        for (name, property) in
            schema.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            self.schema(property, &[path, &[name.as_str()]].concat());
        }
    }
}

/// One rule as an entry of a list, after the field that it is about.
fn sentence(rule: &Object, path: &[&str]) -> Option<String> {
    let text = rule.get("message")?.as_str()?;
    let message: String = match pieces(text) {
        Ok(pieces) => pieces.into_iter().map(shown).collect(),
        Err(_) => text.to_owned(),
    };
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let field = rule.get("fieldPath").and_then(Value::as_str);
    let place: Vec<&str> = path.iter().copied().chain(field).collect();
    let place = if place.is_empty() { String::new() } else { format!("`{}`: ", place.join(".")) };
    let is_warning = rule.get("severity").is_some_and(|severity| severity == "warning");
    let advice = if is_warning { " (a warning)" } else { "" };
    Some(format!("- {place}{message}{advice}"))
}

fn shown(piece: Piece<'_>) -> String {
    match piece {
        Piece::Text(text) => text,
        Piece::Field(names) => format!("`{}`", names.join(".")),
    }
}
