//! Schemas as documents write them: inline, behind `$ref`, in `allOf`. In: a place. Out: the places that
//! together describe the value, and what they say.

use serde_json::Value;

use super::{place::Place, report::MergeError};

/// References that lead to references, before it is called a circle.
const MAX_STEPS: usize = 100;

/// The order of keywords in a schema, as the project's documents have it.
const ORDER: &[&str] = &[
    "title",
    "type",
    "format",
    "description",
    "nullable",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
    "uniqueItems",
    "items",
    "required",
    "properties",
    "additionalProperties",
    "allOf",
    "enum",
    "default",
    "example",
];

/// Where a reference at this place leads, or the place itself.
///
/// # Errors
/// When it leads nowhere, out of the document, or in a circle.
pub(super) fn resolved(root: &Value, at: &Place) -> Result<Place, MergeError> {
    let mut at = at.clone();
    for _ in 0..MAX_STEPS {
        let Some(target) = at.text(root, "$ref") else { return Ok(at) };
        let Some(pointer) = target.strip_prefix('#') else {
            let message = format!("`{target}` leads out of the document; put it into `components`");
            return Err(MergeError { place: at.child("$ref"), message });
        };
        let next = Place::new(pointer);
        if next.get(root).is_none() {
            let message = format!("`{target}` leads nowhere; add it or correct the reference");
            return Err(MergeError { place: at.child("$ref"), message });
        }
        at = next;
    }
    Err(circle(&at))
}

/// The places that together describe a value: its own, and those that it refers to or is composed of.
pub(super) fn parts(root: &Value, at: &Place) -> Result<Vec<Place>, MergeError> {
    let mut parts: Vec<Place> = Vec::new();
    let mut open = vec![at.clone()];
    while let Some(next) = open.pop() {
        let next = resolved(root, &next)?;
        if parts.contains(&next) {
            continue;
        }
        if parts.len() > MAX_STEPS {
            return Err(circle(at));
        }
        let members = next.child("allOf").list(root).len();
        open.extend((0..members).rev().map(|i| next.child("allOf").child(i)));
        parts.push(next);
    }
    Ok(parts)
}

/// The schema that a value refers to by a plain reference or an `allOf` of one; else the place itself.
pub(super) fn target(root: &Value, at: &Place) -> Result<Place, MergeError> {
    let at = resolved(root, at)?;
    if at.child("allOf").list(root).len() == 1 && at.key(root, "properties").is_none() {
        return resolved(root, &at.child("allOf").child(0));
    }
    Ok(at)
}

/// The first part that has a keyword.
pub(super) fn holder<'p>(root: &Value, parts: &'p [Place], keyword: &str) -> Option<&'p Place> {
    parts.iter().find(|part| part.key(root, keyword).is_some())
}

/// A keyword of a value.
pub(super) fn keyword<'v>(root: &'v Value, parts: &[Place], keyword: &str) -> Option<&'v Value> {
    parts.iter().find_map(|part| part.key(root, keyword))
}

/// The values that a schema lists, closed or open.
pub(super) fn values<'v>(root: &'v Value, parts: &[Place]) -> Option<(&'static str, &'v [Value])> {
    ["enum", "x-extensible-enum"].into_iter().find_map(|name| {
        keyword(root, parts, name).and_then(Value::as_array).map(|list| (name, list.as_slice()))
    })
}

/// Whether people describe the value in a way that no table can be compared with.
pub(super) fn is_free(root: &Value, parts: &[Place]) -> bool {
    ["oneOf", "anyOf", "not"].into_iter().any(|name| holder(root, parts, name).is_some())
}

/// Whether a closed set of keys stands for an object.
pub(super) fn is_closed_map(root: &Value, parts: &[Place]) -> bool {
    keyword(root, parts, "x-closed-map") == Some(&Value::Bool(true))
}

/// Sets a keyword; a new one goes where documents have it.
pub(super) fn set(root: &mut Value, at: &Place, name: &str, value: Value) {
    let Some(map) = at.object_mut(root) else { return };
    if let Some(slot) = map.get_mut(name) {
        *slot = value;
        return;
    }
    let rank = |key: &str| ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len());
    let own = rank(name);
    let behind = map.keys().rposition(|key| rank(key) <= own).map_or(0, |at| at + 1);
    map.shift_insert(behind, name.to_owned(), value);
}

/// Takes a keyword away.
pub(super) fn unset(root: &mut Value, at: &Place, name: &str) {
    if let Some(map) = at.object_mut(root) {
        map.shift_remove(name);
    }
}

fn circle(at: &Place) -> MergeError {
    let message = "references lead in a circle; cut it".to_owned();
    MergeError { place: at.clone(), message }
}
