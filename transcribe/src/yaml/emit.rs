//! Values in, block YAML in the layout of the project's documents out: two spaces per level, lists
//! indented below their key, no line longer than 110 characters where it can be broken.

use serde_json::Value;

use super::scalar;

/// The longest key that stands in front of a colon; longer ones are marked with `?`.
const MAX_KEY: usize = 500;

/// The text of a whole document.
pub fn write(value: &Value) -> String {
    let mut out = root(value);
    out.push('\n');
    out
}

/// The text of a document without its last line break.
pub(super) fn root(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(map) if !map.is_empty() => entries(&mut out, value, 0),
        Value::Array(list) if !list.is_empty() => entries(&mut out, value, 0),
        _ => out.push_str(&inline(value, 0, 2)),
    }
    out
}

/// An entry of a map whose keys stand in this column, written from there on.
pub(super) fn entry(out: &mut String, key: &str, value: &Value, column: usize) {
    let name = scalar::key(key);
    if name.chars().count() > MAX_KEY {
        out.push_str("? ");
        out.push_str(&name);
        line(out, column);
        named(out, ":", key, value, column);
    } else {
        named(out, &format!("{name}:"), key, value, column);
    }
}

/// The same for a key that is written already; `name` is its text with the colon.
pub(super) fn named(out: &mut String, name: &str, key: &str, value: &Value, column: usize) {
    out.push_str(name);
    if is_block(value) {
        line(out, column + 2);
        entries(out, value, column + 2);
        return;
    }
    out.push(' ');
    match value {
        // References and patterns look alike wherever they stand.
        Value::String(text) if matches!(key, "$ref" | "pattern") => {
            out.push_str(&scalar::quoted(text))
        }
        _ => out.push_str(&inline(value, column + name.chars().count() + 1, column + 2)),
    }
}

/// An item of a list whose dashes stand in this column, written from there on.
pub(super) fn item(out: &mut String, value: &Value, column: usize) {
    out.push_str("- ");
    if is_block(value) {
        entries(out, value, column + 2);
    } else {
        out.push_str(&inline(value, column + 2, column + 2));
    }
}

/// A line break and the indentation after it.
pub(super) fn line(out: &mut String, column: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', column));
}

fn entries(out: &mut String, value: &Value, column: usize) {
    match value {
        Value::Object(map) => {
            for (i, (key, value)) in map.iter().enumerate() {
                if i > 0 {
                    line(out, column);
                }
                entry(out, key, value, column);
            }
        }
        Value::Array(list) => {
            for (i, value) in list.iter().enumerate() {
                if i > 0 {
                    line(out, column);
                }
                item(out, value, column);
            }
        }
        _ => {}
    }
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    }
}

fn inline(value: &Value, column: usize, indent: usize) -> String {
    match value {
        Value::Object(_) => "{}".to_owned(),
        Value::Array(_) => "[]".to_owned(),
        _ => scalar::scalar(value, column, indent),
    }
}
