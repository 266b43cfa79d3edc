//! The file of error codes: a list of `{code, status?, meaning, advice, retryable, source?}`.
//!
//! In: the document with the file that it names. Out: what is wrong with the file, at the place that
//! names it; the message says where in the file.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    report::{Report, shown},
    shapes::{list, needs, object, text},
};
use crate::{
    load::{Document, ERROR_CATALOG},
    pointer::JsonPointer,
};

const CODE: &[&str] = &["code", "status", "meaning", "advice", "retryable", "source"];

pub(super) fn check(document: &Document, report: &mut Report) {
    let at = JsonPointer::root().child(ERROR_CATALOG);
    let Some(catalog) = &document.error_catalog else {
        if at.get(&document.value).is_some_and(Value::is_string) {
            let why =
                "the file beside the document was not loaded; read the document from its file";
            report.add(&at, "bad-error-catalog", why);
        }
        return;
    };
    let mut inside = Report::default();
    file(&catalog.value, &mut inside);
    for problem in inside.into_diagnostics() {
        let message = format!("{}{}: {}", catalog.name, problem.pointer, problem.message);
        report.add(&at, "bad-error-catalog", message);
    }
}

fn file(value: &Value, report: &mut Report) {
    let root = JsonPointer::root();
    let Some(map) = object(value, &root, &["source", "codes"], report) else { return };
    needs(map, &root, &["codes"], report);
    if let Some(source) = map.get("source") {
        let at = root.child("source");
        if let Some(source) = object(source, &at, &["page"], report) {
            needs(source, &at, &["page"], report);
            if let Some(page) = source.get("page") {
                text(page, &at.child("page"), report);
            }
        }
    }
    let at = root.child("codes");
    let Some(codes) = map.get("codes").and_then(|codes| list(codes, &at, "codes", report)) else {
        return;
    };
    let mut known = BTreeMap::new();
    for (i, value) in codes.iter().enumerate() {
        let at = at.child(i);
        let Some(code) = object(value, &at, CODE, report) else { continue };
        entry(code, &at, report);
        let Some(text) = code.get("code").and_then(Value::as_str) else { continue };
        if let Some(first) = known.insert(text, at.clone()) {
            let message = format!("{} is the code of {first} already; remove one", shown(text));
            report.add(&at.child("code"), "bad-extension", message);
        }
    }
}

fn entry(code: &Map<String, Value>, at: &JsonPointer, report: &mut Report) {
    needs(code, at, &["code", "meaning", "advice", "retryable"], report);
    for key in ["code", "meaning", "advice", "source"] {
        if let Some(value) = code.get(key) {
            text(value, &at.child(key), report);
        }
    }
    if let Some(status) = code.get("status").filter(|status| !is_error_status(status)) {
        let message =
            format!("{status} is not a status of an error; write a number from 400 to 599");
        report.add(&at.child("status"), "bad-extension", message);
    }
    if let Some(retryable) = code.get("retryable").filter(|retryable| !retryable.is_boolean()) {
        let message = format!("{retryable} is neither true nor false");
        report.add(&at.child("retryable"), "bad-extension", message);
    }
}

fn is_error_status(status: &Value) -> bool {
    status.as_u64().is_some_and(|status| (400..600).contains(&status))
}
