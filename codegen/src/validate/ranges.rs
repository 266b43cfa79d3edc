//! Pairs of bounds that leave no value.

use serde_json::{Number, Value};

use super::{index::Index, kinds::Kind, report::Report};

const PAIRS: &[(&str, &str)] = &[
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minimum", "maximum"),
];

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for schema in index.of(Kind::Schema) {
        for (least, greatest) in PAIRS {
            let number = |keyword: &str| schema.map.get(keyword).and_then(Value::as_number);
            let (Some(min), Some(max)) = (number(least), number(greatest)) else { continue };
            let exclusive = *least == "minimum"
                && (schema.is_true("exclusiveMinimum") || schema.is_true("exclusiveMaximum"));
            if above(min, max) || (exclusive && !above(max, min)) {
                let message =
                    format!("no value is between {least} {min} and {greatest} {max}; correct one");
                report.add(&schema.child(least), "empty-range", message);
            }
        }
    }
}

fn above(a: &Number, b: &Number) -> bool {
    match (a.as_i64(), b.as_i64()) {
        (Some(a), Some(b)) => a > b,
        _ => a.as_f64() > b.as_f64(),
    }
}
