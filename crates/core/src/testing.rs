//! Clients that send nothing. In: responses, or a recording of some. Out: a client like any
//! other, for the tests of a program: it validates, signs, retries and decodes, and opens no socket.
//!
//! [`Mock`] responds as a test defines, call by call; [`Recording`] is what a real service once responded, and
//! [`Replay`] responds with it again.

mod expectation;
mod har;
mod mock;
mod recorder;
mod recording;
mod replay;
mod sent;

use std::sync::Arc;

use reqwest::{Request, Response};

pub use expectation::Expectation;
pub use mock::{Mock, Unmet};
pub use recorder::Recorder;
pub use recording::{Recorded, Recording, RecordingError};
pub use replay::Replay;
pub use sent::Sent;

use crate::{Credentials, Secret, ServiceClient, redact::Redactor};

/// A text that was answered, with `[redacted]` in place of these secrets, however they are written in it: whoever
/// records what a stranger says does not know what it repeats.
pub fn redacted(text: &str, secrets: &[Secret]) -> String {
    Redactor::knowing(secrets).text(text)
}

/// What stands in the place of the network.
pub(crate) trait Stage: Send + Sync {
    /// The answer to a request of an operation.
    fn answer(&self, sent: Sent) -> Answer;
}

/// An answer that nobody sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether the body breaks off.
    pub(crate) breaks_off: bool,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self { status, headers, body: body.to_string().into_bytes(), breaks_off: false }
    }

    /// Nobody knows what to answer. It is no status that is tried again.
    pub(crate) fn unknown(message: &str) -> Self {
        let body = serde_json::json!({"error_code": "TESTING.0001", "error_msg": message});
        Self::json(501, &body)
    }

    fn response(self) -> Response {
        let body = match self.breaks_off {
            true => reqwest::Body::wrap_stream(Broken),
            false => reqwest::Body::from(self.body),
        };
        let mut response = http::Response::new(body);
        // What is no status is told as a failure of the server.
        *response.status_mut() = reqwest::StatusCode::from_u16(self.status)
            .unwrap_or(reqwest::StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            let name = reqwest::header::HeaderName::try_from(name);
            let value = reqwest::header::HeaderValue::try_from(value);
            if let (Ok(name), Ok(value)) = (name, value) {
                response.headers_mut().append(name, value);
            }
        }
        Response::from(response)
    }
}

/// A body that ends before it is over.
struct Broken;

impl futures_core::Stream for Broken {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let broken = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "it breaks off");
        std::task::Poll::Ready(Some(Err(broken)))
    }
}

/// Answers in the place of the network.
pub(crate) fn respond(stage: &dyn Stage, operation: &'static str, request: &Request) -> Response {
    stage.answer(Sent::of(operation, request)).response()
}

/// The project and the account of clients that send nothing.
const NOBODY: &str = "00000000000000000000000000000000";

/// A client before a stage.
pub(crate) fn builder<C: ServiceClient>(stage: Arc<dyn Stage>) -> crate::ClientBuilder<C> {
    C::builder()
        .endpoint("http://testing.invalid")
        .allow_http(true)
        .project_id(NOBODY)
        .domain_id(NOBODY)
        .environment(|_| None)
        .credentials(Credentials::new("TESTING-ACCESS-KEY", "testing-secret-key"))
        .journal(crate::MemoryJournal::new())
        .before(stage)
}
