//! What goes wrong on purpose, over real connections: by the library and by the page.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::time::{Duration, Instant};

use common::{client, send, send_bytes, single, without_processes};
use huaweicloud_dcs::{Client, RetryPolicy, types::*};
use huaweicloud_dcs_emulator::{Emulator, Fault, Reset};
use serde_json::json;

/// A client that sends everything once.
fn impatient(emulator: &Emulator) -> Client {
    let keys = emulator.keys();
    Client::builder()
        .endpoint(emulator.endpoint())
        .allow_http(true)
        .project_id(&keys.project_id)
        .auth_token(keys.token.expose())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

fn instances(emulator: &Emulator) -> String {
    format!("/v2/{}/instances", emulator.keys().project_id)
}

#[tokio::test]
async fn a_client_that_repeats_gets_over_refusals_and_resets() {
    let emulator = without_processes().await;
    let faults = emulator.faults();
    for (number, fault) in [
        Fault::status(503).code("DCS.5011"),
        Fault::too_many_requests(Duration::ZERO),
        Fault::html(502),
        Fault::reset(Reset::BeforeReading),
        Fault::reset(Reset::AfterReading),
        Fault::reset(Reset::AfterCarryingOut),
        Fault::reset(Reset::MidAnswer),
    ]
    .into_iter()
    .enumerate()
    {
        faults.clear();
        faults.add(fault.clone().operation("ListInstances").times(1)).unwrap();
        client(&emulator).list_instances().send().await.unwrap();
        assert_eq!(faults.list()[0].struck, 1, "{fault:?}");
        // The one that failed, and the one that did not.
        assert_eq!(emulator.requests().len(), 2 * (number + 1), "{fault:?}");
    }
}

#[tokio::test]
async fn each_fault_looks_as_it_would() {
    let emulator = without_processes().await;
    let path = instances(&emulator);
    let set = |fault: Fault| {
        emulator.faults().clear();
        emulator.faults().add(fault).unwrap();
    };
    set(Fault::status(500).code("DCS.5000"));
    let answer = send(&emulator, "GET", &path, "").await;
    assert_eq!((answer.status, &answer.body["error_code"]), (500, &json!("DCS.5000")));
    set(Fault::too_many_requests(Duration::from_secs(7)));
    let answer = send(&emulator, "GET", &path, "").await;
    assert_eq!((answer.status, &answer.body["error_code"]), (429, &json!("APIGW.0308")));
    assert!(answer.head.contains("retry-after: 7"), "{}", answer.head);
    set(Fault::html(504));
    let answer = send(&emulator, "GET", &path, "").await;
    assert_eq!((answer.status, answer.body), (504, json!(null)));
    assert!(answer.head.contains("content-type: text/html"), "{}", answer.head);
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: {}\r\nConnection: close\r\n\r\n",
        emulator.keys().token.expose()
    );
    for when in [Reset::BeforeReading, Reset::AfterReading, Reset::AfterCarryingOut] {
        set(Fault::reset(when));
        assert_eq!(send_bytes(&emulator, request.as_bytes()).await, "", "{when:?}");
    }
    set(Fault::reset(Reset::MidAnswer));
    let half = send_bytes(&emulator, request.as_bytes()).await;
    let (head, body) = half.split_once("\r\n\r\n").unwrap();
    let length = format!("content-length: {}", r#"{"instance_num":0,"instances":[]}"#.len());
    assert!(head.starts_with("HTTP/1.1 200") && head.contains(&length), "{head}");
    assert_eq!(body, r#"{"instance_num":"#);
    set(Fault::delay(Duration::from_millis(80)));
    let begun = Instant::now();
    assert_eq!(send(&emulator, "GET", &path, "").await.status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(80));
    set(Fault::stall());
    let stalled =
        tokio::time::timeout(Duration::from_millis(200), send(&emulator, "GET", &path, ""));
    assert!(stalled.await.is_err());
    let last = emulator.requests().pop().unwrap();
    assert_eq!((last.operation.as_str(), last.status), ("ListInstances", None));
}

#[tokio::test]
async fn an_order_is_carried_out_or_not_whatever_is_answered() {
    for (fault, made) in [
        (Fault::reset(Reset::BeforeReading), 0),
        (Fault::reset(Reset::AfterReading), 0),
        (Fault::reset(Reset::AfterCarryingOut), 1),
        (Fault::reset(Reset::MidAnswer), 1),
        (Fault::status(504), 0),
        (Fault::status(504).carried_out(), 1),
        (Fault::html(502).carried_out(), 1),
    ] {
        let emulator = without_processes().await;
        emulator.faults().add(fault.clone().operation("CreateInstance")).unwrap();
        let client = impatient(&emulator);
        client.create_instance(single("once")).send().await.unwrap_err();
        let listed = client.list_instances().send().await.unwrap().into_inner();
        assert_eq!(listed.instances.len(), made, "{fault:?}");
    }
}

#[tokio::test]
async fn instances_end_as_they_are_doomed_to() {
    let emulator = without_processes().await;
    let client = impatient(&emulator);
    let order = async |name: &str, fault: Fault| {
        emulator.faults().clear();
        emulator.faults().add(fault).unwrap();
        let made = client.create_instance(single(name)).send().await.unwrap().into_inner();
        made.instances[0].instance_id.clone().unwrap()
    };
    let failed = order("failed", Fault::create_failed()).await;
    let stuck = order("stuck", Fault::stuck_creating()).await;
    let late = order("late", Fault::late_listing(Duration::from_secs(3600))).await;
    for (id, status) in [
        (&failed, InstanceStatus::CreateFailed),
        (&stuck, InstanceStatus::Creating),
        (&late, InstanceStatus::Running),
    ] {
        let shown = client.show_instance(id).send().await.unwrap().into_inner();
        assert_eq!(shown.status, Some(status));
    }
    let names = async || {
        let listed = client.list_instances().send().await.unwrap().into_inner().instances;
        listed.into_iter().filter_map(|instance| instance.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["stuck"]);
    emulator.advance(Duration::from_secs(3601));
    assert_eq!(names().await, ["stuck", "late"]);
}

#[tokio::test]
async fn lists_overlap() {
    let emulator = without_processes().await;
    let client = impatient(&emulator);
    client.create_instance(single("node").instance_num(4)).send().await.unwrap();
    emulator.faults().add(Fault::overlapping_lists()).unwrap();
    let page = async |offset| {
        let page = client.list_instances().limit(2).offset(offset).send().await.unwrap();
        let names = page.into_inner().instances.into_iter().filter_map(|instance| instance.name);
        names.collect::<Vec<_>>()
    };
    assert_eq!(page(0).await, ["node-000", "node-001"]);
    assert_eq!(page(2).await, ["node-001", "node-002"]);
}

#[tokio::test]
async fn faults_are_set_by_a_page() {
    let emulator = without_processes().await;
    let faults = "/_emulator/faults";
    let one = r#"{"operation": "ListInstances", "times": 1, "then": {"status": {"status": 503}}}"#;
    let set = send(&emulator, "POST", faults, one).await;
    assert_eq!((set.status, set.body), (200, json!({"id": 1})));
    let path = instances(&emulator);
    assert_eq!(send(&emulator, "GET", &path, "").await.status, 503);
    assert_eq!(send(&emulator, "GET", &path, "").await.status, 200);
    let listed = send(&emulator, "GET", faults, "").await.body;
    let expected = json!([{
        "id": 1, "operation": "ListInstances", "times": 1, "struck": 1,
        "then": {"status": {"status": 503}}
    }]);
    assert_eq!(listed, expected);
    let set = send(&emulator, "POST", faults, r#"[{"then": "stall"}, {"then": "stall"}]"#).await;
    assert_eq!(set.body, json!({"ids": [2, 3]}));
    assert_eq!(send(&emulator, "DELETE", "/_emulator/faults/2", "").await.status, 200);
    assert_eq!(send(&emulator, "DELETE", "/_emulator/faults/2", "").await.status, 404);
    assert_eq!(send(&emulator, "DELETE", faults, "").await.body, json!([]));
    for (body, said) in [
        ("{}", "this is no fault: missing field `then`"),
        (r#"{"then": "explode"}"#, "this is no fault: unknown variant `explode`"),
        (r#"{"then": "stall", "often": 1}"#, "this is no fault: unknown field `often`"),
        (r#"[{"then": "stall"}, {"then": "stall", "nth": 0}]"#, "`nth` is 0"),
        (r#"{"operation": "Nothing", "then": "stall"}"#, "there is no operation `Nothing`"),
    ] {
        let answer = send(&emulator, "POST", faults, body).await;
        let message = answer.body["message"].as_str().unwrap_or_default().to_owned();
        assert!(answer.status == 400 && message.starts_with(said), "{message}");
    }
    assert!(emulator.faults().list().is_empty());
}
