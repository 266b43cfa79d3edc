//! What the service accepts and returns today, whatever its older pages say. In: requests and responses. Out: neither
//! the document nor the compiled client rejects a request, and no response is lost.
//!
//! `today/orders.yaml` has what an older page would reject, `today/corpus.yaml` requests as they appear in
//! current references.

use std::path::Path;

use codegen::{
    load,
    payload::{self, Allowed},
};
use conformance::{bodies, repo};
use huaweicloud_dcs::{
    Client, Credentials, Error,
    types::{InstanceListInfo, InstanceStatus, MaintainWindowsResp, QueryInstanceInfoResp},
};
use serde_json::{Value, json};

fn entries(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/today/{name}.yaml"));
    let Value::Array(entries) = load::load(&path).unwrap().value else { panic!("{name}: no list") };
    assert!(!entries.is_empty());
    entries
}

/// The whole request of an entry, and its warnings as lines.
fn request(entry: &Value) -> (&str, Value, Vec<String>) {
    let operation = entry["operation"].as_str().unwrap();
    let warns = entry.get("warns").and_then(Value::as_array).into_iter().flatten();
    let warns = warns.map(|line| format!("warning {}", line.as_str().unwrap())).collect();
    let Some(base) = entry.get("base").and_then(Value::as_str) else {
        return (operation, entry["request"].clone(), warns);
    };
    let mut examples = repo::requests(operation).into_iter();
    let (_, mut request) = examples.find(|(name, _)| name == base).unwrap();
    merge(&mut request, &entry["patch"]);
    (operation, request, warns)
}

/// A JSON merge patch (RFC 7396).
fn merge(target: &mut Value, patch: &Value) {
    let (Value::Object(fields), Value::Object(patch)) = (&mut *target, patch) else {
        *target = patch.clone();
        return;
    };
    for (key, value) in patch {
        match value {
            Value::Null => _ = fields.shift_remove(key),
            value => merge(fields.entry(key.as_str()).or_insert(Value::Null), value),
        }
    }
}

#[test]
fn what_the_service_takes_is_not_refused() {
    let document = repo::document();
    for entry in entries("orders").iter().chain(&entries("corpus")) {
        let (operation, request, warns) = request(entry);
        let line = |v: &payload::Violation| format!("{} {} at {}", v.severity, v.rule, v.path);
        let of_document = payload::check(&document, operation, &request).unwrap();
        assert_eq!(of_document.iter().map(line).collect::<Vec<_>>(), warns, "{entry}");
        let compiled = bodies::request(operation, &request).unwrap();
        assert_eq!(compiled.violations.iter().map(line).collect::<Vec<_>>(), warns, "{entry}");
        assert!(compiled.violations.into_result().is_ok(), "{entry}");
    }
}

#[test]
fn booleans_are_taken_for_their_texts() {
    let document = repo::document();
    let paid = |yes: Value| {
        let mut request = repo::requests("ResizeInstance").into_iter();
        let mut request = request.find(|(name, _)| name == "prepaid").unwrap().1;
        request["bss_param"] = json!({ "is_auto_pay": yes });
        let found = payload::check(&document, "ResizeInstance", &request).unwrap();
        // The compiled body reads it, too, and sends the text that the service documents.
        if let Some(yes) = yes.as_bool() {
            let compiled = bodies::request("ResizeInstance", &request).unwrap();
            assert_eq!(compiled.sent["bss_param"]["is_auto_pay"], json!(yes.to_string()));
        }
        found.into_iter().map(|violation| violation.rule.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paid(json!(true)), Vec::<String>::new());
    assert_eq!(paid(json!(false)), ["resize-not-paid"]);
    assert_eq!(paid(json!(1)), ["type"]);
    // Beside them nothing is taken for something else.
    let flag = json!({ "instances": ["one"], "action": true });
    let found = payload::check(&document, "RestartOrFlushInstances", &flag).unwrap();
    assert_eq!(found.len(), 1);
}

#[test]
fn numbers_as_texts_and_texts_as_numbers_are_taken_with_a_warning() {
    let document = repo::document();
    let mut requests = repo::requests("CreateInstance").into_iter();
    let mut order = requests.find(|(name, _)| name == "redis-master-standby").unwrap().1;
    order["enterprise_project_id"] = json!(0);
    let plan =
        json!({ "backup_at": ["1", "2"], "period_type": "weekly", "begin_at": "00:00-01:00" });
    order["instance_backup_policy"] =
        json!({ "backup_type": "auto", "save_days": "1", "periodical_backup_plan": plan });
    let found = payload::check(&document, "CreateInstance", &order).unwrap();
    let found: Vec<String> = found.iter().map(|v| format!("{} {}", v.severity, v.path)).collect();
    let warned = [
        "warning enterprise_project_id",
        "warning instance_backup_policy.save_days",
        "warning instance_backup_policy.periodical_backup_plan.backup_at[0]",
        "warning instance_backup_policy.periodical_backup_plan.backup_at[1]",
    ];
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(found), sorted(warned.map(str::to_owned).to_vec()));
}

#[test]
fn query_parameters_of_today_can_be_set() {
    let client = client(&[]);
    let flavors = client.list_flavors().instance_id("an-instance").spec_type("default");
    assert!(flavors.violations().is_empty());
    assert!(
        client
            .list_slowlog("an-instance", "1598803200000", "1599494399000")
            .role("proxy")
            .violations()
            .is_empty()
    );
}

fn client(allow: &'static [&'static str]) -> Client {
    let builder = Client::builder()
        .endpoint("http://127.0.0.1:9")
        .allow_http(true)
        .project_id("0123456789abcdef0123456789abcdef")
        .credentials(Credentials::token("a-token"));
    allow.iter().fold(builder, |builder, rule| builder.allow(*rule)).build().unwrap()
}

#[tokio::test]
async fn one_rule_can_be_switched_off() {
    let mut request = repo::requests("CreateInstance").into_iter();
    let mut order = request.find(|(name, _)| name == "redis-master-standby").unwrap().1;
    order["engine_version"] = "5.0".into();
    order["spec_code"] = "redis.cluster.xu1.large.r2.12".into();
    order["capacity"] = 12.into();
    order["tags"] = json!([{ "key": "k".repeat(129), "value": "v" }]);
    let body = || {
        serde_json::from_value::<huaweicloud_dcs::types::CreateInstanceBody>(order.clone()).unwrap()
    };
    let plain = client(&[]);
    let refused = plain.create_instance(body()).dry_run().await.unwrap_err();
    let text = refused.to_string();
    let way_out = r#".allow("capacity-redis-4-cluster").allow("maxLength@tags.key")"#;
    assert!(text.ends_with(way_out), "{text}");

    let allowed = plain.create_instance(body()).allow("capacity-redis-4-cluster");
    let Error::Invalid(left) = allowed.clone().dry_run().await.unwrap_err() else { panic!() };
    assert_eq!(left.errors().map(|v| v.rule.to_string()).collect::<Vec<_>>(), ["maxLength"]);
    assert!(allowed.allow("maxLength@tags.key").dry_run().await.is_ok());
    let both = client(&["capacity-redis-4-cluster", "maxLength@tags.key"]);
    assert!(both.create_instance(body()).dry_run().await.is_ok());

    let unknown = plain.create_instance(body()).allow("capacity-redis-4-clusters");
    let text = unknown.dry_run().await.unwrap_err().to_string();
    assert!(text.contains(r#"did you mean "capacity-redis-4-cluster"?"#), "{text}");
    let builder = Client::builder().region("cn-north-4").allow("capacity-redis-5-cluster");
    assert!(builder.build().unwrap_err().to_string().contains("capacity-redis-4-cluster"));
}

#[test]
fn every_rule_of_the_document_can_be_allowed() {
    let document = repo::document();
    let rules = payload::rules(&[&document]);
    assert!(rules.len() > 90);
    for rule in &rules {
        let mut allowed = Allowed::default();
        allowed.add((*rule).to_owned());
        assert_eq!(allowed.problems(&rules), Vec::<String>::new());
        assert_eq!(allowed.problems(<Client as huaweicloud_dcs::ServiceClient>::RULES), [""; 0]);
    }
}

#[test]
fn a_backup_policy_is_read_in_both_shapes() {
    let plan = json!({ "backup_at": [1], "period_type": "weekly", "begin_at": "00:00-01:00" });
    let policy = json!({ "backup_type": "auto", "save_days": 3, "periodical_backup_plan": plan });
    let read = |policy: Value| -> QueryInstanceInfoResp {
        serde_json::from_value(json!({ "instance_backup_policy": policy })).unwrap()
    };
    let old = read(policy.clone()).instance_backup_policy.unwrap();
    assert_eq!((old.save_days, old.policy.is_none()), (Some(3), true));
    let new =
        read(json!({ "backup_policy_id": "an-id", "policy": policy, "tenant_id": "a-project" }));
    let new = new.instance_backup_policy.unwrap();
    assert_eq!(new.backup_policy_id.as_deref(), Some("an-id"));
    let inner = new.policy.unwrap();
    assert_eq!(inner.save_days, Some(3));
    assert_eq!(inner.periodical_backup_plan.unwrap().begin_at, "00:00-01:00");
}

#[test]
fn all_sixteen_states_have_names() {
    let states = [
        "CREATING",
        "CREATEFAILED",
        "RUNNING",
        "ERROR",
        "RESTARTING",
        "FROZEN",
        "EXTENDING",
        "RESTORING",
        "FLUSHING",
        "CLOSING",
        "STARTING",
        "CLOSED",
        "DELETED",
        "UPGRADING",
        "ROLLBACKING",
        "IPEXCHANGING",
    ];
    for state in states {
        let read: QueryInstanceInfoResp =
            serde_json::from_value(json!({ "status": state })).unwrap();
        let read = read.status.unwrap();
        assert!(!matches!(read, InstanceStatus::Unknown(_)), "{state}");
        assert_eq!(read.as_str(), state);
    }
}

/// They are listed as hours or as times.
#[test]
fn maintenance_windows_are_read_as_they_come() {
    for (begin, end) in [("18", "19"), ("02", "06"), ("22:00:00", "23:00:00")] {
        let json = json!({ "maintain_windows": [{ "seq": 1, "begin": begin, "end": end, "default": true }] });
        let read: MaintainWindowsResp = serde_json::from_value(json).unwrap();
        let window = &read.maintain_windows[0];
        assert_eq!((window.begin.as_deref(), window.end.as_deref()), (Some(begin), Some(end)));
    }
}

#[test]
fn what_instances_tell_today_is_read() {
    let json = json!({
        "cache_mode": "ha_rw_split",
        "product_type": "generic",
        "sub_status": "RUNNING",
        "features": { "support_acl": true },
    });
    let read: QueryInstanceInfoResp = serde_json::from_value(json).unwrap();
    assert_eq!(read.cache_mode.as_ref().map(|mode| mode.as_str()), Some("ha_rw_split"));
    assert_eq!(read.product_type.as_ref().map(|of| of.as_str()), Some("generic"));
    assert_eq!(read.sub_status.as_deref(), Some("RUNNING"));
    assert_eq!(read.features.and_then(|features| features.support_acl), Some(true));
    let json = json!({ "sub_status": "RUNNING", "updated_at": "2025-11-17T08:00:00.000Z" });
    let listed: InstanceListInfo = serde_json::from_value(json).unwrap();
    assert_eq!(listed.sub_status.as_deref(), Some("RUNNING"));
    assert_eq!(listed.updated_at.as_deref(), Some("2025-11-17T08:00:00.000Z"));
}
