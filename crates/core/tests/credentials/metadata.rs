//! The metadata service of a server, on a real socket, and every way in which it fails to provide keys.

use std::time::{Duration, Instant, SystemTime};

use huaweicloud_core::{CredentialsChain, CredentialsProvider as _};

use crate::{
    Outcome, chain, parts,
    support::{Server, answer},
};

const KEYS: &str = r#"{"credential":{"access":"EXAMPLE-AK","secret":"EXAMPLE-SK",
    "securitytoken":"EXAMPLE-TOKEN","expires_at":"2026-11-27T14:18:45.000000Z"}}"#;

fn at(server: &Server) -> CredentialsChain {
    chain(&[]).metadata_address(&server.address)
}

/// What the last place says, and how many were asked.
async fn problem(answers: Vec<String>) -> Result<(usize, String), Box<dyn std::error::Error>> {
    let server = Server::start(answers).await?;
    let error = at(&server).credentials().await.err().ok_or("found credentials")?;
    let last = error.attempts().last().ok_or("no place")?;
    assert_eq!(last.place(), format!("metadata service {}", server.address));
    assert!(!format!("{error}{error:?}").contains("EXAMPLE-"), "{error:?}");
    Ok((error.attempts().len(), last.problem().to_owned()))
}

#[tokio::test]
async fn keys_with_their_end() -> Outcome {
    let server = Server::start(vec![answer("200 OK", KEYS)]).await?;
    let found = at(&server).credentials().await?;
    assert_eq!(parts(&found), ["EXAMPLE-AK", "EXAMPLE-SK", "EXAMPLE-TOKEN"]);
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_789_125);
    assert_eq!(found.expires(), Some(end));
    assert_eq!(server.heads()[0][0], "GET /openstack/latest/securitykey HTTP/1.1");
    Ok(())
}

#[tokio::test]
async fn a_server_that_wants_a_token_first() -> Outcome {
    let answers = vec![
        answer("401 Unauthorized", ""),
        answer("200 OK", "EXAMPLE-METADATA-TOKEN\n"),
        answer("200 OK", KEYS),
    ];
    let server = Server::start(answers).await?;
    assert_eq!(parts(&at(&server).credentials().await?)[0], "EXAMPLE-AK");
    let heads = server.heads();
    assert_eq!(heads[1][0], "PUT /meta-data/latest/api/token HTTP/1.1");
    assert!(heads[1].contains(&"x-metadata-token-ttl-seconds: 60".to_owned()), "{heads:?}");
    assert_eq!(heads[2][0], "GET /openstack/latest/securitykey HTTP/1.1");
    let token = "x-metadata-token: EXAMPLE-METADATA-TOKEN".to_owned();
    assert!(heads[2].contains(&token), "{heads:?}");
    Ok(())
}

#[tokio::test]
async fn a_server_without_an_agency() -> Outcome {
    let none = |status| (3, format!("gives no keys ({status}): the server has no agency"));
    assert_eq!(problem(vec![answer("404 Not Found", "")]).await?, none(404));
    let refused = vec![answer("401 Unauthorized", ""), answer("405 Method Not Allowed", "")];
    assert_eq!(problem(refused).await?, none(401));
    Ok(())
}

#[tokio::test]
async fn answers_that_are_none() -> Outcome {
    let says = async |body: &str| problem(vec![answer("200 OK", body)]).await;
    assert_eq!(says("<html>EXAMPLE-SK").await?, (3, "answered no JSON".into()));
    assert_eq!(says("{}").await?, (3, "answered no `credential`".into()));
    let parts = (3, "answered no `access`, no `secret` or no `securitytoken`".into());
    assert_eq!(says(&KEYS.replace("securitytoken", "other")).await?, parts);
    assert_eq!(says(&KEYS.replace("\"EXAMPLE-SK\"", "1")).await?, parts);
    let end = (3, "answered no `expires_at`, or one that is no moment".into());
    assert_eq!(says(&KEYS.replace("expires_at", "other")).await?, end);
    assert_eq!(says(&KEYS.replace("2026-11", "tomorrow")).await?, end);
    let long = format!("{KEYS}{}", " ".repeat(64 << 10));
    assert!(says(&long).await.is_err(), "white space after the limit does not count");
    let moved = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(problem(vec![moved.into()]).await?, (3, "answered 302".into()));
    assert_eq!(problem(vec![answer("500 Oops", KEYS)]).await?, (3, "answered 500".into()));
    Ok(())
}

#[tokio::test]
async fn nobody_there() -> Outcome {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    drop(listener);
    let error = chain(&[]).metadata_address(&address).credentials().await;
    let error = error.err().ok_or("found credentials")?;
    let problem = error.attempts()[2].problem();
    assert!(problem.starts_with("does not answer ("), "{problem}");
    assert!(error.to_string().ends_with("or give the client credentials"), "{error}");

    // A service that takes a connection and says nothing.
    let server = Server::start(vec![String::new()]).await?;
    let start = Instant::now();
    let error = at(&server).credentials().await.err().ok_or("found credentials")?;
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(error.attempts()[2].problem(), "does not answer (operation timed out)");
    assert!(std::error::Error::source(&error).is_some());
    Ok(())
}
