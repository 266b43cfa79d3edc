//! What is retried and what is not, counted by the server.

use std::time::{Duration, Instant};

use huaweicloud_core::{ClientBuilder, Error, RetryPolicy, call};
use reqwest::Method;

use crate::{
    Client, Outcome, signing,
    support::{RESET, Server, answer},
};

/// Pauses that a test can wait for.
const QUICK: RetryPolicy = RetryPolicy::none().max_attempts(4).budget(500);

const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{";

fn quick(server: &Server) -> ClientBuilder<Client> {
    signing(&server.address).retry(QUICK).attempt_timeout(Duration::from_millis(300))
}

fn ok() -> String {
    answer("200 OK", "")
}

/// Ways to fail that a moment later may be over; an empty text is silence.
fn passing() -> Vec<String> {
    let statuses = ["429 Busy", "502 Gateway", "503 Busy", "504 Gateway"];
    let answers = statuses.map(|status| answer(status, "<html>"));
    answers.into_iter().chain([RESET, ""].map(str::to_owned)).collect()
}

#[tokio::test]
async fn reads_are_sent_again() -> Outcome {
    for failure in passing() {
        let server = Server::start(vec![failure.clone(), failure.clone(), ok()]).await?;
        quick(&server).build()?.list().await?;
        assert_eq!(server.seen().len(), 3, "{failure}");
    }
    for failure in ["500 Oops", "400 Bad Request", "404 Not Found", "302 Found"] {
        let server = Server::start(vec![answer(failure, ""), ok()]).await?;
        assert!(quick(&server).build()?.list().await.is_err());
        assert_eq!(server.seen().len(), 1, "{failure}");
    }
    Ok(())
}

#[tokio::test]
async fn what_buys_is_sent_once() -> Outcome {
    for failure in passing() {
        let server = Server::start(vec![failure.clone(), ok()]).await?;
        let client = quick(&server).build()?;
        let error = client.call(Method::POST, "/v2", Some(b"{}".to_vec())).await.err();
        assert!(error.is_some_and(|error| error.is_retryable()), "{failure}");
        assert_eq!(server.seen().len(), 1, "{failure}");
    }
    Ok(())
}

/// A body that breaks off is read again, if it may be.
#[tokio::test]
async fn answers_that_break_off() -> Outcome {
    let read = async |is_repeatable| {
        let good = answer("200 OK", "[7]");
        let server = Server::start(vec![HALF.to_owned(), good]).await?;
        let ready = quick(&server).build()?.0.ready().await?;
        let request = crate::request(&ready, Method::GET, "/v2", None);
        let operation = call::Operation::new("Numbers", is_repeatable);
        let answer = call::read::<Vec<i32>>(&ready, operation, request).await;
        let answer = answer.map(huaweicloud_core::Response::into_inner);
        Ok::<_, Box<dyn std::error::Error>>((answer, server.seen().len()))
    };
    assert!(matches!(read(true).await?, (Ok(list), 2) if list == [7]));
    assert!(matches!(read(false).await?, (Err(Error::Interrupted(_)), 1)));
    Ok(())
}

/// Nothing was sent while nobody listened, so that even a purchase may follow.
#[tokio::test]
async fn connections_that_fail_are_tried_again() -> Outcome {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    drop(listener);
    let policy = QUICK.max_attempts(40).base(Duration::from_millis(60));
    let client = signing(&format!("http://{address}")).retry(policy.cap(Duration::from_millis(60)));
    let client = client.build()?;
    let late = async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        Server::start_at(&address, vec![ok(), ok()]).await
    };
    let buy = client.call(Method::POST, "/v2", Some(b"{}".to_vec()));
    let (server, bought) = tokio::join!(late, buy);
    bought?;
    assert_eq!(server?.seen().len(), 1);
    Ok(())
}

#[tokio::test]
async fn nobody_ever_listens() -> Outcome {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    drop(listener);
    let client = signing(&address).retry(QUICK.max_attempts(1000).base(Duration::from_millis(50)));
    let client = client.timeout(Duration::from_millis(300)).build()?;
    let begun = Instant::now();
    let error = client.call(Method::POST, "/v2", None).await.err().ok_or("succeeded")?;
    assert!(matches!(error, Error::Connect(_)) && !error.is_unknown_outcome(), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(2));
    Ok(())
}

fn busy(after: &str) -> String {
    let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT";
    format!(
        "HTTP/1.1 503 Busy\r\nConnection: close\r\n{date}\r\nRetry-After: {after}\r\nContent-Length: 0\r\n\r\n"
    )
}

#[tokio::test]
async fn a_server_is_given_the_time_that_it_asks_for() -> Outcome {
    for after in ["1", "Sun, 06 Nov 1994 08:49:38 GMT"] {
        let server = Server::start(vec![busy(after), ok()]).await?;
        let begun = Instant::now();
        quick(&server).build()?.list().await?;
        assert!(begun.elapsed() >= Duration::from_secs(1), "{after}");
        assert_eq!(server.seen().len(), 2);
    }
    // More time than there is: no use in waiting.
    let server = Server::start(vec![busy("30"), ok()]).await?;
    let client = quick(&server).timeout(Duration::from_secs(25)).build()?;
    let begun = Instant::now();
    let error = client.list().await.err().ok_or("succeeded")?;
    assert!(begun.elapsed() < Duration::from_secs(5) && server.seen().len() == 1);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    Ok(())
}

#[tokio::test]
async fn one_limit_for_all_attempts() -> Outcome {
    let server = Server::start(vec![String::new(); 9]).await?;
    let client = quick(&server).timeout(Duration::from_millis(700)).build()?;
    let begun = Instant::now();
    let error = client.list().await.err().ok_or("succeeded")?;
    let text = error.to_string();
    assert!(text.contains("the time for the whole call is over (timeout is 700ms)"), "{text}");
    assert_eq!(server.seen().len(), 3);
    assert!(begun.elapsed() >= Duration::from_millis(690), "{:?}", begun.elapsed());
    let server = Server::start(vec![String::new()]).await?;
    let client = quick(&server).retry(RetryPolicy::none()).build()?;
    let text = client.list().await.err().ok_or("succeeded")?.to_string();
    assert!(text.contains("the time for one attempt is over (attempt_timeout is 300ms)"), "{text}");
    Ok(())
}

#[tokio::test]
async fn a_budget_for_all_calls() -> Outcome {
    let server = Server::start(vec![answer("503 Busy", ""); 9]).await?;
    let client = quick(&server).retry(QUICK.budget(10)).build()?;
    for count in [3, 4, 5] {
        assert!(client.list().await.is_err());
        assert_eq!(server.seen().len(), count);
    }
    // A clone shares it, another client has its own.
    assert!(client.clone().list().await.is_err());
    assert_eq!(server.seen().len(), 6);
    assert!(quick(&server).build()?.list().await.is_err());
    assert_eq!(server.seen().len(), 9);
    Ok(())
}

/// A body that is not in memory is gone once it was sent.
#[tokio::test]
async fn streams_are_sent_once() -> Outcome {
    let server = Server::start(vec![answer("503 Busy", ""), ok()]).await?;
    let ready = quick(&server).build()?.0.ready().await?;
    let body: ItemsOf = vec![Ok(bytes::Bytes::from_static(b"{}"))];
    let mut request = crate::request(&ready, Method::PUT, "/v2", None)?;
    *request.body_mut() = Some(reqwest::Body::wrap_stream(Once(body)));
    let operation = call::Operation::new("Put", true);
    let error = call::read_empty(&ready, operation, Ok(request)).await.err().ok_or("succeeded")?;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(server.seen().len(), 1);
    Ok(())
}

type ItemsOf = Vec<Result<bytes::Bytes, std::io::Error>>;

struct Once(ItemsOf);

impl futures_core::Stream for Once {
    type Item = Result<bytes::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop())
    }
}
