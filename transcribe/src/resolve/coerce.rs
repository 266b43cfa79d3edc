//! Words of a page as values of a type. In: a type and a text. Out: the JSON value, if there is one.

use serde_json::{Number, Value};

use super::kind::Kind;

/// The value that a text stands for; nothing if it is none of the type.
pub(super) fn value<T>(kind: &Kind<T>, text: &str) -> Option<Value> {
    let text = text.trim();
    match kind {
        Kind::String => Some(Value::String(if text == "\"\"" { "" } else { text }.to_owned())),
        Kind::Whole | Kind::Int32 | Kind::Int64 => text.parse::<i64>().ok().map(Value::from),
        Kind::Double => number(text).map(Value::Number),
        Kind::Boolean => match text.to_lowercase().as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        Kind::Array(item) => list(item, text),
        Kind::Object | Kind::Map(_) | Kind::Table(_) => {
            serde_json::from_str(text).ok().filter(Value::is_object)
        }
        Kind::Any => serde_json::from_str(text).ok(),
        Kind::Binary => None,
    }
}

/// Whole where it is written without a point: `64`, `0.125`.
pub(super) fn number(text: &str) -> Option<Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    // Rust takes `inf` and `nan` for numbers; JSON does not.
    text.parse::<f64>().ok().and_then(Number::from_f64)
}

fn list<T>(item: &Kind<T>, text: &str) -> Option<Value> {
    let list: Value = serde_json::from_str(text).ok()?;
    list.as_array()?.iter().all(|value| fits(item, value)).then_some(list)
}

/// Whether a JSON value is of a type, as far as lists and scalars go.
pub(super) fn fits<T>(kind: &Kind<T>, value: &Value) -> bool {
    match kind {
        Kind::String => value.is_string(),
        Kind::Whole | Kind::Int32 | Kind::Int64 => {
            value.is_i64() || value.as_f64().is_some_and(|n| n.fract() == 0.0)
        }
        Kind::Double => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Array(_) => value.is_array(),
        Kind::Object | Kind::Map(_) | Kind::Table(_) => value.is_object(),
        Kind::Any => true,
        Kind::Binary => value.is_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Kind, value};

    #[test]
    fn words_become_values_of_the_type() {
        let array = Kind::<()>::Array(Box::new(Kind::String));
        let cases = [
            (Kind::String, "1", Some(json!("1"))),
            (Kind::String, "\"\"", Some(json!(""))),
            (Kind::Int32, " 10 ", Some(json!(10))),
            (Kind::Int32, "1.5", None),
            (Kind::Int64, "-1", Some(json!(-1))),
            (Kind::Double, "0.125", Some(json!(0.125))),
            (Kind::Double, "64", Some(json!(64))),
            (Kind::Double, "NaN", None),
            (Kind::Boolean, "False", Some(json!(false))),
            (Kind::Boolean, "no", None),
            (array.clone(), "[\"a\"]", Some(json!(["a"]))),
            (array.clone(), "[1]", None),
            (array, "a", None),
            (Kind::Object, "{}", Some(json!({}))),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(value(&kind, text), expected, "{kind:?} {text}");
        }
    }
}
