//! As much of IAM as programs ask before they call the service: the project of a region, and a token. In: a
//! request. Out: an answer, if it is for IAM.

use hyper::header::HeaderValue;
use serde_json::{Value, json};

use super::{Answer, answer, read::Received};
use crate::{
    auth::{self, Gate},
    moment,
};

/// How long a token is said to live, in milliseconds.
const LIFE: u64 = 24 * 60 * 60 * 1000;

/// Answers what is for IAM. Without a gate everybody gets everything.
pub(super) fn answered(
    received: &Received,
    gate: Option<&Gate>,
    keys: &auth::Keys,
) -> Option<Answer> {
    match (received.method.as_str(), received.path()) {
        ("GET", "/v3/projects") => Some(projects(received, gate, keys)),
        ("POST", "/v3/auth/tokens") => Some(token(received, gate.is_none(), keys)),
        _ => None,
    }
}

fn projects(received: &Received, gate: Option<&Gate>, keys: &auth::Keys) -> Answer {
    let Received { method, target, headers, body } = received;
    let request = auth::Request { method, target, headers, body };
    if let Some(Err(refusal)) = gate.map(|gate| gate.check(&request, moment::now())) {
        return refused(&refusal.detail);
    }
    // There is one project, which is that of whatever region is asked for.
    let name = received.query().into_iter().rev().find(|(name, _)| name == "name");
    let name = name.map_or_else(|| "emulator".to_owned(), |(_, name)| name);
    let project = json!({"id": keys.project_id, "name": name, "enabled": true});
    answer(200, Some(&json!({"projects": [project]})))
}

fn token(received: &Received, is_open: bool, keys: &auth::Keys) -> Answer {
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
    let now = moment::now();
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
