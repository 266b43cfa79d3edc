//! Why a request could not be signed.

use std::fmt;

/// Why a request could not be signed. Nothing of a value is shown.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// A header that every signature covers is not there: `Host` or `X-Sdk-Date`.
    MissingHeader(&'static str),
    /// A header of this name is there more than once; which one counts is not defined.
    RepeatedHeader(String),
    /// The name is empty or holds what no name can.
    HeaderName(String),
    /// The value of this header holds a line break, which would be read as another header.
    HeaderValue(String),
    /// `X-Sdk-Date` is not of the form `20260131T235959Z`.
    Date,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader(name) => write!(f, "no header {name}: give it, it is signed"),
            Self::RepeatedHeader(name) => {
                write!(f, "more than one header {name}: give one, with all values in it")
            }
            Self::HeaderName(name) => {
                write!(f, "{name:?} is not a valid header name: use letters, digits and hyphens")
            }
            Self::HeaderValue(name) => {
                write!(f, "the header {name} holds a line break: remove it")
            }
            Self::Date => f.write_str(
                "the header X-Sdk-Date is no moment of the form 20260131T235959Z, in UTC",
            ),
        }
    }
}

crate::readable_debug!(SignError);

impl std::error::Error for SignError {}
