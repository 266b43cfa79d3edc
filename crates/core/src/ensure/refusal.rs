//! What the error of an order says about its outcome.

use reqwest::StatusCode;

use crate::{Error, clock};

/// What is known of an order that gave an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing left this machine.
    NotSent,
    /// The service refused it, with a status that says so.
    Refused,
    /// It may have been carried out. An error of a kind that is not listed here may hide anything.
    Unknown,
}

pub(super) fn verdict(error: &Error) -> Verdict {
    match error {
        Error::Config(_)
        | Error::Credentials(_)
        | Error::Invalid(_)
        | Error::Request(_)
        | Error::Connect(_) => Verdict::NotSent,
        Error::Service(error) if clock::is_about_date(error.status(), &error.words()) => {
            // The looks before an order put the clock right, so this one makes no sense.
            Verdict::Unknown
        }
        Error::Service(error) if says_no(error.status()) => Verdict::Refused,
        _ => Verdict::Unknown,
    }
}

/// Whether a status says that a request was not carried out. Not so 408 and 499 (time ran out on the
/// way), 409 and 424 (something else was carried out, perhaps this very order), 425 and 429 (which
/// gateways answer whatever becomes of the request), and those that nobody has defined.
fn says_no(status: StatusCode) -> bool {
    matches!(status.as_u16(), 400..=407 | 410..=417 | 421..=423 | 426 | 428 | 431 | 451)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::HeaderMap;

    use super::*;
    use crate::{RequestError, ServiceError, Violation, Violations, redact::Redactor};

    fn service(status: u16, body: &'static str) -> Error {
        let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
        let (body, redactor) = (Bytes::from(body), Redactor::new(""));
        Error::Service(Box::new(ServiceError::new(status, &headers, body, false, redactor)))
    }

    #[test]
    fn few_statuses_say_no() {
        for status in [400, 401, 402, 403, 404, 405, 406, 410, 412, 413, 415, 422, 423, 431, 451] {
            assert_eq!(verdict(&service(status, "")), Verdict::Refused, "{status}");
        }
        let unknown = [200, 202, 301, 302, 307, 408, 409, 418, 424, 425, 429, 440, 499];
        for status in unknown.into_iter().chain([500, 501, 502, 503, 504, 507, 599]) {
            assert_eq!(verdict(&service(status, "")), Verdict::Unknown, "{status}");
            let coded = service(status, r#"{"error_code":"DCS.4922","error_msg":"No."}"#);
            assert_eq!(verdict(&coded), Verdict::Unknown, "{status}");
        }
    }

    #[test]
    fn a_refused_date_says_nothing() {
        let expired = r#"{"error_code":"APIGW.0301","error_msg":"Signature expired"}"#;
        let wrong = r#"{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail"}"#;
        for status in [401, 403] {
            assert_eq!(verdict(&service(status, expired)), Verdict::Unknown);
            assert_eq!(verdict(&service(status, wrong)), Verdict::Refused);
        }
    }

    #[test]
    fn what_was_not_sent_was_not_carried_out() {
        let invalid = Violations::from(Violation::error("name", "pattern", "is bad"));
        assert_eq!(verdict(&Error::Invalid(invalid)), Verdict::NotSent);
        assert_eq!(verdict(&Error::Request(RequestError::new("no"))), Verdict::NotSent);
    }
}
