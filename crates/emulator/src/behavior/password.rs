//! Changing and resetting passwords; the processes take them on.

use serde_json::json;

use super::Behavior;
use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::{Act, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("UpdatePassword", update), ("ResetPassword", reset)];

fn update(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let instance = state.running(id)?;
    let known = instance.order.password.as_ref().map_or("", |password| password.expose());
    if call.text("old_password").as_deref() != Some(known) {
        return Err(Refusal::new("DCS.4080", ""));
    }
    let password = call.secret("new_password");
    state.effect(id, Act::Password(password));
    Ok(Reply::json(json!({
        "result": "success",
        "message": "The password was changed.",
        "retry_times_left": "5",
        "lock_time": "0",
        "lock_time_left": "0",
    })))
}

fn reset(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    state.running(id)?;
    let password = call.secret("new_password").filter(|_| !call.flag("no_password_access"));
    state.effect(id, Act::Password(password));
    Ok(Reply::json(json!({
        "code": "1",
        "message": "success",
        "ext_message": null,
        "retry_times_left": null,
        "lock_time": null,
        "lock_time_left": null,
    })))
}
