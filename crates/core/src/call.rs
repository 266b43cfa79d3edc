//! A call: from its beginning, through what progenitor's operations return, to one answer or one
//! error.
//!
//! In: the result of a raw operation, which hands over any 2xx as a stream and all else as an
//! unread response. Out: [`Response`] or [`Error`], with every body read up to a limit.

mod dry_run;
mod ready;

use bytes::Bytes;
use progenitor_client::{ByteStream, ResponseValue};
use reqwest::{StatusCode, header::HeaderMap};
use serde::Serialize;

use crate::{
    DecodeError, Error, Response, ServiceError, TransportError, Violation, Violations,
    body::{Collected, collect},
    error::Misfit,
    lenient::Lenient,
    redact::Redactor,
};

pub(crate) use dry_run::Recorder;
pub use dry_run::{DryRun, Prepared};
pub use ready::Ready;

/// Longest body of a success that is read, in bytes.
const LONGEST_SUCCESS: usize = 64 << 20;

/// Longest body of a failure that is read, in bytes.
const LONGEST_FAILURE: usize = 1 << 20;

/// What a raw operation returns.
pub type RawResult = Result<ResponseValue<ByteStream>, progenitor_client::Error<()>>;

/// Reads the answer of an operation that has one. An empty body is an empty list or map, or a
/// structure without fields, if the type allows it.
///
/// # Errors
///
/// All of [`Error`] that can happen once a request is valid.
pub async fn read<T: Lenient>(ready: &Ready, result: RawResult) -> Result<Response<T>, Error> {
    let redactor = ready.redactor();
    let Answer { status, headers, body } = read_body(result, redactor).await?;
    match decode(&body) {
        Ok(value) => Ok(Response::new(value, status, headers)),
        Err(misfit) => Err(misfit_error(status, &headers, body, misfit, redactor)),
    }
}

/// Reads the answer of an operation that may have none: an empty body is none.
///
/// # Errors
///
/// As [`read`].
pub async fn read_optional<T: Lenient>(
    ready: &Ready,
    result: RawResult,
) -> Result<Response<Option<T>>, Error> {
    read(ready, result).await
}

/// Reads the answer of an operation that has none; a body is ignored.
///
/// # Errors
///
/// As [`read`], without [`Error::Decode`].
pub async fn read_empty(ready: &Ready, result: RawResult) -> Result<Response<()>, Error> {
    let value = accept(result, ready.redactor()).await?;
    Ok(Response::new((), value.status(), value.headers().clone()))
}

/// Authorizes a request and sends it, once.
///
/// # Errors
///
/// Those of the HTTP client; [`read`] sorts them.
pub async fn execute(
    ready: &Ready,
    mut request: reqwest::Request,
) -> reqwest::Result<reqwest::Response> {
    let http = ready.context().http();
    ready.prepare(&mut request);
    if let Err(problem) = ready.authorize(&mut request) {
        // The only way to an error of that type: building it fails with these words.
        request = http.get(request.url().clone()).json(&Unsendable(&problem)).build()?;
    }
    if let Some(recorder) = ready.context().recorder() {
        recorder.keep(&request);
        // Whoever records takes the request, and drops this.
        return std::future::pending().await;
    }
    http.execute(request).await
}

/// Cannot be written as JSON, and says why.
struct Unsendable<'a>(&'a str);

impl Serialize for Unsendable<'_> {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom(self.0))
    }
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

/// A body that need not be there.
pub trait JsonIf {
    /// Sets the body as JSON, if there is one.
    #[must_use]
    fn json_if<T: Serialize + ?Sized>(self, body: &Option<&T>) -> Self;
}

impl JsonIf for reqwest::RequestBuilder {
    fn json_if<T: Serialize + ?Sized>(self, body: &Option<&T>) -> Self {
        match body {
            Some(body) => self.json(body),
            None => self,
        }
    }
}

/// A success with its body as it came.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

async fn read_body(result: RawResult, redactor: Redactor<'_>) -> Result<Answer, Error> {
    let value = accept(result, redactor).await?;
    let (status, headers) = (value.status(), value.headers().clone());
    let Collected { body, is_cut, broken } =
        collect(value.into_inner_stream(), LONGEST_SUCCESS).await;
    if let Some(error) = broken {
        let error = TransportError::in_body(error, status, &headers, redactor);
        return Err(Error::Interrupted(error));
    }
    if is_cut {
        let misfit = Misfit::TooLong { limit: LONGEST_SUCCESS };
        return Err(misfit_error(status, &headers, Bytes::new(), misfit, redactor));
    }
    Ok(Answer { status, headers, body })
}

/// A success, its body still unread; everything else becomes an error.
async fn accept(
    result: RawResult,
    redactor: Redactor<'_>,
) -> Result<ResponseValue<ByteStream>, Error> {
    use progenitor_client::Error as Raw;

    match result {
        Ok(value) => Ok(value),
        Err(Raw::UnexpectedResponse(response)) if response.status().is_success() => {
            Ok(ResponseValue::stream(response))
        }
        Err(Raw::UnexpectedResponse(response)) => Err(refused(response, redactor).await),
        Err(
            Raw::CommunicationError(error)
            | Raw::InvalidUpgrade(error)
            | Raw::ResponseBodyError(error),
        ) => Err(Error::transport(error)),
        Err(Raw::InvalidRequest(message) | Raw::Custom(message)) => Err(Error::request(message)),
        // The last two never come of an operation whose answers are streams.
        Err(Raw::ErrorResponse(value)) => {
            let (status, headers) = (value.status(), value.headers());
            let error = ServiceError::new(status, headers, Bytes::new(), false, redactor);
            Err(Error::Service(Box::new(error)))
        }
        Err(Raw::InvalidResponsePayload(body, source)) => {
            let misfit = Misfit::Json { path: ".".to_owned(), source };
            Err(misfit_error(StatusCode::OK, &HeaderMap::new(), body, misfit, redactor))
        }
    }
}

/// What the service said instead of a success; what can be read of it counts, even if it breaks
/// off.
async fn refused(response: reqwest::Response, redactor: Redactor<'_>) -> Error {
    let value = ResponseValue::stream(response);
    let (status, headers) = (value.status(), value.headers().clone());
    let Collected { body, is_cut, broken } =
        collect(value.into_inner_stream(), LONGEST_FAILURE).await;
    let error = ServiceError::new(status, &headers, body, is_cut || broken.is_some(), redactor);
    Error::Service(Box::new(error))
}

fn misfit_error(
    status: StatusCode,
    headers: &HeaderMap,
    body: Bytes,
    misfit: Misfit,
    redactor: Redactor<'_>,
) -> Error {
    Error::Decode(Box::new(DecodeError::new(status, headers, body, misfit, redactor)))
}

/// An empty body is taken for `null`, then for `{}`.
fn decode<T: Lenient>(body: &[u8]) -> Result<T, Misfit> {
    if body.trim_ascii().is_empty() {
        return parse(b"null").or_else(|_| parse(b"{}"));
    }
    parse(body)
}

fn parse<T: Lenient>(json: &[u8]) -> Result<T, Misfit> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let mut track = serde_path_to_error::Track::new();
    let value = T::lenient(serde_path_to_error::Deserializer::new(&mut reader, &mut track))
        .map_err(|source| Misfit::Json { path: track.path().to_string(), source })?;
    let end = reader.end();
    end.map_err(|source| Misfit::Json { path: ".".to_owned(), source })?;
    Ok(value)
}

#[cfg(test)]
mod tests;
