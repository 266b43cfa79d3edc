//! A document in, the fields out whose rows its pages have, each with the operations whose pages have it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::pages::resolved;

/// A property or a parameter.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) name: String,
    /// Where it stands.
    pub(crate) place: String,
    /// Its schema: the same place for a property.
    pub(crate) schema: String,
    /// The schema that has the property, or the list that has the parameter.
    pub(crate) owner: String,
    /// Where in the list.
    pub(crate) index: usize,
    /// Where a parameter belongs: `query`.
    pub(crate) location: Option<String>,
    /// Whether requests have it.
    pub(crate) is_sent: bool,
    /// The operations whose pages have it, or a schema that it leads to.
    pub(crate) operations: BTreeSet<String>,
}

impl Site {
    /// The place of the schema inside of all lists and maps.
    pub(crate) fn leaf(&self, document: &Value) -> String {
        let mut at = self.schema.clone();
        loop {
            let schema = document.pointer(&at).unwrap();
            let inside = ["items", "additionalProperties"].into_iter();
            let mut inside = inside.filter(|inside| schema[*inside].is_object());
            match inside.next() {
                Some(inside) => at = format!("{at}/{inside}"),
                None => return at,
            }
        }
    }

    pub(crate) fn is_required(&self, document: &Value) -> bool {
        match self.location {
            Some(_) => document.pointer(&self.place).unwrap()["required"] == true,
            None => {
                let list = document.pointer(&self.owner).unwrap()["required"].as_array();
                list.is_some_and(|list| list.iter().any(|name| *name == self.name))
            }
        }
    }
}

/// All fields, those of schemas first.
pub(crate) fn sites(document: &Value) -> Vec<Site> {
    let users = users(document);
    let mut sites = Vec::new();
    for (name, (operations, is_sent)) in &users {
        let owner = format!("/components/schemas/{name}");
        let schema = document.pointer(&owner).unwrap();
        for (index, (property, inner)) in
            schema["properties"].as_object().unwrap().iter().enumerate()
        {
            let place = format!("{owner}/properties/{}", escaped(property));
            let mut operations = operations.clone();
            for target in reached(document, inner) {
                operations.extend(users[&target].0.iter().cloned());
            }
            sites.push(Site {
                name: property.clone(),
                schema: place.clone(),
                place,
                owner: owner.clone(),
                index,
                location: None,
                is_sent: *is_sent,
                operations,
            });
        }
    }
    sites.extend(
        operations(document).flat_map(|(at, operation)| parameters(document, &at, operation)),
    );
    sites
}

fn parameters(document: &Value, at: &str, operation: &Value) -> Vec<Site> {
    let owner = format!("{at}/parameters");
    let list = operation["parameters"].as_array().into_iter().flatten().enumerate();
    // What operations share is changed for all of them; one of them does for that.
    let own = list.filter(|(_, parameter)| parameter.get("$ref").is_none());
    let site = |(index, parameter): (usize, &Value)| {
        let parameter = resolved(document, parameter);
        let place = format!("{owner}/{index}");
        Site {
            name: parameter["name"].as_str().unwrap().to_owned(),
            schema: format!("{place}/schema"),
            place,
            owner: owner.clone(),
            index,
            location: parameter["in"].as_str().map(str::to_owned),
            is_sent: true,
            operations: BTreeSet::from([id(operation)]),
        }
    };
    own.map(site).collect()
}

/// The schemas that pages state, each with its operations and whether a request has it.
fn users(document: &Value) -> BTreeMap<String, (BTreeSet<String>, bool)> {
    let mut users: BTreeMap<String, (BTreeSet<String>, bool)> = BTreeMap::new();
    for (_, operation) in operations(document) {
        for side in ["requestBody", "responses"] {
            for name in reached(document, &operation[side]) {
                let user = users.entry(name).or_default();
                user.0.insert(id(operation));
                user.1 |= side == "requestBody";
            }
        }
    }
    users
}

/// The names of all schemas that a value leads to.
pub(crate) fn reached(document: &Value, from: &Value) -> BTreeSet<String> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    let mut names = BTreeSet::new();
    while let Some(value) = open.pop() {
        if let Some(pointer) = value["$ref"].as_str()
            && seen.insert(pointer)
        {
            names.extend(pointer.strip_prefix("#/components/schemas/").map(str::to_owned));
            open.push(resolved(document, value));
        }
        open.extend(value.as_object().into_iter().flat_map(|map| map.values()));
        open.extend(value.as_array().into_iter().flatten());
    }
    names
}

/// The document with some of its operations only, and what these lead to. Nothing else is copied.
pub(crate) fn part(document: &Value, wanted: &BTreeSet<String>) -> Value {
    let mut paths = Map::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let item = item.as_object().unwrap().iter();
        let own = item.filter(|(_, operation)| wanted.contains(&id(operation)));
        let own: Map<String, Value> = own.map(cloned).collect();
        if !own.is_empty() {
            paths.insert(path.clone(), Value::Object(own));
        }
    }
    let paths = Value::Object(paths);
    let reached = reached(document, &paths);
    let mut components = Map::new();
    for (kind, all) in document["components"].as_object().unwrap() {
        let all = all.as_object().unwrap().iter();
        let own = all.filter(|(name, _)| kind != "schemas" || reached.contains(*name));
        components.insert(kind.clone(), Value::Object(own.map(cloned).collect()));
    }
    let of = |(key, value): (&String, &Value)| match key.as_str() {
        "paths" => (key.clone(), paths.clone()),
        "components" => (key.clone(), Value::Object(components.clone())),
        _ => (key.clone(), value.clone()),
    };
    Value::Object(document.as_object().unwrap().iter().map(of).collect())
}

fn cloned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

pub(crate) fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    document["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        let at = format!("/paths/{}", escaped(path));
        let item = item.as_object().unwrap().iter();
        item.map(move |(method, operation)| (format!("{at}/{method}"), operation))
    })
}

fn id(operation: &Value) -> String {
    operation["operationId"].as_str().unwrap().to_owned()
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
