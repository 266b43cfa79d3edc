//! Closed lists of values with a title become components, so that tools make one type of each. Of
//! what has the same title, the generator has made sure that it lists the same values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Object,
    directions::free,
    holders::Side,
    schemas::{self, reference},
    values,
    walk::object_mut,
};

/// What is said of a list in its component.
const PARTS: [&str; 5] = ["type", "format", "enum", "x-enum-varnames", "x-enum-descriptions"];

/// Moves the lists of requests into components.
pub(super) fn hoist(document: &mut Value) {
    let mut taken = BTreeSet::new();
    for (name, schema) in object_mut(document, &["components", "schemas"]).into_iter().flatten() {
        taken.insert(name.clone());
        // A list that is a component has its name already.
        if let Some(schema) = schema.as_object_mut().filter(|schema| schema.contains_key("enum")) {
            schema.shift_remove("title");
        }
    }
    // The component's name by title, and the components.
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    let mut components = Object::new();
    schemas::visit(document, Side::Request, &mut |schema| {
        let title = schema.get("title").and_then(Value::as_str).map(str::to_owned);
        let is_nullable = schema.contains_key("nullable");
        if let Some(title) = title.filter(|_| schema.contains_key("enum") && !is_nullable) {
            let name =
                named.entry(title.clone()).or_insert_with(|| free(&mut taken, &title)).clone();
            let component = refer(schema, &name);
            components.entry(name).or_insert(component);
        }
        Vec::new()
    });
    if components.is_empty() {
        return;
    }
    let Some(document) = document.as_object_mut() else { return };
    let all = document.entry("components").or_insert_with(|| Value::Object(Map::new()));
    let Some(all) = all.as_object_mut() else { return };
    let all = all.entry("schemas").or_insert_with(|| Value::Object(Map::new()));
    if let Some(all) = all.as_object_mut() {
        all.extend(components);
    }
}

/// Puts a reference in the place of a list; returns the component.
fn refer(schema: &mut Object, name: &str) -> Value {
    let mut component = Object::new();
    let heading = values::paragraph(schema, "enum", "Values");
    schema.shift_remove("title");
    for key in PARTS {
        let Some(part) = schema.shift_remove(key) else { continue };
        if key == "enum" {
            component.extend(heading.clone().map(|text| ("description".to_owned(), text.into())));
        }
        component.insert(key.to_owned(), part);
    }
    // Who states the list is nothing that other tools read.
    schema.shift_remove(conventions::unstated::KEY);
    if let Some(meanings) = described(&component) {
        component.insert("x-enumDescriptions".to_owned(), meanings);
    }
    if schema.is_empty() {
        schema.extend(reference(name).as_object().cloned().into_iter().flatten());
    } else {
        let at = usize::from(schema.contains_key("description"));
        schema.shift_insert(at, "allOf".to_owned(), Value::Array(vec![reference(name)]));
    }
    Value::Object(component)
}

/// The meanings by value, as viewers read them.
fn described(component: &Object) -> Option<Value> {
    let names = component.get("enum")?.as_array()?;
    let names = names.iter().map(crate::emit::words::value);
    let rows =
        names.zip(values::meanings(component)?).map(|(name, text)| (name, Value::from(text)));
    Some(Value::Object(rows.collect()))
}
