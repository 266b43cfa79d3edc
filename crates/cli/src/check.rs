//! Missing, mistyped and undocumented fields of a body, all at once. In: a body and its types. Out: a violation for each, and the
//! body with placeholders, so that everything else can be checked, too.

use huaweicloud_catalog::{Described, Field, Kind, Schema, Shape, complete};
use huaweicloud_core::{Path, Report, Violation, Violations};
use serde_json::{Map, Value};

use crate::{messages, text::did_you_mean};

/// A body that can be checked, and what is known to be wrong with the given one.
pub(crate) fn completed(
    described: &Described,
    schema: &Schema,
    body: &Value,
) -> (Value, Violations) {
    let mut report = Report::default();
    unknown_names(described, schema, body, &Path::root(), &mut report);
    let completed = complete(described, Some(body.clone()));
    let faults = completed.faults.into_iter().map(|fault| match fault.wrong_kind {
        None => Violation::required(fault.path),
        Some(wanted) if fault.path.is_empty() => {
            Violation::error(Path::root().to_string(), "type", wanted)
        }
        Some(wanted) => Violation::error(fault.path, "type", wanted),
    });
    let known = faults.chain(report.into_violations()).collect();
    (completed.body.unwrap_or_default(), known)
}

/// Warns of names that the document does not have; the service may be newer.
fn unknown_names(
    described: &Described,
    schema: &Schema,
    value: &Value,
    at: &Path<'_>,
    report: &mut Report,
) {
    match (&schema.shape, value) {
        (Shape::Array(item), Value::Array(items)) => {
            for (i, value) in items.iter().enumerate() {
                unknown_names(described, item, value, &at.index(i), report);
            }
        }
        (Shape::Named(name), Value::Object(entries)) => {
            let Some(Kind::Struct { fields, .. }) = described.types.get(name).map(|t| &t.kind)
            else {
                return;
            };
            unknown(fields, entries, at, report);
            for field in fields.iter().filter(|field| !field.is_rest) {
                if let Some(value) = entries.get(&field.name) {
                    unknown_names(described, &field.schema, value, &at.field(&field.name), report);
                }
            }
        }
        _ => {}
    }
}

fn unknown(fields: &[Field], entries: &Map<String, Value>, at: &Path<'_>, report: &mut Report) {
    if fields.iter().any(|field| field.is_rest) {
        return;
    }
    let known = || fields.iter().map(|field| field.name.as_str());
    for name in entries.keys().filter(|name| known().all(|field| field != *name)) {
        let message = messages::not_documented(did_you_mean(name, known()));
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
}
