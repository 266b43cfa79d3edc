//! Who and what is let in, over real connections.

mod common;

use common::{PASSWORD, client, send, send_bytes, single, without_processes};
use huaweicloud_dcs::{Client, Credentials, types::*};
use huaweicloud_dcs_emulator::{DataPlane, Emulator, Pace, Strictness};
use serde_json::json;

/// The first line of the answer to bytes that are sent as they are.
async fn first_line(emulator: &Emulator, bytes: &[u8]) -> String {
    send_bytes(emulator, bytes).await.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn only_who_knows_the_keys_is_let_in() {
    let emulator = without_processes().await;
    let keys = emulator.keys();
    let with = |secret: &str, project: &str| {
        let builder = Client::builder().endpoint(emulator.endpoint()).allow_http(true);
        let credentials = Credentials::new(keys.access_key.as_str(), secret);
        builder.project_id(project).credentials(credentials).build().unwrap()
    };
    let right = with(keys.secret_key.expose(), &keys.project_id);
    right.list_instances().name("ä b+c&=").tags("a=b").send().await.unwrap();
    right.create_instance(single("signed")).send().await.unwrap();
    let said = |error: huaweicloud_dcs::Error| {
        (error.status().unwrap().as_u16(), error.code().unwrap().to_string())
    };
    let wrong = with("wrong", &keys.project_id).list_instances().send().await.unwrap_err();
    assert_eq!(said(wrong), (401, "APIGW.0301".to_owned()));
    let other = with(keys.secret_key.expose(), "other").list_instances().send().await.unwrap_err();
    assert_eq!(said(other), (403, "APIGW.0302".to_owned()));
    let path = format!("/v2/{}/instances", keys.project_id);
    let nobody = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(first_line(&emulator, nobody.as_bytes()).await.contains("401"));
}

#[tokio::test]
async fn what_the_client_refuses_is_refused_and_loosely_taken() {
    let body = single("bad name!").instance_num(0);
    let strict = without_processes().await;
    let refused = client(&strict).create_instance(body.clone()).skip_validation().send().await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code().unwrap().to_string(), "DCS.4010");
    let message = refused.to_string();
    assert!(message.contains("name") && message.contains("instance_num"), "{message}");

    let loose = Emulator::builder().data_plane(DataPlane::None).strictness(Strictness::Loose);
    let loose = loose.start().await.unwrap();
    client(&loose).create_instance(body).skip_validation().send().await.unwrap();
    // The client's own checks are the same.
    let own = client(&loose).create_instance(single("bad name!")).validate().unwrap_err();
    assert_eq!(own.iter().next().unwrap().path, "name");
}

#[tokio::test]
async fn a_web_page_is_not_let_in() {
    let emulator = without_processes().await;
    let page = |host: &str, more: &str| {
        format!(
            "GET /_emulator/health/live HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n"
        )
    };
    for (host, more, status) in [
        ("127.0.0.1:8800", "", "200"),
        ("localhost", "Origin: http://localhost:3000\r\n", "200"),
        ("evil.example", "", "403"),
        ("localhost", "Origin: https://evil.example\r\n", "403"),
    ] {
        let line = first_line(&emulator, page(host, more).as_bytes()).await;
        assert!(line.contains(status), "{host}: {line}");
    }
}

#[tokio::test]
async fn nonsense_gets_an_answer_or_an_end_and_others_go_on() {
    let emulator = without_processes().await;
    let large = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999\r\n\r\n{}",
        "x".repeat(2_000_000)
    );
    let head = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(100_000));
    for (bytes, status) in [
        (large.as_bytes(), "413"),
        (head.as_bytes(), "4"),
        (b"\x00\xff\xfe\r\n\r\n".as_slice(), "400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \xff\r\nConnection: close\r\n\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "400"),
        (b"GET http://[ HTTP/1.1\r\n\r\n", "400"),
    ] {
        let line = first_line(&emulator, bytes).await;
        assert!(line.is_empty() || line.contains(status), "{line}");
    }
    client(&emulator).list_instances().send().await.unwrap();
}

#[tokio::test]
async fn addresses_and_bodies_that_are_wrong_are_told_apart() {
    let emulator = without_processes().await;
    let project = &emulator.keys().project_id;
    for (method, path, body, status, code) in [
        ("GET", "/nothing", "", 404, "APIGW.0101"),
        ("PATCH", "/instances", "", 405, "DCS.5001"),
        ("POST", "/instances", "", 400, "DCS.4004"),
        ("POST", "/instances", "{", 400, "DCS.4005"),
        ("POST", "/instances", r#"{"name": 1}"#, 400, "DCS.4005"),
        ("GET", "/instances?limit=0", "", 400, "DCS.4062"),
        ("GET", "/instances?limit=x", "", 400, "DCS.4062"),
        ("GET", "/instances/none", "", 404, "DCS.3022"),
    ] {
        let answer = send(&emulator, method, &format!("/v2/{project}{path}"), body).await;
        assert!(answer.head.contains("x-request-id: "), "{}", answer.head);
        let said = (answer.status, answer.body["error_code"].as_str().unwrap_or_default());
        assert_eq!(said, (status, code), "{method} {path} {body}");
    }
}

#[tokio::test]
async fn states_pass_at_the_pace_that_is_set() {
    let builder = Emulator::builder().data_plane(DataPlane::None).pace(Pace::Polls(2));
    let emulator = builder.start().await.unwrap();
    let client = client(&emulator);
    let made = client.create_instance(single("paced").instance_num(2)).send().await.unwrap();
    let made = made.into_inner().instances;
    assert_eq!(made[1].instance_name.as_deref(), Some("paced-001"));
    let id = made[0].instance_id.clone().unwrap();
    let status = async || {
        let shown = client.show_instance(&id).send().await.unwrap().into_inner();
        assert_eq!(shown.ip, None, "nothing is pretended");
        shown.status.unwrap().to_string()
    };
    assert_eq!(status().await, "CREATING");
    let reset =
        ModifyInstancePasswordBody::new().old_password(PASSWORD).new_password("New-Passw0rd-1");
    let early = client.update_password(&id, reset).send().await.unwrap_err();
    assert_eq!(early.code().unwrap().to_string(), "DCS.4049");
    assert_eq!(status().await, "RUNNING");

    let set = send(&emulator, "PUT", "/_emulator/time", "immediate").await;
    assert_eq!(set.body, json!({"time": "immediate"}));
    assert_eq!(send(&emulator, "PUT", "/_emulator/time", "soon").await.status, 400);
    client.create_instance(single("at-once")).send().await.unwrap();
    let found = client.list_instances().name("at-once").name_equal(true).send().await.unwrap();
    assert_eq!(found.into_inner().instances[0].status, Some(InstanceStatus::Running));
    let journal = send(&emulator, "GET", "/_emulator/requests", "").await.body;
    assert_eq!(journal[0]["operation"], "CreateInstance");
    assert_eq!(journal[2]["error_code"], "DCS.4049");
}

#[tokio::test]
async fn a_change_that_is_refused_changes_nothing() {
    let builder = Emulator::builder().data_plane(DataPlane::None).pace(Pace::Seconds(3600));
    let emulator = builder.start().await.unwrap();
    let client = client(&emulator);
    let made = client.create_instance(single("unchanged")).send().await.unwrap().into_inner();
    let id = made.instances[0].instance_id.clone().unwrap();
    let change = ModifyInstanceBody::new().name("changed").port(6390);
    let refused = client.update_instance(&id, change).send().await.unwrap_err();
    assert_eq!(refused.code().unwrap().to_string(), "DCS.4049");
    let shown = client.show_instance(&id).send().await.unwrap().into_inner();
    assert_eq!((shown.name.as_deref(), shown.port), (Some("unchanged"), None));
    let change = ModifyInstanceBody::new().name("changed");
    client.update_instance(&id, change).send().await.unwrap();
}
