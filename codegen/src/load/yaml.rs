//! YAML text → JSON value, in document order. The only file that knows `serde_yaml`.
//!
//! Goes through `serde_yaml::Value`, which refuses a key that stands twice; a JSON map would
//! silently keep the last one.

use std::{fs, io, path::Path};

use serde_json::{Map, Number, Value};
use serde_yaml::Value as Yaml;

use super::depth;
use crate::{diagnostic::Diagnostic, pointer::JsonPointer};

pub(super) fn parse(text: &str) -> Result<Value, Diagnostic> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(problem) = too_deep(text) {
        return Err(Diagnostic::new(JsonPointer::root(), "too-deep", problem.to_string()));
    }
    let yaml: Yaml = serde_yaml::from_str(text).map_err(|error| refusal(&error))?;
    to_json(yaml, &JsonPointer::root())
}

/// Why a text is no YAML. A whole number of more than 64 bits is, and no value of it.
fn refusal(error: &serde_yaml::Error) -> Diagnostic {
    let text = error.to_string();
    let wide = ["as u128", "as i128"].iter().any(|kind| text.contains(kind));
    let digits = text.split_once("integer `").and_then(|(_, rest)| rest.split_once('`'));
    if let (true, Some((digits, _))) = (wide, digits) {
        let at = error.location().map_or_else(String::new, |at| format!(" in line {}", at.line()));
        let why =
            format!("`{digits}`{at} has more than 64 bits; write a smaller number, or quote it");
        return Diagnostic::new(JsonPointer::root(), "not-a-number", why);
    }
    Diagnostic::new(JsonPointer::root(), "invalid-yaml", format!("not valid YAML: {text}"))
}

/// Why a settings file says nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    #[error(transparent)]
    TooDeep(TooDeep),
    #[error(transparent)]
    NotYaml(#[from] serde_yaml::Error),
}

/// A settings file, read into its type.
pub(crate) fn yaml_file<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, SettingsError> {
    let text = fs::read_to_string(path)?;
    match too_deep(&text) {
        Some(problem) => Err(SettingsError::TooDeep(problem)),
        None => Ok(serde_yaml::from_str(&text)?),
    }
}

/// A text that the parser would take minutes for.
#[derive(Debug, thiserror::Error)]
#[error("over a thousand `[` and `{{` are open in line {line}; nest less, or close them")]
pub(crate) struct TooDeep {
    line: usize,
}

fn too_deep(text: &str) -> Option<TooDeep> {
    depth::too_deep(text).map(|line| TooDeep { line })
}

/// A model or a view as YAML text, for dumps.
pub(crate) fn to_text(value: &impl serde::Serialize) -> serde_yaml::Result<String> {
    serde_yaml::to_string(value)
}

fn to_json(yaml: Yaml, at: &JsonPointer) -> Result<Value, Diagnostic> {
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(b) => Value::Bool(b),
        Yaml::String(s) => Value::String(s),
        Yaml::Number(n) => Value::Number(number(&n, at)?),
        Yaml::Sequence(items) => items
            .into_iter()
            .enumerate()
            .map(|(i, item)| to_json(item, &at.child(i)))
            .collect::<Result<_, _>>()?,
        Yaml::Mapping(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                let key = key_text(key, at)?;
                let value = to_json(value, &at.child(&key))?;
                if map.insert(key.clone(), value).is_some() {
                    let why = format!("the key `{key}` stands twice; remove one");
                    return Err(Diagnostic::new(at.child(&key), "duplicate-key", why));
                }
            }
            Value::Object(map)
        }
        Yaml::Tagged(tagged) => {
            let why = format!("the YAML tag `{}` has no meaning in OpenAPI; remove it", tagged.tag);
            return Err(Diagnostic::new(at.clone(), "yaml-tag", why));
        }
    })
}

fn number(n: &serde_yaml::Number, at: &JsonPointer) -> Result<Number, Diagnostic> {
    if let Some(i) = n.as_i64() {
        return Ok(i.into());
    }
    if let Some(u) = n.as_u64() {
        return Ok(u.into());
    }
    n.as_f64().and_then(Number::from_f64).ok_or_else(|| {
        let why = format!("`{n}` is no JSON number; write a finite number");
        Diagnostic::new(at.clone(), "not-a-number", why)
    })
}

/// Status codes are often written without quotes; every other key is a string already.
fn key_text(key: Yaml, at: &JsonPointer) -> Result<String, Diagnostic> {
    match key {
        Yaml::String(s) => Ok(s),
        Yaml::Number(n) => Ok(n.to_string()),
        Yaml::Bool(b) => Ok(b.to_string()),
        other => {
            let why = format!("a key must be a string, not {}; quote it", kind(&other));
            Err(Diagnostic::new(at.clone(), "bad-key", why))
        }
    }
}

fn kind(yaml: &Yaml) -> &'static str {
    match yaml {
        Yaml::Null => "null",
        Yaml::Bool(_) => "a boolean",
        Yaml::Number(_) => "a number",
        Yaml::String(_) => "a string",
        Yaml::Sequence(_) => "a list",
        Yaml::Mapping(_) => "a map",
        Yaml::Tagged(_) => "a tagged value",
    }
}
