//! A 2xx response becomes a value, unless its body reports an error, cannot be decoded, or is not
//! a list where one was requested.

use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

use super::{
    received::{Answer, LONGEST_FAILURE, misfit_error},
    watch::{Seen, Watched},
};
use crate::{
    Error, ListError, ListProblem, Response, ServiceError,
    context::Ready,
    error::Misfit,
    lenient::Lenient,
    operation::{List, Listed, Operation},
    response::clean,
    service_error::envelope::reports_error,
    text::without_mark,
};

/// Reads an answer; `listed` says what a value lists.
pub(super) fn read<T: Lenient>(
    ready: &Ready,
    operation: Operation,
    answer: Answer,
    listed: impl FnOnce(&T) -> Option<Listed>,
) -> Result<Response<T>, Error> {
    let mut seen = Seen::new(operation.fields);
    let decoded = decode(&answer.body, &mut seen);
    let doubt = match &decoded {
        Err(_) => Some(Doubt::Misfit),
        Ok(value) => match listed(value).filter(|listed| listed.count == 0) {
            Some(listed) => Some(Doubt::Nothing(listed)),
            None => seen.is_suspicious().then_some(Doubt::Names),
        },
    };
    if let Some(error) = doubt.and_then(|doubt| settle(ready, operation, &answer, doubt)) {
        return Err(error);
    }
    let Answer { status, mut headers, body, sent } = answer;
    match decoded {
        Ok(value) => {
            clean(&mut headers, ready.redactor(&sent));
            Ok(Response::new(value, status, headers))
        }
        Err(misfit) => Err(misfit_error(status, &headers, body, misfit, ready.redactor(&sent))),
    }
}

/// As [`read`], of an operation that has no answer.
pub(super) fn read_empty(
    ready: &Ready,
    operation: Operation,
    answer: Answer,
) -> Result<Response<()>, Error> {
    let is_empty = answer.body.trim_ascii().is_empty();
    let error = (!is_empty).then(|| settle(ready, operation, &answer, Doubt::Names)).flatten();
    if let Some(error) = error {
        return Err(error);
    }
    let Answer { status, mut headers, sent, .. } = answer;
    clean(&mut headers, ready.redactor(&sent));
    Ok(Response::new((), status, headers))
}

/// As [`read`], of an operation that answers with a file. JSON may be the report of an error instead.
pub(super) fn download(
    ready: &Ready,
    operation: Operation,
    answer: Answer,
) -> Result<Response<Vec<u8>>, Error> {
    let media = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_json = media.is_some_and(|media| media.to_ascii_lowercase().contains("json"));
    let error = is_json.then(|| settle(ready, operation, &answer, Doubt::Names)).flatten();
    error.map_or_else(|| Ok(Response::new(answer.body.into(), answer.status, answer.headers)), Err)
}

/// Why an answer is looked at again.
#[derive(Clone, Copy)]
enum Doubt {
    /// It does not fit.
    Misfit,
    /// It lists nothing.
    Nothing(Listed),
    /// It has names that are not documented.
    Names,
}

/// Looks at an answer as a whole, which answers that leave no doubt need not pay for.
#[cold]
fn settle(ready: &Ready, operation: Operation, answer: &Answer, doubt: Doubt) -> Option<Error> {
    let body = without_mark(&answer.body);
    let json: Option<Value> = serde_json::from_slice(body).ok();
    if json.as_ref().is_some_and(|json| reports_error(json, operation.fields)) {
        let length = answer.body.len().min(LONGEST_FAILURE);
        let (kept, is_cut) = (answer.body.slice(..length), length < answer.body.len());
        let redactor = ready.redactor(&answer.sent);
        let error = ServiceError::new(answer.status, &answer.headers, kept, is_cut, redactor);
        let error = error.explained(ready.context().settings().errors);
        return Some(Error::Service(Box::new(error)).of_operation(operation.is_repeatable));
    }
    let list = operation.list?;
    let problem = match (doubt, json) {
        (Doubt::Names, _) => None,
        (_, None) if body.trim_ascii().is_empty() => Some(no_list(list, Some("nothing"))),
        (Doubt::Misfit, json) => json.and_then(|json| misfit_list(list, &json)),
        (Doubt::Nothing(listed), json) => nothing_listed(list, &json.unwrap_or_default(), listed),
    }?;
    let redactor = ready.redactor(&answer.sent);
    let answer = (answer.status, &answer.headers, answer.body.clone());
    let error = ListError::of_answer(operation.id, problem, answer, redactor);
    Some(Error::List(Box::new(error)))
}

/// Why an answer that does not fit is no list, if that is why it does not.
fn misfit_list(list: List, json: &Value) -> Option<ListProblem> {
    match json.as_object().map(|body| body.get(list.field)) {
        Some(Some(Value::Array(_))) => None,
        Some(found) => Some(no_list(list, found.map(kind))),
        None => Some(no_list(list, Some(kind(json)))),
    }
}

/// Why an answer that lists nothing is no empty list.
fn nothing_listed(list: List, json: &Value, listed: Listed) -> Option<ListProblem> {
    match json.as_object().map(|body| body.get(list.field)) {
        Some(Some(Value::Null)) if list.is_nullable => {}
        Some(Some(Value::Array(items))) if items.is_empty() => {}
        Some(Some(Value::Array(_))) => return Some(no_list(list, Some("a list of nulls"))),
        Some(found) => return Some(no_list(list, found.map(kind))),
        None => return Some(no_list(list, Some(kind(json)))),
    }
    let Listed { total, offset, limit, .. } = listed;
    let total = total.filter(|total| *total > offset && limit != Some(0))?;
    Some(ListProblem::NothingListed { total, offset })
}

fn no_list(list: List, found: Option<&'static str>) -> ListProblem {
    ListProblem::NoList { field: list.field, found }
}

fn kind(json: &Value) -> &'static str {
    match json {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// An empty body is taken for `null`, then for `{}`.
pub(super) fn decode<T: Lenient>(body: &[u8], seen: &mut Seen) -> Result<T, Misfit> {
    let body = without_mark(body);
    if body.trim_ascii().is_empty() {
        return parse(b"null", seen).or_else(|_| parse(b"{}", seen));
    }
    parse(body, seen)
}

fn parse<T: Lenient>(json: &[u8], seen: &mut Seen) -> Result<T, Misfit> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = T::lenient(Watched { inner: &mut reader, seen });
    let value = value.ok().filter(|_| reader.end().is_ok());
    value.map_or_else(|| parse_with_path(json), Ok)
}

/// Reads once more what could not be read, to say where: keeping track of the place takes nearly as
/// long as reading, which answers that fit need not pay for.
#[cold]
fn parse_with_path<T: Lenient>(json: &[u8]) -> Result<T, Misfit> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let mut track = serde_path_to_error::Track::new();
    let value = T::lenient(serde_path_to_error::Deserializer::new(&mut reader, &mut track))
        .map_err(|source| Misfit::Json { path: track.path().to_string(), source })?;
    let end = reader.end();
    end.map_err(|source| Misfit::Json { path: ".".to_owned(), source })?;
    Ok(value)
}

/// How many items stand in a field that may be left out.
pub fn count<'a, T: 'a>(items: impl Into<Option<&'a Vec<T>>>) -> usize {
    items.into().map_or(0, Vec::len)
}

/// The items of a field that may be left out.
pub fn items<T>(items: impl Into<Option<Vec<T>>>) -> Vec<T> {
    items.into().unwrap_or_default()
}
