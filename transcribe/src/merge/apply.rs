//! The plan carried out. In: the document, and fixes. Out: the document with them, and where what it had
//! stands now.
//!
//! Nothing is compared or decided here.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    finding::Outcome,
    fix::Fix,
    judge::Judged,
    place::{DocPlace, Edited, Tree},
};

/// Where items of lists stand, now that others were added.
#[derive(Default)]
pub(super) struct Moves {
    /// By list: the numbers in front of which items were added, ascending.
    added: BTreeMap<DocPlace, Vec<usize>>,
}

impl Moves {
    /// Where something of the old document stands now.
    pub(super) fn place(&self, at: &DocPlace) -> DocPlace {
        for list in at.upwards() {
            let (Some(added), Some([number, rest @ ..])) = (self.added.get(&list), at.below(&list))
            else {
                continue;
            };
            let Ok(old) = number.parse::<usize>() else { continue };
            let new = old + added.iter().filter(|before| **before <= old).count();
            return list.child(new).join(rest);
        }
        at.clone()
    }
}

/// Carries out what is to be applied, and puts all findings where they are in the new document.
pub(super) fn fixes(document: &Value, judged: &mut [Judged]) -> (Value, Moves) {
    let mut merged = document.clone();
    judged.sort_by_key(|one| one.order);
    let mut items: Vec<(usize, DocPlace, usize, Value)> = Vec::new();
    // A value gets its new shape before anything is added to it.
    for is_shape in [true, false] {
        for (number, one) in judged.iter().enumerate() {
            let Outcome::Applied(fixes) = &one.finding.outcome else { continue };
            for fix in fixes {
                match fix {
                    Fix::InsertItem { list, before, value } if !is_shape => {
                        items.push((number, list.clone(), *before, value.clone()));
                    }
                    fix if matches!(fix, Fix::Reshape { .. }) == is_shape => {
                        apply(&mut merged, fix);
                    }
                    _ => {}
                }
            }
        }
    }
    let mut moves = Moves::default();
    items.sort_by(|a, b| (&a.1, a.2).cmp(&(&b.1, b.2)));
    for (_, list, before, _) in &items {
        moves.added.entry(list.clone()).or_default().push(*before);
    }
    for one in judged.iter_mut() {
        one.finding.place = moves.place(&one.finding.place);
    }
    let mut earlier: BTreeMap<DocPlace, usize> = BTreeMap::new();
    for (number, list, before, value) in items {
        let count = earlier.entry(list.clone()).or_default();
        let at = before + *count;
        *count += 1;
        insert_item(&mut merged, &list, at, value);
        if let Some(one) = judged.get_mut(number) {
            one.finding.place = list.child(at);
        }
    }
    (merged, moves)
}

fn apply(document: &mut Value, fix: &Fix) {
    match fix {
        Fix::Set { at, keyword, value } => {
            if let Some(map) = object_mut(document, at) {
                set(map, keyword, value.clone());
            }
        }
        Fix::Unset { at, keyword } => {
            if let Some(map) = object_mut(document, at) {
                map.shift_remove(keyword);
            }
        }
        Fix::Reshape { at, value } => {
            if let Some(map) = object_mut(document, at) {
                reshape(map, value);
            }
        }
        Fix::Insert { into, key, value, behind, at_front } => {
            ensure(document, into);
            let Some(map) = object_mut(document, into) else { return };
            let before = behind.iter().find_map(|key| map.keys().position(|known| known == key));
            match before {
                _ if map.contains_key(key) => {}
                Some(before) => {
                    map.shift_insert(before + 1, key.clone(), value.clone());
                }
                None if *at_front => {
                    map.shift_insert(0, key.clone(), value.clone());
                }
                None => set(map, key, value.clone()),
            }
        }
        Fix::Require { object, name, behind } => require(document, object, name, behind),
        Fix::Release { object, name } => {
            let Some(map) = object_mut(document, object) else { return };
            let Some(list) = map.get_mut("required").and_then(Value::as_array_mut) else { return };
            list.retain(|known| known != name);
            if list.is_empty() {
                map.shift_remove("required");
            }
        }
        // All at once, since they move each other.
        Fix::InsertItem { .. } => {}
    }
}

fn insert_item(document: &mut Value, list: &DocPlace, at: usize, value: Value) {
    let above = list.parent().unwrap_or_default();
    if let Some(map) = object_mut(document, &above)
        && !map.contains_key(list.last())
    {
        set(map, list.last(), json!([]));
    }
    let items = list.pointer().get_mut(document).and_then(Value::as_array_mut);
    if let Some(items) = items {
        items.insert(at.min(items.len()), value);
    }
}

/// Adds a name to the required ones.
fn require(document: &mut Value, object: &DocPlace, name: &str, behind: &[String]) {
    let Some(map) = object_mut(document, object) else { return };
    if !map.contains_key("required") {
        set(map, "required", json!([]));
    }
    let Some(list) = map.get_mut("required").and_then(Value::as_array_mut) else { return };
    if list.iter().any(|known| known == name) {
        return;
    }
    let before = behind.iter().find_map(|key| list.iter().position(|known| known == key.as_str()));
    list.insert(before.map_or(0, |at| at + 1).min(list.len()), json!(name));
}

/// What describes the shape of a value, and goes when that changes.
const SHAPE: &[&str] = &[
    "$ref",
    "allOf",
    "type",
    "format",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "x-closed-map",
    "enum",
    "x-extensible-enum",
    "x-enum-varnames",
    "x-enum-descriptions",
    conventions::unstated::KEY,
    "default",
];

/// Bounds, each with the types that can have it.
const BOUNDS: &[(&str, &[&str])] = &[
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("pattern", &["string"]),
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
];

fn reshape(map: &mut Map<String, Value>, value: &Value) {
    let kind = value.get("type").and_then(Value::as_str).unwrap_or("object");
    let is_kept = |key: &str| {
        let bound = BOUNDS.iter().find(|(name, _)| *name == key);
        !SHAPE.contains(&key) && bound.is_none_or(|(_, kinds)| kinds.contains(&kind))
    };
    map.retain(|key, _| is_kept(key));
    // Beside a plain reference nothing counts, so what people wrote gets one that is wrapped.
    let is_bare = map.is_empty();
    for (key, stated) in value.as_object().into_iter().flatten() {
        let is_word = matches!(key.as_str(), "title" | "description" | "example" | "x-source");
        match key.as_str() {
            "$ref" if !is_bare => set(map, "allOf", json!([{ "$ref": stated }])),
            key if is_word && map.contains_key(key) => {}
            key => set(map, key, stated.clone()),
        }
    }
}

/// The order of keys, as the project's documents have it.
const ORDER: &[&str] = &[
    "openapi",
    "info",
    "operationId",
    "name",
    "in",
    "summary",
    "title",
    "type",
    "format",
    "description",
    "externalDocs",
    "servers",
    "security",
    "tags",
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
    "x-extensible-enum",
    "default",
    "schema",
    "example",
    "examples",
    "parameters",
    "requestBody",
    "responses",
    "headers",
    "content",
    "paths",
    "components",
];

/// Sets a key; a new one goes where documents have it.
fn set(map: &mut Map<String, Value>, key: &str, value: Value) {
    if let Some(slot) = map.get_mut(key) {
        *slot = value;
        return;
    }
    let rank = |key: &str| ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len());
    let own = rank(key);
    let behind = map.keys().rposition(|key| rank(key) <= own).map_or(0, |at| at + 1);
    map.shift_insert(behind, key.to_owned(), value);
}

/// Makes sure that there is an object at a place.
fn ensure(document: &mut Value, at: &DocPlace) {
    if Tree::<Edited>::new(document).get(at).is_some() {
        return;
    }
    let Some(above) = at.parent() else { return };
    ensure(document, &above);
    if let Some(map) = object_mut(document, &above) {
        set(map, at.last(), json!({}));
    }
}

pub(super) fn object_mut<'v>(
    document: &'v mut Value,
    at: &DocPlace,
) -> Option<&'v mut Map<String, Value>> {
    at.pointer().get_mut(document).and_then(Value::as_object_mut)
}
