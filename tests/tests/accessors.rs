//! Values of answers and requests in the types that programs work with: sizes, times, tags, and the names of the prelude.

use std::collections::BTreeMap;

use conformance::repo;
use huaweicloud_dcs::{Capacity, prelude::*};
use serde_json::json;

fn instance(fields: serde_json::Value) -> InstanceListInfo {
    serde_json::from_value(fields).unwrap()
}

#[test]
fn one_size_is_equal_in_every_field_that_has_one() {
    let wanted = Capacity::mb(512);
    let listed = instance(json!({"capacity": 0, "capacity_minor": "0.5"}));
    let minor = listed.capacity_minor.as_deref();
    assert_eq!(Capacity::from_parts(listed.capacity, minor), Ok(Some(wanted)));
    let flavor: FlavorsItems = serde_json::from_value(json!({"capacity": ["0.5", "1"]})).unwrap();
    let sizes: Result<Vec<Capacity>, _> = flavor.capacity.iter().map(Capacity::try_from).collect();
    assert_eq!(sizes, Ok(vec![wanted, Capacity::gb(1)]));

    let code = "redis.single.xu1.tiny.512";
    let order = CreateInstanceBody::new("cache", Engine::Redis, wanted, code, ["a"], "v", "s");
    assert_eq!(order.capacity, 0.5);
    let resize = ResizeInstanceBody::new(code, Capacity::gb(8));
    assert_eq!(resize.new_capacity, 8.0);
    let export = ExportInstancesTaskBody::new("cn-north-4").capacity(wanted);
    assert_eq!(export.capacity.as_deref(), Some("0.5"));
}

#[test]
fn times_parse_and_keep_their_text() {
    let shown = instance(json!({"created_at": "2019-05-31T03:15:40.631Z", "updated_at": ""}));
    let created = shown.created_at_time().unwrap().unwrap();
    assert_eq!(created.unix_timestamp_nanos(), 1_559_272_540_631_000_000);
    assert_eq!(shown.created_at.as_deref(), Some("2019-05-31T03:15:40.631Z"));
    assert_eq!(shown.updated_at_time(), Ok(None));
    assert_eq!(instance(json!({})).created_at_time(), Ok(None));
    let odd = instance(json!({"created_at": "2019/10/22 14:44:30"}));
    let error = odd.created_at_time().unwrap_err().to_string();
    assert!(error.starts_with("`2019/10/22 14:44:30` is not a time of RFC 3339"), "{error}");
}

#[test]
fn tags_are_read_and_written_as_maps() {
    let tags = json!([{"key": "team", "value": "search"}, {"key": "old"}]);
    let listed = instance(json!({"tags": tags}));
    assert_eq!(listed.tags_map(), BTreeMap::from([("old", ""), ("team", "search")]));
    let map = BTreeMap::from([("team", "search")]);
    let order = CreateInstanceBody::new("cache", Engine::Redis, 1, "code", ["a"], "v", "s");
    let sent = serde_json::to_value(order.tags(map)).unwrap();
    assert_eq!(sent["tags"], json!([{"key": "team", "value": "search"}]));
}

#[test]
fn texts_that_are_booleans_are_read_and_written_as_bool() {
    let listed = instance(json!({"no_password_access": "true"}));
    assert_eq!(listed.no_password_access.and_then(|text| text.as_bool()), Some(true));
    let payment = BssParam::new(ChargingMode::PrePaid).is_auto_pay(true);
    assert_eq!(serde_json::to_value(payment).unwrap()["is_auto_pay"], "true");
}

/// Programs of the reference find their keys as every client does, and show a request without any network: there is no
/// proxy, no IAM and no file of credentials that they could ask.
#[test]
fn a_program_of_the_reference_shows_its_request_offline() {
    let home = tempfile::tempdir().unwrap();
    let no_file = home.path().join("none");
    let mut command = std::process::Command::new(env!("CARGO"));
    command.args([
        "run",
        "--quiet",
        "--package",
        "huaweicloud-dcs",
        "--example",
        "show_instance_call",
    ]);
    command.args(["--", "--dry-run"]).current_dir(repo::root());
    let settings = [
        ("HUAWEICLOUD_SDK_AK", "EXAMPLE-ACCESS-KEY"),
        ("HUAWEICLOUD_SDK_SK", "example-secret-key"),
        ("HW_REGION_NAME", "cn-north-4"),
        ("HUAWEICLOUD_SDK_PROJECT_ID", "project-1"),
        ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", no_file.to_str().unwrap()),
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
        ("INSTANCE_ID", "instance-1"),
    ];
    let output = command.envs(settings).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let target = "GET https://dcs.cn-north-4.myhuaweicloud.com/v2/project-1/instances/instance-1\n";
    assert!(said.starts_with(target), "{said}");
    assert!(
        said.contains("authorization: [redacted]") && !said.contains("example-secret-key"),
        "{said}"
    );
}
