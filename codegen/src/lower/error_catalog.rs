//! The file of error codes → the catalogue of the model, in the file's order.

use serde_json::Value;

use crate::{
    load::Document,
    model::{ErrorCatalog, ErrorCode, Origin},
};

pub(super) fn lower(document: &Document) -> Option<ErrorCatalog> {
    let file = &document.error_catalog.as_ref()?.value;
    let page = file.get("source").and_then(|source| source.get("page")?.as_str());
    let codes = file.get("codes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Some(ErrorCatalog {
        origin: page.map(|page| Origin::Page { page: page.to_owned(), tables: Vec::new() }),
        codes: codes.iter().filter_map(code).collect(),
    })
}

fn code(value: &Value) -> Option<ErrorCode> {
    let text = |key: &str| Some(value.get(key)?.as_str()?.trim().to_owned());
    Some(ErrorCode {
        code: text("code")?,
        status: value.get("status").and_then(Value::as_u64).and_then(|s| u16::try_from(s).ok()),
        meaning: text("meaning")?,
        advice: text("advice")?,
        retryable: value.get("retryable")?.as_bool()?,
        source: text("source"),
    })
}
