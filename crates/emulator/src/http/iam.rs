//! A token of IAM, which no document has: programs that sign nothing ask for one. In: a request. Out: an
//! answer, if it is for a token.

use hyper::header::HeaderValue;
use serde_json::{Value, json};

use super::{Answer, answer, read::Received};
use crate::{auth, moment};

/// How long a token is said to live, in milliseconds.
const LIFE: u64 = 24 * 60 * 60 * 1000;

/// Answers what is for a token. In an open emulator everybody gets one.
pub(super) fn answered(
    received: &Received,
    is_open: bool,
    keys: &auth::Keys,
    now: u64,
) -> Option<Answer> {
    match (received.method.as_str(), received.path()) {
        ("POST", "/v3/auth/tokens") => Some(token(received, is_open, keys, now)),
        _ => None,
    }
}

fn token(received: &Received, is_open: bool, keys: &auth::Keys, now: u64) -> Answer {
    let body: Value = serde_json::from_slice(&received.body).unwrap_or_default();
    let identity = &body["auth"]["identity"];
    let own = &identity["hw_ak_sk"];
    let is = |value: &Value, own: &str| value.as_str().is_some_and(|text| auth::is_same(text, own));
    let secret = keys.secret_key.expose();
    let by_keys = is(&own["access"]["key"], &keys.access_key) && is(&own["secret"]["key"], secret);
    let by_password = is(&identity["password"]["user"]["password"], secret);
    if !is_open && !by_keys && !by_password {
        return refused("The password, or the secret key, is that of the emulator's keys.");
    }
    let token = json!({
        "issued_at": moment::text(now),
        "expires_at": moment::text(now.saturating_add(LIFE)),
        "project": {"id": keys.project_id, "name": "emulator"},
        "methods": identity["methods"],
    });
    let mut answer = answer(201, Some(&json!({"token": token})));
    // The emulator's own tokens are plain text.
    if let Ok(value) = HeaderValue::from_str(keys.token.expose()) {
        answer.headers_mut().insert("x-subject-token", value);
    }
    answer
}

/// As IAM refuses.
fn refused(why: &str) -> Answer {
    let error = json!({"code": 401, "title": "Unauthorized", "message": why});
    answer(401, Some(&json!({"error": error})))
}
