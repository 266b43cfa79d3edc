//! The portable document: the same API for the tools of other languages. In: the loaded document.
//! Out: `openapi.yaml` and `openapi.json`, plain OpenAPI 3.0.
//!
//! The source keeps every fact as it was stated, and other tools take some of these facts for orders: they send
//! defaults, refuse answers that break a bound, and do not show what stands in extensions. So the
//! portable document is strict about requests and lenient about answers, and says the rest in words.

mod answers;
mod directions;
mod enums;
mod errors;
mod extensions;
mod holders;
mod info;
mod print;
mod requests;
mod rules;
mod schemas;
mod security;
mod shared_calls;
mod times;
mod values;
mod walk;
mod words;

use serde_json::{Map, Value};

pub(in crate::emit) use times::is_time;

use crate::{config::Service, emit::EmitError, load::Document, output::FileSet};

/// An object of the document.
type Object = Map<String, Value>;

/// Emits the portable document.
pub fn emit(document: &Document, service: &Service, files: &mut FileSet) -> Result<(), EmitError> {
    print::print(&portable(&document.value, &service.document), service, files)
}

/// The portable form of a valid document, whose name is shown.
pub fn portable(document: &Value, name: &str) -> Value {
    let mut portable = document.clone();
    let pairs = directions::separate(&mut portable);
    times::mark(&mut portable);
    rules::tell(&mut portable);
    requests::adapt(&mut portable);
    answers::relax(&mut portable);
    enums::hoist(&mut portable);
    directions::join(&mut portable, pairs);
    errors::complete(&mut portable);
    security::order(&mut portable);
    extensions::drop(&mut portable);
    info::tell(&mut portable, name);
    shared_calls::part(&mut portable);
    portable
}
