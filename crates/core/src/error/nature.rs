//! What callers ask about an error: the data that came with it, and whether to retry.

use reqwest::StatusCode;

use super::Error;
use crate::ServiceError;

impl Error {
    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Service(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::List(error) => error.status(),
            Self::Interrupted(error) => error.status(),
            Self::Unknown { cause, .. } => cause.status(),
            _ => None,
        }
    }

    /// What the service said, if it refused or failed.
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Self::Service(error) => Some(error),
            Self::Unknown { cause, .. } => cause.service(),
            _ => None,
        }
    }

    /// The service's own code, such as `DCS.4922`.
    pub fn code(&self) -> Option<&str> {
        self.service()?.code()
    }

    /// The id under which the service's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::List(error) => error.request_id(),
            Self::Interrupted(error) => error.request_id(),
            Self::Unknown { cause, .. } => cause.request_id(),
            _ => None,
        }
    }

    /// May the same request succeed when it is sent again after a pause?
    ///
    /// True when no connection came about (but not for want of trust in a certificate) or it broke,
    /// after 429, 502, 503 and 504, and for codes of the service that say that it is busy. The client has then tried as its
    /// [`RetryPolicy`](crate::RetryPolicy) says, if the operation may be repeated. Where the outcome is
    /// [unknown](Self::is_unknown_outcome) too, only such operations may be sent again without a look;
    /// for a purchase ([`Unknown`](Self::Unknown)) this is false.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Connect(error) => !error.is_lasting(),
            Self::Interrupted(_) => true,
            Self::Service(error) => error.is_retryable(),
            _ => false,
        }
    }

    /// May the request have been carried out all the same?
    ///
    /// True when no answer came ([`Interrupted`](Self::Interrupted)), when a success could not be
    /// read ([`Decode`](Self::Decode)) or reports an error, and when a gateway answered in place of the
    /// service (502, 504, or another 5xx without a code of the service). What buys or changes something must
    /// then be looked up before it is sent again. A purchase says what to look for
    /// ([`Unknown`](Self::Unknown)), and does so after every answer but a refusal that can be believed: a 4xx
    /// that says no (not 408, 409, 424, 425, 429 or 499) to an order of one.
    pub fn is_unknown_outcome(&self) -> bool {
        match self {
            Self::Interrupted(_) | Self::Decode(_) | Self::Unknown { .. } => true,
            Self::Service(error) => error.is_unknown_outcome(),
            _ => false,
        }
    }

    /// Did time run out, on the way to the service or while waiting for its answer?
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Connect(error) | Self::Interrupted(error) => error.is_timeout(),
            Self::Unknown { cause, .. } => cause.is_timeout(),
            _ => false,
        }
    }

    /// The body of the answer as it came, if there was one, but for secrets of the call. It may hold
    /// anything else, also what is a secret of others: keep it out of logs.
    pub fn raw_body(&self) -> Option<&[u8]> {
        match self {
            Self::Service(error) => Some(error.raw_body()),
            Self::Decode(error) => Some(error.raw_body()),
            Self::List(error) => error.raw_body(),
            Self::Unknown { cause, .. } => cause.raw_body(),
            _ => None,
        }
    }
}
