//! What is sent is what was signed: a server computes the signature of what it received.

use huaweicloud_core::{
    Credentials, Error,
    sign::{Request, Signer},
};
use reqwest::Method;

use crate::{
    ACCESS_KEY, Outcome, SECRET_KEY, bare, everything, signing,
    support::{Server, answer},
};

/// The header that a request as received should have, and the one that it has.
fn signatures(request: &[u8]) -> Result<(String, String), Box<dyn std::error::Error>> {
    let end = request.windows(4).position(|window| window == b"\r\n\r\n").ok_or("no head")?;
    let (head, body) = (std::str::from_utf8(&request[..end])?, &request[end + 4..]);
    let mut lines = head.split("\r\n");
    let line: Vec<&str> = lines.next().ok_or("no request line")?.split(' ').collect();
    let [method, uri, "HTTP/1.1"] = line[..] else { return Err(head.into()) };
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
    let value = |wanted: &str| {
        let mut values = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        values.next().map(|(_, value)| *value)
    };
    let sent = value("authorization").ok_or("no authorization")?;
    let names = sent.split("SignedHeaders=").nth(1).and_then(|rest| rest.split(", ").next());
    let signed: Option<Vec<(&str, &str)>> =
        names.ok_or("no names")?.split(';').map(|name| Some((name, value(name)?))).collect();
    let signed = signed.ok_or("a signed header was not sent")?;
    let computed = Signer::new(ACCESS_KEY, SECRET_KEY).authorization(&Request {
        method,
        uri,
        headers: &signed,
        body,
    })?;
    Ok((computed, sent.to_owned()))
}

#[tokio::test]
async fn hard_requests_arrive_as_they_were_signed() -> Outcome {
    let big = vec![b'x'; 1 << 20];
    let cases: [(Method, &str, Option<&[u8]>); 14] = [
        (Method::GET, "", None),
        (Method::GET, "/", None),
        (Method::GET, "/v2/p-1/things/", None),
        (Method::GET, "/v2/a b/中文~x_y-z.1", None),
        (Method::GET, "/v2/a%20b/%E4%B8%AD%2F%25/!$&'()*+,;=:@", None),
        (Method::GET, "/v2//x/%zz?", None),
        (Method::GET, "/v2?name=中文&name=dcs demo%26x%3D1&z=&z&Name=B", None),
        (Method::GET, "/v2?a=1+2&b=1%2B2&c=~*()'\"<>{}|^`[]\\", None),
        (Method::GET, "/v2?b=2&a=1&&=x&%=%zz", None),
        (Method::DELETE, "/v2/x?y=1#fragment", None),
        (Method::POST, "/v2", Some(b"")),
        (Method::POST, "/v2", Some("{\"description\":\"测试 “x”\\n\"}".as_bytes())),
        (Method::PUT, "/v2", Some(b"\r\n\r\n\0\xff")),
        (Method::PATCH, "/v2", Some(&big)),
    ];
    for (method, target, body) in cases {
        let server = Server::start(vec![answer("200 OK", "")]).await?;
        let client = signing(&server.address).build()?;
        client.call(method, target, body.map(<[u8]>::to_vec)).await?;
        let seen = server.seen();
        let (computed, sent) = signatures(&seen[0])?;
        assert_eq!(computed, sent, "{target}");
        let line = String::from_utf8_lossy(&seen[0]).lines().next().map(str::to_owned);
        let query = line.unwrap_or_default().split_once('?').map(|(_, query)| query.to_owned());
        assert!(!query.unwrap_or_default().contains('+'), "{target}");
    }
    Ok(())
}

#[tokio::test]
async fn prefixes_of_endpoints_are_signed() -> Outcome {
    let server = Server::start(vec![answer("200 OK", "")]).await?;
    let endpoint = format!("{}/gate way/", server.address);
    signing(&endpoint).build()?.call(Method::GET, "/v2", None).await?;
    let (computed, sent) = signatures(&server.seen()[0])?;
    assert_eq!(computed, sent);
    assert!(server.heads()[0][0].starts_with("GET /gate%20way/v2 HTTP/1.1"));
    Ok(())
}

#[tokio::test]
async fn temporary_keys_carry_their_token() -> Outcome {
    let server = Server::start(vec![answer("200 OK", "")]).await?;
    let keys = Credentials::temporary(ACCESS_KEY, SECRET_KEY, "EXAMPLE-TOKEN");
    let client = bare(&server.address).project_id("p-1").credentials(keys).build()?;
    client.call(Method::POST, "/v2", Some(b"{}".to_vec())).await?;
    let (computed, sent) = signatures(&server.seen()[0])?;
    assert_eq!(computed, sent);
    let names = "SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-security-token, ";
    assert!(sent.contains(names), "{sent}");
    let head = &server.heads()[0];
    assert!(head.contains(&"x-security-token: EXAMPLE-TOKEN".to_owned()), "{head:?}");
    assert!(head.contains(&"x-project-id: p-1".to_owned()), "{head:?}");
    Ok(())
}

/// A server that repeats the whole request in its message.
#[tokio::test]
async fn secrets_that_are_echoed_are_not_shown() -> Outcome {
    let token = "hunter2-security-token";
    let keys = Credentials::temporary("EXAMPLE-AK", "hunter2-secret-key", token);
    let signature = "0123456789abcdef".repeat(4);
    let body = format!(
        r#"{{"error_code":"A.1","error_msg":"{token}, hunter2-secret-key, Signature={signature}"}}"#
    );
    let server = Server::start(vec![answer("401 Unauthorized", &body)]).await?;
    let client = bare(&server.address).project_id("p-1").credentials(keys).build()?;
    let error = client.list().await.err().ok_or("succeeded")?;
    assert_eq!(error.to_string(), "401 A.1: [redacted], [redacted], Signature=[redacted]");
    assert!(matches!(error, Error::Service(_)));
    let all = everything(&error);
    assert!(!all.contains("hunter2") && !all.contains(&signature), "{all}");
    assert!(!format!("{client:?}").contains("hunter2"));
    Ok(())
}
