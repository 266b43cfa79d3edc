//! The `x-` extensions, read into types. Their shapes have been validated.

use indexmap::IndexMap;
use serde_json::Value;

use crate::model::{Choices, Origin};

pub(super) type Extensions = IndexMap<String, Value>;

/// `x-source`: where something is from, one source or a list of them.
pub(super) fn origins(extensions: &Extensions) -> Vec<Origin> {
    match extensions.get("x-source") {
        Some(Value::Array(all)) => all.iter().filter_map(origin).collect(),
        Some(one) => origin(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn origin(value: &Value) -> Option<Origin> {
    let text = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
    if let Some(package) = text("package") {
        return Some(Origin::Package { package, version: text("version")? });
    }
    let tables = value.get("tables").and_then(Value::as_array);
    let number = |v: &Value| v.as_u64().and_then(|n| u32::try_from(n).ok());
    let tables = tables.into_iter().flatten().filter_map(number).collect();
    Some(Origin::Page { page: text("page")?, tables })
}

/// `x-values`: where values come from.
pub(super) fn choices(extensions: &Extensions) -> Option<Choices> {
    let entry = extensions.get("x-values")?;
    let text = |key: &str| Some(entry.get(key)?.as_str()?.to_owned());
    let show = entry.get("show").and_then(Value::as_array).into_iter().flatten();
    let pairs = |key: &str| {
        let pairs = entry.get(key).and_then(Value::as_object).into_iter().flatten();
        let pair =
            |(name, text): (&String, &Value)| Some((name.clone(), text.as_str()?.to_owned()));
        pairs.filter_map(pair).collect()
    };
    Some(Choices {
        service: text("service"),
        operation: text("operation")?,
        items: text("items"),
        value: text("value")?,
        show: show.filter_map(Value::as_str).map(str::to_owned).collect(),
        with: pairs("with"),
        fixed: pairs("fixed"),
    })
}

/// Whether an extension is there and `true`.
pub(super) fn flag(extensions: &Extensions, name: &str) -> bool {
    extensions.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// A list of strings; empty when the extension is absent.
pub(super) fn strings<'e>(extensions: &'e Extensions, name: &str) -> Vec<&'e str> {
    list(extensions, name).iter().filter_map(Value::as_str).collect()
}

/// A list of any values; empty when the extension is absent.
pub(super) fn list<'e>(extensions: &'e Extensions, name: &str) -> &'e [Value] {
    extensions.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
