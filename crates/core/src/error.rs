//! What can go wrong with a call, sorted by what the caller can do about it.

mod config;
mod decode;
mod transport;

use std::fmt;

use reqwest::StatusCode;

pub use config::ConfigError;
pub use decode::DecodeError;
pub(crate) use decode::Misfit;
pub(crate) use transport::innermost;
pub use transport::{RequestError, TransportError};

use crate::{CredentialsError, ServiceError, Violations};

/// Why a client could not be built or a call failed.
///
/// Displays as one line that says what happened and what to do, except that several
/// [`Violations`] take a line each.
///
/// No `Display`, `Debug`, message or source holds the credentials of the client (tokens, the secret
/// key, signatures), even if a server repeats them, as they were sent or with their slashes escaped:
/// `[redacted]` stands there. Nor does what this crate says by itself hold a secret of a request. But
/// what a server says is shown, and other secrets in it are not known here: one that repeats a
/// password of the request in its message has it in the error.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client could not be built; everything missing or wrong is listed.
    Config(ConfigError),
    /// Nobody knows for whom the call is: there are no credentials, or no project id. Each place
    /// that was asked is listed. Nothing was sent to the service.
    Credentials(Box<CredentialsError>),
    /// The request breaks documented rules. Nothing was sent.
    Invalid(Violations),
    /// The request could not be put together. Nothing was sent.
    Request(RequestError),
    /// No connection came about. Nothing was sent: the call may be repeated.
    Connect(TransportError),
    /// Time ran out or the connection broke after the request may have left. Whether it was
    /// carried out is unknown: look before sending it again.
    Interrupted(TransportError),
    /// The service, or a gateway before it, refused the request or failed.
    Service(Box<ServiceError>),
    /// The service reported success, but its answer could not be read.
    Decode(Box<DecodeError>),
}

impl Error {
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::Request(RequestError::new(message))
    }

    /// A failure before there was an answer.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        if error.is_builder() {
            Self::Request(error.into())
        } else if error.is_connect() {
            Self::Connect(TransportError::new(error))
        } else {
            Self::Interrupted(TransportError::new(error))
        }
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Service(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Interrupted(error) => error.status(),
            _ => None,
        }
    }

    /// The service's own code, such as `DCS.4922`.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.code(),
            _ => None,
        }
    }

    /// The id under which the service's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Interrupted(error) => error.request_id(),
            _ => None,
        }
    }

    /// May the request have been carried out all the same?
    ///
    /// True when no answer came ([`Interrupted`](Self::Interrupted)), when a success could not be
    /// read ([`Decode`](Self::Decode)), and when a gateway answered in place of the service (502,
    /// 504, or another 5xx without a code of the service). What buys or changes something must
    /// then be looked up before it is sent again.
    pub fn is_unknown_outcome(&self) -> bool {
        match self {
            Self::Interrupted(_) | Self::Decode(_) => true,
            Self::Service(error) => error.is_unknown_outcome(),
            _ => false,
        }
    }

    /// Did time run out, on the way to the service or while waiting for its answer?
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Connect(error) | Self::Interrupted(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// The body of the answer as it came, if there was one. It may hold anything, also a token or
    /// a password that the server repeats: keep it out of logs.
    pub fn raw_body(&self) -> Option<&[u8]> {
        match self {
            Self::Service(error) => Some(error.raw_body()),
            Self::Decode(error) => Some(error.raw_body()),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Credentials(error) => error.fmt(f),
            Self::Invalid(list) if list.len() == 1 => {
                write!(f, "the request is not valid, nothing was sent: {list}")
            }
            Self::Invalid(list) => {
                write!(
                    f,
                    "the request is not valid in {} places, nothing was sent:\n{list}",
                    list.len()
                )
            }
            Self::Request(error) => {
                write!(f, "the request could not be put together, nothing was sent: {error}")
            }
            Self::Connect(error) => write!(f, "no connection, nothing was sent: {error}"),
            Self::Interrupted(error) => {
                write!(f, "the outcome is unknown, look before sending again: {error}")
            }
            Self::Service(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Config(error) => error.source(),
            Self::Credentials(error) => error.source(),
            Self::Invalid(_) | Self::Service(_) => None,
            Self::Request(error) => error.source(),
            Self::Connect(error) | Self::Interrupted(error) => error.source(),
            Self::Decode(error) => error.source(),
        }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl From<CredentialsError> for Error {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(Box::new(error))
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Violation;

    #[test]
    fn violations_take_a_line_each() {
        let one = Violation::error("port", "minimum", "is 0; the least allowed value is 1");
        let error = Error::from(Violations::from(one.clone()));
        assert_eq!(
            error.to_string(),
            "the request is not valid, nothing was sent: \
             port: is 0; the least allowed value is 1 (minimum)"
        );
        assert!(!error.is_unknown_outcome() && !error.is_timeout());
        assert_eq!((error.status(), error.code(), error.raw_body()), (None, None, None));
        let error = Error::from(Violations::from(vec![one.clone(), one]));
        assert_eq!(
            error.to_string(),
            "the request is not valid in 2 places, nothing was sent:\n\
             port: is 0; the least allowed value is 1 (minimum)\n\
             port: is 0; the least allowed value is 1 (minimum)"
        );
    }

    #[test]
    fn errors_travel_between_threads_and_are_small() {
        fn sendable<T: std::error::Error + Send + Sync + 'static>() {}
        sendable::<Error>();
        assert!(size_of::<Error>() <= 64);
    }
}
