//! A place of the document in words for people: `CreateInstanceBody.capacity`, or an operation's id.

use serde_json::Value;

use crate::pointer::JsonPointer;

/// A schema or property by its path, an operation by its id, anything else by its pointer.
pub(super) fn subject(document: &Value, at: &JsonPointer) -> String {
    match at.segments() {
        [a, b, schema, rest @ ..] if a == "components" && b == "schemas" => {
            let mut words = schema.clone();
            let mut rest = rest.iter();
            while let Some(segment) = rest.next() {
                match segment.as_str() {
                    "properties" => {
                        words.extend(rest.next().iter().flat_map(|name| [".", name.as_str()]));
                    }
                    "items" => words.push_str("[]"),
                    _ => {}
                }
            }
            words
        }
        [paths, path, method, rest @ ..] if paths == "paths" => {
            let operation = JsonPointer::root().join(["paths", path, method]);
            let id = operation.child("operationId").get(document).and_then(Value::as_str);
            let id = id.map_or_else(|| format!("{method} {path}"), str::to_owned);
            let parameter = match rest {
                [list, ..] if list == "parameters" => at.child("name").get(document),
                _ => None,
            };
            match parameter.and_then(Value::as_str) {
                Some(name) => format!("{id} ({name})"),
                None => id,
            }
        }
        _ => at.to_string(),
    }
}
