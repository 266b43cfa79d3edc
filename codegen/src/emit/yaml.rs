//! A JSON value as YAML that every reader of YAML takes alike. In: a value. Out: text in block style.
//!
//! Readers of YAML 1.1 take `22:00:00` for a number and `2019-05-31T03:15:40Z` for a date, and `on` for a truth. So a
//! string stands bare only where it begins with a letter and is no such word; several lines stand as
//! they are; all else is quoted as in JSON.

use std::fmt::Write as _;

use serde_json::Value;

/// Words that some readers take for something else, in lower case.
const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

/// The text of a value.
pub(crate) fn text(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

/// The lines of a value that stands below its key; `depth` counts the blanks before them.
fn block(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (key, value) in object {
                let _ = write!(out, "{:depth$}{}:", "", line(key));
                member(value, depth, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let before = out.len();
                block(item, depth + 2, out);
                // The first line of an item stands behind its dash.
                out.replace_range(before + depth..before + depth + 2, "- ");
            }
        }
        scalar => {
            let _ = write!(out, "{:depth$}", "");
            inline(scalar, depth, out);
        }
    }
}

/// What stands behind the colon of a key.
fn member(value: &Value, depth: usize, out: &mut String) {
    if is_block(value) {
        out.push('\n');
        block(value, depth + 2, out);
    } else {
        out.push(' ');
        inline(value, depth + 2, out);
    }
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Object(object) => !object.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

/// A value that begins on the line where it is; further lines are set in by `depth`.
fn inline(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::String(text) if is_literal(text) => {
            out.push_str("|-\n");
            for line in text.lines() {
                let indent = if line.is_empty() { 0 } else { depth };
                let _ = writeln!(out, "{:indent$}{line}", "");
            }
        }
        Value::String(text) => {
            out.push_str(&line(text));
            out.push('\n');
        }
        Value::Number(number) => {
            out.push_str(&float(&number.to_string()));
            out.push('\n');
        }
        other => {
            let _ = writeln!(out, "{other}");
        }
    }
}

/// A number that every version of YAML takes for one: some want a point before an exponent.
fn float(number: &str) -> String {
    match number.split_once('e') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0e{exponent}"),
        _ => number.to_owned(),
    }
}

/// Whether a text can stand line by line as it is.
fn is_literal(text: &str) -> bool {
    let is_clean = |c: char| c == '\n' || !(c.is_control() || is_break(c));
    text.contains('\n')
        && text.chars().all(is_clean)
        && !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
}

/// A text on one line: bare, or in quotes.
fn line(text: &str) -> String {
    let is_word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    let is_clean = !text.chars().any(|c| c.is_control() || is_break(c));
    let has_sign = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    match text.starts_with(|c: char| c.is_ascii_alphabetic()) && is_clean && !is_word && !has_sign {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// A text in quotes, with nothing in it that cannot be seen.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in Value::from(text).to_string().chars() {
        match c.is_control() || is_break(c) {
            true => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            false => out.push(c),
        }
    }
    out
}

/// Characters that readers take for the end of a line, or drop.
fn is_break(c: char) -> bool {
    ['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'].contains(&c)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn both(value: &Value) -> (String, Value) {
        let text = text(value);
        let read = crate::load::parse("", &text).map(|document| document.value);
        (text, read.unwrap_or_default())
    }

    #[test]
    fn reads_like_this() {
        let value = json!({
            "a": ["x", ["y", 1], { "k": "two\n\n  lines", "l": [] }, {}],
            "200": { "time": "22:00:00", "on": "On", "n": -1.5, "b": true, "none": null },
            "text": "a: b",
        });
        let text = "\
a:
  - x
  - - \"y\"
    - 1
  - k: |-
      two

        lines
    l: []
  - {}
\"200\":
  time: \"22:00:00\"
  \"on\": \"On\"
  \"n\": -1.5
  b: true
  none: null
text: \"a: b\"
";
        assert_eq!(both(&value), (text.to_owned(), value));
    }

    #[test]
    fn any_text_comes_back() {
        for text in [
            "",
            " ",
            "a ",
            "a:",
            "a #b",
            "#",
            "- a",
            "~",
            "1e3",
            "0x1f",
            "1_000",
            "2021-06-16",
            "=",
            "<<",
            "a\n",
            "\na",
            " a\nb",
            "a\n b\n\nc",
            "a\tb",
            "a\r\nb",
            "a\u{85}b",
            "\u{2028}",
            "\u{feff}",
            "`a`",
            "é",
            "Null",
            "NO",
            "*a",
            "&a",
            "{a}",
            "a\n\t\nb",
            "a\n ",
            "key: |-\n  x",
            "%a",
            "@",
            "\"",
            "'",
            "\\",
        ] {
            let value = json!({ text: [text, { "k": text }] });
            assert_eq!(both(&value).1, value, "{text:?}");
        }
    }
}
