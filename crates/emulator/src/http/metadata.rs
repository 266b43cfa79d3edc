//! The metadata service of a machine with an agency, as far as programs ask it for keys. In: a request. Out:
//! temporary keys, if it is for them.
//!
//! A program that uses this as its metadata service gets keys that expire, and that the emulator takes
//! as long as they last.

use serde_json::json;

use super::{Answer, answer, read::Received, typed};
use crate::{auth::Issuer, moment};

/// Answers what is for the metadata service.
pub(super) fn answered(received: &Received, issuer: &Issuer, now: u64) -> Option<Answer> {
    match (received.method.as_str(), received.path()) {
        ("GET", "/openstack/latest/securitykey") => {
            let keys = issuer.current(now);
            let credential = json!({
                "access": keys.access_key,
                "secret": keys.secret_key.expose(),
                "securitytoken": keys.token.expose(),
                "expires_at": moment::text(keys.ends),
            });
            Some(answer(200, Some(&json!({"credential": credential}))))
        }
        // Keys are given without one, too.
        ("PUT", "/meta-data/latest/api/token") => {
            Some(typed(200, "text/plain", "EMULATOR-METADATA-TOKEN"))
        }
        _ => None,
    }
}
