//! Redirects are responses: whatever a program configures in its HTTP client, no redirect is followed, and no
//! token and no password goes to another host.

use std::time::Duration;

use huaweicloud_core::{ClientBuilder, Credentials, Error, Secret};
use reqwest::{Method, redirect::Policy};

use crate::{
    Client, Outcome, bare, everything,
    support::{Server, answer},
};

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

/// Who calls: a token, or temporary keys.
fn identities() -> [Credentials; 2] {
    [
        Credentials::token("hunter2-token"),
        Credentials::temporary("EXAMPLE-AK", "hunter2-key", "hunter2-security-token"),
    ]
}

/// Follows redirects and sends again, as far as the program has a say.
fn careless(builder: ClientBuilder<Client>) -> ClientBuilder<Client> {
    builder.configure_http(|http| {
        let again = reqwest::retry::for_host("127.0.0.1")
            .max_retries_per_request(3)
            .classify_fn(|attempt| attempt.retryable());
        http.redirect(Policy::limited(10)).retry(again).referer(true)
    })
}

/// Where a redirect leads.
enum Target {
    SameHost,
    OtherHost,
    NoHost,
    Loop,
}

#[tokio::test]
async fn nothing_follows_a_redirect() -> Outcome {
    for status in STATUSES {
        for target in [Target::SameHost, Target::OtherHost, Target::NoHost, Target::Loop] {
            for credentials in identities() {
                let other = Server::start(vec![answer("200 OK", "{}"); 4]).await?;
                let location = match target {
                    Target::SameHost => "/elsewhere".to_owned(),
                    Target::OtherHost => other.address.replace("127.0.0.1", "localhost"),
                    Target::NoHost => "http://127.0.0.1:1/".to_owned(),
                    Target::Loop => "/v2/orders".to_owned(),
                };
                let moved = format!(
                    "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nConnection: close\r\n\
                     Content-Length: 0\r\n\r\n"
                );
                let server = Server::start(vec![moved; 8]).await?;
                let builder = bare(&server.address).project_id("p-1").credentials(credentials);
                let client = careless(builder).build()?;
                let body = br#"{"password":"hunter2-password"}"#.to_vec();
                let order = client.call(Method::POST, "/v2/orders", Some(body)).await;
                let look = client.list().await;
                for error in [order.err(), look.err()] {
                    let error = error.ok_or("succeeded")?;
                    assert!(matches!(error, Error::Service(_)), "{status}: {error:?}");
                    assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
                    assert!(error.to_string().contains("redirects are not followed"), "{error}");
                    assert!(!everything(&error).contains("hunter2"), "{error:?}");
                }
                assert_eq!(server.seen().len(), 2, "{status}");
                assert!(other.seen().is_empty(), "{status}: {:?}", other.heads());
            }
        }
    }
    Ok(())
}

/// A proxy that redirects is no way out either.
#[tokio::test]
async fn a_redirecting_proxy_is_not_followed() -> Outcome {
    let other = Server::start(vec![answer("200 OK", "{}")]).await?;
    let moved = format!(
        "HTTP/1.1 307 Moved\r\nLocation: {}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        other.address
    );
    let proxy = Server::start(vec![moved]).await?;
    let builder = bare("http://service.example").project_id("p-1").auth_token("hunter2-token");
    let client = careless(builder).proxy(Secret::new(&*proxy.address)).build()?;
    let error = client.call(Method::POST, "/v2/orders", None).await.err().ok_or("succeeded")?;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!((proxy.seen().len(), other.seen().len()), (1, 0));
    Ok(())
}

/// The project is asked of IAM by the same rules.
#[tokio::test]
async fn iam_cannot_redirect_either() -> Outcome {
    let other = Server::start(vec![answer("200 OK", r#"{"projects":[]}"#)]).await?;
    let moved = format!(
        "HTTP/1.1 302 Moved\r\nLocation: {}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        other.address
    );
    let iam = Server::start(vec![moved; 2]).await?;
    let builder = bare("http://127.0.0.1:1").region("eu-west-101").iam_endpoint(&*iam.address);
    let client = careless(builder.auth_token("hunter2-token")).build()?;
    let error = client.list().await.err().ok_or("succeeded")?;
    assert!(matches!(error, Error::Credentials(_)), "{error:?}");
    assert_eq!((iam.seen().len(), other.seen().len()), (1, 0));
    Ok(())
}

/// An answer that a program would have sent again, for HTTP says that it may.
#[tokio::test]
async fn reqwest_repeats_nothing() -> Outcome {
    let server = Server::start(vec![crate::support::RESET.to_owned(); 4]).await?;
    let builder = bare(&server.address).project_id("p-1").auth_token("hunter2-token");
    let client = careless(builder).timeout(Duration::from_secs(10)).build()?;
    let error = client.call(Method::POST, "/v2/orders", None).await.err().ok_or("succeeded")?;
    assert!(matches!(error, Error::Interrupted(_)), "{error:?}");
    assert_eq!(server.seen().len(), 1);
    Ok(())
}
