//! TLS of instances. Switching it starts the processes again; the certificate is the instance's own.

use serde_json::{Value, json};

use super::{Behavior, Live, Question, Said, live};
use crate::{
    call::{Call, Reply},
    pace::Change,
    refusal::Refusal,
    state::{Act, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] =
    &[("ShowInstanceSslDetail", show), ("UpdateSslSwitch", switch)];

pub(super) const LIVE: &[(&str, Live)] =
    &[("DownloadSslCert", Live { ask: ask_certificate, answer: certificate })];

/// What the certificate is called that clients need.
const FILE: &str = "ca.crt";

fn show(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let has_tls = instance.order.has_tls();
    let endpoint = instance.endpoint.as_ref();
    Ok(Reply::without_nulls(json!({
        "enabled": has_tls,
        "ip": endpoint.map(|endpoint| endpoint.ip.as_str()),
        "port": endpoint.map(|endpoint| endpoint.port.to_string()),
        "domain_name": endpoint.map(|endpoint| endpoint.ip.as_str()),
        "ssl_validated": has_tls,
    })))
}

fn switch(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let instance = state.running(id)?;
    let before = instance.order.is_tls;
    instance.order.is_tls = call.flag("enabled");
    if instance.order.is_tls && !instance.order.has_tls() {
        instance.order.is_tls = before;
        return Err(Refusal::new("DCS.4202", "Instances of this flavor have no TLS here."));
    }
    let node = instance.node();
    let (_, task) = state.begin(id, Change::Restart, Act::Start(node), call.now)?;
    Ok(Reply::json(json!({"job_id": task, "instance_id": id, "result": "success"})))
}

fn ask_certificate(state: &mut State, call: &Call) -> Result<Vec<Question>, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    if !instance.order.has_tls() {
        return Err(Refusal::new("DCS.4202", "The instance has no TLS; switch it on first."));
    }
    Ok(vec![Question { act: Act::Certificate, ..live::question(instance, &[]) }])
}

/// The link is to the emulator itself, by the name that it was called by.
fn certificate(_: &mut State, call: &Call, said: &[Said]) -> Result<Reply, Refusal> {
    let text = said.iter().find_map(|said| said.reply.as_str());
    if text.is_none() {
        return Err(Refusal::new("DCS.4202", "There is no process, so there is no certificate."));
    }
    let id = call.variable("instance_id");
    let link = call.link(&format!("instances/{id}/{FILE}"));
    Ok(Reply::json(
        json!({"file_name": FILE, "link": link, "bucket_name": Value::from("emulator")}),
    ))
}
