//! HTTP: connections, limits, and the one way from a request to its answer.
//!
//! ```text
//! listener  socket    → connections, so many at once
//! read      request   → Received, within limits of size and time
//! origin    Received  → refused if a web page might have sent it
//! server    Received  → answer: `pages` of its own, `iam`, or route → auth → checks → behavior
//! ```

mod iam;
pub(crate) mod listener;
mod origin;
mod pages;
mod read;
mod server;

pub(crate) use origin::Hosts;
pub(crate) use server::Server;
pub use server::Strictness;

use http_body_util::Full;
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;

/// An answer as hyper sends it.
pub(crate) type Answer = Response<Full<Bytes>>;

/// Most bytes of a request's body.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// An answer, with JSON if there is a body.
fn answer(status: u16, body: Option<&Value>) -> Answer {
    let bytes = body.map(|body| Bytes::from(body.to_string()));
    let has_body = bytes.is_some();
    let mut answer = Response::new(Full::new(bytes.unwrap_or_default()));
    *answer.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if has_body {
        let json = HeaderValue::from_static("application/json");
        answer.headers_mut().insert(CONTENT_TYPE, json);
    }
    answer
}
