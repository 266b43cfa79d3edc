//! Parsing of values. In: what was given for a place and the places below it, and its schema. Out: the value, or why it cannot
//! be parsed.

use huaweicloud_catalog::{Described, Field, Kind, Schema, Shape};
use serde_json::{Map, Number, Value};

use super::{Given, Node, Notation, Notes};
use crate::{messages, text::did_you_mean};

/// Reads values of an operation.
pub(super) struct Reader<'d> {
    pub(super) described: &'d Described,
    pub(super) notation: Notation,
}

impl Reader<'_> {
    /// The value of a place; nothing where it could not be read, which is noted.
    pub(super) fn read(
        &self,
        node: Node,
        schema: &Schema,
        at: &str,
        notes: &mut Notes,
    ) -> Option<Value> {
        match node.into_parts() {
            (Some(Given::Json(value)), _) => Some(value),
            (Some(Given::Text(text)), _) => self.text(text, schema, at, notes),
            (None, branches) => self.branches(branches, schema, at, notes),
        }
    }

    fn text(&self, text: String, schema: &Schema, at: &str, notes: &mut Notes) -> Option<Value> {
        let mut wrong = |what: String| {
            notes.problem(at, messages::must_be(what));
            None
        };
        match &schema.shape {
            Shape::String(_) | Shape::Secret | Shape::File => Some(Value::String(text)),
            _ if schema.nullable && text == "null" => Some(Value::Null),
            Shape::Boolean => match text.to_ascii_lowercase().as_str() {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => wrong(messages::kind_boolean()),
            },
            Shape::Integer(_) => {
                let whole = text.parse::<i64>().map(Number::from);
                let whole = whole.or_else(|_| text.parse::<u64>().map(Number::from));
                whole.map_or_else(|_| wrong(messages::kind_integer()), |n| Some(Value::Number(n)))
            }
            Shape::Number => match number(&text) {
                Some(number) => Some(Value::Number(number)),
                None => wrong(messages::kind_number()),
            },
            Shape::Any => Some(serde_json::from_str(&text).unwrap_or(Value::String(text))),
            Shape::Array(item) => self.list(&text, item, at, notes),
            Shape::Map(value) => self.map(&text, value, at, notes),
            Shape::Named(_) => match self.described.type_of(schema).map(|named| &named.kind) {
                Some(Kind::Struct { fields, .. }) => self.object(&text, fields, at, notes),
                _ => Some(Value::String(text)),
            },
        }
    }

    fn list(&self, text: &str, item: &Schema, at: &str, notes: &mut Notes) -> Option<Value> {
        if text.trim_start().starts_with('[') {
            return json(text, at, notes);
        }
        if self.notation == Notation::Places {
            notes.problem(at, messages::list_places(at));
            return None;
        }
        if self.described.fields(item).is_some() {
            let node = Node::of(Given::Text(text.to_owned()));
            return self.read(node, item, at, notes).map(|item| Value::Array(vec![item]));
        }
        let items = text.split(',').enumerate().map(|(i, part)| {
            let node = Node::of(Given::Text(part.to_owned()));
            self.read(node, item, &format!("{at}[{i}]"), notes)
        });
        // All items are parsed, so that all problems are reported.
        let items: Vec<Option<Value>> = items.collect();
        items.into_iter().collect::<Option<Vec<_>>>().map(Value::Array)
    }

    fn map(&self, text: &str, value: &Schema, at: &str, notes: &mut Notes) -> Option<Value> {
        if text.trim_start().starts_with('{') {
            return json(text, at, notes);
        }
        let pairs = self.pairs(text, at, notes)?;
        let mut map = Map::new();
        for (key, text) in pairs {
            let place = format!("{at}.{key}");
            let node = Node::of(Given::Text(text));
            map.insert(key, self.read(node, value, &place, notes)?);
        }
        Some(Value::Object(map))
    }

    fn object(&self, text: &str, fields: &[Field], at: &str, notes: &mut Notes) -> Option<Value> {
        if text.trim_start().starts_with('{') {
            return json(text, at, notes);
        }
        let mut pairs = self.pairs(text, at, notes)?;
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        // A label: `env=prod` is short for `key=env,value=prod`.
        if let (["key", "value"], [(key, value)]) = (names.as_slice(), pairs.as_slice())
            && !names.contains(&key.as_str())
        {
            let (key, value) = (key.clone(), value.clone());
            pairs = vec![("key".to_owned(), key), ("value".to_owned(), value)];
        }
        let branches = pairs.into_iter().map(|(key, text)| {
            let name =
                names.iter().find(|name| crate::text::kebab(name) == crate::text::kebab(&key));
            let name = name.map_or(key, |name| (*name).to_owned());
            (name, Node::of(Given::Text(text)))
        });
        self.fields(branches.collect(), fields, at, notes)
    }

    /// `a=1,b=2`; a comma that no `=` follows belongs to the value before it.
    fn pairs(&self, text: &str, at: &str, notes: &mut Notes) -> Option<Vec<(String, String)>> {
        if self.notation == Notation::Places {
            notes.problem(at, messages::object_places(at));
            return None;
        }
        let mut pairs: Vec<(String, String)> = Vec::new();
        for part in text.split(',') {
            match (part.split_once('='), pairs.last_mut()) {
                (Some((key, value)), _) => pairs.push((key.trim().to_owned(), value.to_owned())),
                (None, Some((_, value))) => {
                    value.push(',');
                    value.push_str(part);
                }
                (None, None) => {
                    notes.problem(at, messages::object_pairs());
                    return None;
                }
            }
        }
        Some(pairs)
    }

    fn branches(
        &self,
        branches: Vec<(String, Node)>,
        schema: &Schema,
        at: &str,
        notes: &mut Notes,
    ) -> Option<Value> {
        match &schema.shape {
            Shape::Array(item) => self.items(branches, item, at, notes),
            Shape::Map(value) => {
                let entries = branches.into_iter().map(|(key, node)| {
                    let place = format!("{at}.{key}");
                    self.read(node, value, &place, notes).map(|value| (key, value))
                });
                let entries: Vec<Option<(String, Value)>> = entries.collect();
                entries.into_iter().collect::<Option<Map<_, _>>>().map(Value::Object)
            }
            Shape::Any => {
                let any = schema;
                let is_list = branches.iter().all(|(key, _)| index(key).is_some());
                if is_list {
                    return self.items(branches, any, at, notes);
                }
                let entries = branches.into_iter().map(|(key, node)| {
                    let place = format!("{at}.{key}");
                    self.read(node, any, &place, notes).map(|value| (key, value))
                });
                let entries: Vec<Option<(String, Value)>> = entries.collect();
                entries.into_iter().collect::<Option<Map<_, _>>>().map(Value::Object)
            }
            _ => match self.described.fields(schema) {
                Some(fields) => self.fields(branches, fields, at, notes),
                None => {
                    let names: Vec<&str> = branches.iter().map(|(name, _)| name.as_str()).collect();
                    let names = names.join(", ");
                    notes.problem(at, messages::single_value(at, names));
                    None
                }
            },
        }
    }

    fn fields(
        &self,
        branches: Vec<(String, Node)>,
        fields: &[Field],
        at: &str,
        notes: &mut Notes,
    ) -> Option<Value> {
        let mut object = Map::new();
        let mut is_whole = true;
        for (name, node) in branches {
            let place = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            let own = fields.iter().find(|field| !field.is_rest && field.name == name);
            let rest = || fields.iter().find(|field| field.is_rest);
            let read = match own {
                Some(field) => self.read(node, &field.schema, &place, notes),
                None => match (rest().map(|field| &field.schema.shape), node.as_json()) {
                    (Some(Shape::Map(value)), _) => self.read(node, value, &place, notes),
                    // A file may know more than the document; the check says so.
                    (_, Some(value)) => Some(value.clone()),
                    (_, None) => {
                        let known = fields.iter().map(|field| field.name.as_str());
                        let hint = did_you_mean(&name, known);
                        notes.problem(&place, messages::no_such_parameter(hint));
                        None
                    }
                },
            };
            match read {
                Some(value) => {
                    object.insert(name, value);
                }
                None => is_whole = false,
            }
        }
        is_whole.then_some(Value::Object(object))
    }

    /// Items by their number, from 1, or from 0 if there is one of that number.
    fn items(
        &self,
        branches: Vec<(String, Node)>,
        item: &Schema,
        at: &str,
        notes: &mut Notes,
    ) -> Option<Value> {
        let mut numbered = Vec::new();
        for (key, node) in branches {
            match index(&key) {
                Some(number) => numbered.push((number, node)),
                None => {
                    notes.problem(at, messages::is_a_list(at, key));
                    return None;
                }
            }
        }
        numbered.sort_by_key(|(number, _)| *number);
        let first = numbered.first().map_or(1, |(number, _)| (*number).min(1));
        if first == 0 {
            notes.hint(messages::from_zero(at));
        }
        let expected = (first..).zip(&numbered).find(|(wanted, (number, _))| wanted != number);
        if let Some((wanted, _)) = expected {
            notes.problem(at, messages::list_gap(wanted));
            return None;
        }
        let items = numbered.into_iter().enumerate();
        let items = items.map(|(i, (_, node))| self.read(node, item, &format!("{at}[{i}]"), notes));
        let items: Vec<Option<Value>> = items.collect();
        items.into_iter().collect::<Option<Vec<_>>>().map(Value::Array)
    }
}

/// The number of an item: `1`, or `[1]`.
fn index(key: &str) -> Option<usize> {
    let inner = key.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(key);
    inner.parse().ok()
}

/// A number as it is written; whole ones stay whole.
fn number(text: &str) -> Option<Number> {
    match serde_json::from_str(text) {
        Ok(Value::Number(number)) => Some(number),
        _ => text.parse::<f64>().ok().and_then(Number::from_f64),
    }
}

fn json(text: &str, at: &str, notes: &mut Notes) -> Option<Value> {
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            notes.problem(at, messages::broken_json(place_of(&error)));
            None
        }
    }
}

/// Where JSON is broken, without its text: it may hold a secret.
fn place_of(error: &serde_json::Error) -> String {
    messages::line_column(error.line(), error.column())
}
