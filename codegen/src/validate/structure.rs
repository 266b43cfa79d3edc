//! The walk along the tables: wrong kinds of values, unknown and missing keywords, what is not
//! supported. Examples, defaults and the like are data: what is in them is no keyword.

use serde_json::{Map, Value};

use super::{
    extensions,
    index::{Index, Place, Reference},
    kinds::{Kind, Need, Shape, Table},
    report::{Report, shown},
    tables,
};
use crate::{conform, pointer::JsonPointer};

/// Walks the whole document.
pub(super) fn walk<'d>(root: &'d Value, report: &mut Report) -> Index<'d> {
    let index = Index { root, places: Vec::new(), references: Vec::new() };
    let mut walk = Walk { index, report };
    walk.object(Kind::Root, root, &JsonPointer::root());
    walk.index
}

struct Walk<'d, 'r> {
    index: Index<'d>,
    report: &'r mut Report,
}

impl<'d> Walk<'d, '_> {
    fn object(&mut self, kind: Kind, value: &'d Value, at: &JsonPointer) {
        let table = tables::table(kind);
        let Value::Object(map) = value else {
            return self.wrong_type(at, &format!("{} must be an object", table.name), value);
        };
        self.index.places.push(Place { kind, at: at.clone(), map });
        for (key, child) in map {
            let child_at = at.child(key);
            if key.starts_with("x-") && kind != Kind::SecurityRequirement {
                extensions::check(kind, key, child, &child_at, self.report);
            } else if let Some(field) = table.fields.iter().find(|field| field.name == key) {
                self.shape(key, &field.shape, child, &child_at);
            } else {
                self.entry(table, key, child, &child_at);
            }
        }
        for field in table.fields {
            if field.need == Need::Required && !map.contains_key(field.name) {
                let message = format!("{} needs `{}`; add it", table.name, field.name);
                self.report.add(at, "missing-keyword", message);
            }
        }
    }

    /// A key that is no keyword.
    fn entry(&mut self, table: &'static Table, key: &str, child: &'d Value, at: &JsonPointer) {
        match &table.entries {
            Some(entries) if (entries.accepts)(key) => self.shape(key, &entries.shape, child, at),
            Some(entries) => {
                let message =
                    format!("{} is not {}; correct the key", shown(key), entries.expected);
                self.report.add(at, "wrong-value", message);
            }
            None => {
                let names = table.fields.iter().map(|field| field.name);
                let hint = self.report.hint(key, names, "remove it");
                let message = format!("{} is not a keyword of {}; {hint}", shown(key), table.name);
                self.report.add(at, "unknown-keyword", message);
            }
        }
    }

    fn shape(&mut self, key: &str, shape: &'static Shape, value: &'d Value, at: &JsonPointer) {
        let must = |what: &str| format!("{} must be {what}", shown(key));
        match (shape, value) {
            (Shape::Any, _)
            | (Shape::Text, Value::String(_))
            | (Shape::Flag | Shape::FlagOrSchema, Value::Bool(_))
            | (Shape::Number, Value::Number(_)) => {}
            (Shape::Unsupported(advice), _) => self.report.unsupported(at, &shown(key), advice),
            (Shape::Count, Value::Number(n)) if n.is_u64() => {}
            (Shape::OneOf(words), Value::String(word)) => self.one_of(key, words, word, at),
            (Shape::List(shape), Value::Array(items)) => {
                for (i, item) in items.iter().enumerate() {
                    self.shape(&format!("{key}[{i}]"), shape, item, &at.child(i));
                }
            }
            (Shape::Map(shape), Value::Object(map)) => {
                for (name, item) in map {
                    self.shape(name, shape, item, &at.child(name));
                }
            }
            (Shape::Object(kind), _) => self.object(*kind, value, at),
            (Shape::Reference(kind), _) => self.reference(*kind, value, at),
            (Shape::FlagOrSchema, Value::Object(_)) => self.reference(Kind::Schema, value, at),
            (Shape::Text | Shape::OneOf(_), _) => self.wrong_type(at, &must("a string"), value),
            (Shape::Flag, _) => self.wrong_type(at, &must("true or false"), value),
            (Shape::Number, _) => self.wrong_type(at, &must("a number"), value),
            (Shape::Count, _) => {
                self.wrong_type(at, &must("a whole number from 0 upwards"), value);
            }
            (Shape::List(_), _) => self.wrong_type(at, &must("a list"), value),
            (Shape::Map(_), _) => self.wrong_type(at, &must("an object"), value),
            (Shape::FlagOrSchema, _) => {
                self.wrong_type(at, &must("true, false or a schema"), value);
            }
        }
    }

    fn one_of(&mut self, key: &str, words: &[&str], word: &str, at: &JsonPointer) {
        if !words.contains(&word) {
            let known = format!("write one of {}", words.join(", "));
            let hint = self.report.hint(word, words.iter().copied(), &known);
            let message = format!("{} is not a value of `{key}`; {hint}", shown(word));
            self.report.add(at, "wrong-value", message);
        }
    }

    fn reference(&mut self, kind: Kind, value: &'d Value, at: &JsonPointer) {
        let Some((map, target)) = value.as_object().and_then(|m| Some((m, m.get("$ref")?))) else {
            return self.object(kind, value, at);
        };
        let Value::String(target) = target else {
            return self.wrong_type(&at.child("$ref"), "`$ref` must be a string", target);
        };
        self.siblings(kind, map, at);
        self.index.references.push(Reference { kind, at: at.clone(), target });
    }

    fn siblings(&mut self, kind: Kind, map: &Map<String, Value>, at: &JsonPointer) {
        let advice = match kind {
            Kind::Schema => "put the reference into an `allOf` of its own, and this beside it",
            _ => "move it to where the reference leads, or write the object here",
        };
        for key in map.keys().filter(|key| *key != "$ref") {
            let message =
                format!("{} beside `$ref` is ignored by OpenAPI 3.0; {advice}", shown(key));
            self.report.add(&at.child(key), "ref-sibling", message);
        }
    }

    fn wrong_type(&mut self, at: &JsonPointer, must: &str, value: &Value) {
        let quote = match value {
            Value::Number(n) if must.ends_with("a string") => format!("; quote it: \"{n}\""),
            Value::Bool(b) if must.ends_with("a string") => format!("; quote it: \"{b}\""),
            _ => String::new(),
        };
        let found = match value {
            Value::Number(n) if must.contains("whole number") => n.to_string(),
            _ => conform::kind_of(value).to_owned(),
        };
        let message = format!("{must}, not {found}{quote}");
        self.report.add(at, "wrong-type", message);
    }
}
