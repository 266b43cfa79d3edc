//! How calls are made: timeouts, and a proxy.

use std::time::{Duration, Instant};

use huaweicloud_core::{Credentials, CredentialsFuture, CredentialsProvider, Error};
use reqwest::Method;

use crate::{
    Outcome, bare, signing,
    support::{Server, answer},
};

/// Never gives anything.
struct Hanging;

impl CredentialsProvider for Hanging {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn looking_for_credentials_is_part_of_the_call() -> Outcome {
    let builder = bare("http://127.0.0.1:1").project_id("p-1").credentials_provider(Hanging);
    let client = builder.timeout(Duration::from_millis(200)).build()?;
    let error = client.list().await.err().ok_or("succeeded")?;
    assert!(matches!(error, Error::Credentials(_)) && !error.is_unknown_outcome());
    assert_eq!(
        error.to_string(),
        "no credentials or project id; the request was not sent: time limit: none came within 200ms; \
         give .timeout(…) more"
    );
    Ok(())
}

#[tokio::test]
async fn the_shorter_limit_counts() -> Outcome {
    let (long, short) = (Duration::from_secs(60), Duration::from_millis(300));
    for (call, attempt) in [(long, short), (short, long)] {
        let server = Server::start(vec![String::new()]).await?;
        let builder = signing(&server.address).timeout(call).attempt_timeout(attempt);
        let start = Instant::now();
        let error = builder.build()?.list().await.err().ok_or("succeeded")?;
        assert!(error.is_timeout() && error.is_unknown_outcome(), "{error:?}");
        assert!(start.elapsed() < Duration::from_secs(30));
    }
    Ok(())
}

#[tokio::test]
async fn a_proxy_gets_the_call() -> Outcome {
    let proxy = Server::start(vec![answer("200 OK", "")]).await?;
    let url = proxy.address.replace("http://", "http://jo:hunter2@");
    let client = bare("http://service.example:8080")
        .project_id("p-1")
        .credentials(Credentials::token("EXAMPLE-TOKEN"))
        .proxy(url)
        .build()?;
    client.call(Method::GET, "/v2", None).await?;
    let head = &proxy.heads()[0];
    assert_eq!(head[0], "GET http://service.example:8080/v2 HTTP/1.1");
    assert!(head.contains(&"host: service.example:8080".to_owned()), "{head:?}");
    // jo:hunter2
    let login = "proxy-authorization: Basic am86aHVudGVyMg==".to_owned();
    assert!(head.contains(&login), "{head:?}");
    assert!(!format!("{client:?}").contains("hunter2"));
    Ok(())
}

#[tokio::test]
async fn a_proxy_is_used_for_this_machine_if_it_was_given() -> Outcome {
    let proxy = Server::start(vec![answer("200 OK", "")]).await?;
    signing("http://127.0.0.1:1").proxy(proxy.address.as_str()).build()?.list().await?;
    assert_eq!(proxy.heads()[0][0], "GET http://127.0.0.1:1/v2/p-1/things HTTP/1.1");
    Ok(())
}
