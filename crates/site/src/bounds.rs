//! What bounds a value, in words. In: a schema. Out: phrases as HTML, and the values of sets.

use codegen::model::{Api, Bound, Constraints, Schema, Shape, TypeKind};
use serde::Serialize;
use serde_json::{Number, Value};

use crate::{
    markdown::{self, Links},
    words::Words,
};

/// A value of a set and what it means.
#[derive(Serialize)]
pub(crate) struct Known {
    value: String,
    meaning: Option<String>,
}

/// The values that are known of a schema, and whether there may be others.
#[derive(Serialize)]
pub(crate) struct Set {
    open: bool,
    values: Vec<Known>,
    /// Whether any of them says what it means.
    explained: bool,
}

/// What kind of value it is.
pub(crate) fn kind(api: &Api, words: &Words, schema: &Schema) -> String {
    match &schema.shape {
        Shape::Any => words.get("type_any").to_owned(),
        Shape::Boolean => words.get("type_boolean").to_owned(),
        Shape::Integer(_) => words.get("type_integer").to_owned(),
        Shape::Number => words.get("type_number").to_owned(),
        Shape::String { format: None } => words.get("type_string").to_owned(),
        Shape::String { format: Some(format) } => {
            format!("{} ({format})", words.get("type_string"))
        }
        Shape::Secret => words.get("type_secret").to_owned(),
        Shape::File => words.get("type_file").to_owned(),
        Shape::Array(item) => words.fill("type_list", &[("of", &kind(api, words, item))]),
        Shape::Map(value) => words.fill("type_map", &[("of", &kind(api, words, value))]),
        Shape::Named(name) if api.is_enum(name) => words.get("type_string").to_owned(),
        Shape::Named(name) => name.0.clone(),
    }
}

/// A JSON value as running text has it.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The set of a schema, or of what is in it.
pub(crate) fn set(api: &Api, schema: &Schema, links: &Links<'_>) -> Option<Set> {
    let own = &schema.constraints;
    let numbers = |numbers: &[Number], open| {
        let values = numbers.iter().map(|n| Known { value: n.to_string(), meaning: None });
        Some(Set { open, values: values.collect(), explained: false })
    };
    match &schema.shape {
        _ if !own.allowed.is_empty() => numbers(&own.allowed, false),
        _ if !own.known.is_empty() => numbers(&own.known, true),
        Shape::Named(name) => {
            let TypeKind::Enum(set) = &api.types.get(name)?.kind else { return None };
            let meaning =
                |text: &Option<String>| text.as_deref().map(|t| markdown::inline(t, links));
            let values = set.variants.iter().map(|variant| Known {
                value: variant.name.wire.clone(),
                meaning: meaning(&variant.description),
            });
            let values: Vec<Known> = values.collect();
            let explained = values.iter().any(|value| value.meaning.is_some());
            Some(Set { open: set.open, values, explained })
        }
        Shape::Array(inner) | Shape::Map(inner) => set(api, inner, links),
        _ => None,
    }
}

/// What bounds a value, a phrase each.
pub(crate) fn phrases(words: &Words, schema: &Schema) -> Vec<String> {
    let own = &schema.constraints;
    let mut phrases = Vec::new();
    phrases.extend(span(words, "characters", own.min_length, own.max_length));
    phrases.extend(range(words, own));
    phrases.extend(
        own.multiple_of.as_ref().map(|n| words.fill("multiple_of", &[("n", &n.to_string())])),
    );
    let pattern = own.pattern.as_ref().map(|pattern| markdown::code(&pattern.text));
    phrases.extend(pattern.map(|pattern| words.fill("matches", &[("pattern", &pattern)])));
    phrases.extend(span(words, "items", own.min_items, own.max_items));
    if own.unique_items {
        phrases.push(words.get("unique").to_owned());
    }
    phrases.extend(span(words, "entries", own.min_properties, own.max_properties));
    if let Shape::Array(inner) | Shape::Map(inner) = &schema.shape {
        let inner = self::phrases(words, inner).into_iter();
        phrases.extend(inner.map(|phrase| words.fill("each", &[("phrase", &phrase)])));
    }
    if schema.nullable {
        phrases.push(words.get("nullable").to_owned());
    }
    phrases
}

fn span(words: &Words, of: &str, min: Option<u64>, max: Option<u64>) -> Option<String> {
    let one = |key: &str, n: u64| {
        // English has a form for one.
        let singular = if n == 1 { "_1" } else { "" };
        words.fill(&format!("{of}_{key}{singular}"), &[("n", &n.to_string())])
    };
    Some(match (min, max) {
        (None, None) => return None,
        (Some(min), Some(max)) if min == max => one("exactly", min),
        (Some(min), Some(max)) => words.fill(
            &format!("{of}_between"),
            &[("min", &min.to_string()), ("max", &max.to_string())],
        ),
        (Some(min), None) => one("least", min),
        (None, Some(max)) => one("most", max),
    })
}

fn range(words: &Words, own: &Constraints) -> Option<String> {
    let least = |bound: &Bound| {
        let key = if bound.exclusive { "more_than" } else { "at_least" };
        words.fill(key, &[("n", &bound.value.to_string())])
    };
    let most = |bound: &Bound| {
        let key = if bound.exclusive { "less_than" } else { "at_most" };
        words.fill(key, &[("n", &bound.value.to_string())])
    };
    Some(match (&own.minimum, &own.maximum) {
        (None, None) => return None,
        (Some(min), Some(max)) if !min.exclusive && !max.exclusive => words
            .fill("between", &[("min", &min.value.to_string()), ("max", &max.value.to_string())]),
        (Some(min), Some(max)) => words.fill("both", &[("a", &least(min)), ("b", &most(max))]),
        (Some(min), None) => least(min),
        (None, Some(max)) => most(max),
    })
}
