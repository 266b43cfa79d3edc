//! A call up to the point of sending. In: a client and a call of it. Out: the request that would
//! leave, without its secrets; nothing leaves.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};

use reqwest::Request;
use serde::Serialize;

use crate::{Context, Error, secret};

/// A request that is ready to be sent, and was not.
///
/// It is complete: checked, authorized, with all its headers but those that belong to a connection.
/// Secrets are not in it: `[redacted]` stands in place of tokens, signatures and passwords. So its
/// body may be of another length than the one that would be sent.
///
/// `Display` shows it as it would go over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

impl Prepared {
    /// The method, such as `POST`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The whole URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Names, in lower case, and values.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The body as JSON, if there is one.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// What is known before the body is.
    fn of(request: &Request) -> Self {
        let headers = request.headers().iter().map(|(name, value)| {
            let shown = match value.to_str() {
                Ok(text) if !value.is_sensitive() => text,
                _ => secret::REDACTED,
            };
            (name.as_str().to_owned(), shown.to_owned())
        });
        Self {
            method: request.method().to_string(),
            url: request.url().to_string(),
            headers: headers.collect(),
            body: None,
        }
    }
}

impl fmt::Display for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.method, self.url)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        match &self.body {
            Some(body) => write!(f, "\n{body}"),
            None => Ok(()),
        }
    }
}

/// Where the request of a dry run ends up.
#[derive(Clone, Default)]
pub(crate) struct Recorder {
    kept: Arc<Mutex<Option<Prepared>>>,
}

impl Recorder {
    /// Keeps a request in place of sending it.
    pub(super) fn keep(&self, request: &Request) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Prepared::of(request));
    }

    fn take(&self) -> Option<Prepared> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A dry run of one call.
#[doc(hidden)]
pub struct DryRun {
    context: Context,
    recorder: Recorder,
    body: serde_json::Result<Option<String>>,
}

impl DryRun {
    /// For a client, and the body of the call if it has one.
    pub fn new<T: Serialize>(context: &Context, body: Option<&T>) -> Self {
        let recorder = Recorder::default();
        let context = context.recording(recorder.clone());
        Self { context, recorder, body: body.map(secret::masked_json).transpose() }
    }

    /// What the call is made with, so that it sends nothing.
    pub fn context(&self) -> Context {
        self.context.clone()
    }

    /// Makes the call, until its request is there.
    ///
    /// # Errors
    ///
    /// What comes before sending: the request is not valid, cannot be put together, or nobody knows
    /// for whom it is.
    pub async fn of<T>(
        self,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<Prepared, Error> {
        let mut call = pin!(call);
        let prepared = poll_fn(|context| {
            let end = call.as_mut().poll(context);
            match (self.recorder.take(), end) {
                (Some(prepared), _) => Poll::Ready(Ok(prepared)),
                (None, Poll::Ready(Err(error))) => Poll::Ready(Err(error)),
                (None, Poll::Ready(Ok(_))) => {
                    Poll::Ready(Err(Error::request("the call has no request")))
                }
                (None, Poll::Pending) => Poll::Pending,
            }
        });
        let prepared = prepared.await?;
        let body = self.body.map_err(|error| Error::request(error.to_string()))?;
        Ok(Prepared { body, ..prepared })
    }
}
