//! A dry run: the request as it would be sent, without its secrets, and nothing is sent.

use conformance::server::{Reply, Server};
use huaweicloud_dcs::{Client, Credentials, Error, types::*};

fn body() -> CreateInstanceBody {
    CreateInstanceBody::new("cache", Engine::Redis, 1, "spec", ["zone-a"], "vpc", "subnet")
        .engine_version("5.0")
        .password("Example-Passw0rd")
}

fn client(server: &Server, credentials: Credentials) -> Client {
    let builder = Client::builder().endpoint(server.endpoint()).allow_http(true);
    builder.project_id("p-1").credentials(credentials).build().unwrap()
}

#[tokio::test]
async fn the_signed_request_is_shown_without_secrets_and_nothing_is_sent() {
    let server = Server::start(vec![Reply::json(200, "{}")]).await.unwrap();
    let keys = Credentials::temporary("EXAMPLE-ACCESS-KEY", "example-secret", "example-token");
    let client = client(&server, keys);
    let prepared = client.create_instance(body()).dry_run().await.unwrap();
    assert_eq!(prepared.method(), "POST");
    assert_eq!(prepared.url(), format!("{}/v2/p-1/instances", server.endpoint()));
    assert_eq!(
        prepared.body(),
        Some(concat!(
            r#"{"name":"cache","engine":"Redis","engine_version":"5.0","capacity":1.0,"#,
            r#""spec_code":"spec","az_codes":["zone-a"],"vpc_id":"vpc","subnet_id":"subnet","#,
            r#""password":"[redacted]"}"#
        ))
    );
    let header = |name: &str| {
        let mut of_name = prepared.headers().iter().filter(|(n, _)| n == name);
        of_name.next().map(|(_, value)| value.as_str())
    };
    assert_eq!(header("authorization"), Some("[redacted]"));
    assert_eq!(header("x-security-token"), Some("[redacted]"));
    assert_eq!(header("content-type"), Some("application/json"));
    assert_eq!(header("x-project-id"), Some("p-1"));
    assert_eq!(header("x-sdk-date").map(str::len), Some("20260101T000000Z".len()));
    let shown = prepared.to_string();
    let first = format!("POST {}/v2/p-1/instances\n", server.endpoint());
    assert!(shown.starts_with(&first), "{shown}");
    for secret in ["Example-Passw0rd", "example-secret", "example-token"] {
        assert!(!shown.contains(secret) && !format!("{prepared:?}").contains(secret));
    }
    assert_eq!(server.received().len(), 0);

    // The same client sends what it is told to send, with the password itself.
    client.create_instance(body()).send().await.unwrap();
    let sent = server.received().remove(0);
    assert!(String::from_utf8_lossy(&sent.body).contains("Example-Passw0rd"));
    assert!(sent.header("authorization")[0].starts_with("SDK-HMAC-SHA256 "));
}

#[tokio::test]
async fn what_would_not_be_sent_is_refused() {
    let server = Server::start(Vec::new()).await.unwrap();
    let client = client(&server, Credentials::token("not-a-token"));
    let wrong = body().instance_num(0);
    let error = client.create_instance(wrong.clone()).dry_run().await.unwrap_err();
    assert!(matches!(&error, Error::Invalid(found) if found.len() == 1), "{error}");
    let prepared = client.create_instance(wrong).skip_validation().dry_run().await.unwrap();
    assert!(prepared.body().unwrap().contains(r#""instance_num":0"#));
    let error = client.show_instance("..").dry_run().await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    let prepared = client.show_instance("a b").dry_run().await.unwrap();
    assert_eq!(prepared.url(), format!("{}/v2/p-1/instances/a%20b", server.endpoint()));
    assert_eq!((prepared.method(), prepared.body()), ("GET", None));
    assert!(prepared.headers().contains(&("x-auth-token".to_owned(), "[redacted]".to_owned())));
}

/// Compiles only if the futures of calls may be sent to other threads.
#[tokio::test]
async fn calls_may_run_anywhere() {
    fn anywhere<F: Future + Send + 'static>(future: F) -> F {
        future
    }
    let server = Server::start(vec![Reply::json(200, "{}")]).await.unwrap();
    let client = client(&server, Credentials::token("example-token"));
    let sent = anywhere({
        let client = client.clone();
        async move { client.create_instance(body()).send().await }
    });
    let shown = anywhere(async move { client.create_instance(body()).dry_run().await });
    assert!(shown.await.is_ok() && sent.await.is_ok());
}
