//! Where an error envelope has its code and message, and whether a body is one at all.
//!
//! In: a body as JSON. Out: its texts; for a 2xx response, whether it nevertheless reports an error.

use serde_json::{Map, Value};

use crate::operation::Fields;

/// The names of a code that no other field has: no answer has one that does not document it, unless it
/// reports an error.
const CODES: [&str; 4] = ["error_code", "errorCode", "err_code", "errCode"];

/// The names that a code may have, the most telling ones first.
pub(super) const CODE: [&str; 5] = ["error_code", "code", "errorCode", "err_code", "errCode"];

/// The names that a message may have.
pub(super) const MESSAGE: [&str; 9] = [
    "error_msg",
    "message",
    "errorMsg",
    "error_message",
    "errorMessage",
    "error_description",
    "err_msg",
    "errMsg",
    // Last, for it may as well hold the object with all the others.
    "error",
];

/// What else stands in an envelope.
const BESIDE: [&str; 7] = [
    "error_ext_msg",
    "errorExtMsg",
    "request_id",
    "requestId",
    "encoded_authorization_message",
    "details",
    "status",
];

/// Is it a name under which an envelope may keep a code?
pub(crate) fn may_hold_code(name: &str) -> bool {
    CODE.contains(&name) || name == "error"
}

/// Does an answer of status 2xx report an error? A name that is documented for the answer holds what
/// the document says; so what is asked is whether the names that are *not* make an envelope.
pub(crate) fn reports_error(json: &Value, fields: Fields) -> bool {
    let Some(body) = json.as_object() else { return false };
    let is_new = |name: &str| fields.is_new(name);
    if fields == Fields::Any {
        // Its keys are data, unless all of them are those of an envelope.
        let belongs = |name: &String| {
            let name = name.as_str();
            CODE.contains(&name) || MESSAGE.contains(&name) || BESIDE.contains(&name)
        };
        return body.keys().all(belongs) && is_envelope(body);
    }
    if CODES.iter().any(|name| is_new(name) && body.get(*name).is_some_and(is_failure)) {
        return true;
    }
    let is_alone = body.keys().all(|name| is_new(name));
    let has_message = || MESSAGE.iter().any(|name| text(body, name).is_some());
    if is_new("code") && body.get("code").is_some_and(is_failure) && (is_alone || has_message()) {
        return true;
    }
    match body.get("error").filter(|_| is_new("error")) {
        Some(Value::Object(inner)) => inner.values().any(|value| !value.is_null()),
        Some(Value::String(text)) if is_alone => !text.trim().is_empty(),
        _ => {
            let inner = body.values().find_map(Value::as_object);
            is_alone && body.len() == 1 && inner.is_some_and(is_envelope)
        }
    }
}

/// The objects in which an envelope may keep code and message: the body itself, what stands under
/// `error`, and what stands alone under any name, as in `{"badRequest": {…}}`.
pub(super) fn objects(json: &Value) -> Vec<&Map<String, Value>> {
    let Some(body) = json.as_object() else { return Vec::new() };
    let mut found = vec![body];
    found.extend(body.get("error").and_then(Value::as_object));
    if body.len() == 1 && !body.contains_key("error") {
        found.extend(body.values().find_map(Value::as_object));
    }
    found
}

/// The first of the keys that holds a text or a number, in the first object that has one.
pub(super) fn first_text(objects: &[&Map<String, Value>], keys: &[&str]) -> Option<String> {
    objects.iter().find_map(|object| keys.iter().find_map(|key| text(object, key)))
}

fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Are code and message there?
fn is_envelope(object: &Map<String, Value>) -> bool {
    CODE.iter().any(|name| object.get(*name).is_some_and(is_failure))
        && MESSAGE.iter().any(|name| text(object, name).is_some())
}

/// Is it a code, and not one that says that all went well: `0`, `200`, `CBC.0000`, `success`?
fn is_failure(code: &Value) -> bool {
    let text = match code {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return false,
    };
    let number = text.rsplit('.').next().unwrap_or_default();
    let is_status = text.len() == 3 && text.starts_with('2') && text.parse::<u16>().is_ok();
    let is_zero = number.bytes().all(|digit| digit == b'0');
    let is_well = ["success", "ok"].iter().any(|word| text.eq_ignore_ascii_case(word));
    !(is_zero || is_status || is_well)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_documented_makes_an_envelope() {
        let reports =
            |json| reports_error(&json, Fields::Known(&["instances", "status", "message"]));
        for body in [
            json!({ "error_code": "DCS.4800", "error_msg": "No." }),
            json!({ "error_code": "DCS.4800" }),
            json!({ "instances": [], "status": "x", "errorCode": 7 }),
            json!({ "code": "APIGW.0301", "message": "No." }),
            json!({ "code": "APIGW.0301", "message": "No.", "status": "x" }),
            json!({ "code": "APIGW.0301", "error_msg": "No.", "instances": [] }),
            json!({ "error": { "code": 403, "message": "No." } }),
            json!({ "error": { "message": "No." }, "instances": [] }),
            json!({ "error": "No." }),
            json!({ "badRequest": { "code": 400, "message": "No." } }),
        ] {
            assert!(reports(body.clone()), "{body}");
        }
        for body in [
            json!([]),
            json!({}),
            json!({ "instances": [], "error_code": null, "error_msg": "" }),
            json!({ "instances": [], "error_code": "" }),
            json!({ "error_code": "CBC.0000", "error_msg": "Success" }),
            json!({ "code": 200, "message": "OK" }),
            json!({ "code": "0", "message": "" }),
            json!({ "code": "SZ-1", "status": "x" }),
            json!({ "message": "No.", "status": "x" }),
            json!({ "error": null, "instances": [] }),
            json!({ "error": "newer", "instances": [] }),
            json!({ "instance": { "code": "A", "name": "B" } }),
            json!({ "status": { "code": 1, "message": "of the thing" } }),
        ] {
            assert!(!reports(body.clone()), "{body}");
        }
    }

    #[test]
    fn what_is_documented_is_data() {
        let body = json!({ "error_code": "DCS.4800", "error_msg": "The task failed." });
        assert!(!reports_error(&body, Fields::Known(&["error_code"])));
        assert!(reports_error(&body, Fields::Known(&["error_msg"])));
        assert!(!reports_error(&json!({ "code": "x", "message": "y" }), Fields::Known(&["code"])));
        assert!(!reports_error(&json!({ "error": { "code": "x" } }), Fields::Known(&["error"])));
    }

    #[test]
    fn keys_that_are_data_make_an_envelope_together() {
        let reports = |json| reports_error(&json, Fields::Any);
        assert!(reports(json!({ "error_code": "A.1", "error_msg": "No.", "request_id": "r" })));
        assert!(!reports(json!({ "error_code": "A.1" })));
        assert!(!reports(json!({ "code": "x", "message": "y", "name": "z" })));
    }
}
