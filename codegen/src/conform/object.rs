//! Objects: their properties in the order of the schema, then what is missing or unknown.

use std::collections::BTreeSet;

use huaweicloud_core::{Report, check};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use super::{at::At, checker::Checker, flatten::Part};

/// So many unknown fields of one object get a suggestion; each costs a comparison with all names.
const MAX_SUGGESTIONS: usize = 20;

/// The rule that such a field breaks.
const UNKNOWN: &str = "additionalProperties";

/// What the parts of a schema say of the fields of an object.
struct Fields<'d> {
    /// The schemas of each known field.
    known: IndexMap<&'d str, Vec<&'d Value>>,
    required: IndexSet<&'d str>,
    /// The schemas of all other fields; `None` when there may be no others.
    others: Option<Vec<&'d Value>>,
}

pub(super) fn check<'d>(
    checker: &mut Checker<'d>,
    at: &At<'_>,
    object: &'d Map<String, Value>,
    parts: &[Part<'d>],
) {
    let fields = fields(parts);
    for (name, schemas) in &fields.known {
        match object.get(*name) {
            Some(value) => {
                if fields.required.contains(name) {
                    checker.needed(&at.key(name), value, schemas);
                }
                checker.node(&at.key(name), value, schemas);
            }
            None if fields.required.contains(name) => {
                checker.at(at, |_, report| check::required(&at.path.key(name), report));
            }
            None => {}
        }
    }
    for name in fields.required.iter().filter(|name| !fields.known.contains_key(*name)) {
        if !object.contains_key(*name) {
            checker.at(at, |_, report| check::required(&at.path.key(name), report));
        }
    }
    checker.at(at, |path, report| {
        for part in parts {
            let limit = |keyword: &str| {
                Some(usize::try_from(part.get(keyword)?.as_u64()?).unwrap_or(usize::MAX))
            };
            if let Some(min) = limit("minProperties") {
                check::min_properties(path, report, object.len(), min);
            }
            if let Some(max) = limit("maxProperties") {
                check::max_properties(path, report, object.len(), max);
            }
        }
    });
    others(checker, at, object, &fields);
}

fn others<'d>(
    checker: &mut Checker<'d>,
    at: &At<'_>,
    object: &'d Map<String, Value>,
    fields: &Fields<'d>,
) {
    let mut names: Vec<&str> = fields.known.keys().copied().collect();
    let unknown = object.iter().filter(|(key, _)| !fields.known.contains_key(key.as_str()));
    for (count, (key, value)) in unknown.enumerate() {
        let at_key = at.key(key);
        match &fields.others {
            Some(schemas) => checker.node(&at_key, value, schemas),
            None => {
                if let Some(name) = renamed(fields, key) {
                    let message = format!("is the name in an older API; here it is `{name}`");
                    checker.at(&at_key, |path, report| report.push(path, UNKNOWN, message));
                    continue;
                }
                if count == MAX_SUGGESTIONS {
                    names.clear();
                }
                // The core names the object that has the field.
                checker.at_key(&at_key, &at.path, |path, report: &mut Report| {
                    check::unknown_key(path, report, key, &names);
                });
            }
        }
    }
}

/// The field that had another name before.
fn renamed<'d>(fields: &Fields<'d>, former: &str) -> Option<&'d str> {
    let has = |schema: &&Value| {
        let names = schema.get("x-former-names").and_then(Value::as_array);
        names.into_iter().flatten().any(|name| name == former)
    };
    fields.known.iter().find(|(_, schemas)| schemas.iter().any(has)).map(|(name, _)| *name)
}

/// An object with properties is closed unless it says otherwise, because a field that the schema
/// does not know is most likely misspelt. One without properties is a map.
fn fields<'d>(parts: &[Part<'d>]) -> Fields<'d> {
    let mut known: IndexMap<&str, Vec<&Value>> = IndexMap::new();
    let mut required = IndexSet::new();
    let mut others: Vec<&Value> = Vec::new();
    let (mut open, mut closed) = (false, false);
    let mut of: BTreeSet<(&str, *const Value)> = BTreeSet::new();
    for part in parts {
        if let Some(Value::Object(properties)) = part.get("properties") {
            closed |= !properties.is_empty();
            for (name, schema) in properties {
                if of.insert((name, schema)) {
                    known.entry(name).or_default().push(schema);
                }
            }
        }
        if let Some(Value::Array(names)) = part.get("required") {
            required.extend(names.iter().filter_map(Value::as_str));
        }
        match part.get("additionalProperties") {
            Some(Value::Bool(false)) => closed = true,
            Some(Value::Bool(true)) => open = true,
            Some(schema @ Value::Object(_)) => {
                open = true;
                others.push(schema);
            }
            _ => {}
        }
    }
    Fields { known, required, others: (open || !closed).then_some(others) }
}
