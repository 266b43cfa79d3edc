//! What an attempt received. In: a response. Out: an undecoded success, and the error
//! if it cannot be decoded.

use bytes::Bytes;
use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderValue},
};

use crate::{DecodeError, Error, error::Misfit, redact::Redactor};

/// Longest body of a success that is read, in bytes.
pub(super) const LONGEST_SUCCESS: usize = 64 << 20;

/// Longest body of a failure that is read, in bytes.
pub(super) const LONGEST_FAILURE: usize = 1 << 20;

/// A success with its body as it came.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Sensitive headers of the request.
    pub(super) sent: Vec<HeaderValue>,
}

pub(super) fn misfit_error(
    status: StatusCode,
    headers: &HeaderMap,
    body: Bytes,
    misfit: Misfit,
    redactor: Redactor<'_>,
) -> Error {
    Error::Decode(Box::new(DecodeError::new(status, headers, body, misfit, redactor)))
}
