//! An answer: what the service said, and what came with it.

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName},
};

/// A successful answer. Dereferences to the typed body.
pub struct Response<T> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
}

impl<T> Response<T> {
    /// Puts an answer together, for tests of code that takes one.
    pub fn new(body: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self { body, status, headers }
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

    /// The id under which the service's support finds the request; from `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

/// Headers are left out: an answer may carry tokens in them.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id that the service gave a request, unless it is blank or no text.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(X_REQUEST_ID)?.to_str().ok().filter(|id| !id.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

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
    fn a_blank_id_is_none() {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", HeaderValue::from_static(" "));
        assert_eq!(Response::new((), StatusCode::OK, headers).request_id(), None);
    }
}
