//! What the error of an order means for its outcome. In: the error, and how many instances were ordered. Out: whether
//! the order was carried out, both for ordering at most once and for the plain call.

use reqwest::StatusCode;

use super::Error;
use crate::{clock, outcome::OutcomeNote};

/// What is known of an order that gave an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing left this machine.
    NotSent,
    /// The service refused it, with a status that says so.
    Refused,
    /// It may have been carried out. An error of a kind that is not listed here may hide anything.
    Unknown,
}

impl Verdict {
    /// The verdict on an order by its error.
    pub(crate) fn of(error: &Error) -> Self {
        match error {
            Error::Config(_)
            | Error::Credentials(_)
            | Error::Invalid(_)
            | Error::Request(_)
            | Error::Connect(_) => Self::NotSent,
            Error::Service(error) if clock::is_about_date(error.status(), &error.words()) => {
                // The looks before an order put the clock right, so this one makes no sense.
                Self::Unknown
            }
            Error::Service(error) if says_no(error.status()) => Self::Refused,
            _ => Self::Unknown,
        }
    }

    /// Whether some of so many that were ordered at once may be there. What is refused as a whole is not
    /// made; of a batch, part may have been made before it was refused.
    pub(crate) fn leaves_open(self, count: usize) -> bool {
        match self {
            Self::NotSent => false,
            Self::Refused => count > 1,
            Self::Unknown => true,
        }
    }
}

/// Whether a status says that a request was not carried out. Not so 408 and 499 (time ran out on the
/// way), 409 and 424 (something else was carried out, perhaps this very order), 425 and 429 (which
/// gateways answer whatever becomes of the request), and those that nobody has defined.
fn says_no(status: StatusCode) -> bool {
    matches!(status.as_u16(), 400..=407 | 410..=417 | 421..=423 | 426 | 428 | 431 | 451)
}

impl Error {
    /// The same error, unless it leaves open whether something was bought: then one that says what to
    /// look for.
    pub(crate) fn of_purchase(self, names: impl FnOnce() -> Vec<String>) -> Self {
        if matches!(self, Self::Unknown { .. }) {
            return self;
        }
        let names = names();
        if !Verdict::of(&self).leaves_open(names.len()) {
            return self;
        }
        Self::Unknown { names, cause: Box::new(self.noting(OutcomeNote::Elsewhere)) }
    }

    /// The error of the call itself.
    pub(crate) fn into_cause(self) -> Self {
        match self {
            Self::Unknown { cause, .. } => *cause,
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::HeaderMap;

    use super::*;
    use crate::{RequestError, ServiceError, Violation, Violations, redact::Redactor};

    const EXPIRED: &str = r#"{"error_code":"APIGW.0301","error_msg":"Signature expired"}"#;

    fn service(status: u16, body: &'static str) -> Error {
        let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
        let (body, redactor) = (Bytes::from(body), Redactor::new(""));
        Error::Service(Box::new(ServiceError::new(status, &headers, body, false, redactor)))
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("shop-{number:03}")).collect()
    }

    /// The error of an order of so many, and the same judged twice.
    fn bought(error: Error, count: usize) -> Error {
        error.of_purchase(|| names(count)).of_purchase(Vec::new)
    }

    #[test]
    fn few_statuses_say_no() {
        let refused = (400..=407).chain(410..=417).chain(421..=423).chain([426, 428, 431, 451]);
        for status in refused {
            assert_eq!(Verdict::of(&service(status, "")), Verdict::Refused, "{status}");
            let refused = bought(service(status, ""), 1);
            assert!(matches!(refused, Error::Service(_)), "{status}: {refused}");
            let batch = bought(service(status, ""), 2);
            assert!(matches!(batch, Error::Unknown { .. }), "{status}: {batch}");
        }
        let unknown = [200, 202, 301, 302, 307, 408, 409, 418, 424, 425, 429, 440, 499];
        for status in unknown.into_iter().chain([500, 501, 502, 503, 504, 507, 599]) {
            let coded = r#"{"error_code":"DCS.4922","error_msg":"No."}"#;
            for body in ["", coded] {
                let error = service(status, body);
                assert_eq!(Verdict::of(&error), Verdict::Unknown, "{status}");
                let error = bought(error, 1);
                assert!(error.is_unknown_outcome() && !error.is_retryable(), "{status}: {error}");
                let Error::Unknown { names: told, .. } = error else { panic!("{status}: {error}") };
                assert_eq!(told, names(1));
            }
        }
    }

    #[test]
    fn a_refused_date_says_nothing() {
        let wrong = r#"{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail"}"#;
        for status in [401, 403] {
            assert_eq!(Verdict::of(&service(status, EXPIRED)), Verdict::Unknown);
            assert_eq!(Verdict::of(&service(status, wrong)), Verdict::Refused);
            assert!(bought(service(status, EXPIRED), 1).is_unknown_outcome());
            assert!(!bought(service(status, wrong), 1).is_unknown_outcome());
        }
    }

    #[test]
    fn what_was_not_sent_was_not_carried_out() {
        let invalid = || Violations::from(Violation::error("name", "pattern", "is bad"));
        let not_sent = [Error::Invalid(invalid()), Error::Request(RequestError::new("no"))];
        for error in not_sent {
            assert_eq!(Verdict::of(&error), Verdict::NotSent);
            assert!(!bought(error, 3).is_unknown_outcome());
        }
    }

    #[test]
    fn what_is_unknown_is_said_once() {
        let error = bought(service(504, "").of_operation(false), 1).to_string();
        assert_eq!(error.matches("outcome is unknown").count(), 1, "{error}");
        assert_eq!(error.matches("look").count(), 1, "{error}");
    }

    #[test]
    fn purchases_say_what_to_look_for() {
        let body = r#"{"error_msg":"late","request_id":"r"}"#;
        let error = bought(service(504, body), 2);
        assert_eq!(
            error.to_string(),
            "the outcome is unknown: look for shop-000, shop-001 before buying again \
             (504: late (request id r))"
        );
        assert!(error.is_unknown_outcome() && !error.is_retryable() && !error.is_timeout());
        assert_eq!(error.status(), Some(StatusCode::GATEWAY_TIMEOUT));
        assert_eq!((error.request_id(), error.raw_body()), (Some("r"), Some(body.as_bytes())));
        let source = std::error::Error::source(&error).map(ToString::to_string);
        assert_eq!(source.as_deref(), Some("504: late (request id r)"));
        assert!(matches!(error.into_cause(), Error::Service(_)));
    }
}
