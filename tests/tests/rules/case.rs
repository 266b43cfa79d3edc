//! The requests of the table: read from the files beside this one, patched onto the examples.

use codegen::load;
use conformance::repo;
use serde_json::Value;

const FILES: [&str; 13] = [
    "order",
    "network",
    "access",
    "billing",
    "backup",
    "update",
    "resize",
    "instances",
    "password",
    "tags",
    "whitelist",
    "migration",
    "operations",
];

/// What an entry is about that names no operation.
const OPERATION: &str = "CreateInstance";

/// Two requests about one rule.
pub(crate) struct Case {
    pub(crate) rule: String,
    pub(crate) operation: String,
    /// Everything that the failing request reports: `error <rule> at <place>`.
    pub(crate) reports: String,
    pub(crate) passes: Value,
    pub(crate) fails: Value,
}

/// A request that concerns several rules.
pub(crate) struct Meeting {
    pub(crate) name: String,
    pub(crate) operation: String,
    pub(crate) request: Value,
    /// Everything that it reports, sorted.
    pub(crate) reports: Vec<String>,
}

/// The cases of all files.
pub(crate) fn cases() -> Vec<Case> {
    FILES.into_iter().flat_map(entries).map(|entry| case(&entry)).collect()
}

fn case(entry: &Value) -> Case {
    let rule = text(entry, "rule");
    let (severity, place) = text(entry, "is").split_once(" at ").unwrap();
    Case {
        rule: rule.to_owned(),
        operation: operation(entry).to_owned(),
        reports: format!("{severity} {rule} at {place}"),
        passes: request(entry, "passes"),
        fails: request(entry, "fails"),
    }
}

/// The requests in which rules meet.
pub(crate) fn meetings() -> Vec<Meeting> {
    entries("together").iter().map(meeting).collect()
}

fn meeting(entry: &Value) -> Meeting {
    let lines = list(entry, "reports").iter();
    let mut reports: Vec<String> = lines.map(|line| line.as_str().unwrap().to_owned()).collect();
    reports.sort();
    Meeting {
        name: text(entry, "name").to_owned(),
        operation: operation(entry).to_owned(),
        request: request(entry, "patch"),
        reports,
    }
}

/// A request for every size of every type: one that the type has reports nothing.
pub(crate) fn sizes() -> Vec<Meeting> {
    let entries = entries("sizes");
    let mut all: Vec<&Value> = entries.iter().flat_map(|entry| list(entry, "sizes")).collect();
    let others = [Value::from(0.126), Value::from(3), Value::from(2048)];
    all.extend(&others);
    let types = entries
        .iter()
        .flat_map(|entry| list(entry, "patches").iter().map(move |patch| (entry, patch)));
    types.flat_map(|(entry, patch)| all.iter().map(move |size| order(entry, patch, size))).collect()
}

fn order(entry: &Value, patch: &Value, size: &Value) -> Meeting {
    let mut request = example(operation(entry), text(entry, "base"));
    merge(&mut request, patch);
    request["capacity"] = size.clone();
    let rule = format!("error {} at capacity", text(entry, "rule"));
    let known = list(entry, "sizes").contains(size);
    let reports = if known { Vec::new() } else { vec![rule] };
    let name = format!("{size} GB with {patch}");
    Meeting { name, operation: operation(entry).to_owned(), request, reports }
}

/// An example of a request, by name.
pub(crate) fn example(operation: &str, name: &str) -> Value {
    let mut requests = repo::requests(operation).into_iter();
    let found = requests.find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("{operation} has no example {name}")).1
}

/// The entry's example with one of its patches.
fn request(entry: &Value, patch: &str) -> Value {
    let mut request = example(operation(entry), text(entry, "base"));
    merge(&mut request, &entry[patch]);
    request
}

/// A JSON merge patch (RFC 7396).
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Some(target) = target.as_object_mut() else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.shift_remove(key);
        } else {
            merge(target.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

fn entries(file: &str) -> Vec<Value> {
    let path = repo::root().join(format!("tests/tests/rules/{file}.yaml"));
    let document = load::load(&path).unwrap_or_else(|problem| panic!("{problem}"));
    document.value.as_array().unwrap_or_else(|| panic!("{file} is no list")).clone()
}

fn operation(entry: &Value) -> &str {
    entry.get("operation").map_or(OPERATION, |_| text(entry, "operation"))
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key].as_str().unwrap_or_else(|| panic!("no `{key}` in {entry}"))
}

fn list<'a>(entry: &'a Value, key: &str) -> &'a [Value] {
    entry[key].as_array().unwrap_or_else(|| panic!("no list `{key}` in {entry}"))
}
