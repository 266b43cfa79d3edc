//! Does a payload fit an operation? In: a document, an operation's id, a JSON value. Out: every
//! violation. A boolean is taken where the document has a text that is `true` or `false`; numbers as strings,
//! strings as numbers, and a body that is wrapped as SDKs do it, are warnings.

mod read;

pub use huaweicloud_core::{Allowed, Severity, Violation};
pub use read::read;

use huaweicloud_core::check::nearest;
use serde_json::Value;

use crate::{
    conform,
    load::Document,
    media::{self, Media},
    pointer::JsonPointer,
};

/// What SDKs call the body of a request.
const BODY: &str = "body";

/// Why a payload was not checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// No operation has this id.
    #[error("no operation `{id}`; {}", instead(.suggestion.as_deref(), .known))]
    UnknownOperation { id: String, suggestion: Option<String>, known: Vec<String> },
    /// The operation sends a file, of which nothing can be checked.
    #[error("operation `{0}` sends a file; there is nothing to check")]
    File(String),
    /// The operation sends no body.
    #[error("operation `{0}` has no request body")]
    NoBody(String),
}

/// All names only where none is near: an API may have hundreds.
fn instead(suggestion: Option<&str>, known: &[String]) -> String {
    match suggestion {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are: {}", known.join(", ")),
    }
}

/// Checks a payload against the request schema of an operation.
pub fn check(
    document: &Document,
    id: &str,
    payload: &Value,
) -> Result<Vec<Violation>, PayloadError> {
    let operations = operations(document);
    let Some((_, at)) = operations.iter().find(|(name, _)| name == id) else {
        return Err(unknown(&[document], id));
    };
    let body = follow(document, at.child("requestBody"));
    let content = body.child("content");
    let media = content.get(&document.value).and_then(Value::as_object).and_then(media::sent);
    let Some((media, _)) = media else { return Err(PayloadError::NoBody(id.to_owned())) };
    if Media::of(media) == Media::File {
        return Err(PayloadError::File(id.to_owned()));
    }
    let schema = content.child(media).child("schema");
    let Some(shape) = schema.get(&document.value) else {
        return Err(PayloadError::NoBody(id.to_owned()));
    };
    let (payload, wrapped) = unwrapped(&document.value, payload, shape);
    let (payload, adapted) = conform::adapt(&document.value, payload.clone(), &[shape]);
    let mut found: Vec<Violation> = wrapped.into_iter().chain(adapted).collect();
    found.extend(conform::check_request(&document.value, &schema, &payload));
    Ok(found)
}

/// What is inside of `body`, where an SDK keeps a request's body beside its parameters, with a warning. A schema that has
/// such a field, or another one of those beside it, is taken as it is.
fn unwrapped<'p>(
    root: &Value,
    payload: &'p Value,
    schema: &Value,
) -> (&'p Value, Option<Violation>) {
    let own = |name: &str| conform::has_property(root, schema, name);
    let inner = payload.as_object().filter(|fields| !fields.keys().any(|name| own(name)));
    match inner
        .and_then(|fields| fields.get(BODY))
        .filter(|inner| inner.is_object() || inner.is_array())
    {
        Some(inner) => {
            let why = "holds the body, as in requests of the vendor's SDKs; what is inside was checked: send that alone";
            (inner, Some(Violation::warning(BODY, "wrapped", why)))
        }
        None => (payload, None),
    }
}

/// The ids of all rules between fields of some documents.
pub fn rules<'d>(documents: &[&'d Document]) -> Vec<&'d str> {
    documents.iter().flat_map(|document| of_value(&document.value)).collect()
}

/// The ids of the rules of a value and of everything inside of it; examples have none.
fn of_value(value: &Value) -> Vec<&str> {
    let entries = value.get("x-validations").and_then(Value::as_array).into_iter().flatten();
    let own = entries.filter_map(|entry| entry.get("id")?.as_str());
    let inner: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    };
    own.chain(inner.into_iter().flat_map(of_value)).collect()
}

/// That no document has an operation of this id, and which there are.
pub fn unknown(documents: &[&Document], id: &str) -> PayloadError {
    let operations = documents.iter().flat_map(|document| operations(document));
    let known: Vec<String> = operations.map(|(name, _)| name).collect();
    let words: Vec<&str> = known.iter().map(String::as_str).collect();
    let suggestion = nearest(id, &words).map(str::to_owned);
    PayloadError::UnknownOperation { id: id.to_owned(), suggestion, known }
}

/// All operations by id, in document order.
pub fn operations(document: &Document) -> Vec<(String, JsonPointer)> {
    let mut found = Vec::new();
    let paths = document.value.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if let Some(id) = operation.get("operationId").and_then(Value::as_str) {
                found.push((id.to_owned(), JsonPointer::root().join(["paths", path, method])));
            }
        }
    }
    found
}

/// The place itself, or the one that it refers to.
fn follow(document: &Document, at: JsonPointer) -> JsonPointer {
    let reference = at.child("$ref").get(&document.value).and_then(Value::as_str);
    reference.and_then(JsonPointer::parse).unwrap_or(at)
}
