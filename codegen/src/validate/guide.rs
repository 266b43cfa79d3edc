//! The text for the front page of the client. In: the document with the file that it names. Out: what
//! is wrong with it, at the place that names it.

use serde_json::Value;

use super::report::Report;
use crate::{
    load::{Document, GUIDE},
    pointer::JsonPointer,
};

pub(super) fn check(document: &Document, report: &mut Report) {
    let at = JsonPointer::root().child(GUIDE);
    let problem = match &document.guide {
        Some(guide) if guide.trim().is_empty() => "the file is empty; write it, or remove this",
        None if at.get(&document.value).is_some_and(Value::is_string) => {
            "the file beside the document was not loaded; read the document from its file"
        }
        _ => return,
    };
    report.add(&at, "bad-guide", problem);
}
