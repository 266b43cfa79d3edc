//! The `x-` extensions, read into types. Their shapes have been validated.

use indexmap::IndexMap;
use serde_json::Value;

use crate::model::Source;

pub(super) type Extensions = IndexMap<String, Value>;

/// `x-source`: the page and tables of an operation or schema.
pub(super) fn source(extensions: &Extensions) -> Option<Source> {
    let value = extensions.get("x-source")?;
    let page = value.get("page")?.as_str()?.to_owned();
    let tables = value.get("tables").and_then(Value::as_array);
    let number = |v: &Value| v.as_u64().and_then(|n| u32::try_from(n).ok());
    Some(Source { page, tables: tables.into_iter().flatten().filter_map(number).collect() })
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
