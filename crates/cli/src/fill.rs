//! From values on a command line to a request's values. In: assignments such as `tags.1.key` = `env`, and the types of
//! the operation. Out: parameters and a body with values of the right kinds, or everything that cannot be read.
//!
//! Only the syntax is checked here: whether a text is a number, whether a list has a gap. Which values are allowed is checked
//! by the client's own checks.

mod tree;
mod value;

use huaweicloud_catalog::{Described, Parameter, Place};
use huaweicloud_core::query;
use serde_json::{Map, Value};

pub use huaweicloud_core::query::texts;
pub use tree::Node;

use crate::{messages, text::did_you_mean};

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// What the outermost name is one of.
    pub part: Part,
    /// From the outermost name on: `["tags", "1", "key"]`.
    pub path: Vec<String>,
    /// What stands there.
    pub given: Given,
}

/// The parts of a request that have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Whichever has the name; one that the body needs, too, stands for both.
    Any,
    /// The parameters.
    Parameters,
    /// The body.
    Body,
}

/// What was given for a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A text, to be read as what the place takes.
    Text(String),
    /// A value of JSON or YAML.
    Json(Value),
}

/// How a text becomes a list or an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Only `[]`, `{}` and JSON: items and fields have places of their own.
    Places,
    /// Also `a,b` for a list, and `key=value` for an object.
    Short,
}

/// The values of a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// With the values that a query may have more than once.
    pub parameters: Vec<(Place, String, Vec<String>)>,
    /// The body, if any of it was given.
    pub body: Option<Value>,
}

/// Problems, and notes for the user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// A line each: place, what is wrong, what to do.
    pub problems: Vec<String>,
    /// Input that was accepted although it is unusual.
    pub hints: Vec<String>,
}

impl Notes {
    fn problem(&mut self, at: &str, message: impl AsRef<str>) {
        self.problems.push(format!("{at}: {}", message.as_ref()));
    }

    fn hint(&mut self, hint: String) {
        if !self.hints.contains(&hint) {
            self.hints.push(hint);
        }
    }
}

/// Assigns values to parameters and body.
pub fn fill(
    described: &Described,
    assignments: Vec<Assignment>,
    notation: Notation,
    notes: &mut Notes,
) -> Filled {
    let (mut roots, mut of_body) = (Node::default(), Node::default());
    for assignment in assignments {
        let root = if assignment.part == Part::Body { &mut of_body } else { &mut roots };
        if let Err(why) = root.insert(&assignment.path, assignment.given) {
            notes.problem(&assignment.path.join("."), why);
        }
    }
    let reader = value::Reader { described, notation };
    let mut filled = Filled::default();
    for (name, node) in roots.into_branches() {
        match parameter(described, &name) {
            Some(parameter) => {
                if is_needed(described, &name) && !of_body.has(&name) {
                    of_body.put(name.clone(), node.clone());
                }
                let value = reader.read(node, &parameter.schema, &name, notes);
                // A map travels as `name[key]=value`.
                if let Some(map @ Value::Object(_)) = &value {
                    let pairs = query::entries(&parameter.name, map).into_iter();
                    let pairs = pairs.map(|(name, text)| (parameter.place, name, vec![text]));
                    filled.parameters.extend(pairs);
                    continue;
                }
                let texts = value.as_ref().map(texts).unwrap_or_default();
                filled.parameters.push((parameter.place, parameter.name.clone(), texts));
            }
            None => of_body.put(name, node),
        }
    }
    if !of_body.is_empty() {
        filled.body = body(described, of_body, &reader, notes);
    }
    filled
}

/// Whether the body cannot do without a field of a name.
fn is_needed(described: &Described, name: &str) -> bool {
    let body = described.operation.body.as_ref().and_then(|body| described.fields(&body.schema));
    body.is_some_and(|fields| fields.iter().any(|field| field.required && field.name == name))
}

/// The parameter of a name; headers are case-insensitive.
pub fn parameter<'d>(described: &'d Described, name: &str) -> Option<&'d Parameter> {
    let parameters = &described.operation.parameters;
    let is_header = |p: &&Parameter| p.place == Place::Header && p.name.eq_ignore_ascii_case(name);
    let same = parameters.iter().find(|parameter| parameter.name == name);
    same.or_else(|| parameters.iter().find(is_header))
}

/// All names that an operation takes at the outermost place.
pub fn names(described: &Described) -> Vec<&str> {
    let operation = &described.operation;
    let parameters = operation.parameters.iter().map(|parameter| parameter.name.as_str());
    let body = operation.body.as_ref().and_then(|body| described.fields(&body.schema));
    let fields = body.into_iter().flatten().filter(|field| !field.is_rest);
    parameters.chain(fields.map(|field| field.name.as_str())).collect()
}

fn body(
    described: &Described,
    node: Node,
    reader: &value::Reader<'_>,
    notes: &mut Notes,
) -> Option<Value> {
    let Some(body) = &described.operation.body else {
        for (name, _) in node.into_branches() {
            let hint = did_you_mean(&name, names(described));
            notes.problem(&name, messages::takes_no_such(&described.operation.id, hint));
        }
        return None;
    };
    match described.fields(&body.schema) {
        Some(_) => reader.read(node, &body.schema, "", notes),
        // A body that has no fields is given as a whole.
        None => {
            let mut branches = node.into_branches().into_iter();
            match (branches.next(), branches.next()) {
                (Some((name, whole)), None) if name == "body" => {
                    reader.read(whole, &body.schema, "body", notes)
                }
                (Some((name, _)), _) => {
                    notes.problem(&name, messages::body_no_fields());
                    None
                }
                (None, _) => None,
            }
        }
    }
}

/// Puts the fields of one object over those of another; what both have is named.
pub fn overlay(under: &mut Map<String, Value>, over: Map<String, Value>, at: &str) -> Vec<String> {
    let mut replaced = Vec::new();
    for (key, value) in over {
        let place = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        match (under.get_mut(&key), value) {
            (Some(Value::Object(under)), Value::Object(over)) => {
                replaced.extend(overlay(under, over, &place));
            }
            (Some(known), value) if *known != value => {
                *known = value;
                replaced.push(place);
            }
            (Some(_), _) => {}
            (None, value) => {
                under.insert(key, value);
            }
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_map_in_a_query_is_a_pair_for_each_value() {
        let list = json!({"array": {"shape": {"string": null}}});
        let described: Described = serde_json::from_value(json!({
            "operation": {
                "id": "ListThings", "command": "list-things", "method": "GET", "path": "/things",
                "summary": {"en": ""}, "description": {"en": ""}, "repeatable": true, "answers": [], "types": [],
                "parameters": [
                    {"name": "tag", "place": "query", "required": false, "description": {"en": ""},
                     "schema": {"shape": {"map": {"shape": list}}}},
                    {"name": "ids", "place": "query", "required": false, "description": {"en": ""},
                     "schema": {"shape": list}}
                ]
            },
            "types": {}
        }))
        .unwrap();
        let given = |name: &str, value| Assignment {
            part: Part::Any,
            path: vec![name.to_owned()],
            given: Given::Json(value),
        };
        let assignments = vec![
            given("tag", json!({"a": ["x", "y"], "b": ["z"]})),
            given("ids", json!(["1", "2"])),
        ];
        let mut notes = Notes::default();
        let filled = fill(&described, assignments, Notation::Short, &mut notes);
        assert_eq!(notes, Notes::default());
        let lines: Vec<String> = filled
            .parameters
            .iter()
            .map(|(_, name, texts)| format!("{name}={}", texts.join(",")))
            .collect();
        assert_eq!(lines, ["tag[a]=x", "tag[a]=y", "tag[b]=z", "ids=1,2"]);
    }
}
