//! Which request a response belongs to: retryable requests use kept-alive connections; others have a connection of their
//! own, on which nothing else was answered.

use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use huaweicloud_core::ServiceClient as _;
use reqwest::Method;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::{Client, Outcome, signing};

/// The requests of each connection, by their methods.
type Seen = Arc<Mutex<Vec<Vec<String>>>>;

/// Keeps connections open, and says more than it was asked: behind each answer to a GET lies
/// another answer, which is nobody's.
async fn start(
    stale: &'static str,
    later: Duration,
) -> io::Result<(String, Seen, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let seen = Seen::default();
    let all = Arc::clone(&seen);
    let closed = Arc::new(AtomicUsize::new(0));
    let ended = Arc::clone(&closed);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let number = {
                let mut seen = all.lock().unwrap_or_else(PoisonError::into_inner);
                seen.push(Vec::new());
                seen.len() - 1
            };
            let (all, ended) = (Arc::clone(&all), Arc::clone(&ended));
            tokio::spawn(async move {
                // How it ended does not matter.
                let _ = serve(stream, number, all, stale, later).await;
                ended.fetch_add(1, Ordering::SeqCst);
            });
        }
    });
    Ok((address, seen, closed))
}

async fn serve(
    mut stream: TcpStream,
    number: usize,
    seen: Seen,
    stale: &'static str,
    later: Duration,
) -> io::Result<()> {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut head).await? == 0 {
                return Ok(());
            }
        }
        let method = String::from_utf8_lossy(&head).split(' ').next().unwrap_or("").to_owned();
        let is_get = method == "GET";
        seen.lock().unwrap_or_else(PoisonError::into_inner)[number].push(method);
        let answer = "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}";
        if is_get && later.is_zero() {
            stream.write_all(format!("{answer}{stale}").as_bytes()).await?;
            continue;
        }
        stream.write_all(answer.as_bytes()).await?;
        if is_get {
            tokio::time::sleep(later).await;
            stream.write_all(stale.as_bytes()).await?;
        }
    }
}

const STALE: &str = "HTTP/1.1 299 Stale\r\nContent-Length: 2\r\n\r\n{}";

fn order(client: &Client) -> impl Future<Output = Result<u16, huaweicloud_core::Error>> {
    let order = client.call(Method::POST, "/v2/orders", None);
    async { Ok(order.await?.status().as_u16()) }
}

/// With an answer behind the one that was asked for, at once and a moment later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_lies_there_is_not_the_orders() -> Outcome {
    for later in [Duration::ZERO, Duration::from_millis(1)] {
        let (address, seen, _) = start(STALE, later).await?;
        let client = signing(&address).build()?;
        for _ in 0..200 {
            // It may itself get what came at the moment that it was sent.
            client.list().await?;
            assert_eq!(order(&client).await?, 202);
        }
        let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let with_order = seen.iter().filter(|methods| methods.iter().any(|one| one == "POST"));
        assert!(with_order.clone().all(|methods| methods.len() == 1), "{seen:?}");
        assert_eq!(with_order.count(), 200);
    }
    Ok(())
}

/// An answer that nobody asked for ends its connection, as soon as it is seen.
#[tokio::test]
async fn an_answer_that_lies_there_is_nobodys() -> Outcome {
    let (address, seen, closed) = start(STALE, Duration::from_millis(1)).await?;
    let client = signing(&address).build()?;
    for number in 1..=20 {
        assert_eq!(client.list().await?.status(), 202);
        // A connection that stays open would be used for the next request.
        let end = async {
            while closed.load(Ordering::SeqCst) < number {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), end).await?;
    }
    assert_eq!(seen.lock().unwrap_or_else(PoisonError::into_inner).len(), 20);
    Ok(())
}

/// What may be sent twice shares connections: opening one for each would cost more than the call.
#[tokio::test]
async fn other_calls_keep_their_connection() -> Outcome {
    let (address, seen, _) = start("", Duration::ZERO).await?;
    let client = signing(&address).build()?;
    for _ in 0..5 {
        client.list().await?;
    }
    assert_eq!(*seen.lock().unwrap_or_else(PoisonError::into_inner), [["GET"; 5]]);
    Ok(())
}

/// Who looks before it buys wants to be as sure of what it sees.
#[tokio::test]
async fn looks_can_have_connections_of_their_own() -> Outcome {
    let (address, seen, _) = start(STALE, Duration::from_millis(1)).await?;
    let client = signing(&address).build()?;
    let careful = Client::from_context(client.0.with_single_use_connections());
    for _ in 0..200 {
        assert_eq!(careful.list().await?.status(), 202);
    }
    assert_eq!(seen.lock().unwrap_or_else(PoisonError::into_inner).len(), 200);
    Ok(())
}

/// A program that asks to keep many keeps none for orders.
#[tokio::test]
async fn a_program_cannot_keep_connections_for_orders() -> Outcome {
    let (address, seen, _) = start("", Duration::ZERO).await?;
    let builder = signing(&address).configure_http(|http| http.pool_max_idle_per_host(9));
    let client = builder.build()?;
    for _ in 0..3 {
        assert_eq!(order(&client).await?, 202);
    }
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(*seen, [["POST"], ["POST"], ["POST"]]);
    Ok(())
}
