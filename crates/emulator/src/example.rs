//! The answer of an operation without a behavior of its own: its documented example, shaped to the
//! request. In: the operation and the call. Out: the example, with the ids and names that were sent.

use huaweicloud_core::server::Operation;
use huaweicloud_dcs_server::OPERATIONS;
use serde_json::{Map, Value};

use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::State,
};

/// The documented body of a success; `null` where there is none.
pub(crate) fn of(operation: &Operation) -> Value {
    let example = operation.success().and_then(|answer| answer.example);
    example.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The same, by the id of the operation.
pub(crate) fn of_id(id: &str) -> Value {
    OPERATIONS.iter().find(|operation| operation.id == id).map(|one| of(one)).unwrap_or_default()
}

/// The answer. An instance that the path names must be there.
pub(crate) fn answer(state: &State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    if !id.is_empty() {
        state.instance(id)?;
    }
    let status = call.operation.success().and_then(|answer| answer.code()).unwrap_or(200);
    let body = match of(call.operation) {
        Value::Null => None,
        mut body => {
            shape(&mut body, call);
            Some(body)
        }
    };
    Ok(Reply { status, body, file: None })
}

/// Puts in what the request says: the path's variables wherever they stand, fields of the body
/// where the answer has them at its top.
fn shape(body: &mut Value, call: &Call) {
    for (name, value) in &call.path {
        replace(body, name, value);
    }
    let sent = call.body.as_ref().and_then(Value::as_object);
    if let (Value::Object(answer), Some(sent)) = (body, sent) {
        take_over(answer, sent);
    }
}

fn replace(value: &mut Value, name: &str, text: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, name, text)),
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(known) if key == name => text.clone_into(known),
                    other => replace(other, name, text),
                }
            }
        }
        _ => {}
    }
}

fn take_over(answer: &mut Map<String, Value>, sent: &Map<String, Value>) {
    for (name, value) in sent {
        let is_alike = |known: &&mut Value| {
            known.is_string() && value.is_string()
                || known.is_number() && value.is_number()
                || known.is_boolean() && value.is_boolean()
        };
        if let Some(known) = answer.get_mut(name).filter(|known| is_alike(known)) {
            known.clone_from(value);
        }
    }
}
