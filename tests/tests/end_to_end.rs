//! The client over a real socket: what it sends is exactly the payload, and whatever it receives becomes a
//! value or an error that says what happened.

use std::{
    fs,
    sync::{Arc, Mutex},
    time::Duration,
};

use conformance::{
    repo,
    server::{Received, Reply, Server},
};
use huaweicloud_dcs::{Client, ClientBuilder, Error, Validation, types::*};
use serde_json::Value;

const ANSWER: &str = r#"{"instances":[{"instance_id":"id-1","instance_name":"cache"}]}"#;

fn client(endpoint: &str) -> Client {
    local(endpoint).timeout(Duration::from_secs(5)).build().unwrap()
}

/// A client of this machine.
fn local(endpoint: &str) -> ClientBuilder<Client> {
    let builder = Client::builder().endpoint(endpoint).allow_http(true).project_id("p-1");
    builder.auth_token("not-a-token")
}

fn body() -> CreateInstanceBody {
    CreateInstanceBody::new("cache", Engine::Redis, 1, "spec", ["zone-a"], "vpc", "subnet")
        .engine_version("5.0")
        .no_password_access(true)
}

/// One call against one reply: its result, and what the server saw.
async fn call(reply: Reply) -> (Result<CreateInstanceResp, Error>, Vec<Received>) {
    let server = Server::start(vec![reply]).await.unwrap();
    let result = client(&server.endpoint()).create_instance(body()).send().await;
    (result.map(huaweicloud_dcs::Response::into_inner), server.received())
}

async fn error(reply: Reply) -> Error {
    call(reply).await.0.unwrap_err()
}

/// Why the outcome of a purchase is unknown, if it is; what to look for stands beside it.
fn cause(error: Error) -> Error {
    let is_unknown = error.is_unknown_outcome();
    match error {
        Error::Unknown { names, cause, .. } => {
            assert_eq!(names, ["cache"]);
            *cause
        }
        error => {
            assert!(!is_unknown, "{error:?}");
            error
        }
    }
}

#[tokio::test]
async fn each_example_arrives_as_it_is() {
    let folder = repo::root().join("generated/dcs/examples/create-instance");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".json") || name.starts_with("response-") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let payload: CreateInstanceBody = serde_json::from_str(&text).unwrap();
        let server = Server::start(vec![Reply::json(200, ANSWER)]).await.unwrap();
        client(&server.endpoint()).create_instance(payload).send().await.unwrap();

        let received = server.received().remove(0);
        assert_eq!(
            (received.method.as_str(), received.target.as_str()),
            ("POST", "/v2/p-1/instances")
        );
        let sent: Value = serde_json::from_slice(&received.body).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(numbers_alike(sent), numbers_alike(expected), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}

/// In JSON `2` and `2.0` are one number.
fn numbers_alike(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        Value::Array(items) => items.into_iter().map(numbers_alike).collect(),
        Value::Object(map) => map.into_iter().map(|(k, v)| (k, numbers_alike(v))).collect(),
        other => other,
    }
}

#[tokio::test]
async fn headers_are_those_of_a_json_call_and_nothing_else() {
    let (result, received) = call(Reply::json(200, ANSWER)).await;
    result.unwrap();
    let received = &received[0];
    assert_eq!(received.header("x-auth-token"), ["not-a-token"]);
    assert_eq!(received.header("content-type"), ["application/json"]);
    assert_eq!(received.header("api-version"), [] as [&str; 0]);
    assert!(received.header("user-agent")[0].starts_with("huaweicloud-dcs/0.1.0 "));
}

#[tokio::test]
async fn what_is_absent_stays_absent() {
    let (_, received) = call(Reply::json(200, ANSWER)).await;
    let expected = concat!(
        r#"{"name":"cache","engine":"Redis","engine_version":"5.0","capacity":1.0,"#,
        r#""spec_code":"spec","az_codes":["zone-a"],"vpc_id":"vpc","subnet_id":"subnet","#,
        r#""no_password_access":true}"#
    );
    assert_eq!(std::str::from_utf8(&received[0].body).unwrap(), expected);
}

#[tokio::test]
async fn what_is_set_is_sent_even_when_empty() {
    let server = Server::start(vec![Reply::json(200, ANSWER)]).await.unwrap();
    let body = body()
        .tags(Vec::<ResourceTag>::new())
        .rename_commands([("keys", "k"), ("command", "c")])
        .bss_param(
            BssParam::new(ChargingMode::PrePaid)
                .is_auto_pay(true)
                .is_auto_renew("false")
                .period_type(PeriodUnit::Month)
                .period_num(1),
        );
    client(&server.endpoint()).create_instance(body).send().await.unwrap();
    let sent: Value = serde_json::from_slice(&server.received()[0].body).unwrap();
    assert_eq!(sent["tags"], serde_json::json!([]));
    assert_eq!(sent["rename_commands"].to_string(), r#"{"command":"c","keys":"k"}"#);
    let paid = concat!(
        r#"{"is_auto_renew":"false","charging_mode":"prePaid","is_auto_pay":"true","#,
        r#""period_type":"month","period_num":1}"#
    );
    assert_eq!(sent["bss_param"].to_string(), paid);
}

#[tokio::test]
async fn an_invalid_request_never_leaves() {
    let server = Server::start(vec![Reply::json(200, ANSWER)]).await.unwrap();
    let client = client(&server.endpoint());
    let wrong = body().instance_num(0).password("short").engine_version("8.0");
    let error = client.create_instance(wrong.clone()).send().await.unwrap_err();
    insta::assert_snapshot!(error);
    assert_eq!(server.received().len(), 0);

    // It can be switched off for a call, and for a client.
    client.create_instance(wrong.clone()).skip_validation().send().await.unwrap();
    let server = Server::start(vec![Reply::json(200, ANSWER)]).await.unwrap();
    let lax = local(&server.endpoint()).validation(Validation::Off).build().unwrap();
    lax.create_instance(wrong).send().await.unwrap();
    assert_eq!(server.received().len(), 1);

    // Nothing switches off that a path leads to another operation.
    for id in ["", ".", "..", "a\\b"] {
        let call = lax.show_instance(id);
        let error = call.send().await.unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{id:?}: {error}");
    }
    assert_eq!(server.received().len(), 1);
}

/// Warnings do not keep a request back; they are handed on, once each.
#[tokio::test]
async fn warnings_reach_the_hook_and_strictness_refuses_them() {
    let server = Server::start(vec![Reply::json(200, ANSWER)]).await.unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let builder = local(&server.endpoint()).on_warning({
        let seen = Arc::clone(&seen);
        move |violation| seen.lock().unwrap().push(violation.rule.to_string())
    });
    let newer = body().engine_version("8.0");
    builder.build().unwrap().create_instance(newer.clone()).send().await.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["engine-version-unknown"]);
    assert_eq!(server.received().len(), 1);

    let builder = local(&server.endpoint()).validation(Validation::Strict);
    let error = builder.build().unwrap().create_instance(newer).send().await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn every_2xx_is_a_success() {
    for status in [200, 201, 202, 203, 299] {
        let (result, _) = call(Reply::json(status, ANSWER)).await;
        assert_eq!(result.unwrap().instances[0].instance_id.as_deref(), Some("id-1"), "{status}");
    }
    let (result, _) = call(Reply::json(204, "")).await;
    assert!(result.unwrap().instances.is_empty());
}

#[tokio::test]
async fn answers_are_read_leniently() {
    let odd = r#"{
        "order_id": 42, "novelty": {"a": [1]},
        "instances": [{"instance_id": null, "instance_name": "n", "more": true}]
    }"#;
    let answer = call(Reply::json(200, odd)).await.0.unwrap();
    assert_eq!(answer.order_id.as_deref(), Some("42"));
    assert_eq!(answer.instances[0].instance_id, None);
    assert_eq!(answer.instances[0].instance_name.as_deref(), Some("n"));
    let answer = call(Reply::json(200, r#"{"instances": null}"#)).await.0.unwrap();
    assert!(answer.instances.is_empty());
}

#[test]
fn unknown_values_and_other_forms_of_booleans_are_kept() {
    let text = r#"{"charging_mode": "spot", "is_auto_pay": true, "is_auto_renew": "FALSE"}"#;
    let param: BssParam = serde_json::from_str(text).unwrap();
    assert_eq!(param.charging_mode, ChargingMode::Unknown("spot".to_owned()));
    assert_eq!(param.is_auto_pay, Some(BoolString::True));
    assert_eq!(param.is_auto_renew, Some(BoolString::Unknown("FALSE".to_owned())));
    let version: EngineVersion = serde_json::from_str("\"7.0\"").unwrap();
    assert_eq!(version.as_str(), "7.0");
}

#[tokio::test]
async fn each_status_and_envelope_is_a_service_error() {
    let cases = [
        (400, r#"{"error_code":"DCS.4922","error_msg":"no","error_ext_msg":null}"#),
        (401, r#"{"error":{"code":"APIGW.0301","message":"no"}}"#),
        (403, r#"{"code":"CBC.99003651","message":"no"}"#),
        (404, r#"{"error_code":111400086,"error_msg":"no"}"#),
        (500, r#"{"error_msg":"no"}"#),
        (502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"),
        (503, ""),
        (504, "{\"error_code\":"),
    ];
    let mut lines = String::new();
    for (status, body) in cases {
        let reply = Reply::json(status, body).header("X-Request-Id", "r-1");
        let error = error(reply).await;
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.request_id(), Some("r-1"));
        assert_eq!(error.raw_body(), Some(body.as_bytes()));
        lines.push_str(&format!("{:?} {error}\n", error.code()));
        assert!(matches!(cause(error), Error::Service(_)));
    }
    insta::assert_snapshot!(lines);
}

#[tokio::test]
async fn a_truncated_answer_has_an_unknown_outcome() {
    let error = error(Reply::Truncated { body: ANSWER.as_bytes().to_vec() }).await;
    assert!(error.is_unknown_outcome());
    assert!(matches!(cause(error), Error::Interrupted(_)));
}

#[tokio::test]
async fn a_reset_connection_has_an_unknown_outcome() {
    let error = error(Reply::Reset).await;
    assert!(error.is_unknown_outcome() && !error.is_timeout());
    assert!(matches!(cause(error), Error::Interrupted(_)));
}

#[tokio::test]
async fn a_slow_server_is_a_timeout_with_an_unknown_outcome() {
    let server = Server::start(vec![Reply::Silence(Duration::from_secs(30))]).await.unwrap();
    let client = local(&server.endpoint()).timeout(Duration::from_millis(200));
    let error = client.build().unwrap().create_instance(body()).send().await.unwrap_err();
    assert!(error.is_timeout() && error.is_unknown_outcome(), "{error:?}");
}

#[tokio::test]
async fn nobody_listening_means_that_nothing_was_sent() {
    let endpoint = Server::start(Vec::new()).await.unwrap().endpoint();
    let error = client(&endpoint).create_instance(body()).send().await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(!error.is_unknown_outcome());
}

#[tokio::test]
async fn an_answer_that_does_not_fit_says_where() {
    let text = r#"{"instances":[{"instance_id":"id-1"},["id-2"]]}"#;
    let error = error(Reply::json(200, text)).await;
    assert!(error.to_string().contains("instances[1]"), "{error}");
    assert_eq!(error.raw_body(), Some(text.as_bytes()));
    assert!(matches!(cause(error), Error::Decode(_)));
}

#[test]
fn secrets_are_never_shown() {
    let client = client("http://127.0.0.1:1");
    let body = body().password("Example-Passw0rd");
    let call = client.create_instance(body.clone());
    for shown in
        [format!("{body:?}"), format!("{body:#?}"), format!("{call:?}"), format!("{client:?}")]
    {
        assert!(!shown.contains("Passw0rd") && !shown.contains("not-a-token"), "{shown}");
    }
    assert!(serde_json::to_string(&body).unwrap().contains("Example-Passw0rd"));
}
