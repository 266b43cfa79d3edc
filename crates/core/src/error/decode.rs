//! A success whose body does not match the documented type.

use std::fmt;

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

use crate::{readable_debug, redact::Redactor, response, text::OneLine};

/// Most characters of a reason that `Display` shows.
const SHOWN_CHARS: usize = 200;

/// An answer that reports success, but whose body could not be read.
///
/// `Debug` and `Display` do not show the body; see [`raw_body`](Self::raw_body). Where the answer
/// repeats a secret of the call, `[redacted]` stands.
pub struct DecodeError {
    status: StatusCode,
    request_id: Option<String>,
    body: Bytes,
    misfit: Misfit,
}

/// What does not fit.
pub(crate) enum Misfit {
    /// A value, or the JSON as such.
    Json { path: String, source: serde_json::Error },
    /// The body is larger than the limit, in bytes; nothing of it is kept.
    TooLong { limit: usize },
}

impl Misfit {
    fn redacted(self, redactor: Redactor<'_>) -> Self {
        let Self::Json { path, source } = self else { return self };
        let reason = source.to_string();
        let source = if redactor.is_in(&reason) {
            serde::de::Error::custom(redactor.text(&reason))
        } else {
            source
        };
        Self::Json { path: redactor.text(&path), source }
    }
}

impl DecodeError {
    pub(crate) fn new(
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
        misfit: Misfit,
        redactor: Redactor<'_>,
    ) -> Self {
        let request_id = response::request_id(headers).map(|id| redactor.text(id));
        let body = redactor.kept(body);
        Self { status, request_id, body, misfit: misfit.redacted(redactor) }
    }

    /// The status; some 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The id under which the service's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Where in the body the value stands that does not fit, such as `instances[0].port`;
    /// nothing when it is the body as a whole.
    pub fn path(&self) -> Option<&str> {
        match &self.misfit {
            Misfit::Json { path, .. } if path != "." => Some(path),
            _ => None,
        }
    }

    /// The body as it came, of which at most 1 MiB is kept, but for secrets of the call; empty when it
    /// was too long to be read. It may hold anything else, also what is a secret of others: keep it
    /// out of logs.
    pub fn raw_body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, but the response cannot be decoded", self.status.as_u16())?;
        if let Some(path) = self.path() {
            write!(f, " at {path}")?;
        }
        match &self.misfit {
            Misfit::Json { .. } if self.body.trim_ascii().is_empty() => {
                f.write_str(": it is empty")?
            }
            Misfit::Json { source, .. } => {
                let reason = source.to_string();
                let reason = OneLine(&reason, SHOWN_CHARS);
                if source.is_syntax() || source.is_eof() {
                    write!(f, ": it is not JSON ({reason})")?;
                } else {
                    write!(f, ": {reason}")?;
                }
            }
            Misfit::TooLong { limit } => write!(f, ": it is longer than {} MiB", limit >> 20)?,
        }
        match &self.request_id {
            Some(id) => write!(f, " (request id {})", OneLine(id, SHOWN_CHARS)),
            None => Ok(()),
        }
    }
}

readable_debug!(DecodeError);

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.misfit {
            Misfit::Json { source, .. } => Some(source),
            Misfit::TooLong { .. } => None,
        }
    }
}
