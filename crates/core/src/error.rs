//! What can go wrong with a call, grouped by what the caller can do about it.

mod advice;
mod config;
mod decode;
mod list;
mod nature;
mod outcome;
mod transport;
mod verdict;

use std::fmt;

pub(crate) use advice::Advice;
pub use config::ConfigError;
pub use decode::DecodeError;
pub(crate) use decode::Misfit;
pub use list::{ListError, ListProblem};
pub(crate) use transport::Limit;
pub use transport::{RequestError, TransportError};
pub(crate) use verdict::Verdict;

use crate::{CredentialsError, ServiceError, Violation, Violations, readable_debug};

/// Why a client could not be built or a call failed.
///
/// Displays as one line that says what happened and what to do, except that several
/// [`Violations`] take a line each. `Debug` is the same text, with what is behind it: it is what a `main`
/// prints that returns an error. Fields and methods hold the structure.
///
/// Where a server repeats a secret of the call, `[redacted]` stands: in `Display`, `Debug`, messages,
/// sources, bodies that are kept, hooks and traces. Secrets of the call are its token, security token,
/// secret key and signature, and each [`Secret`](crate::Secret) of its request, such as a password.
/// They are found as they were sent, escaped as in JSON, URLs or HTML, in base64 or hexadecimal
/// digits, one inside of another, and with white space, tags or control characters between; not
/// where a server makes something else of them. What it says of other secrets, nobody here knows.
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
    /// carried out is unknown: look before sending it again, unless the operation may be sent twice.
    Interrupted(TransportError),
    /// The service, or a gateway before it, refused the request or failed; also an answer of status 2xx
    /// that reports an error.
    Service(Box<ServiceError>),
    /// The service reported success, but its answer could not be read.
    Decode(Box<DecodeError>),
    /// What was to be listed cannot be trusted: the answer is no list, or its pages do not add up.
    /// Least of all does it mean that nothing is there.
    List(Box<ListError>),
    /// A purchase may have been carried out or not: nothing but a refusal that can be believed ends in
    /// another error (see [`is_unknown_outcome`](Self::is_unknown_outcome)). What came of it in the end is
    /// the cause; status, code, request id and body are those of the cause.
    #[non_exhaustive]
    Unknown {
        /// What to look for before buying again.
        names: Vec<String>,
        /// Why the outcome is unknown.
        cause: Box<Error>,
    },
}

impl Error {
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::Request(RequestError::new(message))
    }

    /// A failure before there was an answer, and the limit that was reached, if one was.
    pub(crate) fn transport(
        error: reqwest::Error,
        limit: Option<Limit>,
        advice: Option<Advice>,
    ) -> Self {
        if error.is_builder() {
            Self::Request(error.into())
        } else if error.is_connect() {
            Self::Connect(TransportError::new(error).within(limit).advised(advice))
        } else {
            Self::Interrupted(TransportError::new(error).within(limit).advised(advice))
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Credentials(error) => error.fmt(f),
            Self::Invalid(list) => write_invalid(f, list),
            Self::Request(error) => {
                write!(f, "the request could not be built and was not sent: {error}")
            }
            Self::Connect(error) => {
                write!(f, "could not connect; the request was not sent: {error}")
            }
            Self::Interrupted(error) => {
                write!(f, "{}{error}", error.note.of_no_answer())
            }
            Self::Service(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::List(error) => error.fmt(f),
            Self::Unknown { names, cause } => {
                let names = names.join(", ");
                write!(f, "the outcome is unknown: look for {names} before buying again ({cause})")
            }
        }
    }
}

/// Says how many errors keep a request from being sent; warnings are listed, but not counted.
fn write_invalid(f: &mut fmt::Formatter<'_>, list: &Violations) -> fmt::Result {
    let space = if list.len() == 1 { " " } else { "\n" };
    match list.errors().count() {
        // They alone are refused by `Validation::Strict`.
        0 => f.write_str("this client treats warnings as errors; the request was not sent:")?,
        1 => f.write_str("the request is invalid and was not sent:")?,
        many => write!(f, "the request has {many} violations and was not sent:")?,
    }
    write!(f, "{space}{list}")?;
    write_way_out(f, list)
}

/// How to send it all the same, when the service takes it.
fn write_way_out(f: &mut fmt::Formatter<'_>, list: &Violations) -> fmt::Result {
    let mut ids: Vec<_> = list.errors().map(Violation::id).collect();
    if ids.is_empty() {
        ids = list.iter().map(Violation::id).collect();
    }
    ids.sort();
    ids.dedup();
    // What leads to another path cannot be allowed.
    ids.retain(|id| id != "path" && id != "allow");
    let calls: String = ids.iter().map(|id| format!(".allow({id:?})")).collect();
    if calls.is_empty() {
        return Ok(());
    }
    write!(f, "\nif the service accepts it anyway: {calls}")
}

readable_debug!(Error);

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Config(error) => error.source(),
            Self::Credentials(error) => error.source(),
            Self::Invalid(_) | Self::Service(_) | Self::List(_) => None,
            Self::Request(error) => error.source(),
            Self::Connect(error) | Self::Interrupted(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Unknown { cause, .. } => Some(&**cause),
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
    use bytes::Bytes;
    use reqwest::{StatusCode, header::HeaderMap};

    use super::*;
    use crate::{ErrorCatalog, ErrorEntry, Violation, redact::Redactor};

    #[test]
    fn violations_take_a_line_each() {
        let one = Violation::error("port", "minimum", "is 0; must be at least 1");
        let error = Error::from(Violations::from(one.clone()));
        assert_eq!(
            error.to_string(),
            "the request is invalid and was not sent: \
             port: is 0; must be at least 1 (minimum)\n\
             if the service accepts it anyway: .allow(\"minimum@port\")"
        );
        assert!(!error.is_unknown_outcome() && !error.is_timeout());
        assert_eq!((error.status(), error.code(), error.raw_body()), (None, None, None));
        let error = Error::from(Violations::from(vec![one.clone(), one]));
        assert_eq!(
            error.to_string(),
            "the request has 2 violations and was not sent:\n\
             port: is 0; must be at least 1 (minimum)\n\
             port: is 0; must be at least 1 (minimum)\n\
             if the service accepts it anyway: .allow(\"minimum@port\")"
        );
    }

    #[test]
    fn warnings_are_listed_but_not_counted() {
        let error = || Violation::error("port", "minimum", "is 0");
        let warning = || Violation::warning("tags", "billing", "are empty");
        let said = |list: Vec<Violation>| Error::from(Violations::from(list)).to_string();
        assert_eq!(
            said(vec![error(), warning(), warning()]),
            "the request is invalid and was not sent:\nport: is 0 (minimum)\n\
             warning: tags: are empty (billing)\nwarning: tags: are empty (billing)\n\
             if the service accepts it anyway: .allow(\"minimum@port\")"
        );
        assert_eq!(
            said(vec![error(), warning(), error()]),
            "the request has 2 violations and was not sent:\nport: is 0 (minimum)\n\
             warning: tags: are empty (billing)\nport: is 0 (minimum)\n\
             if the service accepts it anyway: .allow(\"minimum@port\")"
        );
        assert_eq!(
            said(vec![warning()]),
            "this client treats warnings as errors; the request was not sent: \
             warning: tags: are empty (billing)\n\
             if the service accepts it anyway: .allow(\"billing\")"
        );
    }

    fn service_error(status: u16, body: &'static str) -> Error {
        static ENTRIES: &[ErrorEntry] = &[
            ErrorEntry::new("A.1", 400, "It is wrong.", "Mend it.", false),
            ErrorEntry::new("A.2", 400, "It is busy.", "Wait.", true),
        ];
        let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
        let (body, redactor) = (Bytes::from(body), Redactor::new(""));
        let error = ServiceError::new(status, &headers, body, false, redactor);
        Error::Service(Box::new(error.explained(ErrorCatalog::new(ENTRIES))))
    }

    #[test]
    fn known_codes_come_with_advice() {
        let said = |body| service_error(400, body).to_string();
        assert_eq!(said(r#"{"error_code":"A.1","error_msg":"No"}"#), "400 A.1: No. Mend it.");
        let all =
            r#"{"error_code":"A.1","error_msg":"No.","error_ext_msg":"Why?","request_id":"r"}"#;
        assert_eq!(said(all), "400 A.1: No.; Why? Mend it. (request id r)");
        assert_eq!(said(r#"{"error_code":"A.2"}"#), "400 A.2: {\"error_code\":\"A.2\"}. Wait.");
        assert_eq!(said(r#"{"error_code":"A.3","error_msg":"No"}"#), "400 A.3: No");
        let error = service_error(400, r#"{"error_code":"A.2"}"#);
        let known = error.service().and_then(ServiceError::known).unwrap();
        assert_eq!((known.code, known.meaning), ("A.2", "It is busy."));
        assert_eq!(error.service().and_then(ServiceError::advice), Some("Wait."));
    }

    #[test]
    fn what_may_pass_is_retryable() {
        let is = |status, body| service_error(status, body).is_retryable();
        assert!([429, 502, 503, 504].iter().all(|status| is(*status, "")));
        assert!([400, 401, 404, 408, 409, 500, 501].iter().all(|status| !is(*status, "")));
        assert!(is(400, r#"{"error_code":"A.2"}"#) && !is(400, r#"{"error_code":"A.1"}"#));
    }

    #[test]
    fn errors_travel_between_threads_and_are_small() {
        fn sendable<T: std::error::Error + Send + Sync + 'static>() {}
        sendable::<Error>();
        assert!(size_of::<Error>() <= 64);
    }
}
