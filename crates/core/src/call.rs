//! A call: from a built request, through its attempts, to one response
//! or one error.
//!
//! In: what generated functions build. Out: [`Response`] or [`Error`], with every body read up
//! to a limit.

mod answer;
mod attempt;
mod build_error;
mod data;
mod dry_run;
mod form;
mod headers;
mod received;
mod setup;
mod steps;
mod watch;

use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use tracing::Instrument as _;

use crate::{
    Error, Response, Violation, Violations,
    compiled::Compiled,
    lenient::Lenient,
    retry::{Tried, repeat},
};
use attempt::{Sending, Wants};
use received::Answer;

pub use answer::{count, items};
pub use build_error::{BuildError, Built};
pub use data::DataCall;
pub use dry_run::Prepared;
pub use form::{Form, Multipart, Upload, masked_file, masked_form};
pub use headers::{DocumentedHeaders, header, header_list, with_headers};
pub use setup::Setup;
pub use steps::{Call, dry_run, send, send_download, send_empty};

pub use crate::{
    compiled::Compiled as Boxed,
    context::Ready,
    operation::{Fields, Listed, Operation, Scope},
    secret::masked_json,
};

/// Sends a request and reads the answer of an operation that has one. An empty body is an empty list
/// or map, or a structure without fields, if the type allows it.
///
/// # Errors
///
/// All of [`Error`] that can happen once a request is valid.
pub async fn read<T: Lenient>(
    ready: &Ready,
    operation: Operation,
    request: Built,
) -> Result<Response<T>, Error> {
    let answer = execute(ready, operation, request, Wants::Body).await?;
    answer::read(ready, operation, answer, |_| None)
}

/// Sends a request of an operation that has no answer; a body is ignored, unless it reports an error.
///
/// # Errors
///
/// As [`read`], without [`Error::Decode`].
pub async fn read_empty(
    ready: &Ready,
    operation: Operation,
    request: Built,
) -> Result<Response<()>, Error> {
    let answer = execute(ready, operation, request, Wants::Status).await?;
    answer::read_empty(ready, operation, answer)
}

/// Authorizes a request and sends it until there is an answer, or no use in sending it again: the
/// one place where anything is sent twice.
fn execute(
    ready: &Ready,
    operation: Operation,
    request: Built,
    wants: Wants,
) -> Compiled<'_, Result<Answer, Error>> {
    Box::pin(async move {
        let request = request?;
        let settings = ready.context().settings();
        let region = settings.link.region();
        let span = tracing::debug_span!("call", operation = operation.id, region);
        let tried = Tried {
            attempts: 0,
            is_repeatable: operation.is_repeatable,
            deadline: ready.deadline(),
        };
        let mut sending = Sending::new(ready, operation, request, wants);
        repeat(&mut sending, tried, &settings.retry, &settings.budget).instrument(span).await
    })
}

/// Checks a text that becomes a segment of a path under the name `name`: one that is empty, a dot
/// or two, or holds a backslash would lead to another operation.
///
/// # Errors
///
/// [`Error::Invalid`] with the one violation; its rule is `path`.
pub fn segment(name: &str, value: &str) -> Result<(), Error> {
    let message = match value {
        "" => "is empty; a part of the path is needed",
        "." | ".." => "is made of dots alone, which leads to another path; give the name or id",
        _ if value.contains('\\') => "holds a backslash, which leads to another path; remove it",
        _ => return Ok(()),
    };
    Err(Error::Invalid(Violations::from(Violation::error(name, "path", message))))
}

/// A body that need not be there, or that is JSON of another media type.
pub trait JsonIf {
    /// Sets the body as JSON, if there is one.
    #[must_use]
    fn json_if<T: Serialize + ?Sized>(self, body: &Option<&T>) -> Self;

    /// Sets the body as JSON that is called `media`, if there is one.
    #[must_use]
    fn json_as<T: Serialize + ?Sized>(self, media: &'static str, body: &Option<&T>) -> Self;
}

impl JsonIf for reqwest::RequestBuilder {
    fn json_if<T: Serialize + ?Sized>(self, body: &Option<&T>) -> Self {
        match body {
            Some(body) => self.json(body),
            None => self,
        }
    }

    fn json_as<T: Serialize + ?Sized>(self, media: &'static str, body: &Option<&T>) -> Self {
        match body {
            // What is set already stays.
            Some(body) => self.header(CONTENT_TYPE, media).json(body),
            None => self,
        }
    }
}

#[cfg(test)]
mod tests;
