//! Calls over a real socket: each kind of response, and each way to get none.

mod client;
mod server;

use std::{error::Error as StdError, io, time::Duration};

use client::{Created, builder, everything};
use huaweicloud_core::{Error, Response};
use server::{Server, Then, answer};

type Outcome = Result<(), Box<dyn StdError>>;

/// Calls a server that answers this, and looks for secrets in whatever comes of it.
async fn call(answer: impl Into<Vec<u8>>, then: Then) -> io::Result<Result<Created, Error>> {
    // Long enough for a busy machine, short where the limit is what is waited for.
    let limit = Duration::from_secs(if matches!(then, Then::Hold) { 1 } else { 20 });
    let server = Server::start(answer, then).await?;
    let client = builder(&server.endpoint).timeout(limit).build().map_err(io::Error::other)?;
    let result = client.create().await.map(Response::into_inner);
    if let Err(error) = &result {
        let text = everything(error);
        assert!(!text.contains("hunter2"), "a secret is in {text}");
    }
    Ok(result)
}

/// As [`call`], where an error is the right outcome.
async fn failure(answer: impl Into<Vec<u8>>, then: Then) -> io::Result<Error> {
    match call(answer, then).await? {
        Err(error) => Ok(error),
        Ok(created) => Err(io::Error::other(format!("succeeded with {created:?}"))),
    }
}

#[tokio::test]
async fn a_success() -> Outcome {
    let server = Server::start(answer("202 Accepted", r#"{"id":7,"new":[]}"#), Then::Close).await?;
    let client = builder(&server.endpoint).build()?;
    let response = client.create().await?;
    assert_eq!(*response, Created { id: "7".to_owned(), port: None });
    assert_eq!((response.status().as_u16(), response.request_id()), (202, Some("r-1")));
    let request = server.request().await?;
    let (head, body) = request.split_once("\r\n\r\n").ok_or("no head")?;
    assert_eq!(body, r#"{"name":"one","password":"hunter2-password"}"#);
    let mut lines: Vec<&str> = head.lines().filter(|line| !line.starts_with("host: ")).collect();
    lines[1..].sort_unstable();
    let core = concat!("huaweicloud-core/", env!("CARGO_PKG_VERSION"));
    let expected = [
        "POST /v2/p-1/things HTTP/1.1",
        "accept: */*",
        "content-length: 44",
        "content-type: application/json",
        &format!("user-agent: huaweicloud-test {core} test/1"),
        "x-auth-token: hunter2-token",
        "x-project-id: p-1",
    ];
    assert_eq!(lines, expected);
    assert!(!format!("{client:?}{:?}", builder("http://h")).contains("hunter2"));
    Ok(())
}

#[tokio::test]
async fn an_empty_success() -> Outcome {
    let server = Server::start("HTTP/1.1 204 No Content\r\n\r\n", Then::Hold).await?;
    let response = builder(&server.endpoint).build()?.create_silently().await?;
    assert_eq!((response.status().as_u16(), response.request_id()), (204, None));
    let error = failure("HTTP/1.1 204 No Content\r\n\r\n", Then::Close).await?;
    assert_eq!(error.to_string(), "204, but the response cannot be decoded: it is empty");
    Ok(())
}

#[tokio::test]
async fn an_answer_that_may_be_empty() -> Outcome {
    let perhaps = async |answer: &str| {
        let server = Server::start(answer, Then::Close).await?;
        let response = builder(&server.endpoint).build()?.create_perhaps().await?;
        Ok::<_, Box<dyn StdError>>((response.status().as_u16(), response.into_inner()))
    };
    assert_eq!(perhaps("HTTP/1.1 204 No Content\r\n\r\n").await?, (204, None));
    assert_eq!(perhaps(&answer("202 Accepted", "")).await?, (202, None));
    let created = Created { id: "7".to_owned(), port: None };
    assert_eq!(perhaps(&answer("200 OK", r#"{"id":7}"#)).await?, (200, Some(created)));
    Ok(())
}

#[tokio::test]
async fn echoed_tokens_are_not_shown() -> Outcome {
    let body = r#"{"error_code":"A.1","error_msg":"No such token: hunter2-token"}"#;
    let error = failure(answer("401 Unauthorized", body), Then::Close).await?;
    assert_eq!(error.to_string(), "401 A.1: No such token: [redacted] (request id r-1)");
    let kept = r#"{"error_code":"A.1","error_msg":"No such token: [redacted]"}"#;
    assert_eq!(error.raw_body(), Some(kept.as_bytes()));
    let body = "X-Auth-Token: hunter2-token";
    let error = failure(answer("403 Forbidden", body), Then::Close).await?;
    assert_eq!(error.to_string(), "403: X-Auth-Token: [redacted] (request id r-1)");
    // The client of a silent answer knows its token too.
    let server = Server::start(answer("403 Forbidden", body), Then::Close).await?;
    let error = builder(&server.endpoint).build()?.create_silently().await.err();
    assert!(!everything(&error.ok_or("succeeded")?).contains("hunter2"));
    Ok(())
}

/// Also the password of the request, in whatever way a server writes it.
#[tokio::test]
async fn echoed_secrets_are_not_shown() -> Outcome {
    let dresses = [
        "hunter2-password and hunter2-token",
        "hunter2\\u002dpassword and hunter2\\u002Dtoken",
        "hunter2%2dpassword and hunter2%2Dtoken",
        "hunter2&#45;password and hunter2&#x2d;token",
        "aHVudGVyMi1wYXNzd29yZA== and aHVudGVyMi10b2tlbg",
        "hun\u{1}ter2-pass\u{1b}word and hunter2-\u{200b}token",
        "hun<wbr>ter2-password and hunter2-<wbr>token",
    ];
    for dress in dresses {
        let json = serde_json::json!({"error_code": "A.1", "error_msg": dress}).to_string();
        for (status, body) in [
            ("400 Bad Request", json.as_str()),
            ("400 Bad Request", dress),
            ("502 Bad Gateway", &format!("<html><body>{dress}</body></html>")),
            ("200 OK", &format!(r#"{{"id":null,"port":"{dress}"}}"#)),
            ("200 OK", dress),
        ] {
            let error = failure(answer(status, body), Then::Close).await?;
            let kept = String::from_utf8(error.raw_body().ok_or("no body")?.to_vec())?;
            for text in [everything(&error), kept.clone()] {
                let seen: String = text.chars().filter(|c| c.is_ascii_graphic()).collect();
                for part in ["hunter2", "2-token", "wbr>token", "45;password", "HVudGVy"] {
                    assert!(!seen.contains(part), "{dress}: {text}");
                }
            }
            assert_eq!(kept.matches("[redacted]").count(), 2, "{dress}: {kept}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn codes_before_the_limit_are_found() -> Outcome {
    let trace = "x".repeat(1 << 20);
    let body = format!(r#"{{"error_code":"A.1","error_msg":"No.","trace":"{trace}"}}"#);
    let error = failure(answer("500 Oops", &body), Then::Close).await?;
    let text = "500 A.1: No. (only 1048576 bytes of the body were read) (request id r-1)";
    assert_eq!(error.to_string(), text);
    assert!(!error.is_unknown_outcome());
    Ok(())
}

#[tokio::test]
async fn error_envelopes() -> Outcome {
    let cases = [
        (r#"{"error_code":"DCS.4922","error_msg":"No."}"#, "400 DCS.4922: No. (request id r-1)"),
        (r#"{"error":{"code":403,"message":"No."}}"#, "400 403: No. (request id r-1)"),
        (r#"{"code":"A.1","message":"No."}"#, "400 A.1: No. (request id r-1)"),
        ("<html><h1>Busy</h1></html>", "400: Busy (request id r-1)"),
        ("", "400: Bad Request (request id r-1)"),
    ];
    for (body, text) in cases {
        let error = failure(answer("400 Bad Request", body), Then::Close).await?;
        assert_eq!(error.to_string(), text);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
        assert_eq!((error.raw_body(), error.request_id()), (Some(body.as_bytes()), Some("r-1")));
        assert!(matches!(error, Error::Service(_)) && !error.is_unknown_outcome());
    }
    let gateway = failure(answer("504 Gateway Timeout", "<html>nginx</html>"), Then::Close).await?;
    let text = "504: nginx. The outcome is unknown: look before sending it again. (request id r-1)";
    assert_eq!(gateway.to_string(), text);
    assert!(gateway.is_unknown_outcome() && gateway.code().is_none());
    Ok(())
}

#[tokio::test]
async fn a_success_that_does_not_fit() -> Outcome {
    let error = failure(answer("200 OK", r#"{"id":null,"port":"hunter2"}"#), Then::Close).await?;
    assert_eq!(
        error.to_string(),
        "200, but the response cannot be decoded at id: invalid type: null, expected a string, a number or \
         a boolean at line 1 column 10 (request id r-1)"
    );
    assert!(error.is_unknown_outcome() && error.raw_body().is_some());
    Ok(())
}

#[tokio::test]
async fn truncated_bodies() -> Outcome {
    let half = "HTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\nContent-Length: 99\r\n\r\n{\"id\"";
    let error = failure(half, Then::Close).await?;
    assert!(matches!(error, Error::Interrupted(_)) && error.is_unknown_outcome(), "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    let text = error.to_string();
    let start = "the outcome is unknown, look before sending again: \
                 the response with status 200 was cut off: ";
    assert!(text.starts_with(start) && text.ends_with(" (request id r-1)"), "{text}");

    let half = "HTTP/1.1 403 Forbidden\r\nContent-Length: 99\r\n\r\nno way";
    let error = failure(half, Then::Close).await?;
    assert_eq!(error.to_string(), "403: no way (only 6 bytes of the body were read)");
    Ok(())
}

#[tokio::test]
async fn a_body_without_end() -> Outcome {
    let error = failure(answer("500 Oops", &"x".repeat((1 << 20) + 1)), Then::Close).await?;
    assert_eq!(error.raw_body().map(<[u8]>::len), Some(1 << 20));
    let end = "x… The outcome is unknown: look before sending it again. (only 1048576 bytes of the body were \
               read)";
    assert!(error.to_string().contains(end), "{error}");
    Ok(())
}

#[tokio::test]
async fn lost_connections() -> Outcome {
    for then in [Then::Reset, Then::Close] {
        let error = failure("", then).await?;
        assert!(matches!(error, Error::Interrupted(_)) && error.is_unknown_outcome(), "{error}");
        assert!(!error.is_timeout() && error.status().is_none());
    }
    Ok(())
}

#[tokio::test]
async fn slow_servers() -> Outcome {
    let error = failure("", Then::Hold).await?;
    assert!(error.is_timeout() && error.is_unknown_outcome() && error.status().is_none());
    let text = error.to_string();
    let start = "the outcome is unknown, look before sending again: \
                 the time for the whole call is over (timeout is 1s) (http://127";
    assert!(text.starts_with(start), "{text}");

    let head = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{";
    let error = failure(head, Then::Hold).await?;
    assert!(error.is_timeout() && error.is_unknown_outcome() && error.status().is_some());
    Ok(())
}

#[tokio::test]
async fn nobody_listens() -> Outcome {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    drop(listener);
    let error = builder(&endpoint).build()?.create().await.err().ok_or("succeeded")?;
    assert!(matches!(error, Error::Connect(_)) && !error.is_unknown_outcome(), "{error}");
    assert!(
        error.to_string().starts_with("could not connect; the request was not sent: "),
        "{error}"
    );
    assert!(!everything(&error).contains("hunter2"));
    Ok(())
}

#[tokio::test]
async fn redirects_are_not_followed() -> Outcome {
    let other = Server::start(answer("200 OK", r#"{"id":"stolen"}"#), Then::Close).await?;
    for status in ["302 Found", "307 Temporary Redirect"] {
        let location = &other.endpoint;
        let moved =
            format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        let error = failure(moved, Then::Close).await?;
        let text = format!("{}: redirects are not followed; check the endpoint", &status[..3]);
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(other.request().await?, "");
    Ok(())
}

/// Against a server without TLS no connection comes about, and nothing readable leaves.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn https_is_encrypted() -> Outcome {
    let server = Server::start("HTTP/1.1 400 Plain\r\n\r\n", Then::Close).await?;
    let Some(error) = https_failure(&server.endpoint).await? else { return Ok(()) };
    assert!(matches!(error, Error::Connect(_)) && !error.is_timeout(), "{error}");
    let hello = server.request().await?;
    assert!(hello.starts_with('\u{16}') && !hello.contains("hunter2"));
    Ok(())
}

/// A server that takes connections and says nothing: time runs out before anything is sent.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn connecting_takes_too_long() -> Outcome {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    let Some(error) = https_failure(&endpoint).await? else { return Ok(()) };
    assert!(matches!(error, Error::Connect(_)) && error.is_timeout(), "{error}");
    assert!(!error.is_unknown_outcome());
    Ok(())
}

/// Calls by https; nothing on a system without trusted roots, where no client can be built.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
async fn https_failure(endpoint: &str) -> Result<Option<Error>, Box<dyn StdError>> {
    let builder = builder(&endpoint.replace("http:", "https:"));
    match builder.connect_timeout(Duration::from_secs(1)).build() {
        Ok(client) => Ok(Some(client.create().await.err().ok_or("succeeded")?)),
        Err(Error::Config(error)) if error.to_string().contains("TLS cannot be set up") => Ok(None),
        Err(error) => Err(error.into()),
    }
}
