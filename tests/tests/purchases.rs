//! The plain call that buys, over a real socket: whatever the response, it is sent once, and every response that
//! may hide an order says so, with the names to look for.

use conformance::{
    repo,
    server::{Reply, Server},
};
use huaweicloud_dcs::{Client, Credentials, Error, types::*};

/// What costs money, or makes something cost more. A policy of bandwidth (`UpdateInstanceBandwidthAutoScalingPolicy`)
/// is none: setting it orders nothing, and setting it twice does what setting it once does.
#[test]
fn these_operations_buy_something() {
    let document = repo::document();
    let paths = document.value["paths"].as_object().unwrap();
    let operations = paths.values().flat_map(|path| path.as_object().unwrap().values());
    let mut bought: Vec<&str> = operations
        .filter(|one| one["x-purchase"] == true || one.get("x-ensure").is_some())
        .map(|one| one["operationId"].as_str().unwrap())
        .collect();
    bought.sort_unstable();
    assert_eq!(
        bought,
        [
            "CreateInstance",
            "CreateResizeOrder",
            "ResizeInstance",
            "UpdateBandwidth",
            "UpdateInstanceBandwidth"
        ]
    );
}

const CODED: &str = r#"{"error_code":"DCS.4922","error_msg":"No."}"#;
const EXPIRED: &str = r#"{"error_code":"APIGW.0301","error_msg":"Signature expired"}"#;

/// The error of an order of so many that is answered like this.
async fn order(count: i32, reply: Reply) -> Error {
    let server = Server::answering(move |_| reply.clone()).await.unwrap();
    let client = Client::builder()
        .endpoint(server.endpoint())
        .allow_http(true)
        .project_id("p-1")
        .credentials(Credentials::new("EXAMPLE-ACCESS-KEY", "example-secret-key"))
        .build()
        .unwrap();
    let body = CreateInstanceBody::new("shop", Engine::Redis, 1, "spec", ["a"], "vpc", "subnet")
        .engine_version("5.0")
        .no_password_access(true)
        .instance_num(count);
    let error = client.create_instance(body).send().await.unwrap_err();
    assert_eq!(server.received().len(), 1, "{error}");
    error
}

fn names(error: &Error) -> Option<Vec<&str>> {
    match error {
        Error::Unknown { names, .. } => Some(names.iter().map(String::as_str).collect()),
        _ => None,
    }
}

#[tokio::test]
async fn an_answer_that_is_no_refusal_leaves_the_outcome_unknown() {
    for status in [301, 302, 307, 408, 409, 424, 425, 429, 440, 499, 500, 502, 503, 504, 599] {
        for body in ["", CODED] {
            let error = order(1, Reply::json(status, body)).await;
            assert_eq!(names(&error), Some(vec!["shop"]), "{status}: {error}");
            assert!(error.is_unknown_outcome() && !error.is_retryable(), "{status}: {error}");
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            let text = error.to_string();
            let begin =
                format!("the outcome is unknown: look for shop before buying again ({status}");
            assert!(text.starts_with(&begin), "{text}");
        }
    }
    // The service may have carried out what another part of it refuses for its date.
    for status in [401, 403] {
        assert_eq!(names(&order(1, Reply::json(status, EXPIRED)).await), Some(vec!["shop"]));
    }
    // A success that reports an error, or cannot be read.
    for body in [CODED, r#"{"instances":7"#, "<html>"] {
        let error = order(1, Reply::json(200, body)).await;
        assert_eq!(names(&error), Some(vec!["shop"]), "{body}: {error}");
    }
}

#[tokio::test]
async fn a_refusal_is_believed_of_a_single_order_alone() {
    for status in [400, 401, 402, 403, 404, 405, 412, 413, 415, 422, 423, 431, 451] {
        let error = order(1, Reply::json(status, CODED)).await;
        assert!(matches!(error, Error::Service(_)) && !error.is_unknown_outcome(), "{error}");
        // Of a batch, part may have been made before.
        let error = order(2, Reply::json(status, CODED)).await;
        assert_eq!(names(&error), Some(vec!["shop-000", "shop-001"]), "{error}");
        assert_eq!(error.code(), Some("DCS.4922"));
    }
}
