//! An answer against its document. In: the documented shape, and JSON. Out: each place where they differ.

use huaweicloud_core::server::{Shape, Structure};
use serde_json::Value;

/// A place where an answer is not as documented.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    /// Where it stands in the answer, such as `instances[].port`; empty for the whole.
    pub(super) path: String,
    /// The field, by the schema that it is of: `InstanceListInfo.port`; empty for the whole.
    pub(super) field: String,
    pub(super) kind: Kind,
}

/// How it differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The document does not have the status.
    Status(u16),
    /// The document does not have the field.
    Unknown,
    /// It is documented to be always there.
    Missing,
    /// It is not documented to be `null`.
    Null,
    /// It is of another kind: the one that is documented, and its own.
    Type(&'static str, &'static str),
    /// It is not among the documented values.
    Value(String),
    /// The body is no JSON.
    NoJson,
}

/// Longest part of a value that is reported.
const LONGEST: usize = 40;

/// Everything that differs.
pub(super) fn compare(shape: &Shape, value: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    let at = Place { path: String::new(), field: String::new() };
    at.visit(shape, value, &mut found);
    found.sort();
    found.dedup();
    found
}

/// Where a value stands.
#[derive(Clone)]
struct Place {
    path: String,
    field: String,
}

impl Place {
    fn visit(&self, shape: &Shape, value: &Value, found: &mut Vec<Difference>) {
        let mut wrong = |documented| found.push(self.differs(Kind::Type(documented, kind(value))));
        match (shape, value) {
            (Shape::Any, _)
            | (Shape::Boolean, Value::Bool(_))
            | (Shape::Number, Value::Number(_))
            | (Shape::Secret, Value::String(_)) => {}
            (Shape::Integer, Value::Number(number)) if is_whole(number) => {}
            (Shape::Text(known), Value::String(text)) => {
                if !known.is_empty() && !known.contains(&text.as_str()) {
                    let text = text.chars().take(LONGEST).collect();
                    found.push(self.differs(Kind::Value(text)));
                }
            }
            (Shape::List(item), Value::Array(items)) => {
                let place = self.below("[]");
                items.iter().for_each(|value| place.visit(item, value, found));
            }
            (Shape::Map(item), Value::Object(entries)) => {
                let place = self.below(".*");
                entries.values().for_each(|value| place.visit(item, value, found));
            }
            (Shape::Object(structure), Value::Object(_)) => self.fields(structure, value, found),
            (Shape::Boolean, _) => wrong("a boolean"),
            (Shape::Integer, _) => wrong("a whole number"),
            (Shape::Number, _) => wrong("a number"),
            (Shape::Text(_) | Shape::Secret, _) => wrong("a text"),
            (Shape::List(_), _) => wrong("a list"),
            (Shape::Map(_) | Shape::Object(_), _) => wrong("an object"),
        }
    }

    fn fields(&self, structure: &Structure, value: &Value, found: &mut Vec<Difference>) {
        let Value::Object(entries) = value else { return };
        for member in structure.fields {
            let place = self.field(structure, member.name);
            match entries.get(member.name) {
                None if member.needed => found.push(place.differs(Kind::Missing)),
                None => {}
                Some(Value::Null) if member.nullable => {}
                Some(Value::Null) => found.push(place.differs(Kind::Null)),
                Some(value) => place.visit(&member.shape, value, found),
            }
        }
        for (name, value) in entries {
            if structure.fields.iter().any(|member| member.name == name) {
                continue;
            }
            let place = self.field(structure, name);
            match &structure.others {
                Some(shape) => place.visit(shape, value, found),
                None => found.push(place.differs(Kind::Unknown)),
            }
        }
    }

    fn field(&self, structure: &Structure, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        let path = format!("{}{dot}{name}", self.path);
        Self { path, field: format!("{}.{name}", structure.name) }
    }

    fn below(&self, what: &str) -> Self {
        Self { path: format!("{}{what}", self.path), field: self.field.clone() }
    }

    fn differs(&self, kind: Kind) -> Difference {
        Difference { path: self.path.clone(), field: self.field.clone(), kind }
    }
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.is_i64()
        || number.is_u64()
        || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if is_whole(number) => "a whole number",
        Value::Number(_) => "a number with a fraction",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use huaweicloud_core::server::Member;
    use serde_json::json;

    use super::*;

    const fn member(name: &'static str, needed: bool, nullable: bool, shape: Shape) -> Member {
        Member { name, needed, nullable, shape }
    }

    static THING: Structure = Structure {
        name: "Thing",
        fields: &[
            member("id", true, false, Shape::Text(&[])),
            member("size", false, true, Shape::Integer),
            member("state", false, false, Shape::Text(&["ON", "OFF"])),
            member("parts", false, false, Shape::List(&Shape::Object(&THING))),
        ],
        others: None,
    };

    fn said(value: Value) -> Vec<String> {
        let found = compare(&Shape::Object(&THING), &value);
        found.into_iter().map(|one| format!("{} {} {:?}", one.path, one.field, one.kind)).collect()
    }

    #[test]
    fn what_is_as_documented_differs_nowhere() {
        let part = json!({"id": "b", "size": 1.0});
        let thing = json!({"id": "a", "size": null, "state": "ON", "parts": [part]});
        assert_eq!(said(thing), Vec::<String>::new());
    }

    #[test]
    fn each_difference_has_its_place() {
        let part = json!({"id": 7, "size": "1", "state": "BROKEN", "extra": true});
        let thing = json!({"state": null, "parts": [part.clone(), part]});
        assert_eq!(
            said(thing),
            [
                "id Thing.id Missing",
                "parts[].extra Thing.extra Unknown",
                r#"parts[].id Thing.id Type("a text", "a whole number")"#,
                r#"parts[].size Thing.size Type("a whole number", "a text")"#,
                r#"parts[].state Thing.state Value("BROKEN")"#,
                "state Thing.state Null",
            ]
        );
        assert_eq!(said(json!([])), [r#"  Type("an object", "a list")"#]);
    }
}
