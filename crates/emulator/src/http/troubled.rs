//! Answers of injected faults. In: how a request ends. Out: the refusal, the page of a gateway, or a changed answer.

use std::collections::BTreeMap;

use hyper::header::{HeaderValue, RETRY_AFTER};
use serde_json::{Value, json};

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
        (Ending::Changed { set }, Some(own)) => Ok(changed(own, set)),
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
        (Ending::Own | Ending::Changed { .. } | Ending::Reset(_) | Ending::Stall, _) => Err(Broken),
    }
}

/// The same answer with other values at some places; what is no JSON, and a place whose parent is not there, stay.
fn changed(own: Answer, set: &BTreeMap<String, Value>) -> Answer {
    let Ok(mut body) = serde_json::from_slice::<Value>(own.body().bytes()) else { return own };
    for (pointer, value) in set {
        let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
        let name = name.replace("~1", "/").replace("~0", "~");
        match body.pointer_mut(parent) {
            Some(Value::Object(fields)) if value.is_null() => {
                fields.remove(&name);
            }
            Some(Value::Object(fields)) => {
                fields.insert(name, value.clone());
            }
            Some(Value::Array(items)) => {
                if let Some(item) = name.parse().ok().and_then(|at: usize| items.get_mut(at)) {
                    item.clone_from(value);
                }
            }
            _ => {}
        }
    }
    let (head, _) = own.into_parts();
    Answer::from_parts(head, body.to_string().into_bytes().into())
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
