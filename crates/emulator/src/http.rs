//! HTTP: connections, limits, and the one way from a request to its answer.
//!
//! ```text
//! listener  socket    → connections, so many at once
//! read      request   → Received, within limits of size and time
//! (Hosts)   Received  → refused if a page of another site might have sent it
//! server    Received  → answer: `explorer`, `admin`'s own pages, or a call, which may go wrong on purpose (`troubled`)
//! dispatch  call      → `iam`, `metadata`, or route → auth → checks → behavior
//! source    call      → the same from a recording, or from the real service
//! reports   processes that ended → the state after it
//! ```

mod body;
mod dispatch;
mod downloads;
mod explorer;
mod iam;
pub(crate) mod listener;
mod metadata;
mod read;
pub(crate) mod reports;
mod server;
mod source;
mod troubled;

pub(crate) use body::{AnswerBody, Broken};
pub(crate) use huaweicloud_explorer::Hosts;
pub(crate) use read::Received;
pub use server::Strictness;
pub(crate) use server::{Parts, Server};
pub(crate) use source::Source;

use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;

/// An answer as hyper sends it.
pub(crate) type Answer = Response<AnswerBody>;

/// Most bytes of a request's body.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// An answer, with JSON if there is a body.
pub(crate) fn answer(status: u16, body: Option<&Value>) -> Answer {
    match body {
        Some(body) => typed(status, "application/json", body.to_string()),
        None => bare(status, Bytes::new()),
    }
}

/// An answer of some media type.
pub(crate) fn typed(status: u16, media: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = bare(status, body.into());
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    answer
}

fn bare(status: u16, body: Bytes) -> Answer {
    let mut answer = Response::new(AnswerBody::from(body));
    *answer.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer
}
