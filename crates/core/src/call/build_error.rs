//! Why a request could not be built. In: errors of the parts of a request. Out: [`BuildError`],
//! which becomes an [`Error`] where the call is sent.

use std::fmt;

use reqwest::header::InvalidHeaderValue;

use crate::Error;

/// A request as a generated function puts it together; nothing is sent.
pub type Built = Result<reqwest::Request, BuildError>;

/// Why there is no request.
pub enum BuildError {
    /// A value does not fit into a header.
    Header(InvalidHeaderValue),
    /// The address, the query or the body has no form on the wire.
    Request(reqwest::Error),
}

impl From<InvalidHeaderValue> for BuildError {
    fn from(error: InvalidHeaderValue) -> Self {
        Self::Header(error)
    }
}

impl From<reqwest::Error> for BuildError {
    fn from(error: reqwest::Error) -> Self {
        Self::Request(error)
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::Header(error) => Self::request(error.to_string()),
            BuildError::Request(error) => Self::transport(error, None, None),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request cannot be built: ")?;
        match self {
            Self::Header(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

crate::readable_debug!(BuildError);

impl std::error::Error for BuildError {}
