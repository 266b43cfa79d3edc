//! The bounding keywords of a schema → `model::Constraints`.

use openapiv3::{
    ArrayType, IntegerFormat, IntegerType, NumberType, StringFormat, StringType,
    VariantOrUnknownOrEmpty,
};
use serde_json::{Number, Value};

use super::extensions::{self, Extensions};
use crate::{
    model::{Bound, Constraints, Pattern, Width},
    pattern::{Dfa, PatternError},
};

pub(super) fn string(string: &StringType) -> Result<Constraints, PatternError> {
    let pattern = match &string.pattern {
        None => None,
        Some(text) => {
            let dfa = Dfa::compile(text)?;
            Some(Pattern { text: text.clone(), dfa, name: String::new() })
        }
    };
    Ok(Constraints {
        min_length: string.min_length.map(|n| n as u64),
        max_length: string.max_length.map(|n| n as u64),
        pattern,
        ..Constraints::default()
    })
}

pub(super) fn integer(integer: &IntegerType, extensions: &Extensions) -> Constraints {
    let bound =
        |value: Option<i64>, exclusive| value.map(|value| Bound { value: value.into(), exclusive });
    Constraints {
        minimum: bound(integer.minimum, integer.exclusive_minimum),
        maximum: bound(integer.maximum, integer.exclusive_maximum),
        multiple_of: integer.multiple_of.map(Number::from),
        allowed: integer.enumeration.iter().flatten().map(|n| Number::from(*n)).collect(),
        known: known(extensions),
        ..Constraints::default()
    }
}

pub(super) fn number(number: &NumberType, extensions: &Extensions) -> Constraints {
    let bound = |value: Option<f64>, exclusive| {
        value.and_then(float).map(|value| Bound { value, exclusive })
    };
    Constraints {
        minimum: bound(number.minimum, number.exclusive_minimum),
        maximum: bound(number.maximum, number.exclusive_maximum),
        multiple_of: number.multiple_of.and_then(float),
        allowed: number.enumeration.iter().flatten().copied().filter_map(float).collect(),
        known: known(extensions),
        ..Constraints::default()
    }
}

pub(super) fn array(array: &ArrayType) -> Constraints {
    Constraints {
        min_items: array.min_items.map(|n| n as u64),
        max_items: array.max_items.map(|n| n as u64),
        unique_items: array.unique_items,
        ..Constraints::default()
    }
}

pub(super) fn width(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> Width {
    match format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Width::I32,
        VariantOrUnknownOrEmpty::Unknown(name) => Width::of_format(name).unwrap_or(Width::I64),
        _ => Width::I64,
    }
}

/// The name of a string's format.
pub(super) fn format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> Option<String> {
    let name = match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => "date",
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => "date-time",
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => "password",
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => "byte",
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => "binary",
        VariantOrUnknownOrEmpty::Unknown(name) => name,
        VariantOrUnknownOrEmpty::Empty => return None,
    };
    Some(name.to_owned())
}

fn known(extensions: &Extensions) -> Vec<Number> {
    let number = |value: &Value| value.as_number().cloned();
    extensions::list(extensions, "x-extensible-enum").iter().filter_map(number).collect()
}

/// A float as the document would write it: `1`, not `1.0`.
fn float(value: f64) -> Option<Number> {
    let whole = value as i64;
    // `as` ends at the greatest number, which is no double.
    if whole as f64 == value && whole != i64::MAX {
        Some(whole.into())
    } else {
        Number::from_f64(value)
    }
}
