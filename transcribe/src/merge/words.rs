//! The words by which a row of `x-errata` speaks of a fact. In: a keyword and what the page says. Out: a
//! text speaks of it when it has one of these words.
//!
//! A field may have rows about several things. Only a row that speaks of what the page says now decides
//! about that: when the page changes, people hear of it again.

use serde_json::Value;

/// Small numbers, as sentences have them.
const NUMBERS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// The words by which a row says that no page has something.
pub(super) fn of_absence() -> Vec<String> {
    let words = [
        "absent",
        "gone",
        "has no",
        "lack",
        "lacks",
        "missing",
        "no longer",
        "no row",
        "nowhere",
        "removed",
        "undocumented",
    ];
    words.into_iter().map(str::to_owned).collect()
}

/// The words for a fact; nothing when any row will do, such as for what is missing altogether.
pub(super) fn of_fact(subject: &str, value: &Value) -> Option<Vec<String>> {
    let owned = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect());
    let keyword = subject.split(' ').next().unwrap_or(subject);
    match (keyword, value) {
        ("type" | "format", Value::String(name)) => owned(match name.as_str() {
            "string" => &["string", "strings", "text"],
            "integer" | "int32" | "int64" => {
                &["integer", "integers", "long", "int32", "int64", "32", "64"]
            }
            "number" | "double" | "float" => &["number", "numbers", "float", "double", "decimal"],
            "boolean" => &["boolean", "booleans", "truth"],
            "array" => &["array", "arrays", "list"],
            "object" => &["object", "objects", "map"],
            other => return Some(vec![other.to_owned()]),
        }),
        ("nullable", Value::Bool(true)) => owned(&["null", "nulls", "nullable"]),
        ("required", Value::Bool(true)) => owned(&["required", "mandatory", "needed", "must"]),
        ("required", Value::Bool(false)) => owned(&["optional", "required"]),
        (
            "minLength" | "maxLength" | "minimum" | "maximum" | "minItems" | "maxItems" | "default",
            value,
        ) => {
            let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
            // `the documented one` is no number.
            let number = number.filter(|number| *number != 1);
            let word = number.and_then(|number| NUMBERS.get(number)).map(|word| (*word).to_owned());
            Some([text(value)].into_iter().chain(word).collect())
        }
        ("enum", Value::Array(values)) => {
            let words = ["value", "values", "list"].into_iter().map(str::to_owned);
            Some(words.chain(values.iter().map(text)).collect())
        }
        ("value", value) => Some(vec![text(value)]),
        _ => None,
    }
}

/// Whether a text has a word, in any case, as a whole.
pub(super) fn has(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let (before, after) = (text.get(..at), text.get(at + word.len()..));
            !before.is_some_and(|text| text.ends_with(is_part))
                && !after.is_some_and(|text| text.starts_with(is_part))
        })
}

/// Whether a text has one of the words, in any case.
pub(super) fn has_any(text: &str, words: &[String]) -> bool {
    let lower = text.to_lowercase();
    words.iter().any(|word| has(&lower, &word.to_lowercase()))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{has, has_any, of_fact};

    fn speaks(text: &str, subject: &str, value: Value) -> bool {
        has_any(text, &of_fact(subject, &value).unwrap())
    }

    #[test]
    fn a_row_speaks_of_what_the_page_says() {
        assert!(speaks("At most 9 characters.", "maxLength", json!(9)));
        assert!(speaks("At most nine characters.", "maxLength", json!(9)));
        assert!(!speaks("At most 64 characters.", "maxLength", json!(9)));
        assert!(!speaks("The bound is the documented one.", "minLength", json!(1)));
        assert!(speaks("Its value is null.", "nullable", json!(true)));
        assert!(!speaks("Its unit is left open.", "nullable", json!(true)));
        assert!(speaks("Float.", "type", json!("number")));
        assert!(speaks("Optional.", "required name", json!(false)));
        assert!(!speaks("Optional.", "required name", json!(true)));
        assert!(speaks("String, with the default `false`.", "default", json!("false")));
        assert!(speaks("A list of two values.", "enum", json!(["a"])));
        assert_eq!(of_fact("parameter name", &json!(true)), None);
    }

    #[test]
    fn a_field_is_named_by_a_whole_word() {
        assert!(has("The field `port` is 0.", "port"));
        assert!(!has("ports and import", "port"));
        assert!(!has("anything", ""));
    }
}
