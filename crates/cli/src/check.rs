//! What is missing in a body, all of it at once, and what is not documented. In: a body and its types. Out: a violation for
//! each required field that is absent, a warning for each that the document does not have, and the body with something in its place, so that everything else can be judged, too.

use huaweicloud_catalog::{Described, Field, Kind, Schema, Shape};
use huaweicloud_core::{Path, Report, Violation, Violations, check};
use serde_json::{Map, Value};

use crate::{skeleton, text::did_you_mean};

/// The keywords of bounds of one value; anything else is a rule between values.
const BOUNDS: [&str; 17] = [
    "additionalProperties",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];

/// A body in which nothing is missing, and what was.
pub(crate) fn completed(
    described: &Described,
    schema: &Schema,
    body: &Value,
) -> (Value, Violations) {
    let mut body = body.clone();
    let mut report = Report::default();
    complete(described, schema, &mut body, &Path::root(), &mut report);
    (body, report.into_violations())
}

/// The violations that are about what was given, where something was missing: those at other places, and no rules between
/// values, for these may read what stands in a place.
pub(crate) fn of_given(found: Violations, missing: &Violations) -> Vec<Violation> {
    let is_in_place = |path: &str| missing.errors().any(|one| is_at(path, &one.path));
    let is_whole = missing.errors().next().is_none();
    let mut kept: Vec<Violation> = missing.iter().cloned().collect();
    kept.extend(
        found.iter().filter(|one| is_whole || (is_bound(one) && !is_in_place(&one.path))).cloned(),
    );
    kept
}

fn is_bound(violation: &Violation) -> bool {
    BOUNDS.contains(&&*violation.rule)
}

/// Whether a place is another one, or lies in it.
fn is_at(path: &str, other: &str) -> bool {
    let rest = path.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn complete(
    described: &Described,
    schema: &Schema,
    value: &mut Value,
    at: &Path<'_>,
    report: &mut Report,
) {
    match (&schema.shape, value) {
        (Shape::Array(item), Value::Array(items)) => {
            for (i, value) in items.iter_mut().enumerate() {
                complete(described, item, value, &at.index(i), report);
            }
        }
        (Shape::Named(name), Value::Object(entries)) => {
            let Some(Kind::Struct { fields, .. }) = described.types.get(name).map(|t| &t.kind)
            else {
                return;
            };
            unknown(fields, entries, at, report);
            for field in fields.iter().filter(|field| !field.is_rest) {
                let here = at.field(&field.name);
                match entries.get_mut(&field.name) {
                    Some(value) => complete(described, &field.schema, value, &here, report),
                    None if field.required => {
                        check::required(&here, report);
                        let fits = skeleton::of_field(described, field);
                        entries.insert(field.name.clone(), fits);
                    }
                    None => {}
                }
            }
        }
        _ => {}
    }
}

/// Warns of names that the document does not have; the service may be newer.
fn unknown(fields: &[Field], entries: &Map<String, Value>, at: &Path<'_>, report: &mut Report) {
    if fields.iter().any(|field| field.is_rest) {
        return;
    }
    let known = || fields.iter().map(|field| field.name.as_str());
    for name in entries.keys().filter(|name| known().all(|field| field != *name)) {
        let message = format!("is not documented, and is sent{}", did_you_mean(name, known()));
        let path = at.field(name).to_string();
        report.add(Violation::warning(path, "additionalProperties", message));
    }
}

#[cfg(test)]
#[cfg(feature = "dcs")]
mod tests {
    use serde_json::json;

    use super::*;

    fn missing(body: &Value) -> Vec<String> {
        let order = huaweicloud_dcs_catalog::SERVICE.operation("CreateInstance").unwrap().unwrap();
        let schema = &order.operation.body.as_ref().unwrap().schema;
        let (whole, missing) = completed(&order, schema, body);
        assert!(completed(&order, schema, &whole).1.is_empty(), "{whole}");
        missing.iter().map(|one| one.path.clone()).collect()
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        let all = ["name", "engine", "capacity", "spec_code", "az_codes", "vpc_id", "subnet_id"];
        assert_eq!(missing(&json!({})), all);
        assert_eq!(missing(&json!({"name": "a", "tags": [{"value": "v"}]}))[6..], ["tags[0].key"]);
    }

    #[test]
    fn what_is_not_documented_is_a_warning() {
        let order = huaweicloud_dcs_catalog::SERVICE.operation("CreateInstance").unwrap().unwrap();
        let schema = &order.operation.body.as_ref().unwrap().schema;
        let found = completed(&order, schema, &json!({"nmae": 1, "tags": [{"kee": 1}]})).1;
        let warnings: Vec<String> = found.warnings().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            [
                "nmae: is not documented, and is sent; did you mean name? (additionalProperties)",
                "tags[0].kee: is not documented, and is sent; did you mean key? (additionalProperties)",
            ]
        );
    }

    #[test]
    fn a_place_lies_in_another() {
        assert!(is_at("tags[0].key", "tags") && is_at("tags", "tags"));
        assert!(!is_at("tags2", "tags") && !is_at("tag", "tags"));
    }
}
