//! What the service, or a gateway in front of it, says when it refuses a request or fails.
//!
//! In: status, headers, body. Out: code, message and request ID, wherever the envelope has them.

mod cut;
pub(crate) mod envelope;

use std::fmt;

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};
use serde_json::Value;

use crate::{
    ErrorCatalog, ErrorEntry,
    clock::Apart,
    outcome::OutcomeNote,
    readable_debug,
    redact::Redactor,
    response,
    text::{OneLine, without_mark, without_tags},
};
use envelope::{first_text, objects};

/// Most characters of the service's own message that `Display` shows.
const MESSAGE_CHARS: usize = 1000;

/// Most characters of a body without a message that `Display` shows.
const BODY_CHARS: usize = 200;

/// An answer that is no success, or one of status 2xx that reports an error: a code, or a message,
/// under a name that is not documented for the answer.
///
/// `Display` is one line such as `400 DCS.4922: The flavor is sold out. Choose another one. (request id
/// 1f…)`: what the service says, and what to do if its code is documented. Of a body without a message
/// it shows at most 200 characters, and so does `Debug`. Where the answer repeats a secret of the
/// call, `[redacted]` stands, also in [`raw_body`](Self::raw_body).
pub struct ServiceError {
    status: StatusCode,
    code: Option<String>,
    entry: Option<&'static ErrorEntry>,
    message: Option<String>,
    detail: Option<String>,
    request_id: Option<String>,
    /// Stands in for a message that there is none of; one line.
    shown: String,
    body: Bytes,
    /// So many bytes of the body were read.
    length: usize,
    is_cut: bool,
    /// How far the clock of this machine is off, if that is why.
    clock: Option<Apart>,
    pub(crate) note: OutcomeNote,
}

impl ServiceError {
    /// Reads an answer; `is_cut` says that there was more of the body than is kept.
    pub(crate) fn new(
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
        is_cut: bool,
        redactor: Redactor<'_>,
    ) -> Self {
        let said = without_mark(&body);
        let json = if is_cut {
            serde_json::from_slice(&cut::closed(said))
        } else {
            serde_json::from_slice(said)
        };
        let json = json.unwrap_or(Value::Null);
        let objects = objects(&json);
        let find = |keys: &[&str]| first_text(&objects, keys).map(|text| redactor.text(&text));
        let code = find(&envelope::CODE);
        let message = find(&envelope::MESSAGE);
        let detail = find(&["error_ext_msg", "errorExtMsg"]);
        let in_header = response::request_id(headers).map(|id| redactor.text(id));
        let request_id = in_header.or_else(|| find(&["request_id", "requestId"]));
        let shown = match message {
            Some(_) => String::new(),
            None => shown(status, said, is_cut, redactor),
        };
        let (length, body) = (body.len(), redactor.body(body, is_cut));
        Self {
            status,
            code,
            entry: None,
            message,
            detail,
            request_id,
            shown,
            body,
            length,
            is_cut,
            clock: None,
            note: OutcomeNote::Elsewhere,
        }
    }

    /// The same with what the service's catalogue knows of its code.
    pub(crate) fn explained(mut self, catalog: ErrorCatalog) -> Self {
        self.entry = self.code.as_deref().and_then(|code| catalog.find(code));
        self
    }

    /// The same with how far the clock of this machine is off, if that is why.
    pub(crate) fn for_clock(mut self, clock: Option<Apart>) -> Self {
        self.clock = clock;
        self
    }

    /// The status: some 4xx or 5xx, or a redirect, for none is followed; a 2xx if the body reports an
    /// error all the same.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The service's code, such as `DCS.4922` or `APIGW.0301`; numbers as their text.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What is documented of the code, if anything is.
    pub fn known(&self) -> Option<&'static ErrorEntry> {
        self.entry
    }

    /// What to do about the code, if it is documented: a sentence or two.
    pub fn advice(&self) -> Option<&'static str> {
        self.entry.map(|entry| entry.advice).filter(|advice| !advice.is_empty())
    }

    /// The service's message.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// What the service adds to its message; most services never do.
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// The id under which the service's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The body as it came, of which at most 1 MiB is kept, but for secrets of the call. It may hold
    /// anything else, also what is a secret of others: keep it out of logs.
    pub fn raw_body(&self) -> &[u8] {
        &self.body
    }

    /// Was there more of the body than [`raw_body`](Self::raw_body) holds, because it was too long
    /// or broke off?
    pub fn is_body_cut(&self) -> bool {
        self.is_cut
    }

    /// Did a gateway answer, so that the service may have carried the request out all the same, or do
    /// status and body contradict each other?
    pub(crate) fn is_unknown_outcome(&self) -> bool {
        let by_gateway =
            matches!(self.status, StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT);
        by_gateway
            || self.status.is_success()
            || (self.status.is_server_error() && self.code.is_none())
    }

    /// What the service says, in its own words.
    pub(crate) fn words(&self) -> String {
        let [message, detail] = [self.message(), self.detail()].map(Option::unwrap_or_default);
        format!("{message} {detail}")
    }

    /// Is it a matter of time: by the status, or by the code?
    pub(crate) fn is_retryable(&self) -> bool {
        matches!(self.status.as_u16(), 429 | 502 | 503 | 504)
            || self.entry.is_some_and(|entry| entry.is_retryable)
    }

    fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(message) = &self.message {
            write!(f, "{}", OneLine(message, MESSAGE_CHARS))?;
            if let Some(detail) = &self.detail {
                write!(f, "; {}", OneLine(detail, MESSAGE_CHARS))?;
            }
            return Ok(());
        }
        f.write_str(&self.shown)
    }
}

/// Behind what the service says.
impl ServiceError {
    fn write_advice(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = self.clock.map(|clock| clock.to_string());
        let is_open = self.note == OutcomeNote::Unknown && self.is_unknown_outcome();
        let outcome = is_open.then_some("The outcome is unknown: look before sending it again.");
        let text = self.detail.as_deref().filter(|_| self.message.is_some());
        let text = text.or(self.message.as_deref()).unwrap_or(&self.shown).trim_end();
        let mut end = if text.ends_with(['.', '!', '?', '。', '…']) { "" } else { "." };
        // A clock that is known to differ is the cause, and the catalog of codes can only guess.
        let advice = clock.as_deref().or_else(|| self.advice());
        for sentence in [advice, outcome].into_iter().flatten() {
            write!(f, "{end} {sentence}")?;
            end = "";
        }
        Ok(())
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        let before_code = if self.status.is_success() {
            f.write_str(", but the response reports an error")?;
            ": "
        } else {
            " "
        };
        if let Some(code) = &self.code {
            write!(f, "{before_code}{}", OneLine(code, BODY_CHARS))?;
        }
        f.write_str(": ")?;
        self.write_text(f)?;
        self.write_advice(f)?;
        if self.is_cut {
            write!(f, " (only {} bytes of the body were read)", self.length)?;
        }
        match &self.request_id {
            Some(id) => write!(f, " (request id {})", OneLine(id, BODY_CHARS)),
            None => Ok(()),
        }
    }
}

readable_debug!(ServiceError);

impl std::error::Error for ServiceError {}

/// The text without its status, which is told already, and without what a page says in its title and
/// again in its first heading.
fn unrepeated(text: &str, status: StatusCode) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let longest = words.len() / 2;
    let is_twice = |length: &usize| words[..*length] == words[*length..2 * *length];
    let twice = (2..=longest).rev().find(is_twice).unwrap_or(0);
    let words = &words[twice..];
    let rest = match words {
        [first, rest @ ..] if !rest.is_empty() && *first == status.as_str() => rest,
        words => words,
    };
    rest.join(" ")
}

/// What is said of an answer without a message.
fn shown(status: StatusCode, body: &[u8], is_cut: bool, redactor: Redactor<'_>) -> String {
    if status.is_redirection() {
        return "redirects are not followed; check the endpoint".to_owned();
    }
    let body = String::from_utf8_lossy(body);
    let body = body.trim();
    if body.is_empty() {
        return status.canonical_reason().unwrap_or("no message").to_owned();
    }
    let body = if is_cut { redactor.cut_text(body) } else { redactor.text(body) };
    let body = if body.starts_with('<') { redactor.text(&without_tags(&body)) } else { body };
    OneLine(&unrepeated(&body, status), BODY_CHARS).to_string()
}

#[cfg(test)]
mod tests;
