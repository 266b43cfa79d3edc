//! Providers that a client asks: once, again before expiry, and in vain.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use huaweicloud_core::{
    CachedCredentials, Credentials, CredentialsError, CredentialsFuture, CredentialsProvider, Error,
};

use crate::{
    Client, Outcome, bare,
    skew::httpdate,
    support::{Server, answer},
};

/// Gives a new token each time, good for so many seconds from now, or nothing.
#[derive(Default)]
struct Vault {
    seconds: AtomicU64,
    asked: AtomicU64,
}

impl CredentialsProvider for Vault {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
            // Gives the others time to come.
            tokio::time::sleep(Duration::from_millis(50)).await;
            match self.seconds.load(Ordering::Relaxed) {
                0 => Err(CredentialsError::new("vault", "it is sealed")),
                seconds => {
                    let end = SystemTime::now() + Duration::from_secs(seconds);
                    Ok(Credentials::token(format!("token-{number}")).expiring(end))
                }
            }
        })
    }
}

fn vault(seconds: u64) -> Arc<Vault> {
    Arc::new(Vault { seconds: seconds.into(), asked: 0.into() })
}

/// The tokens of some calls at once.
async fn calls(client: &Client, server: &Server, count: usize) -> Result<Vec<String>, Error> {
    let before = server.seen().len();
    let calls = (0..count).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list().await.map(|_| ()) })
    });
    for call in calls.collect::<Vec<_>>() {
        if let Ok(result) = call.await {
            result?;
        }
    }
    let tokens = server.heads().into_iter().skip(before).flatten();
    Ok(tokens.filter_map(|line| Some(line.strip_prefix("x-auth-token: ")?.to_owned())).collect())
}

#[tokio::test]
async fn many_calls_ask_once() -> Outcome {
    let server = Server::start(vec![answer("200 OK", ""); 30]).await?;
    let vault = vault(3600);
    let builder = bare(&server.address).project_id("p-1");
    let client = builder.credentials_provider(Arc::clone(&vault)).build()?;
    assert_eq!(vault.asked.load(Ordering::Relaxed), 0);
    assert_eq!(calls(&client, &server, 20).await?, vec!["token-1"; 20]);
    assert_eq!(calls(&client, &server, 10).await?, vec!["token-1"; 10]);
    assert_eq!(vault.asked.load(Ordering::Relaxed), 1);
    Ok(())
}

#[tokio::test]
async fn what_ends_soon_is_renewed_by_one_for_all() -> Outcome {
    let server = Server::start(vec![answer("200 OK", ""); 21]).await?;
    // A quarter of four seconds before the end, so three seconds from now.
    let vault = vault(4);
    let builder = bare(&server.address).project_id("p-1");
    let client = builder.credentials_provider(Arc::clone(&vault)).build()?;
    assert_eq!(calls(&client, &server, 1).await?, ["token-1"]);
    tokio::time::sleep(Duration::from_millis(3200)).await;
    vault.seconds.store(3600, Ordering::Relaxed);
    assert_eq!(calls(&client, &server, 20).await?, vec!["token-2"; 20]);
    assert_eq!(vault.asked.load(Ordering::Relaxed), 2);
    Ok(())
}

#[tokio::test]
async fn a_provider_in_vain() -> Outcome {
    let server = Server::start(Vec::new()).await?;
    let vault = vault(0);
    let builder = bare(&server.address).project_id("p-1");
    let client = builder.credentials_provider(Arc::clone(&vault)).build()?;
    let error = calls(&client, &server, 1).await.err().ok_or("succeeded")?;
    assert!(matches!(error, Error::Credentials(_)), "{error:?}");
    assert_eq!(error.to_string(), "no credentials; the request was not sent: vault: it is sealed");
    assert!(server.seen().is_empty());
    Ok(())
}

#[tokio::test]
async fn one_cache_for_several_clients() -> Outcome {
    let server = Server::start(vec![answer("200 OK", ""); 2]).await?;
    let vault = vault(3600);
    let shared = Arc::new(CachedCredentials::new(Arc::clone(&vault)));
    for _ in 0..2 {
        let builder = bare(&server.address).project_id("p-1");
        let client = builder.credentials_provider(Arc::clone(&shared)).build()?;
        assert_eq!(calls(&client, &server, 1).await?, ["token-1"]);
    }
    assert_eq!(vault.asked.load(Ordering::Relaxed), 1);
    Ok(())
}

#[tokio::test]
async fn the_usual_places_are_the_default() -> Outcome {
    let server = Server::start(vec![answer("200 OK", "")]).await?;
    let client = bare(&server.address).environment(|name| {
        Some(match name {
            "HUAWEICLOUD_SDK_AK" => "EXAMPLE-AK".to_owned(),
            "HUAWEICLOUD_SDK_SK" => "EXAMPLE-SK".to_owned(),
            "HUAWEICLOUD_SDK_PROJECT_ID" => "p-1".to_owned(),
            _ => return None,
        })
    });
    client.build()?.list().await?;
    let head = &server.heads()[0];
    let authorization = "authorization: SDK-HMAC-SHA256 Access=EXAMPLE-AK, \
                         SignedHeaders=host;x-project-id;x-sdk-date, Signature=";
    assert!(head.iter().any(|line| line.starts_with(authorization)), "{head:?}");
    Ok(())
}

/// Two vaults of keys in a row: who has refused the first is given the second.
fn two_pairs() -> Arc<CachedCredentials> {
    struct Pairs(AtomicU64);
    impl CredentialsProvider for Pairs {
        fn credentials(&self) -> CredentialsFuture<'_> {
            let number = self.0.fetch_add(1, Ordering::Relaxed).min(1) + 1;
            Box::pin(async move { Ok(Credentials::token(format!("token-{number}"))) })
        }
    }
    Arc::new(CachedCredentials::new(Pairs(AtomicU64::new(0))))
}

pub(crate) fn tokens(server: &Server) -> Vec<String> {
    let lines = server.heads().into_iter().flatten();
    lines.filter_map(|line| Some(line.strip_prefix("x-auth-token: ")?.to_owned())).collect()
}

#[tokio::test]
async fn keys_that_are_refused_are_asked_for_anew_once() -> Outcome {
    let refusal = answer("401 Unauthorized", r#"{"error_code":"APIGW.0301"}"#);
    let server = Server::start(vec![refusal.clone(), answer("200 OK", "")]).await?;
    // Also through a provider that keeps what it gives, and is shared.
    let builder = bare(&server.address).project_id("p-1");
    let client = builder.credentials_provider(two_pairs()).build()?;
    client.list().await?;
    assert_eq!(tokens(&server), ["token-1", "token-2"]);

    // The second pair is refused, too: no third attempt.
    let server = Server::start(vec![refusal.clone(); 3]).await?;
    let builder = bare(&server.address).project_id("p-1");
    let client = builder.credentials_provider(two_pairs()).build()?;
    let error = client.list().await.err();
    assert_eq!(error.and_then(|error| error.status()).map(|s| s.as_u16()), Some(401));
    assert_eq!(tokens(&server), ["token-1", "token-2"]);

    // Keys that never change are not tried twice.
    let server = Server::start(vec![refusal; 2]).await?;
    let client = bare(&server.address).project_id("p-1").auth_token("token-1").build()?;
    assert!(client.list().await.is_err());
    assert_eq!(tokens(&server), ["token-1"]);
    Ok(())
}

#[tokio::test]
async fn a_purchase_is_not_sent_again_by_other_keys_but_the_next_call_has_them() -> Outcome {
    let refusal = answer("401 Unauthorized", "");
    let server = Server::start(vec![refusal, answer("200 OK", "")]).await?;
    let builder = bare(&server.address).project_id("p-1");
    let client = builder.credentials_provider(two_pairs()).build()?;
    let order = client.call(reqwest::Method::POST, "/v2/p-1/things", None).await;
    assert!(order.is_err());
    assert_eq!(tokens(&server), ["token-1"]);
    client.list().await?;
    assert_eq!(tokens(&server), ["token-1", "token-2"]);
    Ok(())
}

#[tokio::test]
async fn expired_keys_of_a_provider_are_not_sent() -> Outcome {
    struct Stale;
    impl CredentialsProvider for Stale {
        fn credentials(&self) -> CredentialsFuture<'_> {
            let end = SystemTime::now() - Duration::from_secs(60);
            Box::pin(async move { Ok(Credentials::token("token-1").expiring(end)) })
        }
    }
    // The first answer says what time it is; before, the machine's clock might be wrong.
    let date = httpdate(SystemTime::now());
    let refused =
        format!("HTTP/1.1 401 No\r\nConnection: close\r\n{date}\r\nContent-Length: 0\r\n\r\n");
    let server = Server::start(vec![refused, answer("200 OK", "")]).await?;
    let builder = bare(&server.address).project_id("p-1");
    let client = builder.credentials_provider(Stale).build()?;
    let error = client.list().await.err().and_then(|error| error.status());
    assert_eq!(error.map(|status| status.as_u16()), Some(401));
    let error = client.list().await.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("has expired"), "{error}");
    assert_eq!(server.seen().len(), 1);
    Ok(())
}
