//! The requests of the table: read from the files beside this one, patched onto the examples.

use std::fs;

use codegen::load;
use conformance::repo;
use serde_json::Value;

const FILES: [&str; 5] = ["order", "network", "access", "billing", "backup"];

/// Two requests about one rule.
pub(crate) struct Case {
    pub(crate) rule: String,
    /// Everything that the failing request reports: `error <rule> at <place>`.
    pub(crate) reports: String,
    pub(crate) passes: Value,
    pub(crate) fails: Value,
}

/// A request that concerns several rules.
pub(crate) struct Meeting {
    pub(crate) name: String,
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
    Meeting { name: text(entry, "name").to_owned(), request: request(entry, "patch"), reports }
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
    let mut request = example(text(entry, "base"));
    merge(&mut request, patch);
    request["capacity"] = size.clone();
    let rule = format!("error {} at capacity", text(entry, "rule"));
    let known = list(entry, "sizes").contains(size);
    let reports = if known { Vec::new() } else { vec![rule] };
    Meeting { name: format!("{size} GB with {patch}"), request, reports }
}

/// The names of the examples of requests.
pub(crate) fn examples() -> Vec<String> {
    let files = fs::read_dir(repo::root().join(EXAMPLES)).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let names = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("response-")).collect();
    names.sort();
    names
}

/// An example of a request, by name.
pub(crate) fn example(name: &str) -> Value {
    let path = repo::root().join(EXAMPLES).join(format!("{name}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

const EXAMPLES: &str = "generated/examples/create-instance";

/// The entry's example with one of its patches.
fn request(entry: &Value, patch: &str) -> Value {
    let mut request = example(text(entry, "base"));
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

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key].as_str().unwrap_or_else(|| panic!("no `{key}` in {entry}"))
}

fn list<'a>(entry: &'a Value, key: &str) -> &'a [Value] {
    entry[key].as_array().unwrap_or_else(|| panic!("no list `{key}` in {entry}"))
}
