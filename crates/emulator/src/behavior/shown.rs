//! Instances as answers show them.

use serde_json::{Value, json};

use super::place;
use crate::{moment, state::Instance};

/// What an instance answers at when it has no process: a name that nothing ever has.
const NOWHERE: &str = "no-data-plane.invalid";

/// As ShowInstance has it.
pub(super) fn whole(instance: &Instance) -> Value {
    let mut shown = listed(instance);
    let order = &instance.order;
    let more = json!({
        "vpc_name": "vpc-default",
        "security_group_name": order.security_group_id.as_ref().map(|_| "sg-default"),
        "subnet_name": "subnet-default",
        "subnet_cidr": "127.0.0.0/8",
        "cache_mode": order.cache_mode(),
        "sharding_count": order.emulated().is_cluster.then_some(order.emulated().shards),
        "replica_count": (!order.is_memcached()).then_some(order.emulated().nodes),
        "instance_backup_policy": order.backup_policy,
    });
    if let (Value::Object(shown), Value::Object(more)) = (&mut shown, more) {
        shown.extend(more.into_iter().filter(|(_, value)| !value.is_null()));
    }
    shown
}

/// As ListInstances has it.
pub(super) fn listed(instance: &Instance) -> Value {
    let order = &instance.order;
    let endpoint = instance.endpoint.as_ref();
    let capacity = match order.capacity {
        whole if whole >= 1.0 => json!(whole.trunc()),
        _ => json!(0),
    };
    let minor = (order.capacity < 1.0).then(|| format!(".{}", fraction(order.capacity)));
    let domain = endpoint.map_or(NOWHERE, |endpoint| endpoint.ip.as_str());
    let port = endpoint.map(|endpoint| endpoint.port).or(order.port);
    json!({
        "instance_id": instance.id,
        "name": order.name,
        "description": order.description,
        "engine": order.engine,
        "engine_version": order.engine_version.as_deref().unwrap_or_default(),
        "capacity": integer(&capacity),
        "capacity_minor": minor,
        "spec_code": order.spec_code,
        "status": instance.status.as_str(),
        "ip": endpoint.map(|endpoint| endpoint.ip.as_str()),
        "port": port,
        "domain_name": domain,
        "created_at": moment::text(instance.created),
        "max_memory": instance.megabytes(),
        "used_memory": 0,
        "vpc_id": order.vpc_id,
        "vpc_name": "vpc-default",
        "subnet_id": order.subnet_id,
        "security_group_id": order.security_group_id,
        "az_codes": order.az_codes,
        "maintain_begin": order.maintain_begin.as_deref().unwrap_or("02:00:00"),
        "maintain_end": order.maintain_end.as_deref().unwrap_or("06:00:00"),
        "no_password_access": if order.password.is_none() { "true" } else { "false" },
        "access_user": order.access_user,
        "charging_mode": u8::from(order.order_id.is_some()),
        "order_id": order.order_id,
        "enterprise_project_id": order.enterprise_project_id.as_deref().unwrap_or("0"),
        "user_id": "emulator",
        "user_name": "emulator",
        "enable_publicip": instance.kept.contains_key(place::PUBLIC_IP),
        "publicip_id": instance.kept.get(place::PUBLIC_IP),
        "publicip_address": null,
        "transparent_client_ip_enable": instance.kept.get(place::TRANSPARENT),
        "enable_ssl": order.has_tls(),
        "service_upgrade": false,
        "service_task_id": "",
        "tags": order.tags.iter().map(|(k, v)| json!({"key": k, "value": v})).collect::<Vec<_>>(),
    })
}

/// `0.125` → `125`.
fn fraction(capacity: f64) -> String {
    let text = capacity.to_string();
    text.split_once('.').map_or("0".to_owned(), |(_, digits)| digits.to_owned())
}

/// A whole number without `.0`.
fn integer(number: &Value) -> Value {
    number.as_f64().map_or(Value::Null, |number| json!(number as i64))
}

/// What became of one instance of a batch.
pub(super) fn result(id: &str, is_success: bool) -> Value {
    json!({"instance": id, "result": if is_success { "success" } else { "failed" }})
}

/// Tags as requests have them.
pub(super) fn tags(list: &[Value]) -> Vec<(String, String)> {
    let text = |tag: &Value, name: &str| tag[name].as_str().unwrap_or_default().to_owned();
    list.iter().map(|tag| (text(tag, "key"), text(tag, "value"))).collect()
}
