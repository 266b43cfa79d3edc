//! Schemas as documents write them: inline, behind `$ref`, in `allOf`. In: a place. Out: the places that
//! together describe the value, and what they say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    error::MergeError,
    place::{Place, Tree},
};

/// References that lead to references, before it is called a circle.
const MAX_STEPS: usize = 100;

/// Where a reference at this place leads, or the place itself.
///
/// # Errors
/// When it leads nowhere, out of the document, or in a circle.
pub(super) fn resolved<S: Clone>(tree: Tree<'_, S>, at: &Place<S>) -> Result<Place<S>, MergeError> {
    let mut at = at.clone();
    for _ in 0..MAX_STEPS {
        let Some(target) = tree.text(&at, "$ref") else { return Ok(at) };
        let fail =
            |why: &str| MergeError::new(&at.child("$ref"), format!("`{target}` leads {why}"));
        if !target.starts_with('#') {
            return Err(fail("out of the document; put it into `components`"));
        }
        let next = Place::of_reference(target).filter(|next| tree.get(next).is_some());
        at = next.ok_or_else(|| fail("nowhere; add it or correct the reference"))?;
    }
    Err(circle(&at))
}

/// The places that together describe a value: its own, and those that it refers to or is composed of.
pub(super) fn parts<S: Clone + PartialEq>(
    tree: Tree<'_, S>,
    at: &Place<S>,
) -> Result<Vec<Place<S>>, MergeError> {
    let mut parts: Vec<Place<S>> = Vec::new();
    let mut open = vec![at.clone()];
    while let Some(next) = open.pop() {
        let next = resolved(tree, &next)?;
        if parts.contains(&next) {
            continue;
        }
        if parts.len() > MAX_STEPS {
            return Err(circle(at));
        }
        let members = tree.list(&next.child("allOf")).len();
        open.extend((0..members).rev().map(|i| next.child("allOf").child(i)));
        parts.push(next);
    }
    Ok(parts)
}

/// The schema that a value refers to by a plain reference or an `allOf` of one; else the place itself.
pub(super) fn target<S: Clone>(tree: Tree<'_, S>, at: &Place<S>) -> Result<Place<S>, MergeError> {
    let at = resolved(tree, at)?;
    if tree.list(&at.child("allOf")).len() == 1 && tree.key(&at, "properties").is_none() {
        return resolved(tree, &at.child("allOf").child(0));
    }
    Ok(at)
}

/// The first part that has a keyword.
pub(super) fn holder<'p, S>(
    tree: Tree<'_, S>,
    parts: &'p [Place<S>],
    keyword: &str,
) -> Option<&'p Place<S>> {
    parts.iter().find(|part| tree.key(part, keyword).is_some())
}

/// A keyword of a value.
pub(super) fn keyword<'v, S>(
    tree: Tree<'v, S>,
    parts: &[Place<S>],
    keyword: &str,
) -> Option<&'v Value> {
    parts.iter().find_map(|part| tree.key(part, keyword))
}

/// Where a keyword stands or can stand: beside `$ref` nothing counts.
pub(super) fn home<S: Clone>(
    tree: Tree<'_, S>,
    at: &Place<S>,
    parts: &[Place<S>],
    keyword: &str,
) -> Place<S> {
    if let Some(holder) = holder(tree, parts, keyword) {
        return holder.clone();
    }
    match (tree.key(at, "$ref"), parts.first()) {
        (Some(_), Some(first)) => first.clone(),
        _ => at.clone(),
    }
}

/// The values that a schema lists, closed or open.
pub(super) fn values<'v, S>(
    tree: Tree<'v, S>,
    parts: &[Place<S>],
) -> Option<(&'static str, &'v [Value])> {
    ["enum", "x-extensible-enum"].into_iter().find_map(|name| {
        keyword(tree, parts, name).and_then(Value::as_array).map(|list| (name, list.as_slice()))
    })
}

/// The part that has a property.
pub(super) fn property_holder<'p, S>(
    tree: Tree<'_, S>,
    parts: &'p [Place<S>],
    name: &str,
) -> Option<&'p Place<S>> {
    parts.iter().find(|part| tree.object(&part.child("properties")).contains_key(name))
}

/// Whether people describe the value in a way that no table can be compared with.
pub(super) fn is_free<S>(tree: Tree<'_, S>, parts: &[Place<S>]) -> bool {
    ["oneOf", "anyOf", "not"].into_iter().any(|name| holder(tree, parts, name).is_some())
}

/// Whether a closed set of keys stands for an object.
pub(super) fn is_closed_map<S>(tree: Tree<'_, S>, parts: &[Place<S>]) -> bool {
    keyword(tree, parts, "x-closed-map") == Some(&Value::Bool(true))
}

/// All components that can be reached from these places, and these if they are components.
pub(super) fn reached<S: Clone + Ord>(tree: Tree<'_, S>, from: &[Place<S>]) -> BTreeSet<Place<S>> {
    let mut seen: BTreeSet<Place<S>> = from.iter().cloned().collect();
    let mut open: Vec<Place<S>> = from.to_vec();
    while let Some(place) = open.pop() {
        let mut targets = Vec::new();
        references(tree.get(&place), &mut |target| targets.extend(Place::of_reference(target)));
        open.extend(targets.into_iter().filter(|target| seen.insert(target.clone())));
    }
    seen.retain(Place::is_component);
    seen
}

/// Every reference in a value.
pub(super) fn references(value: Option<&Value>, found: &mut dyn FnMut(&str)) {
    match value {
        Some(Value::Object(map)) => {
            if let Some(Value::String(target)) = map.get("$ref") {
                found(target);
            }
            map.values().for_each(|value| references(Some(value), found));
        }
        Some(Value::Array(list)) => list.iter().for_each(|value| references(Some(value), found)),
        _ => {}
    }
}

fn circle<S>(at: &Place<S>) -> MergeError {
    MergeError::new(at, "references lead in a circle; cut it".to_owned())
}
