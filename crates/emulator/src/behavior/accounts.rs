//! Accounts besides the default one. The processes take them on as users of their access control lists, which
//! Redis has since version 6: a client logs in with name and password.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::{Account, Act, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CreateAclAccount", create),
    ("ListAclAccounts", list),
    ("DeleteAclAccount", delete),
    ("UpdateAclAccount", set_role),
    ("UpdateAclAccountRemark", set_description),
    ("UpdateAclAccountPassWord", set_password),
    ("ResetAclAccountPassWord", reset_password),
];

fn create(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let account = Account {
        id: state.id(),
        name: call.text("account_name").unwrap_or_default(),
        password: call.secret("account_password").unwrap_or_else(|| "".into()),
        role: call.text("account_role").unwrap_or_default(),
        description: call.text("description"),
    };
    let known = &state.running(id)?.accounts;
    // The default account has this name in the process.
    if account.name == "default" || known.iter().any(|known| known.name == account.name) {
        let detail = format!("account_name: there is an account {} already", account.name);
        return Err(Refusal::new("DCS.4063", detail));
    }
    state.effect(id, Act::Accounts(vec![account]));
    Ok(Reply::empty(200))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let one = |account: &Account| {
        json!({
            "account_id": account.id,
            "account_name": account.name,
            "account_type": "normal",
            "instance_id": instance.id,
            "status": "AVAILABLE",
            "account_role": account.role,
            "description": account.description,
        })
    };
    let accounts: Vec<Value> = instance.accounts.iter().map(one).collect();
    Ok(Reply::without_nulls(json!({"accounts": accounts})))
}

/// The account that the path names, of an instance that is running.
fn named(state: &mut State, call: &Call) -> Result<Account, Refusal> {
    let id = call.variable("account_id");
    let known = &state.running(call.variable("instance_id"))?.accounts;
    let found = known.iter().find(|account| account.id == id).cloned();
    found.ok_or_else(|| Refusal::new("DCS.4062", format!("no account has the ID {id}")))
}

fn change(state: &mut State, call: &Call, account: Account) {
    state.effect(call.variable("instance_id"), Act::Accounts(vec![account]));
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let account = named(state, call)?;
    state.effect(call.variable("instance_id"), Act::RemoveAccount(account.name));
    Ok(Reply::empty(200))
}

fn set_role(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let account = named(state, call)?;
    let role = call.words("account_role").unwrap_or(account.role);
    change(state, call, Account { role, ..account });
    let job = state.task_id();
    Ok(Reply::json(json!({"instance_id": call.variable("instance_id"), "job_id": job})))
}

fn set_description(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let account = named(state, call)?;
    let description = call.text("description");
    let accounts = &mut state.running(call.variable("instance_id"))?.accounts;
    for known in accounts.iter_mut().filter(|known| known.id == account.id) {
        known.description.clone_from(&description);
    }
    Ok(Reply::empty(200))
}

fn set_password(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let account = named(state, call)?;
    if call.text("old_password").as_deref() != Some(account.password.expose()) {
        return Err(Refusal::new("DCS.4080", ""));
    }
    let password = new_password(call)?;
    change(state, call, Account { password, ..account });
    Ok(Reply::json(json!({"result": "success", "message": "The password was changed."})))
}

fn reset_password(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let account = named(state, call)?;
    let password = new_password(call)?;
    change(state, call, Account { password, ..account });
    Ok(Reply::json(json!({"code": "1", "message": "success"})))
}

fn new_password(call: &Call) -> Result<huaweicloud_core::Secret, Refusal> {
    call.secret("new_password").ok_or_else(|| Refusal::new("DCS.4019", "new_password is empty"))
}
