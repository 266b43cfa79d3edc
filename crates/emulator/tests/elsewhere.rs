//! Answers from a recording and from a real service, for which a local server stands.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::io::Write as _;

use common::{PASSWORD, client, send, single, without_processes};
use huaweicloud_core::testing::Recording;
use huaweicloud_dcs::Client;
use huaweicloud_dcs_emulator::{DataPlane, Emulator, Fault, StartError, Upstream};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    sync::mpsc,
};

async fn start(
    change: impl FnOnce(huaweicloud_dcs_emulator::Builder) -> huaweicloud_dcs_emulator::Builder,
) -> Emulator {
    change(Emulator::builder().data_plane(DataPlane::None).seed(1)).start().await.unwrap()
}

#[tokio::test]
async fn what_is_recorded_is_replayed_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calls.har");
    let recorded = start(|builder| builder.record(&file)).await;
    let made = client(&recorded).create_instance(single("recorded")).send().await.unwrap();
    let id = made.into_inner().instances[0].instance_id.clone().unwrap();
    let shown = client(&recorded).show_instance(&id).send().await.unwrap().into_inner();
    client(&recorded).delete_single_instance(&id).send().await.unwrap();
    client(&recorded).show_instance(&id).send().await.unwrap_err();
    // Who calls is asked for, and not recorded.
    send(&recorded, "GET", "/openstack/latest/securitykey", "").await;
    drop(recorded);

    let text = std::fs::read_to_string(&file).unwrap();
    for secret in [PASSWORD, "EMULATOR-SECRET-KEY", "EMULATOR-TOKEN", "SDK-HMAC-SHA256"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    let entries = Recording::load(&file).unwrap().entries;
    let said: Vec<_> = entries.iter().map(|one| (one.method.as_str(), one.status)).collect();
    assert_eq!(said, [("POST", 200), ("GET", 200), ("DELETE", 204), ("GET", 404)]);
    let body: Value = serde_json::from_str(entries[0].request_body.as_ref().unwrap()).unwrap();
    assert_eq!(body["password"], "[redacted]");

    // By an emulator, over a socket …
    let replayed = start(|builder| builder.replay(&file)).await;
    let by_socket = client(&replayed);
    by_socket.create_instance(single("recorded")).send().await.unwrap();
    let again = by_socket.show_instance(&id).send().await.unwrap().into_inner();
    assert_eq!(again, shown);
    let left = by_socket.list_instances().send().await.unwrap_err();
    assert_eq!(left.status().map(|status| status.as_u16()), Some(501));
    // … and by a client alone.
    let alone = Client::replay(&file).unwrap();
    alone.create_instance(single("recorded")).send().await.unwrap();
    assert_eq!(alone.show_instance(&id).send().await.unwrap().into_inner(), shown);
    let gone = alone.show_instance(&id).send().await.unwrap_err();
    assert_eq!(gone.code(), Some("DCS.3022"));
    let left = alone.list_instances().send().await.unwrap_err();
    assert!(left.to_string().contains("the recording has no answer left to GET"), "{left}");
}

#[tokio::test]
async fn a_body_that_nobody_can_mask_is_not_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recording.har");
    let recorded = start(|builder| builder.record(&file)).await;
    let path = format!("/v2/{}/instances", recorded.keys().project_id);
    for body in [
        r#"{"name": "cut", "password": "Hunter2-a""#,
        r#"password=Hunter2-b"#,
        r#"{"name": "other case", "PassWord": "Hunter2-c"}"#,
    ] {
        assert_eq!(send(&recorded, "POST", &path, body).await.status, 400, "{body}");
    }
    drop(recorded);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("other case") && !text.contains("Hunter2"), "{text}");
}

#[tokio::test]
async fn a_file_that_is_no_recording_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("none.har");
    let missing = Emulator::builder().replay(&file).start().await.unwrap_err();
    assert!(matches!(missing, StartError::Recording(_)), "{missing}");
    std::fs::File::create(&file).unwrap().write_all(b"{}").unwrap();
    let wrong = Emulator::builder().replay(&file).start().await.unwrap_err();
    assert!(wrong.to_string().contains("log.entries"), "{wrong}");
    let nowhere = Emulator::builder().forward(Upstream::new("nowhere")).start().await.unwrap_err();
    assert!(matches!(nowhere, StartError::Upstream(_)), "{nowhere}");
}

/// A service that answers everything with this body, and tells what it was sent.
async fn service(body: &'static str) -> (String, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, received) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = vec![0; 65536];
            let length = stream.read(&mut bytes).await.unwrap_or(0);
            let _ = sender.send(String::from_utf8_lossy(&bytes[..length]).into_owned());
            let answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (format!("http://{address}"), received)
}

#[tokio::test]
async fn a_service_behind_it_is_compared_with_its_document() {
    let body = r#"{"instance_num": 1, "instances": [
        {"instance_id": "i-1", "name": "there", "port": "6379", "new_field": true}
    ]}"#;
    let (url, mut received) = service(body).await;
    let upstream = Upstream::new(url).keys("REAL-KEY", "real-secret").project_id("real-project");
    let emulator = start(|builder| builder.forward(upstream)).await;
    let listed = client(&emulator).list_instances().name("a b").send().await.unwrap().into_inner();
    assert_eq!(listed.instances[0].name.as_deref(), Some("there"));

    let request = received.recv().await.unwrap();
    let head = request.to_lowercase();
    assert!(request.starts_with("GET /v2/real-project/instances?name=a%20b"), "{request}");
    assert!(request.contains("SDK-HMAC-SHA256 Access=REAL-KEY"), "{request}");
    assert!(head.contains("x-project-id: real-project"), "{request}");
    assert!(!request.contains("EMULATOR-ACCESS-KEY"), "{request}");

    let rows = emulator.differences();
    let ids: Vec<&str> = rows.lines().filter_map(|line| line.strip_prefix("- id: ")).collect();
    assert_eq!(
        ids,
        ["list-instances-instances-new-field-presence", "list-instances-instances-port-type"]
    );
    let page = common::send_bytes(
        &emulator,
        b"GET /_emulator/differences HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    assert!(page.await.ends_with(&rows));
}

#[tokio::test]
async fn what_a_service_repeats_of_a_request_is_not_recorded() {
    // As it was sent, as JSON in text, and in base64.
    let said = "<p>Hunter2/token</p> {\"password\":\"Hunter2\\/token\"} SHVudGVyMi90b2tlbg== kept";
    let (url, _received) = service(said).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recording.har");
    let forward = |builder: huaweicloud_dcs_emulator::Builder| {
        builder.forward(Upstream::new(url)).record(&file)
    };
    let emulator = start(forward).await;
    let path = format!("/v2/{}/instances", emulator.keys().project_id);
    let body = json!({"name": "repeated", "password": "Hunter2/token"}).to_string();
    send(&emulator, "POST", &path, &body).await;
    drop(emulator);
    let entries = Recording::load(&file).unwrap().entries;
    let answer = entries[0].body.as_deref().unwrap_or_default();
    assert!(answer.contains("[redacted]") && answer.contains("kept"), "{answer}");
    assert!(!answer.contains("Hunter2") && !answer.contains("SHVud"), "{answer}");
}

#[tokio::test]
async fn a_token_is_handed_on_and_a_stranger_is_not_let_through() {
    let (url, mut received) = service(r#"{"instance_num": 0, "instances": []}"#).await;
    let emulator = start(|builder| builder.forward(Upstream::new(url))).await;
    let path = format!("/v2/{}/instances", emulator.keys().project_id);
    assert_eq!(send(&emulator, "GET", &path, "").await.status, 200);
    assert!(received.recv().await.unwrap().to_lowercase().contains("x-auth-token"));
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let refused = common::send_bytes(&emulator, request.as_bytes()).await;
    assert!(refused.starts_with("HTTP/1.1 401"), "{refused}");
    assert!(received.try_recv().is_err(), "nothing was forwarded");
}

#[tokio::test]
async fn a_service_that_is_not_there_is_told() {
    let emulator = start(|builder| builder.forward(Upstream::new("http://127.0.0.1:1"))).await;
    let path = format!("/v2/{}/instances", emulator.keys().project_id);
    let answer = send(&emulator, "GET", &path, "").await;
    assert_eq!(answer.status, 502);
    assert_eq!(without_processes().await.differences(), "");
}

#[tokio::test]
async fn an_emulator_stands_for_a_service_that_has_moved_on() {
    let service = start(|builder| builder).await;
    client(&service).create_instance(single("moved")).send().await.unwrap();
    for (pointer, value) in [
        ("/instances/0/port", json!("6379")),
        ("/instances/0/new_field", json!(true)),
        ("/instances/0/vpc_name", Value::Null),
    ] {
        service.faults().add(Fault::change(pointer, value).operation("ListInstances")).unwrap();
    }
    let keys = service.keys();
    let upstream = Upstream::new(service.endpoint())
        .keys(keys.access_key.as_str(), keys.secret_key.expose())
        .project_id(&keys.project_id);
    let proxy = start(|builder| builder.forward(upstream)).await;
    let listed = client(&proxy).list_instances().send().await.unwrap().into_inner();
    assert_eq!(listed.instances[0].name.as_deref(), Some("moved"));
    client(&proxy).list_flavors().send().await.unwrap();

    let rows = proxy.differences();
    let ids: Vec<&str> = rows.lines().filter_map(|line| line.strip_prefix("- id: ")).collect();
    assert_eq!(
        ids,
        ["list-instances-instances-new-field-presence", "list-instances-instances-port-type"],
        "a field may be left out: {rows}"
    );
    assert!(rows.contains("# ListInstances, at InstanceListInfo.new_field\n"), "{rows}");
}
