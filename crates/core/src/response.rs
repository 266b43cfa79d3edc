//! A response: the decoded value, and what came with it.

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};

use crate::{call::DocumentedHeaders, redact::Redactor, secret::REDACTED};

/// A successful answer. Dereferences to the typed body. `H` is what the operation documents of its headers,
/// if it documents any.
pub struct Response<T, H = ()> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
    documented: H,
}

impl<T> Response<T> {
    /// Puts an answer together, for tests of code that takes one.
    pub fn new(body: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self { body, status, headers, documented: () }
    }

    /// Reads the headers that are documented.
    #[must_use]
    pub fn with_headers<H: DocumentedHeaders>(self) -> Response<T, H> {
        let Self { body, status, headers, .. } = self;
        let documented = H::read(&headers);
        Response { body, status, headers, documented }
    }
}

impl<T, H> Response<T, H> {
    /// The headers that the operation documents, as typed values.
    pub fn documented_headers(&self) -> &H {
        &self.documented
    }

    /// The typed body alone.
    pub fn into_inner(self) -> T {
        self.body
    }

    /// The status; some 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// All headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id under which the service's support finds the request; from `X-Request-Id`. Of an answer of the
    /// service, `[redacted]` if it holds a secret of the call.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

impl<T, H> Deref for Response<T, H> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T, H> DerefMut for Response<T, H> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

/// Headers are left out: an answer may carry tokens in them.
impl<T: fmt::Debug, H> fmt::Debug for Response<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Takes secrets out of the id that the service gave a request.
pub(crate) fn clean(headers: &mut HeaderMap, redactor: Redactor<'_>) {
    let Some(id) = request_id(headers) else { return };
    if redactor.is_in(id) {
        headers.insert(X_REQUEST_ID, HeaderValue::from_static(REDACTED));
    }
}

/// The id that the service gave a request, unless it is blank or no text.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(X_REQUEST_ID)?.to_str().ok().filter(|id| !id.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_came() {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", HeaderValue::from_static("r-1"));
        headers.insert("x-subject-token", HeaderValue::from_static("hunter2"));
        let mut response = Response::new(vec![1], StatusCode::ACCEPTED, headers);
        response.push(2);
        assert_eq!((response.len(), response.request_id()), (2, Some("r-1")));
        assert_eq!((response.status().as_u16(), response.headers().len()), (202, 2));
        assert_eq!(
            format!("{response:?}"),
            r#"Response { status: 202, request_id: Some("r-1"), body: [1, 2], .. }"#
        );
        assert_eq!(response.into_inner(), [1, 2]);
    }

    #[test]
    fn a_body_that_may_be_none() {
        let with = Response::new(Some(vec![1]), StatusCode::OK, HeaderMap::new());
        assert_eq!(with.as_deref(), Some(&[1][..]));
        assert_eq!(with.into_inner(), Some(vec![1]));
        let mut without = Response::new(None, StatusCode::NO_CONTENT, HeaderMap::new());
        assert!(without.is_none() && without.take().is_none_or(|one: i32| one == 0));
        assert_eq!(
            format!("{without:?}"),
            "Response { status: 204, request_id: None, body: None, .. }"
        );
    }

    #[test]
    fn secrets_in_an_id_are_taken_out() {
        let cleaned = |secret: &str, id: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-request-id", HeaderValue::from_str(id).unwrap());
            clean(&mut headers, Redactor::new(secret));
            let response = Response::new((), StatusCode::OK, headers);
            (format!("{response:?}"), response.request_id().map(str::to_owned))
        };
        let usual = "1f00aa00-1f00-1f00-1f00-1f00aa001f00";
        assert_eq!(cleaned("hunter2/token", usual).1.as_deref(), Some(usual));
        for (secret, id) in [
            ("hunter2/token", "r hunter2/token"),
            ("hunter2/token", "r-hunter2%2Ftoken"),
            ("hunter2/token", "aHVudGVyMi90b2tlbg=="),
            ("1f00aa001f00", usual),
            ("hunter2/token/16", "68756e746572322f746f6b656e2f3136"),
        ] {
            let (debug, id) = cleaned(secret, id);
            assert_eq!(id.as_deref(), Some("[redacted]"));
            assert!(debug.contains("[redacted]") && !debug.contains("hunter2"), "{debug}");
        }
    }

    #[test]
    fn a_blank_id_is_none() {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", HeaderValue::from_static(" "));
        assert_eq!(Response::new((), StatusCode::OK, headers).request_id(), None);
    }
}
