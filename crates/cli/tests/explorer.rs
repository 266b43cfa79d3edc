//! `hwc explorer` over a socket, in front of the emulator: who is answered, what is checked and sent, and that no key of the
//! service reaches the page.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use huaweicloud_dcs_emulator::{DataPlane, Emulator, Pace};
use serde_json::{Value, json};

/// A running explorer; it ends with the test.
struct Explorer {
    child: Child,
    host: String,
    key: String,
}

impl Drop for Explorer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(home: &Path, variables: &[(&str, &str)]) -> Explorer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hwc"));
    command.env_clear().env("HOME", home).envs(variables.iter().copied()).arg("explorer");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let (host, key) = line.trim().strip_prefix("http://").unwrap().split_once("/#key=").unwrap();
    assert_eq!(key.len(), 32, "{line}");
    Explorer { host: host.to_owned(), key: key.to_owned(), child }
}

async fn beside_the_emulator(home: &Path) -> (Emulator, Explorer) {
    let builder = Emulator::builder().data_plane(DataPlane::None).pace(Pace::Immediate);
    let emulator = builder.start().await.unwrap();
    let keys = emulator.keys();
    let endpoint = emulator.endpoint().to_string();
    let variables = [
        ("HUAWEICLOUD_SDK_ENDPOINT", endpoint.as_str()),
        ("HUAWEICLOUD_SDK_AK", &keys.access_key),
        ("HUAWEICLOUD_SDK_SK", keys.secret_key.expose()),
        ("HUAWEICLOUD_SDK_PROJECT_ID", &keys.project_id),
    ];
    let explorer = start(home, &variables);
    (emulator, explorer)
}

impl Explorer {
    /// Status, head and body of the answer to a request with these headers.
    fn ask(&self, line: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let mut text = format!("{line} HTTP/1.1\r\nconnection: close\r\n");
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_ascii_lowercase(), body.to_owned())
    }

    /// As the page asks.
    fn page(&self, line: &str, body: &Value) -> (u16, String, String) {
        let headers = [("host", self.host.as_str()), ("x-explorer-key", &self.key)];
        self.ask(line, &headers, &if body.is_null() { String::new() } else { body.to_string() })
    }

    fn send(&self, operation: &str, parameters: Value, body: Value) -> (u16, String, Value) {
        let asked = json!({
            "service": "dcs", "operation": operation, "parameters": parameters, "body": body
        });
        let (status, head, text) = self.page("POST /_explorer/send", &asked);
        (status, head, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_page_that_was_opened_is_answered() {
    let home = tempfile::tempdir().unwrap();
    let (_emulator, explorer) = beside_the_emulator(home.path()).await;
    let host = ("host", explorer.host.as_str());
    let key = ("x-explorer-key", explorer.key.as_str());
    let session = "GET /_explorer/session";
    assert_eq!(explorer.ask(session, &[host, key], "").0, 200);
    for (headers, status) in [
        (vec![host], 401),
        (vec![host, ("x-explorer-key", "00000000000000000000000000000000")], 401),
        (vec![host, ("x-explorer-key", &explorer.key[1..])], 401),
        (vec![("host", "evil.example"), key], 403),
        (vec![host, key, ("origin", "https://evil.example")], 403),
        (vec![key], 403),
    ] {
        assert_eq!(explorer.ask(session, &headers, "").0, status, "{headers:?}");
        assert_eq!(explorer.ask("POST /_explorer/send", &headers, "{}").0, status, "{headers:?}");
    }
    // The page itself is public, and may load nothing from elsewhere.
    let (status, head, body) = explorer.ask("GET /", &[host], "");
    assert!(status == 200 && body.starts_with("<!DOCTYPE html>"), "{body}");
    assert!(head.contains("content-security-policy: default-src 'none'"), "{head}");
    assert_eq!(explorer.ask("GET /_explorer/cloud.js", &[host], "").0, 200);
    assert_eq!(explorer.ask("GET /../Cargo.toml", &[host], "").0, 404);
    assert_eq!(explorer.ask("POST /_explorer/other", &[host, key], "{}").0, 404);
    let large = "x".repeat(1024 * 1024 + 1);
    assert_eq!(explorer.ask("POST /_explorer/send", &[host, key], &large).0, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_without_the_key_is_refused_before_its_body_is_there() {
    let home = tempfile::tempdir().unwrap();
    let (_emulator, explorer) = beside_the_emulator(home.path()).await;
    for (headers, status) in [("", 401), ("origin: https://evil.example\r\n", 403)] {
        let mut stream = TcpStream::connect(&explorer.host).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
        let host = &explorer.host;
        // A body is announced and never sent.
        let head = format!(
            "POST /_explorer/send HTTP/1.1\r\nhost: {host}\r\n{headers}content-length: 9\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("HTTP/1.1 {status} ")), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_checked_signed_and_sent_and_no_key_reaches_the_page() {
    let home = tempfile::tempdir().unwrap();
    let (emulator, explorer) = beside_the_emulator(home.path()).await;
    let order = json!({
        "name": "cache", "engine": "Redis", "engine_version": "5.0", "capacity": 1, "az_codes": ["a"],
        "spec_code": "redis.single.xu1.large.1", "vpc_id": "v", "subnet_id": "s", "no_password_access": true
    });
    let (status, _, answer) = explorer.send("CreateInstance", json!({}), order.clone());
    assert_eq!(status, 200, "{answer}");
    let (status, head, answer) = explorer.send("ListInstances", json!({"limit": 5}), Value::Null);
    assert_eq!((status, &answer["instances"][0]["name"]), (200, &json!("cache")), "{answer}");
    assert!(head.contains("x-request-id: "), "{head}");
    // What the service refuses is its answer; what breaks rules is not sent.
    let missing = json!({"instance_id": "00000000-0000-0000-0000-000000000000"});
    let (status, head, answer) = explorer.send("ShowInstance", missing, Value::Null);
    assert!(status == 404 && answer["error_code"].is_string(), "{status} {answer}");
    assert!(!head.contains("x-explorer-problem"), "{head}");
    let mut short = order;
    short["name"] = json!("a");
    let (status, head, answer) = explorer.send("CreateInstance", json!({}), short.clone());
    assert!(status == 400 && head.contains("x-explorer-problem: invalid"), "{status} {answer}");
    assert_eq!(answer["violations"][0]["rule"], "minLength@name");
    for asked in ["[]", "{", r#"{"service":"dcs"}"#, r#"{"service":"dcs","operation":"X"}"#] {
        let headers = [("host", explorer.host.as_str()), ("x-explorer-key", &explorer.key)];
        let (status, head, body) = explorer.ask("POST /_explorer/send", &headers, asked);
        assert!(status == 400 && head.contains("x-explorer-problem: usage"), "{asked}: {body}");
    }
    let validate =
        json!({"operation": "CreateInstance", "parameters": {"project_id": "p"}, "body": short});
    let (status, _, found) = explorer.page("POST /_explorer/validate", &validate);
    assert!(status == 200 && found.contains("\"minLength\""), "{found}");
    let (_, _, session) = explorer.page("GET /_explorer/session", &Value::Null);
    let session: Value = serde_json::from_str(&session).unwrap();
    assert_eq!(session["project_id"], json!(emulator.keys().project_id));
    assert_eq!((&session["token"], &session["cloud"]["is_local"]), (&Value::Null, &json!(true)));
    for secret in [&*emulator.keys().access_key, emulator.keys().secret_key.expose()] {
        assert!(!session.to_string().contains(secret), "{session}");
    }
}

#[test]
fn it_works_without_a_network_and_says_why_a_call_does_not() {
    let home = tempfile::tempdir().unwrap();
    let closed = "http://127.0.0.1:9";
    let keys = [("HUAWEICLOUD_SDK_AK", "EXAMPLEKEY"), ("HUAWEICLOUD_SDK_SK", "not-a-secret-key")];
    let endpoint = [("HUAWEICLOUD_SDK_ENDPOINT", closed), ("HUAWEICLOUD_SDK_PROJECT_ID", "p")];
    let explorer = start(home.path(), &[&keys[..], &endpoint[..]].concat());
    let (status, _, described) =
        explorer.page("GET /_explorer/catalog/dcs/ShowInstance", &Value::Null);
    assert!(status == 200 && described.contains("instance_id"), "{described}");
    let (status, head, answer) =
        explorer.send("DeleteSingleInstance", json!({"instance_id": "i"}), Value::Null);
    assert!(status == 502 && head.contains("x-explorer-problem: unavailable"), "{status} {answer}");
    assert!(!answer.to_string().contains("not-a-secret-key"), "{answer}");
}
