//! The emulator's own pages: what it was asked, its clock, snapshots, a reset, figures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::time::Duration;

use common::{PASSWORD, client, send, single, without_processes};
use huaweicloud_dcs::types::*;
use huaweicloud_dcs_emulator::{DataPlane, Emulator, Pace};
use serde_json::json;

async fn status(emulator: &Emulator, id: &str) -> String {
    let shown = client(emulator).show_instance(id).send().await.unwrap().into_inner();
    shown.status.unwrap().to_string()
}

async fn order(emulator: &Emulator, name: &str) -> String {
    let made = client(emulator).create_instance(single(name)).send().await.unwrap().into_inner();
    made.instances[0].instance_id.clone().unwrap()
}

#[tokio::test]
async fn requests_are_kept_without_secrets() {
    let emulator = without_processes().await;
    order(&emulator, "seen").await;
    client(&emulator).list_instances().name("a b").send().await.unwrap();
    send(&emulator, "GET", "/nowhere", PASSWORD).await;
    let seen = emulator.requests();
    let said: Vec<(&str, Option<u16>)> =
        seen.iter().map(|seen| (seen.operation.as_str(), seen.status)).collect();
    assert_eq!(
        said,
        [("CreateInstance", Some(200)), ("ListInstances", Some(200)), ("none", Some(404))]
    );
    let body = seen[0].body.as_ref().unwrap();
    assert_eq!((&body["name"], &body["password"]), (&json!("seen"), &json!("[redacted]")));
    assert_eq!(seen[1].query, [("name".to_owned(), "a b".to_owned())]);
    let page = send(&emulator, "GET", "/_emulator/requests", "").await.body;
    assert_eq!(page[2]["error_code"], "APIGW.0101");
    assert!(!page.to_string().contains(PASSWORD), "{page}");
    assert!(!page.to_string().contains(emulator.keys().token.expose()), "{page}");
    send(&emulator, "DELETE", "/_emulator/requests", "").await;
    assert!(emulator.requests().is_empty());
}

#[tokio::test]
async fn time_passes_when_it_is_told_to() {
    let builder = Emulator::builder().data_plane(DataPlane::None).pace(Pace::Seconds(600));
    let emulator = builder.start().await.unwrap();
    let id = order(&emulator, "later").await;
    assert_eq!(status(&emulator, &id).await, "CREATING");
    emulator.advance(Duration::from_secs(599));
    assert_eq!(status(&emulator, &id).await, "CREATING");
    let set = send(&emulator, "PUT", "/_emulator/clock", r#"{"advance_ms": 1500}"#).await;
    assert_eq!(set.body["ahead_ms"], 600_500);
    assert_eq!(status(&emulator, &id).await, "RUNNING");
    let wrong = send(&emulator, "PUT", "/_emulator/clock", r#"{"hours": 1}"#).await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn a_client_whose_clock_is_off_finds_out() {
    let emulator = without_processes().await;
    // The service is an hour ahead.
    let hour = 60 * 60 * 1000;
    let body = json!({"skew_ms": hour}).to_string();
    send(&emulator, "PUT", "/_emulator/clock", &body).await;
    let client = client(&emulator);
    client.list_instances().send().await.unwrap();
    let said: Vec<Option<u16>> = emulator.requests().iter().map(|seen| seen.status).collect();
    assert_eq!(said, [Some(401), Some(200)], "it is refused once, and learns the time");
    client.list_instances().send().await.unwrap();
    assert_eq!(emulator.requests().len(), 3);
}

#[tokio::test]
async fn a_request_may_have_a_pace_of_its_own() {
    let emulator = without_processes().await;
    let keys = emulator.keys();
    let path = format!("/v2/{}/instances", keys.project_id);
    let body = serde_json::to_string(&single("slow")).unwrap();
    let request = |pace: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: {}\r\nX-Emulator-Time: {pace}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            keys.token.expose(),
            body.len()
        )
    };
    let answer = common::send_bytes(&emulator, request("seconds:60").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    order(&emulator, "quick").await;
    let listed = client(&emulator).list_instances().send().await.unwrap().into_inner().instances;
    let states: Vec<_> = listed.into_iter().map(|one| one.status.unwrap()).collect();
    assert_eq!(states, [InstanceStatus::Creating, InstanceStatus::Running]);
    let answer = common::send_bytes(&emulator, request("soon").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("polls:N"), "{answer}");
}

#[tokio::test]
async fn a_snapshot_is_come_back_to() {
    let emulator = without_processes().await;
    let kept = order(&emulator, "kept").await;
    let taken = send(&emulator, "POST", "/_emulator/snapshots", "").await;
    assert_eq!(taken.body, json!({"id": 1}));
    let gone = order(&emulator, "gone").await;
    client(&emulator).delete_single_instance(&kept).send().await.unwrap();
    let restored = send(&emulator, "POST", "/_emulator/snapshots/1/restore", "").await;
    assert_eq!(restored.status, 200, "{}", restored.body);
    assert_eq!(status(&emulator, &kept).await, "RUNNING");
    assert!(client(&emulator).show_instance(&gone).send().await.is_err());
    let unknown = send(&emulator, "POST", "/_emulator/snapshots/2/restore", "").await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn a_reset_leaves_nothing() {
    let emulator = without_processes().await;
    order(&emulator, "gone").await;
    emulator.faults().add(huaweicloud_dcs_emulator::Fault::status(500)).unwrap();
    send(&emulator, "PUT", "/_emulator/time", "seconds:9").await;
    assert_eq!(send(&emulator, "POST", "/_emulator/reset", "").await.status, 200);
    assert!(emulator.requests().is_empty() && emulator.faults().list().is_empty());
    let listed = client(&emulator).list_instances().include_delete("true").send().await.unwrap();
    assert_eq!(listed.into_inner().instances.len(), 0);
    let time = send(&emulator, "GET", "/_emulator/time", "").await.body;
    assert_eq!(time, json!({"time": "immediate"}));
}

#[tokio::test]
async fn figures_are_those_of_the_requests() {
    let emulator = without_processes().await;
    order(&emulator, "counted").await;
    let keys = emulator.keys();
    let request = format!(
        "GET /_emulator/metrics HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: {}\r\n\
         Connection: close\r\n\r\n",
        keys.token.expose()
    );
    let text = common::send_bytes(&emulator, request.as_bytes()).await;
    for line in [
        "# TYPE emulator_requests_total counter",
        r#"emulator_requests_total{operation="CreateInstance",status="200"} 1"#,
        "emulator_request_seconds_count 1",
        "emulator_faults_total 0",
        r#"emulator_instances{status="RUNNING"} 1"#,
    ] {
        assert!(text.contains(&format!("{line}\n")), "{line} is not in {text}");
    }
}
