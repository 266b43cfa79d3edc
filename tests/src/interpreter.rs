//! The rules of the document in the interpreter of `cel`, to compare the compiled rules with.
//!
//! In: a model and a request as JSON. Out: the rules that it violates, each with its path.

use cel::Program;
use codegen::{
    model::{Api, Rule, Schema, Shape, TypeKind, TypeName},
    rules::Subject,
};
use serde_json::Value as Json;

/// Where the object stands, the rule, and the path of the violation.
type Broken<'a> = (String, &'a Rule, String);

/// All rules of an API, compiled once.
pub struct Interpreter<'a> {
    api: &'a Api,
    programs: Vec<(&'a TypeName, &'a Rule, Program)>,
}

impl<'a> Interpreter<'a> {
    /// # Panics
    ///
    /// When a rule is no CEL.
    pub fn new(api: &'a Api) -> Self {
        let mut programs = Vec::new();
        for (name, definition) in &api.types {
            let TypeKind::Struct(shape) = &definition.kind else { continue };
            for rule in &shape.rules {
                let program = Program::compile(&rule.text);
                let program = program.unwrap_or_else(|error| panic!("{}: {error}", rule.id));
                programs.push((name, rule, program));
            }
        }
        Self { api, programs }
    }

    /// The rules that a value breaks: its fields first, then its own. The JSON is as serde writes
    /// the request: numbers that may have a fraction have one. A rule that reads what stands at one of the
    /// `faults` is not judged.
    pub fn broken(&self, schema: &Schema, json: &Json, faults: &[String]) -> Vec<(String, String)> {
        let mut found = Vec::new();
        self.below(schema, json, String::new(), &mut found);
        found.retain(|(at, rule, _)| !faults.iter().any(|fault| reads(rule, at, fault)));
        found.into_iter().map(|(_, rule, path)| (path, rule.id.clone())).collect()
    }

    fn below(&self, schema: &Schema, json: &Json, at: String, found: &mut Vec<Broken<'a>>) {
        match (&schema.shape, json) {
            (Shape::Array(item), Json::Array(items)) => {
                for (i, json) in items.iter().enumerate() {
                    self.below(item, json, format!("{at}[{i}]"), found);
                }
            }
            (Shape::Map(value), Json::Object(map)) => {
                for (key, json) in map {
                    self.below(value, json, join(&at, key), found);
                }
            }
            (Shape::Named(name), Json::Object(map)) => {
                let Some(TypeKind::Struct(shape)) = self.api.types.get(name).map(|def| &def.kind)
                else {
                    return;
                };
                for field in &shape.fields {
                    if let Some(json) = map.get(&field.name.wire) {
                        self.below(&field.schema, json, join(&at, &field.name.wire), found);
                    }
                }
                self.own(name, json, &at, found);
            }
            _ => {}
        }
    }

    fn own(&self, name: &TypeName, json: &Json, at: &str, found: &mut Vec<Broken<'a>>) {
        let subject = Subject::new(json);
        for (_, rule, program) in self.programs.iter().filter(|(owner, ..)| *owner == name) {
            if subject.breaks(program) {
                let names = rule.field_path.iter().map(String::as_str);
                let path = names.fold(at.to_owned(), |at, name| join(&at, name));
                let path = if path.is_empty() { "(body)".to_owned() } else { path };
                found.push((at.to_owned(), *rule, path));
            }
        }
    }
}

/// Whether a rule about the object at `at` reads what stands at a path.
fn reads(rule: &Rule, at: &str, path: &str) -> bool {
    let below = path.strip_prefix(at).map(|rest| rest.trim_start_matches('.'));
    let Some(below) = below else { return false };
    rule.reads.iter().any(|read| {
        let mut rest = below;
        // Piece by piece, with a number between the brackets.
        let whole = read.split("[]").enumerate().all(|(i, piece)| {
            if i > 0 {
                let end = rest.find(']').filter(|_| rest.starts_with('['));
                let Some(end) = end else { return false };
                rest = &rest[end + 1..];
            }
            rest.strip_prefix(piece).map(|after| rest = after).is_some()
        });
        whole && rest.is_empty()
    })
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}
