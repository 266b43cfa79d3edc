//! Bounds of numbers. Whole numbers are compared as such, so that no digit is lost.

use huaweicloud_core::{
    Path, Report,
    check::{self},
};
use serde_json::{Number, Value};

use super::flatten::Part;
use crate::model::{self, Width};

pub(super) fn check(at: &Path<'_>, report: &mut Report, value: &Number, part: Part<'_>) {
    let flag = |keyword: &str| part.get(keyword) == Some(&Value::Bool(true));
    if let Some(limit) = part.get("minimum").and_then(Value::as_number) {
        let exclusive = flag("exclusiveMinimum");
        match pair(value, limit) {
            Pair::Whole(n, limit) if exclusive => check::exclusive_minimum(at, report, n, limit),
            Pair::Whole(n, limit) => check::minimum(at, report, n, limit),
            Pair::Real(n, limit) if exclusive => check::exclusive_minimum(at, report, n, limit),
            Pair::Real(n, limit) => check::minimum(at, report, n, limit),
        }
    }
    if let Some(limit) = part.get("maximum").and_then(Value::as_number) {
        let exclusive = flag("exclusiveMaximum");
        match pair(value, limit) {
            Pair::Whole(n, limit) if exclusive => check::exclusive_maximum(at, report, n, limit),
            Pair::Whole(n, limit) => check::maximum(at, report, n, limit),
            Pair::Real(n, limit) if exclusive => check::exclusive_maximum(at, report, n, limit),
            Pair::Real(n, limit) => check::maximum(at, report, n, limit),
        }
    }
    if let Some(factor) = part.get("multipleOf").and_then(Value::as_number) {
        match pair(value, factor) {
            Pair::Whole(n, factor) => check::multiple_of(at, report, n, factor),
            Pair::Real(n, factor) => check::multiple_of(at, report, n, factor),
        }
    }
    if report.is_empty() && part.get("type").and_then(Value::as_str) == Some("integer") {
        width(at, report, value, part.get("format").and_then(Value::as_str));
    }
}

/// Whether code can have the number as it is written: a whole one without a point or an exponent, and one with a
/// fraction with no more digits than a double holds.
pub(super) fn exact(at: &Path<'_>, report: &mut Report, value: &Number, part: Part<'_>) {
    match part.get("type").and_then(Value::as_str) {
        Some("integer") if model::whole(value).is_none() && report.is_empty() => {
            let message = "has a point or an exponent; write a whole number with its digits alone";
            report.push(at, "type", format!("is {value}, which {message}"));
        }
        Some("number") => {
            if let Some(nearest) = model::inexact(value) {
                let message = "a number with a fraction has no more than 53 bits";
                report.push(
                    at,
                    "type",
                    format!("is {value}, and {message}; the nearest is {nearest}"),
                );
            }
        }
        _ => {}
    }
}

/// `enum` of numbers.
pub(super) fn one_of(at: &Path<'_>, report: &mut Report, value: &Number, allowed: &[&Number]) {
    let whole: Option<Vec<i128>> = allowed.iter().map(|n| whole(n)).collect();
    match (whole, whole_or_real(value)) {
        (Some(allowed), Ok(n)) => check::one_of_numbers(at, report, n, &allowed),
        (_, n) => {
            let allowed: Vec<f64> = allowed.iter().filter_map(|n| n.as_f64()).collect();
            check::one_of_numbers(at, report, n.map_or_else(|n| n, |n| n as f64), &allowed);
        }
    }
}

/// What an integer of so many bits holds.
fn width(at: &Path<'_>, report: &mut Report, value: &Number, format: Option<&str>) {
    let (least, greatest) = format.and_then(Width::of_format).unwrap_or(Width::I64).range();
    match whole_or_real(value) {
        Ok(n) => {
            check::minimum(at, report, n, least);
            check::maximum(at, report, n, greatest);
        }
        // Had it been the least integer, it would have been read as one.
        Err(n) if n < 0.0 => check::exclusive_minimum(at, report, n, least as f64),
        // The nearest floating-point number to the greatest integer is one above it.
        Err(n) => check::exclusive_maximum(at, report, n, greatest as f64),
    }
}

enum Pair {
    Whole(i128, i128),
    Real(f64, f64),
}

fn pair(a: &Number, b: &Number) -> Pair {
    match (whole_or_real(a), whole_or_real(b)) {
        (Ok(a), Ok(b)) => Pair::Whole(a, b),
        (a, b) => {
            Pair::Real(a.map_or_else(|n| n, |n| n as f64), b.map_or_else(|n| n, |n| n as f64))
        }
    }
}

fn whole_or_real(number: &Number) -> Result<i128, f64> {
    whole(number).ok_or_else(|| number.as_f64().unwrap_or(f64::NAN))
}

/// A number without a fraction that 64 bits hold.
fn whole(number: &Number) -> Option<i128> {
    let real = || number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 9e15);
    model::whole(number).or_else(|| real().map(|n| n as i128))
}
