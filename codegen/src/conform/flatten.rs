//! A schema → its parts: itself and what `$ref` and `allOf` lead to, in document order.
//!
//! Each part is taken once, so that neither circles nor repeated parts cost anything.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::pointer::JsonPointer;

/// More parts of one schema are not looked at.
const MAX_PARTS: usize = 1000;

/// A schema that is neither a reference nor anything but an object.
pub(super) type Part<'d> = &'d Map<String, Value>;

/// Whether a schema, or a part of it, has a property of this name.
pub(crate) fn has_property(root: &Value, schema: &Value, name: &str) -> bool {
    let has = |part: Part<'_>| part.get("properties").and_then(|all| all.get(name)).is_some();
    flatten(root, &[schema]).into_iter().any(has)
}

/// The parts of several schemas that one value must fit.
pub(super) fn flatten<'d>(root: &'d Value, schemas: &[&'d Value]) -> Vec<Part<'d>> {
    let mut parts = Vec::new();
    let mut seen: BTreeSet<*const Value> = BTreeSet::new();
    let mut stack: Vec<&Value> = schemas.iter().rev().copied().collect();
    while let Some(schema) = stack.pop() {
        let Value::Object(map) = schema else { continue };
        if parts.len() >= MAX_PARTS || !seen.insert(schema) {
            continue;
        }
        if let Some(reference) = map.get("$ref") {
            let pointer = reference.as_str().and_then(JsonPointer::parse);
            stack.extend(pointer.and_then(|pointer| pointer.get(root)));
            continue;
        }
        parts.push(map);
        if let Some(Value::Array(all)) = map.get("allOf") {
            stack.extend(all.iter().rev());
        }
    }
    parts
}
