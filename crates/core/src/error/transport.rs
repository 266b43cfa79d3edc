//! Failures before there was a response: when building a request, and in transport.

use std::{error::Error as StdError, fmt, io, iter, time::Duration};

use reqwest::{StatusCode, header::HeaderMap};

use super::advice::Advice;
use crate::{
    causes::{below, innermost},
    outcome::OutcomeNote,
    readable_debug,
    redact::Redactor,
    response,
};

/// Why a request could not be put together.
pub struct RequestError {
    message: String,
    source: Option<reqwest::Error>,
}

impl RequestError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }
}

impl From<reqwest::Error> for RequestError {
    fn from(error: reqwest::Error) -> Self {
        Self { message: innermost(&error).to_string(), source: Some(error) }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for RequestError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}

/// How the way to the service, or the way back, failed.
pub struct TransportError {
    source: reqwest::Error,
    /// Seldom there; in a box, so that errors are small.
    limit: Option<Box<Limit>>,
    /// What to do about it; seldom there, too.
    advice: Option<Box<Advice>>,
    status: Option<StatusCode>,
    request_id: Option<String>,
    pub(super) note: OutcomeNote,
}

readable_debug!(RequestError, TransportError);

/// A time that was over; which setting it is, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Connect {
        time: Duration,
    },
    Attempt {
        time: Duration,
    },
    /// What is `left` of the time for a whole call when an attempt begins.
    Call {
        left: Duration,
        of: Duration,
    },
}

impl Limit {
    /// What an attempt gets of it.
    pub(crate) fn time(self) -> Duration {
        match self {
            Self::Connect { time } | Self::Attempt { time } | Self::Call { left: time, .. } => time,
        }
    }
}

impl TransportError {
    /// A failure before the status of an answer was seen.
    pub(crate) fn new(mut source: reqwest::Error) -> Self {
        // A query may hold what is secret, and says nothing of the way.
        if let Some(url) = source.url_mut() {
            url.set_query(None);
        }
        let note = OutcomeNote::Unknown;
        Self { source, limit: None, advice: None, status: None, request_id: None, note }
    }

    /// A failure in the body of an answer.
    pub(crate) fn in_body(
        source: reqwest::Error,
        status: StatusCode,
        headers: &HeaderMap,
        redactor: Redactor<'_>,
    ) -> Self {
        let request_id = response::request_id(headers).map(|id| redactor.text(id));
        Self { status: Some(status), request_id, ..Self::new(source) }
    }

    /// The same, if time ran out, with the limit that was reached.
    pub(crate) fn within(mut self, limit: Option<Limit>) -> Self {
        self.limit = limit.filter(|_| self.is_timeout()).map(Box::new);
        self
    }

    /// The same with what to do about it.
    pub(crate) fn advised(mut self, advice: Option<Advice>) -> Self {
        self.advice = advice.map(Box::new);
        self
    }

    /// The status, if the answer broke off after it.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The id under which the service's support finds the request, if the answer broke off after
    /// it.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Will it be the same in a moment? So it is when a certificate is not trusted, or what answers
    /// speaks no TLS.
    pub(crate) fn is_lasting(&self) -> bool {
        let mut causes = iter::successors(Some(&self.source as _), |error| below(*error));
        causes.any(|error| {
            let error = error.downcast_ref::<io::Error>();
            error.is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
        })
    }

    /// Did time run out?
    pub fn is_timeout(&self) -> bool {
        self.source.is_timeout()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(status) = self.status {
            write!(f, "the response with status {} was cut off: ", status.as_u16())?;
        }
        match &self.limit {
            Some(limit) => write!(f, "{limit}")?,
            None => write!(f, "{}", innermost(&self.source))?,
        }
        if let Some(url) = self.source.url() {
            write!(f, " ({url})")?;
        }
        if let Some(advice) = &self.advice {
            write!(f, "; {advice}")?;
        }
        match &self.request_id {
            Some(id) => write!(f, " (request id {id})"),
            None => Ok(()),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, setter, time) = match self {
            Self::Connect { time } => ("connecting", "connect_timeout", time),
            Self::Attempt { time } => ("one attempt", "attempt_timeout", time),
            Self::Call { of, .. } => ("the whole call", "timeout", of),
        };
        write!(f, "the time for {what} is over ({setter} is {time:?})")
    }
}
