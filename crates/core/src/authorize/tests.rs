//! What authorizing adds to a request, without a network; over the wire in `tests/client`.

use std::time::Duration;

use reqwest::Method;

use super::*;

fn request(url: &str) -> Request {
    Request::new(Method::POST, Url::parse(url).unwrap())
}

/// 2026-11-27T14:18:45Z
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_789_125)
}

fn headers(request: &Request) -> Vec<(&str, &str)> {
    let headers = request.headers().iter();
    let mut headers: Vec<(&str, &str)> =
        headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    headers.sort_unstable();
    headers
}

#[test]
fn what_a_call_is_made_for_is_a_header() {
    let id = HeaderValue::from_static("x-1");
    let credentials = Credentials::token("hunter2-token");
    let name = |owned| {
        let mut request = request("http://h/v3");
        authorize(&mut request, &credentials, owned, now()).unwrap();
        request.headers_mut().remove(X_AUTH_TOKEN);
        headers(&request).into_iter().map(|(name, id)| format!("{name}: {id}")).collect::<Vec<_>>()
    };
    assert_eq!(name(Some((Owner::Project, &id))), ["x-project-id: x-1"]);
    assert_eq!(name(Some((Owner::Domain, &id))), ["x-domain-id: x-1"]);
    assert_eq!(name(None), [""; 0]);
}

#[test]
fn tokens_are_sensitive_and_replace_any_other() {
    let mut request = request("http://h/v2");
    request.headers_mut().insert(X_AUTH_TOKEN, HeaderValue::from_static("hunter2-other"));
    let credentials = Credentials::token("hunter2-token");
    let project = HeaderValue::from_static("p-1");
    authorize(&mut request, &credentials, Some((Owner::Project, &project)), now()).unwrap();
    assert_eq!(headers(&request), [("x-auth-token", "hunter2-token"), ("x-project-id", "p-1")]);
    assert!(!format!("{request:?}").contains("hunter2"));
    assert_eq!(
        authorize(&mut request, &Credentials::token("a\n"), None, now()),
        Err("a header cannot carry the credentials".to_owned())
    );
}

#[test]
fn keys_sign() {
    let mut request = request("https://h.example:8443/a%20b?x=1+2&y=%2B");
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request.headers_mut().insert("user-agent", HeaderValue::from_static("test"));
    request.headers_mut().append("x-twice", HeaderValue::from_static("1"));
    request.headers_mut().append("x-twice", HeaderValue::from_static("2"));
    request.headers_mut().append("x-odd", HeaderValue::from_bytes(b"\xff").unwrap());
    *request.body_mut() = Some("{}".into());
    let credentials =
        Credentials::temporary("EXAMPLE-ACCESS-KEY", "EXAMPLE-SECRET-KEY", "hunter2-token");
    authorize(
        &mut request,
        &credentials,
        Some((Owner::Project, &HeaderValue::from_static("p-1"))),
        now(),
    )
    .unwrap();
    assert_eq!(request.url().as_str(), "https://h.example:8443/a%20b?x=1%202&y=%2B");
    let signer = Signer::new("EXAMPLE-ACCESS-KEY", "EXAMPLE-SECRET-KEY");
    let expected = sign::Request {
        method: "POST",
        uri: "/a b?x=1 2&y=%2b",
        headers: &[
            ("Content-Type", "application/json"),
            ("Host", "h.example:8443"),
            ("X-Project-Id", "p-1"),
            ("X-Sdk-Date", "20261127T141845Z"),
            ("X-Security-Token", "hunter2-token"),
        ],
        body: b"{}",
    };
    let authorization = request.headers()[AUTHORIZATION].to_str().unwrap().to_owned();
    assert_eq!(signer.authorization(&expected), Ok(authorization.clone()));
    let shown = format!("{request:?}");
    let signature = authorization.rsplit('=').next().unwrap();
    assert!(!shown.contains("hunter2") && !shown.contains(signature), "{shown}");

    // An attempt later replaces what the first one put in.
    let later = now() + Duration::from_secs(60);
    authorize(
        &mut request,
        &credentials,
        Some((Owner::Project, &HeaderValue::from_static("p-1"))),
        later,
    )
    .unwrap();
    assert_eq!(request.headers()[X_SDK_DATE], "20261127T141945Z");
    assert_eq!(request.headers().get_all(AUTHORIZATION).iter().count(), 1);
    assert_ne!(request.headers()[AUTHORIZATION].to_str().unwrap(), authorization);
}

#[test]
fn hosts_have_the_port_that_is_sent() {
    let host = |url| host(&Url::parse(url).unwrap());
    assert_eq!(host("https://h.example/"), "h.example");
    assert_eq!(host("https://h.example:443/"), "h.example");
    assert_eq!(host("http://h.example:443/"), "h.example:443");
    assert_eq!(host("http://[::1]:80/"), "[::1]");
    assert_eq!(host("http://[::1]:81/"), "[::1]:81");
}

#[test]
fn streams_are_not_signed() {
    struct Never;
    impl futures_core::Stream for Never {
        type Item = Result<Vec<u8>, std::io::Error>;
        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(None)
        }
    }
    let mut request = request("https://h/");
    *request.body_mut() = Some(reqwest::Body::wrap_stream(Never));
    authorize(&mut request, &Credentials::new("EXAMPLE-AK", "EXAMPLE-SK"), None, now()).unwrap();
    assert_eq!(request.headers()[X_SDK_CONTENT], "UNSIGNED-PAYLOAD");
    let authorization = request.headers()[AUTHORIZATION].to_str().unwrap();
    assert!(authorization.contains("SignedHeaders=host;x-sdk-content-sha256;x-sdk-date,"));
}
