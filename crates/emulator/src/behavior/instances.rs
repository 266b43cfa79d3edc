//! Creating, finding and deleting instances.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Behavior, shown};
use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::{Instance, Order, State, Status},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CreateInstance", create),
    ("DeleteSingleInstance", delete),
    ("BatchDeleteInstances", delete_many),
    ("ListNumberOfInstancesInDifferentStatus", count_states),
];

fn create(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let count = call.field("instance_num").and_then(Value::as_u64).unwrap_or(1);
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let mut order = order(call);
    let bss = call.field("bss_param");
    let is_prepaid = bss.and_then(|bss| bss["charging_mode"].as_str()) == Some("prePaid");
    if is_prepaid {
        let id = state.id().replace('-', "").to_uppercase();
        order.is_unpaid = bss.is_some_and(|bss| bss["is_auto_pay"] != "true");
        order.order_id = Some(format!("CS{}", &id[..16]));
    }
    order.configuration = template(state, call);
    let made = state.create(&order, count, call.now)?;
    warn(&order, state.quota.processes);
    let instances = made.into_iter();
    let instances = instances.map(|(id, name)| json!({"instance_id": id, "instance_name": name}));
    let mut body = json!({"instances": instances.collect::<Vec<_>>()});
    if let Some(order_id) = order.order_id {
        body["order_id"] = json!(order_id);
    }
    Ok(Reply::json(body))
}

/// The parameters of the template that is named, if it is one of the project.
fn template(state: &State, call: &Call) -> BTreeMap<String, String> {
    let id = call.words("template_id");
    let found = state.templates().iter().find(|template| Some(&template.id) == id.as_ref());
    let params = found.and_then(|template| template.fields["params"].as_object());
    let params = params.into_iter().flatten();
    params.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}

/// Says what is not as it would be.
fn warn(order: &Order, most: usize) {
    let wanted = order.layout();
    let given = wanted.within(most);
    if given != wanted {
        let (shards, nodes) = (given.shards, given.nodes);
        tracing::warn!(shards, nodes, "there are fewer than ordered; see --max-processes");
    }
    if order.is_tls && !order.has_tls() {
        tracing::warn!("instances of this flavor have no TLS here");
    }
    if order.cache_mode() == "proxy" {
        tracing::warn!("instances of this flavor have one process here, and no proxy");
    }
    if order.is_memcached() && order.password.is_some() {
        tracing::warn!("Memcached takes clients without the password here");
    }
}

fn order(call: &Call) -> Order {
    let port = call.field("port").and_then(Value::as_u64).and_then(|p| u16::try_from(p).ok());
    let renamed = call.field("rename_commands").and_then(Value::as_object);
    let renamed = renamed.into_iter().flatten();
    let renamed: BTreeMap<String, String> =
        renamed.filter_map(|(old, new)| Some((old.clone(), new.as_str()?.to_owned()))).collect();
    let is_open = call.flag("no_password_access");
    Order {
        name: call.text("name").unwrap_or_default(),
        description: call.text("description"),
        engine: call.text("engine").unwrap_or_default(),
        engine_version: call.words("engine_version"),
        capacity: call.field("capacity").and_then(Value::as_f64).unwrap_or_default(),
        spec_code: call.text("spec_code").unwrap_or_default(),
        az_codes: call.texts("az_codes"),
        vpc_id: call.text("vpc_id").unwrap_or_default(),
        subnet_id: call.text("subnet_id").unwrap_or_default(),
        security_group_id: call.words("security_group_id"),
        enterprise_project_id: call.words("enterprise_project_id"),
        port,
        password: call.secret("password").filter(|_| !is_open),
        access_user: call.words("access_user"),
        maintain_begin: call.words("maintain_begin"),
        maintain_end: call.words("maintain_end"),
        backup_policy: call.field("instance_backup_policy").cloned(),
        tags: shown::tags(call.list("tags")),
        renamed,
        order_id: None,
        is_unpaid: false,
        is_tls: call.flag("enable_ssl"),
        shards: count(call, "sharding_count"),
        nodes: count(call, "replica_count"),
        max_processes: 0,
        configuration: BTreeMap::new(),
    }
}

/// A number of `spec_param`.
fn count(call: &Call, name: &str) -> Option<usize> {
    let number = call.field("spec_param")?.get(name)?.as_u64()?;
    usize::try_from(number).ok().filter(|number| *number > 0)
}

/// How many instances are asked for, and those on the page.
pub(super) fn page<'s>(state: &'s State, call: &Call) -> (usize, Vec<&'s Instance>) {
    let deleted = state.deleted().iter().filter(|_| call.is_asked("include_delete"));
    let all = state.instances().iter().chain(deleted);
    let fit = |instance: &&Instance| fits(instance, call) && state.is_listed(instance, call.now);
    let found: Vec<&Instance> = all.filter(fit).collect();
    (found.len(), call.page(found, 10))
}

/// Whether an instance meets all conditions of the query.
fn fits(instance: &Instance, call: &Call) -> bool {
    let order = &instance.order;
    let is = |name: &str, value: &str| call.asked(name).is_none_or(|asked| asked == value);
    let is_named = call.asked("name").is_none_or(|name| match call.is_asked("name_equal") {
        true => order.name == name,
        false => order.name.contains(name),
    });
    let ip = instance.endpoint.as_ref().map_or("", |endpoint| endpoint.ip.as_str());
    let has_tags = call.asked("tags").is_none_or(|tags| {
        tags.split(',').all(|tag| {
            let (key, value) = tag.split_once('=').unwrap_or((tag, ""));
            order.tags.iter().any(|(k, v)| k == key && v == value)
        })
    });
    let capacity = call.asked("capacity").and_then(|text| text.parse::<f64>().ok());
    let is_shown = instance.status != Status::CreateFailed || call.is_asked("include_failure");
    is("instance_id", &instance.id)
        && is("status", instance.status.as_str())
        && is("ip", ip)
        && capacity.is_none_or(|asked| (asked - order.capacity).abs() < f64::EPSILON)
        && is_named
        && has_tags
        && is_shown
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    state.delete(call.variable("instance_id"))?;
    Ok(Reply::empty(204))
}

fn delete_many(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let ids = match call.is_asked("all_failure") {
        true => {
            let all = state.instances().iter();
            let failed = all.filter(|instance| instance.status == Status::CreateFailed);
            failed.map(|instance| instance.id.clone()).collect()
        }
        false => call.texts("instances"),
    };
    let results: Vec<Value> =
        ids.iter().map(|id| shown::result(id, state.delete(id).is_ok())).collect();
    Ok(Reply::json(json!({"results": results})))
}

/// The states that are counted; those that the emulator has not are 0.
const COUNTED: [&str; 12] = [
    "CREATEFAILED",
    "CREATING",
    "ERROR",
    "EXTENDING",
    "FLUSHING",
    "FREEZING",
    "FROZEN",
    "MIGRATING",
    "PAYING",
    "RESTARTING",
    "RUNNING",
    "UPGRADING",
];

fn count_states(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let has_failed = call.is_asked("include_failure");
    let counts = |fits: &dyn Fn(&Instance) -> bool| -> Value {
        let count = |status: &str| {
            let all = state.instances().iter().filter(|instance| fits(instance));
            let counted = all.filter(|instance| instance.status.as_str() == status);
            if status == "CREATEFAILED" && !has_failed { 0 } else { counted.count() }
        };
        let name = |status: &str| format!("{}_count", status.to_lowercase());
        let entries = COUNTED.iter().map(|status| (name(status), json!(count(status))));
        Value::Object(entries.collect())
    };
    let mut body = counts(&|_| true);
    body["redis"] = counts(&|instance| !instance.order.is_memcached());
    body["memcached"] = counts(&|instance| instance.order.is_memcached());
    Ok(Reply::json(body))
}
