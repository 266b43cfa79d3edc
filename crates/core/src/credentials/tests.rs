//! Invalid credentials, and renewing in time.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

#[test]
fn problems_tell_no_secret() {
    let problem = |credentials: Credentials| credentials.problem();
    assert_eq!(problem(Credentials::new("EXAMPLE-AK", "EXAMPLE-SK")), None);
    assert_eq!(problem(Credentials::temporary("A", "B", "C")), None);
    let empty = |name| Some(format!("the {name} is empty"));
    assert_eq!(problem(Credentials::new("", "b")), empty("access key"));
    assert_eq!(problem(Credentials::new("a", " ")), empty("secret key"));
    assert_eq!(problem(Credentials::temporary("a", "b", "")), empty("security token"));
    assert_eq!(problem(Credentials::token("")), empty("token"));
    let line_break = |name| {
        Some(format!("the {name} holds what no header can carry (a line break at its end?)"))
    };
    assert_eq!(problem(Credentials::new("hunter2\n", "b")), line_break("access key"));
    assert_eq!(problem(Credentials::new("a", "hunter2\n")), line_break("secret key"));
    assert_eq!(problem(Credentials::token("hünter2")), line_break("token"));
}

/// Gives keys that are good for a time, and counts.
struct Counting {
    asked: AtomicU32,
    credentials: Result<Credentials, CredentialsError>,
}

impl CredentialsProvider for Counting {
    fn credentials(&self) -> CredentialsFuture<'_> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { self.credentials.clone() })
    }
}

async fn asked_in_two_calls(credentials: Result<Credentials, CredentialsError>) -> u32 {
    asked_at(None, credentials).await
}

/// After an answer that says that it is this time.
async fn asked_at(date: Option<&str>, credentials: Result<Credentials, CredentialsError>) -> u32 {
    let provider = Arc::new(Counting { asked: AtomicU32::new(0), credentials });
    let cached = CachedCredentials::new(Arc::clone(&provider));
    let mut headers = reqwest::header::HeaderMap::new();
    headers.extend(date.map(|date| (reqwest::header::DATE, date.parse().unwrap())));
    cached.shared_clock().learn(&headers);
    let (first, second) = (cached.credentials().await, cached.credentials().await);
    assert_eq!(first.is_ok(), second.is_ok());
    provider.asked.load(Ordering::Relaxed)
}

#[tokio::test]
async fn credentials_are_kept_until_they_expire() {
    let keys = || Credentials::new("EXAMPLE-AK", "EXAMPLE-SK");
    let hour = std::time::Duration::from_secs(3600);
    assert_eq!(asked_in_two_calls(Ok(keys())).await, 1);
    assert_eq!(asked_in_two_calls(Ok(keys().expiring(SystemTime::now() + hour))).await, 1);
    // Over by this machine, which may be wrong; and by what an answer says.
    let over = || Ok(keys().expiring(SystemTime::now() - hour));
    assert_eq!(asked_in_two_calls(over()).await, 1);
    assert_eq!(asked_at(Some("Wed, 01 Jan 2098 12:00:30 GMT"), over()).await, 2);
    assert_eq!(asked_at(Some("Thu, 01 Jan 2015 12:00:30 GMT"), over()).await, 1);
    assert_eq!(asked_in_two_calls(Ok(Credentials::token(""))).await, 2);
    assert_eq!(asked_in_two_calls(Err(CredentialsError::new("vault", "sealed"))).await, 2);
}

/// Gives keys once, and never answers again.
#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_does_not_take_good_keys_away() {
    struct Hanging(AtomicU32);
    impl CredentialsProvider for Hanging {
        fn credentials(&self) -> CredentialsFuture<'_> {
            Box::pin(async {
                if self.0.fetch_add(1, Ordering::Relaxed) > 0 {
                    return std::future::pending().await;
                }
                Ok(Credentials::token("EXAMPLE-TOKEN"))
            })
        }
    }
    let cached = CachedCredentials::new(Hanging(AtomicU32::new(0)));
    let first = cached.credentials().await.unwrap();
    let begun = tokio::time::Instant::now();
    let again = cached.renewed(&first).await.unwrap();
    assert!(again.is_same(&first) && begun.elapsed().as_secs() == 10);
    // Not once more for the next caller.
    assert!(cached.renewed(&first).await.unwrap().is_same(&first));
    assert_eq!(begun.elapsed().as_secs(), 10);
}

#[test]
fn the_same_keys_are_the_same() {
    let keys = || Credentials::temporary("EXAMPLE-AK", "EXAMPLE-SK", "EXAMPLE-TOKEN");
    assert!(keys().is_same(&keys().expiring(SystemTime::now())));
    for other in [
        Credentials::new("EXAMPLE-AK", "EXAMPLE-SK"),
        Credentials::temporary("EXAMPLE-AK-2", "EXAMPLE-SK", "EXAMPLE-TOKEN"),
        Credentials::temporary("EXAMPLE-AK", "EXAMPLE-SK-2", "EXAMPLE-TOKEN"),
        Credentials::temporary("EXAMPLE-AK", "EXAMPLE-SK", "EXAMPLE-TOKEN-2"),
        Credentials::token("EXAMPLE-TOKEN"),
    ] {
        assert!(!keys().is_same(&other) && !other.is_same(&keys()), "{other:?}");
    }
    assert!(Credentials::token("a").is_same(&Credentials::token("a")));
    assert!(!Credentials::token("a").is_same(&Credentials::token("b")));
}

#[tokio::test]
async fn providers_in_boxes_and_their_errors() {
    let sealed = CredentialsError::new("vault", "it is sealed").with_source("no quorum");
    let provider: Box<dyn CredentialsProvider> =
        Box::new(Counting { asked: AtomicU32::new(0), credentials: Err(sealed) });
    let cached = CachedCredentials::new(provider);
    assert_eq!(format!("{cached:?}"), "CachedCredentials { .. }");
    let error = crate::Error::from(cached.credentials().await.unwrap_err());
    assert_eq!(error.to_string(), "no credentials; the request was not sent: vault: it is sealed");
    assert!(!error.is_unknown_outcome() && !error.is_timeout());
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("no quorum"));
}
