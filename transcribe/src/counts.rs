//! How much the pages state, for a summary.

use serde_json::Value;

use crate::transcript::Transcript;

/// Numbers of things in a transcript.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub operations: usize,
    pub schemas: usize,
    /// Parameters, headers of answers, and properties.
    pub fields: usize,
    /// Bounds, patterns, defaults and lists of values; each name that is required.
    pub constraints: usize,
    /// Those of them that come from prose.
    pub promoted: usize,
    /// Contradictions.
    pub findings: usize,
}

/// Keywords that bound a value.
const CONSTRAINTS: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "default",
    "enum",
    "x-extensible-enum",
];

impl Counts {
    /// Counts what is in a transcript.
    pub fn of(transcript: &Transcript) -> Self {
        let mut counts = Self {
            promoted: transcript.promotions.len(),
            findings: transcript.findings.len(),
            ..Self::default()
        };
        counts.add(&transcript.document, false);
        let schemas = transcript.document.pointer("/components/schemas").and_then(Value::as_object);
        counts.schemas = schemas.map_or(0, serde_json::Map::len);
        counts
    }

    /// Counts what is in a value; `is_names` when its keys are names and not keywords.
    fn add(&mut self, value: &Value, is_names: bool) {
        match value {
            Value::Object(map) if is_names => map.values().for_each(|value| self.add(value, false)),
            Value::Object(map) => {
                for (key, value) in map {
                    match (key.as_str(), value) {
                        // Examples are data, whatever their keys are called, and servers bound nothing.
                        ("example" | "examples" | "default" | "servers", _) => {}
                        (key, value) => self.add(value, matches!(key, "properties" | "headers")),
                    }
                    self.keyword(key, value);
                }
            }
            Value::Array(list) => list.iter().for_each(|value| self.add(value, false)),
            _ => {}
        }
    }

    fn keyword(&mut self, key: &str, value: &Value) {
        match (key, value) {
            ("operationId", _) => self.operations += 1,
            ("properties" | "headers", Value::Object(fields)) => self.fields += fields.len(),
            ("parameters", Value::Array(fields)) => self.fields += fields.len(),
            ("required", Value::Array(names)) => self.constraints += names.len(),
            (key, _) if CONSTRAINTS.contains(&key) => self.constraints += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Counts;
    use crate::transcript::Transcript;

    #[test]
    fn everything_is_counted_once() {
        let schema = json!({
            "type": "object",
            "required": ["a"],
            "properties": {
                "a": {"type": "string", "maxLength": 3, "enum": ["x"]},
                "default": {"type": "array", "items": {"type": "integer", "minimum": 1}}
            },
            "example": {"properties": {"c": {}}, "minimum": 2}
        });
        let operation = json!({"operationId": "A", "parameters": [{"name": "p", "in": "query"}]});
        let document =
            json!({"paths": {"/a": {"get": operation}}, "components": {"schemas": {"S": schema}}});
        let transcript = Transcript {
            document,
            findings: Vec::new(),
            promotions: Vec::new(),
            untranscribed: Vec::new(),
            refused: Vec::new(),
        };
        let expected = Counts {
            operations: 1,
            schemas: 1,
            fields: 3,
            constraints: 4,
            promoted: 0,
            findings: 0,
        };
        assert_eq!(Counts::of(&transcript), expected);
    }
}
