//! Answers that are wrong on purpose. In: how a request ends. Out: the refusal, or the page of a gateway.

use hyper::header::{HeaderValue, RETRY_AFTER};
use serde_json::json;

use super::{Answer, Broken, answer, typed};
use crate::faults::{Ending, Reset};

/// What is answered in place of a request's own answer.
///
/// # Errors
///
/// Where the connection ends without any.
pub(super) fn ended(ending: &Ending, own: Option<Answer>, id: &str) -> Result<Answer, Broken> {
    match (ending, own) {
        (Ending::Own, Some(own)) => Ok(own),
        (Ending::Reset(Reset::MidAnswer), Some(own)) => {
            let (head, body) = own.into_parts();
            Ok(Answer::from_parts(head, body.breaking_off()))
        }
        (Ending::Refused { status, code, message, retry_after, .. }, _) => {
            let code = code.as_deref().unwrap_or("EMULATOR.FAULT");
            let message = message.as_deref().unwrap_or("Refused on purpose.");
            let body = json!({"error_code": code, "error_msg": message, "request_id": id});
            let mut refused = answer(*status, Some(&body));
            if let Some(seconds) = retry_after {
                refused.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Ok(refused)
        }
        (Ending::Html { status, .. }, _) => Ok(typed(*status, "text/html", page(*status))),
        (Ending::Own | Ending::Reset(_) | Ending::Stall, _) => Err(Broken),
    }
}

/// As gateways write one.
fn page(status: u16) -> String {
    let word = hyper::StatusCode::from_u16(status).ok();
    let word = word.and_then(|status| status.canonical_reason()).unwrap_or("Error");
    format!(
        "<html>\r\n<head><title>{status} {word}</title></head>\r\n<body>\r\n<center><h1>{status} \
         {word}</h1></center>\r\n<hr><center>gateway</center>\r\n</body>\r\n</html>\r\n"
    )
}
