//! Rejected keys: renewed once and not too often, without blocking other calls, and kept if
//! there are no others.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use huaweicloud_core::{
    CachedCredentials, Credentials, CredentialsError, CredentialsFuture, CredentialsProvider, Error,
};
use reqwest::Method;

use crate::{
    Client, Outcome, bare, everything,
    expiry::{Shelf, keys, machine_tokens, of_machine},
    renewal::tokens,
    support::{Server, answer},
};

const TOKENS: [&str; 3] = ["EXAMPLE-TOKEN-ONE", "EXAMPLE-TOKEN-TWO", "EXAMPLE-TOKEN-THREE"];

fn refusal() -> String {
    answer("401 Unauthorized", r#"{"error_code":"APIGW.0301"}"#)
}

fn ok() -> String {
    answer("200 OK", "")
}

fn client(server: &Server, provider: impl CredentialsProvider + 'static) -> Result<Client, Error> {
    let builder = bare(&server.address).project_id("p-1").credentials_provider(provider);
    builder.build()
}

/// Gives a token once, and then fails, or never answers.
struct Once {
    asked: AtomicU64,
    hangs: bool,
}

impl Once {
    fn new(hangs: bool) -> Arc<Self> {
        Arc::new(Self { asked: 0.into(), hangs })
    }

    fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }
}

impl CredentialsProvider for Once {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            match self.asked.fetch_add(1, Ordering::Relaxed) {
                0 => Ok(Credentials::token(TOKENS[0])),
                _ if self.hangs => std::future::pending().await,
                _ => Err(CredentialsError::new("vault", "it is sealed")),
            }
        })
    }
}

#[tokio::test]
async fn keys_of_the_machine_are_exchanged_once() -> Outcome {
    let end = SystemTime::now() + Duration::from_secs(7200);
    let answers = [keys(1, end), keys(2, end)].map(|keys| answer("200 OK", &keys)).to_vec();
    let metadata = Server::start(answers).await?;
    let server = Server::start(vec![refusal(), ok(), ok()]).await?;
    let client = of_machine(&metadata, &server)?;
    client.list().await?;
    client.list().await?;
    let sent = ["EXAMPLE-TOKEN-1", "EXAMPLE-TOKEN-2", "EXAMPLE-TOKEN-2"];
    assert_eq!(machine_tokens(&server), sent);
    assert_eq!(metadata.seen().len(), 2);
    Ok(())
}

/// One answer, perhaps of a gateway that is broken, must not take good keys away.
#[tokio::test]
async fn keys_stay_where_there_are_no_others() -> Outcome {
    for shares in [false, true] {
        let server = Server::start(vec![refusal(), ok(), ok()]).await?;
        let vault = Once::new(false);
        let client = match shares {
            false => client(&server, Arc::clone(&vault))?,
            true => client(&server, CachedCredentials::new(Arc::clone(&vault)))?,
        };
        let error = client.list().await.err().ok_or("succeeded")?;
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401), "{error}");
        client.list().await?;
        client.list().await?;
        assert_eq!(tokens(&server), [TOKENS[0]; 3]);
        assert_eq!(vault.asked(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn refusals_without_end_are_no_storm() -> Outcome {
    // The same keys over and over, others each time, and none.
    let same = Shelf::of(vec![Credentials::token(TOKENS[0])]);
    let others = (0..99).map(|n| Credentials::token(format!("EXAMPLE-TOKEN-{n}")));
    let others = Shelf::of(others.collect());
    let none = Once::new(false);
    let server = Server::start(vec![refusal(); 99]).await?;
    let clients = [
        client(&server, Arc::clone(&same))?,
        client(&server, Arc::clone(&others))?,
        client(&server, Arc::clone(&none))?,
    ];
    for client in clients {
        for _ in 0..10 {
            let error = client.list().await.err().ok_or("succeeded")?;
            assert_eq!(error.status().map(|status| status.as_u16()), Some(401), "{error}");
        }
    }
    assert_eq!((same.asked(), others.asked(), none.asked()), (2, 2, 2));
    // Of the others the second are used; each call is sent once but for the one that exchanged them.
    assert_eq!(tokens(&server)[10..].iter().filter(|t| **t == "EXAMPLE-TOKEN-0").count(), 1);
    Ok(())
}

#[tokio::test]
async fn many_refusals_at_once_ask_once() -> Outcome {
    let server = Server::start(vec![refusal(); 8].into_iter().chain(vec![ok(); 8]).collect());
    let server = server.await?;
    let shelf = Shelf::of(vec![Credentials::token(TOKENS[0]), Credentials::token(TOKENS[1])]);
    let client = client(&server, Arc::clone(&shelf))?;
    let calls = (0..8).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list().await.map(|_| ()) })
    });
    for call in calls.collect::<Vec<_>>() {
        // One whose second attempt is among the first eight fails.
        let _ = call.await?;
    }
    assert_eq!(shelf.asked(), 2);
    Ok(())
}

/// Who ordered wants to know at once that it was refused.
#[tokio::test]
async fn an_order_does_not_wait_for_other_keys() -> Outcome {
    let server = Server::start(vec![refusal(), ok()]).await?;
    let vault = Once::new(true);
    let client = client(&server, Arc::clone(&vault))?;
    let begun = Instant::now();
    let error = client.call(Method::POST, "/v2/p-1/things", None).await.err().ok_or("succeeded")?;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(vault.asked(), 1);
    Ok(())
}

/// A server, or a cache before it, may still have what was sent before.
#[tokio::test]
async fn what_was_exchanged_is_no_less_secret() -> Outcome {
    let echo = |status: &str| {
        answer(status, &format!(r#"{{"error_code":"X.1","error_msg":"not {}"}}"#, TOKENS[0]))
    };
    let server = Server::start(vec![refusal(), echo("400 Bad"), echo("400 Bad"), echo("409 No")]);
    let server = server.await?;
    let given = TOKENS.map(Credentials::token).to_vec();
    let client = client(&server, Shelf::of(given))?;
    for _ in 0..2 {
        let error = client.list().await.err().ok_or("succeeded")?;
        let text = everything(&error);
        assert!(text.contains("not [redacted]"), "{text}");
        assert!(!text.contains(TOKENS[0]), "{text}");
    }
    let order = client.call(Method::POST, "/v2", None).await.err().ok_or("succeeded")?;
    assert!(!everything(&order).contains(TOKENS[0]), "{order}");
    assert_eq!(tokens(&server), [TOKENS[0], TOKENS[1], TOKENS[1], TOKENS[1]]);
    Ok(())
}

/// The first to refuse them may be IAM, when it is asked for the project.
#[tokio::test]
async fn keys_that_iam_refuses_are_exchanged_too() -> Outcome {
    let project = answer("200 OK", r#"{"projects":[{"id":"p-7","name":"eu-west-101"}]}"#);
    let iam = Server::start(vec![refusal(), project]).await?;
    let server = Server::start(vec![ok()]).await?;
    let shelf = Shelf::of(TOKENS[..2].iter().map(|token| Credentials::token(*token)).collect());
    let builder = bare(&server.address).region("eu-west-101").iam_endpoint(&*iam.address);
    let client: Client = builder.credentials_provider(Arc::clone(&shelf)).build()?;
    client.list().await?;
    assert_eq!(
        (tokens(&iam), tokens(&server)),
        (TOKENS[..2].iter().map(|t| (*t).to_owned()).collect(), vec![TOKENS[1].to_owned()])
    );

    // Where there are no others, what IAM said is told.
    let iam = Server::start(vec![refusal(); 2]).await?;
    let builder = bare(&server.address).region("eu-west-101").iam_endpoint(&*iam.address);
    let client: Client = builder.credentials_provider(Once::new(false)).build()?;
    for _ in 0..2 {
        let error = client.list().await.err().ok_or("succeeded")?.to_string();
        assert!(error.contains("401 APIGW.0301"), "{error}");
    }
    assert_eq!(iam.seen().len(), 2);
    Ok(())
}
