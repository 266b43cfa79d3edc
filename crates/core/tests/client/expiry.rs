//! Expiring keys on a machine whose clock is off. The clock itself cannot be moved, so the services
//! have a clock that is behind or ahead of it: keys that are valid or expired by their clock are the opposite here.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use huaweicloud_core::{
    CachedCredentials, Credentials, CredentialsChain, CredentialsError, CredentialsFuture,
    CredentialsProvider, Error, sign::Timestamp,
};

use crate::{
    Client, Outcome, bare,
    renewal::tokens,
    skew::httpdate,
    support::{Server, answer},
};

const HOUR: Duration = Duration::from_secs(3600);

/// Gives these tokens with their ends in turn, the last one for ever, and counts.
pub(crate) struct Shelf {
    given: Mutex<(usize, Vec<Credentials>)>,
}

impl Shelf {
    pub(crate) fn of(given: Vec<Credentials>) -> Arc<Self> {
        Arc::new(Self { given: Mutex::new((0, given)) })
    }

    pub(crate) fn asked(&self) -> usize {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).0
    }
}

impl CredentialsProvider for Shelf {
    fn credentials(&self) -> CredentialsFuture<'_> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let next = given.1.get(given.0).or(given.1.last()).cloned();
        given.0 += 1;
        Box::pin(async { next.ok_or_else(|| CredentialsError::new("shelf", "it is empty")) })
    }
}

fn token(number: u32, end: SystemTime) -> Credentials {
    Credentials::token(format!("token-{number}")).expiring(end)
}

/// An answer that says what time it is.
fn at(time: SystemTime, status: &str, body: &str) -> String {
    let (date, length) = (httpdate(time), body.len());
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\n{date}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

fn client(
    server: &Server,
    provider: Arc<impl CredentialsProvider + 'static>,
) -> Result<Client, Error> {
    let builder = bare(&server.address).project_id("p-1").credentials_provider(provider);
    builder.build()
}

/// What a call says that sends nothing, but for the time.
async fn refusal(client: &Client) -> Result<String, &'static str> {
    Ok(client.list().await.err().ok_or("succeeded")?.to_string())
}

#[tokio::test]
async fn a_machine_that_is_ahead_can_call() -> Outcome {
    let theirs = SystemTime::now() - 8 * HOUR;
    let server = Server::start(vec![at(theirs, "200 OK", ""); 3]).await?;
    // Good for an hour by their clock, over for seven by this one.
    let shelf = Shelf::of(vec![token(1, theirs + HOUR), token(2, theirs + 2 * HOUR)]);
    let client = client(&server, Arc::clone(&shelf))?;
    for _ in 0..3 {
        client.list().await?;
    }
    assert_eq!(tokens(&server), ["token-1"; 3]);
    assert_eq!(shelf.asked(), 1);
    Ok(())
}

/// Services that never tell the time leave the end to be found out by a 401.
#[tokio::test]
async fn without_any_date_nothing_is_held_back_nor_asked_for_by_every_call() -> Outcome {
    let server = Server::start(vec![answer("200 OK", ""); 10]).await?;
    let shelf = Shelf::of(vec![token(1, SystemTime::now() - 8 * HOUR)]);
    let client = client(&server, Arc::clone(&shelf))?;
    for _ in 0..10 {
        client.list().await?;
    }
    assert_eq!(shelf.asked(), 1);
    Ok(())
}

#[tokio::test]
async fn a_machine_that_is_behind_learns_that_its_keys_are_over() -> Outcome {
    let theirs = SystemTime::now() + 8 * HOUR;
    let server = Server::start(vec![at(theirs, "200 OK", ""); 3]).await?;
    let over = token(1, theirs - HOUR);
    let shelf = Shelf::of(vec![over.clone(), token(2, theirs + HOUR), over]);
    let client = client(&server, Arc::clone(&shelf))?;
    for _ in 0..3 {
        client.list().await?;
    }
    assert_eq!(tokens(&server), ["token-1", "token-2", "token-2"]);
    assert_eq!(shelf.asked(), 2);
    Ok(())
}

/// Once the time is known, what is over is not sent; the text says by whose clock, and whose keys.
#[tokio::test]
async fn expired_keys_are_not_sent_once_the_time_is_known() -> Outcome {
    let theirs = SystemTime::now() + 8 * HOUR;
    let over = token(1, theirs - 3 * HOUR);
    let server = Server::start(vec![at(theirs, "200 OK", ""); 2]).await?;
    let of_provider = client(&server, Shelf::of(vec![over.clone()]))?;
    of_provider.list().await?;
    assert_eq!(
        refusal(&of_provider).await?,
        "no credentials; the request was not sent: provider: what it gives has expired 3 hours ago by the \
         clock of the service; have it give new credentials"
    );
    let builder = bare(&server.address).project_id("p-1").credentials(over);
    let given: Client = builder.build()?;
    given.list().await?;
    assert_eq!(
        refusal(&given).await?,
        "no credentials; the request was not sent: credentials given in code: have expired 3 hours ago by \
         the clock of the service; give the client new ones"
    );
    assert_eq!(server.seen().len(), 2);
    Ok(())
}

/// An answer to one client tells the time to all who share what is kept.
#[tokio::test]
async fn a_shared_cache_goes_by_the_clock_that_was_put_right() -> Outcome {
    let theirs = SystemTime::now() - 8 * HOUR;
    let server = Server::start(vec![at(theirs, "200 OK", ""); 4]).await?;
    let ends = [theirs + HOUR, theirs - HOUR];
    let shelf = Shelf::of(vec![token(1, ends[0]), token(2, ends[1])]);
    let shared = Arc::new(CachedCredentials::new(Arc::clone(&shelf)));
    for _ in 0..2 {
        let client = client(&server, Arc::clone(&shared))?;
        client.list().await?;
        client.list().await?;
    }
    assert_eq!(tokens(&server), ["token-1"; 4]);
    assert_eq!(shelf.asked(), 1);
    assert!(shared.credentials().await.is_ok());
    assert_eq!(shelf.asked(), 1);
    Ok(())
}

pub(crate) fn keys(number: u32, end: SystemTime) -> String {
    let stamp = Timestamp::from(end).to_string();
    let (date, time) = stamp.split_at(8);
    let end = format!(
        "{}-{}-{}T{}:{}:{}.000000Z",
        &date[..4],
        &date[4..6],
        &date[6..],
        &time[1..3],
        &time[3..5],
        &time[5..7]
    );
    format!(
        r#"{{"credential":{{"access":"EXAMPLE-AK-{number}","secret":"EXAMPLE-SK","securitytoken":"EXAMPLE-TOKEN-{number}","expires_at":"{end}"}}}}"#
    )
}

/// What a client of the machine's own identity sent, call by call.
pub(crate) fn machine_tokens(server: &Server) -> Vec<String> {
    let lines = server.heads().into_iter().flatten();
    lines.filter_map(|line| Some(line.strip_prefix("x-security-token: ")?.to_owned())).collect()
}

pub(crate) fn of_machine(metadata: &Server, server: &Server) -> Result<Client, Error> {
    let chain = CredentialsChain::new().environment(|_| None).metadata_address(&metadata.address);
    client(server, Arc::new(chain))
}

/// The metadata service says what time it is by its own answer, so nothing has to be sent in vain.
#[tokio::test]
async fn the_metadata_service_tells_the_time() -> Outcome {
    for (theirs, is_ahead) in
        [(SystemTime::now() - 8 * HOUR, false), (SystemTime::now() + 8 * HOUR, true)]
    {
        let over = keys(1, theirs - HOUR);
        let good = keys(2, theirs + HOUR);
        let answers = vec![at(theirs, "200 OK", &over), at(theirs, "200 OK", &good)];
        let metadata = Server::start(answers).await?;
        let server = Server::start(vec![answer("200 OK", ""); 2]).await?;
        let client = of_machine(&metadata, &server)?;
        let expired = refusal(&client).await?;
        assert!(expired.contains("has expired 60 minutes ago"), "{is_ahead} {expired}");
        assert_eq!(server.seen().len(), 0, "{is_ahead}");
        client.list().await?;
        client.list().await?;
        assert_eq!(machine_tokens(&server), ["EXAMPLE-TOKEN-2"; 2], "{is_ahead}");
        assert_eq!(metadata.seen().len(), 2, "{is_ahead}");
    }
    Ok(())
}

/// So does IAM, when it is asked for the project.
#[tokio::test]
async fn iam_tells_the_time() -> Outcome {
    let theirs = SystemTime::now() + 8 * HOUR;
    let projects = r#"{"projects":[{"id":"p-7","name":"eu-west-101"}]}"#;
    let iam = Server::start(vec![at(theirs, "200 OK", projects)]).await?;
    let server = Server::start(vec![answer("200 OK", ""); 2]).await?;
    let shelf = Shelf::of(vec![token(1, theirs - HOUR), token(2, theirs + HOUR)]);
    let builder = bare(&server.address).region("eu-west-101").iam_endpoint(&*iam.address);
    let client: Client = builder.credentials_provider(Arc::clone(&shelf)).build()?;
    client.list().await?;
    client.list().await?;
    assert_eq!(tokens(&server), ["token-1", "token-2"]);
    assert_eq!(shelf.asked(), 2);
    Ok(())
}
