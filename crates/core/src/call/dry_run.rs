//! A call up to the point of sending. In: a built request. Out: the request that would
//! be sent, without its secrets. Nothing is sent.

use std::fmt;

use reqwest::Request;

use super::{Built, Ready};
use crate::{Error, secret};

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
    #[inline]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The whole URL.
    #[inline]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Names, in lower case, and values.
    #[inline]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The body as JSON, if there is one.
    #[inline]
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// What would leave: the request as an attempt would send it, with the body as it may be shown.
    ///
    /// # Errors
    ///
    /// It cannot be put together.
    #[inline]
    pub(super) fn new(
        ready: &Ready,
        request: Built,
        body: serde_json::Result<Option<String>>,
    ) -> Result<Self, Error> {
        let mut request = request?;
        ready.prepare(&mut request, tokio::time::Instant::now());
        let now = ready.context().settings().link.clock.now();
        ready.authorize(&mut request, now).map_err(Error::request)?;
        let body = body.map_err(|error| Error::request(error.to_string()))?;
        Ok(Self { body, ..Self::of(&request) })
    }

    /// What is known before the body is.
    #[inline]
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
    #[inline]
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
