//! Schemas that requests and answers share, one for each direction. `separate` gives answers a copy,
//! named `…Output`; after all changes, `join` takes back the copies that are still equal.
//!
//! A copy requires nothing: the columns that say what is required are about requests.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Object,
    holders::{Side, holders_mut},
    schemas::{reached, reference, references, target},
    walk,
    walk::object_mut,
};

/// The copies, by the name that the shared schema has.
pub(super) type Pairs = BTreeMap<String, String>;

/// Gives answers copies of all schemas that they share with requests.
pub(super) fn separate(document: &mut Value) -> Pairs {
    let requests = reached(document, Side::Request);
    let answers = reached(document, Side::Answer);
    let mut pairs = Pairs::new();
    let Some(schemas) = object_mut(document, &["components", "schemas"]) else { return pairs };
    let mut taken: BTreeSet<String> = schemas.keys().cloned().collect();
    for name in requests.intersection(&answers) {
        pairs.insert(name.clone(), free(&mut taken, &format!("{name}Output")));
    }
    for (name, mut schema) in std::mem::take(schemas) {
        let copy = pairs.get(&name).map(|copy| {
            let mut schema = schema.clone();
            unrequire(&mut schema);
            redirect(&mut schema, &pairs);
            (copy.clone(), schema)
        });
        if copy.is_none() && !requests.contains(&name) {
            redirect(&mut schema, &pairs);
        }
        schemas.insert(name, schema);
        schemas.extend(copy);
    }
    for (_, holder) in holders_mut(document, Side::Answer) {
        redirect(holder, &pairs);
    }
    pairs
}

/// Takes back the copies that do not differ, in themselves or in what they refer to.
pub(super) fn join(document: &mut Value, pairs: Pairs) {
    let Some(schemas) = object_mut(document, &["components", "schemas"]) else { return };
    let equal = equal(schemas, pairs);
    schemas.retain(|name, _| !equal.contains_key(name));
    redirect(document, &equal);
}

/// The shared names, by the copies that are equal to them.
fn equal(schemas: &Object, pairs: Pairs) -> Pairs {
    let mut originals: Pairs =
        pairs.iter().map(|(name, copy)| (copy.clone(), name.clone())).collect();
    let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut different = Vec::new();
    for (name, copy) in &pairs {
        let (Some(schema), Some(output)) = (schemas.get(name), schemas.get(copy)) else { continue };
        let mut found = Vec::new();
        references(output, &mut found);
        for used in found {
            users.entry(used.to_owned()).or_default().push(copy.clone());
        }
        let mut output = output.clone();
        redirect(&mut output, &originals);
        if *schema != output {
            different.push(copy.clone());
        }
    }
    while let Some(copy) = different.pop() {
        if originals.remove(&copy).is_some() {
            different.extend(users.remove(&copy).into_iter().flatten());
        }
    }
    originals
}

/// Puts other schemas in the place of those that are referred to.
fn redirect(value: &mut Value, names: &Pairs) {
    walk::each_mut(value, &mut |object| {
        if let Some(name) = target(object).and_then(|name| names.get(name)) {
            let other = reference(name);
            object.extend(other.as_object().cloned().into_iter().flatten());
        }
    });
}

fn unrequire(schema: &mut Value) {
    walk::each_mut(schema, &mut |object| {
        if object.get("required").is_some_and(Value::is_array) {
            object.shift_remove("required");
        }
    });
}

/// A name that nothing has yet: the wanted one, or with a number.
pub(super) fn free(taken: &mut BTreeSet<String>, wanted: &str) -> String {
    let numbered = (2..).map(|n| format!("{wanted}{n}"));
    let name =
        std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !taken.contains(name));
    let name = name.unwrap_or_else(|| wanted.to_owned());
    taken.insert(name.clone());
    name
}
