//! Bounds in words, for the reference and for rustdoc alike. In: a schema. Out: phrases.

use serde_json::{Number, Value};

use crate::model::{Bound, Constraints, Knowledge, KnownSource, Origin, Schema, Shape};

/// What bounds the values of a schema, a phrase each: `4 to 64 characters`.
pub(crate) fn constraints(schema: &Schema) -> Vec<String> {
    let own = &schema.constraints;
    let mut phrases = Vec::new();
    phrases.extend(span(own.min_length, own.max_length, "character", "characters"));
    phrases.extend(range(own));
    phrases.extend(own.multiple_of.as_ref().map(|n| format!("a multiple of {n}")));
    phrases.extend(own.pattern.as_ref().map(|p| format!("matches {}", code(&p.text))));
    phrases.extend(span(own.min_items, own.max_items, "item", "items"));
    if own.unique_items {
        phrases.push("no item twice".to_owned());
    }
    phrases.extend(span(own.min_properties, own.max_properties, "entry", "entries"));
    if !own.allowed.is_empty() {
        phrases.push(format!("one of {}", list(&own.allowed)));
    }
    if !own.known.is_empty() {
        phrases.push(format!("documented values: {} (others may exist)", list(&own.known)));
    }
    if !own.keys.is_empty() {
        let keys: Vec<String> = own.keys.iter().map(|(key, _)| code(key)).collect();
        phrases.push(format!("keys: {}", keys.join(", ")));
    }
    if let Shape::Array(item) = &schema.shape {
        phrases.extend(constraints(item).into_iter().map(each));
    }
    if let Shape::Map(value) = &schema.shape {
        phrases.extend(constraints(value).into_iter().map(each));
    }
    if schema.nullable {
        phrases.push("may be null".to_owned());
    }
    phrases
}

/// Where something is from: `page `CreateInstance`, tables 2 and 3`.
pub(crate) fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Package { package, version } => format!("package {} {version}", code(package)),
        Origin::Page { page, tables } => {
            let tables: Vec<String> = tables.iter().map(u32::to_string).collect();
            let page = format!("page {}", code(page));
            match tables.as_slice() {
                [] => page,
                [one] => format!("{page}, table {one}"),
                [most @ .., last] => format!("{page}, tables {} and {last}", most.join(", ")),
            }
        }
    }
}

/// All sources of something, as a sentence; nothing where none is known.
pub(crate) fn origins(origins: &[Origin]) -> Option<String> {
    let words: Vec<String> = origins.iter().map(origin).collect();
    (!words.is_empty()).then(|| format!("Source: {}.", words.join("; ")))
}

/// The same, where the page's address is known.
pub(crate) fn linked_origins(all: &[Origin], url: Option<&str>) -> Option<String> {
    let Some(url) = url else { return origins(all) };
    if all.iter().all(|origin| origin.page().is_none()) {
        let address = format!("<{url}>");
        return Some(origins(all).map_or_else(
            || format!("Source: {address}."),
            |sentence| format!("{sentence} See {address}."),
        ));
    }
    let linked = |one: &Origin| match one.page() {
        Some(page) => {
            let name = code(page);
            origin(one).replacen(&format!("page {name}"), &format!("[page {name}]({url})"), 1)
        }
        None => origin(one),
    };
    Some(format!("Source: {}.", all.iter().map(linked).collect::<Vec<_>>().join("; ")))
}

/// Says of a part that its sources are others than those of the whole.
pub(crate) fn only_from(origins: &[Origin]) -> Option<String> {
    let words: Vec<String> = origins.iter().map(origin).collect();
    (!words.is_empty()).then(|| format!("Known only from the {}.", words.join(" and the ")))
}

/// A phrase about the items of a list.
fn each(phrase: String) -> String {
    match phrase.strip_prefix("each ") {
        Some(inner) => format!("each item of each {inner}"),
        None => format!("each {phrase}"),
    }
}

/// A JSON value as it stands in running text.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Text as inline code: fenced by one backtick more than it holds in a row. Blanks at the ends and line
/// breaks show only in quotes. So do backticks in a row: three might begin a block of code.
pub(crate) fn code(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if text.is_empty() || text.trim() != text || text.contains(char::is_control) || runs > 1 {
        return format!("`{}`", Value::from(text).to_string().replace('`', "\\u0060"));
    }
    match runs {
        0 => format!("`{text}`"),
        _ => format!("`` {text} ``"),
    }
}

/// Breaks a line between words. No line begins with what would be a list, a heading or a tag there.
pub(crate) fn wrap(line: &str, width: usize) -> Vec<String> {
    let starts_block = |word: &str| {
        let is_emphasis = word.starts_with("**") && !word.trim_matches('*').is_empty();
        (word.starts_with(['#', '*', '-', '+', '>', '|', '<', '=', '~']) && !is_emphasis)
            || word.trim_end_matches(['.', ')']).parse::<u32>().is_ok()
    };
    let indent = " ".repeat(if starts_block(line) { 2 } else { 0 });
    let mut lines = vec![String::new()];
    for word in line.split_whitespace() {
        let Some(current) = lines.last_mut() else { break };
        let fits = current.chars().count() + word.chars().count() < width;
        if current.is_empty() {
            current.push_str(word);
        } else if fits || starts_block(word) {
            current.push(' ');
            current.push_str(word);
        } else {
            lines.push(format!("{indent}{word}"));
        }
    }
    lines
}

/// The text with its first letter in upper case.
pub(crate) fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn span(min: Option<u64>, max: Option<u64>, one: &str, many: &str) -> Option<String> {
    let noun = |n: u64| if n == 1 { one } else { many };
    Some(match (min, max) {
        (None, None) => return None,
        (Some(0), None) => "may be empty".to_owned(),
        (Some(0), Some(max)) if max > 0 => format!("at most {max} {}; may be empty", noun(max)),
        (Some(min), Some(max)) if min == max => format!("exactly {min} {}", noun(min)),
        (Some(min), Some(max)) => format!("{min} to {max} {}", noun(max)),
        (Some(min), None) => format!("at least {min} {}", noun(min)),
        (None, Some(max)) => format!("at most {max} {}", noun(max)),
    })
}

fn range(own: &Constraints) -> Option<String> {
    let least = |b: &Bound| match b.exclusive {
        true => format!("more than {}", b.value),
        false => format!("at least {}", b.value),
    };
    let most = |b: &Bound| match b.exclusive {
        true => format!("less than {}", b.value),
        false => format!("at most {}", b.value),
    };
    Some(match (&own.minimum, &own.maximum) {
        (None, None) => return None,
        (Some(min), Some(max)) if !min.exclusive && !max.exclusive => {
            format!("{} to {}", min.value, max.value)
        }
        (Some(min), Some(max)) => format!("{} and {}", least(min), most(max)),
        (Some(min), None) => least(min),
        (None, Some(max)) => most(max),
    })
}

fn list(numbers: &[Number]) -> String {
    numbers.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}
/// From when the facts are known, in a sentence for the first screen.
pub(crate) fn known(knowledge: &Knowledge) -> Option<String> {
    let (first, last) = knowledge.dates()?;
    let count = knowledge.sources.len();
    let of = match count {
        1 => format!("one source of {last}"),
        _ if first == last => format!("{count} sources of {last}"),
        _ => format!("{count} sources dated {first} to {last}"),
    };
    Some(format!(
        "The service as of {last}, known from {of} ([list](#sources)); it may accept more by now."
    ))
}

/// The sources of the facts, newest first: title and date.
pub(crate) fn sources(knowledge: &Knowledge) -> Vec<String> {
    let mut sources: Vec<&KnownSource> = knowledge.sources.iter().collect();
    sources.sort_by(|a, b| b.date.cmp(&a.date));
    sources.into_iter().map(|source| format!("{} ({})", source.title, source.date)).collect()
}
