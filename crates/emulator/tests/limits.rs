//! Limits on sizes, counts and times, and bytes that are not HTTP: every connection gets a response or is
//! closed, and others go on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::time::{Duration, Instant};

use common::{client, send_bytes};
use huaweicloud_dcs_emulator::{DataPlane, Emulator};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

async fn hasty() -> Emulator {
    let builder = Emulator::builder().data_plane(DataPlane::None).without_authentication();
    builder.patience(Duration::from_millis(300)).start().await.unwrap()
}

async fn connect(emulator: &Emulator) -> TcpStream {
    let endpoint = emulator.endpoint();
    TcpStream::connect(endpoint.trim_start_matches("http://")).await.unwrap()
}

/// What is answered until the connection ends, and how long that took.
async fn end_of(mut stream: TcpStream) -> (String, Duration) {
    let begun = Instant::now();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer));
    // A reset is an end as well.
    let _ = read.await.unwrap();
    (String::from_utf8_lossy(&answer).into_owned(), begun.elapsed())
}

#[tokio::test]
async fn who_is_slow_is_not_waited_for() {
    let emulator = hasty().await;
    let beginnings = [
        ("", ""),
        ("GET /v2/p/inst", ""),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nX", ""),
        ("POST /v2/p/instances HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{", "408"),
        (
            "POST /v2/p/instances HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            "408",
        ),
    ];
    let ends = beginnings.map(|(sent, status)| {
        let connect = connect(&emulator);
        async move {
            let mut stream = connect.await;
            stream.write_all(sent.as_bytes()).await.unwrap();
            // A byte now and then does not buy time.
            let (answer, time) = if status.is_empty() {
                end_of(stream).await
            } else {
                let mut answer = vec![0; 12];
                let begun = Instant::now();
                let read = stream.read_exact(&mut answer);
                tokio::time::timeout(Duration::from_secs(10), read).await.unwrap().unwrap();
                (String::from_utf8(answer).unwrap(), begun.elapsed())
            };
            assert!(answer.contains(status), "{sent:?} gets {answer}");
            assert!(time < Duration::from_secs(5), "{sent:?} takes {time:?}");
        }
    });
    for end in ends {
        end.await;
    }
    client(&emulator).list_instances().send().await.unwrap();
}

#[tokio::test]
async fn many_connections_wait_and_none_is_lost() {
    let emulator = hasty().await;
    let mut idle = Vec::new();
    for _ in 0..600 {
        idle.push(connect(&emulator).await);
    }
    // All 512 places are taken until their patience is over.
    client(&emulator).list_instances().send().await.unwrap();
}

/// Valid requests that bytes are changed in.
fn seeds() -> Vec<Vec<u8>> {
    let post = "POST /v2/p/instances HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                Content-Length: 15\r\nConnection: close\r\n\r\n{\"name\": \"cat\"}";
    let chunked = "POST /v2/p/instances HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\
                   Connection: close\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n";
    let get = "GET /v2/p/instances?limit=1&name=a%20b HTTP/1.1\r\nHost: localhost\r\n\
               Authorization: SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=b\r\n\
               Connection: close\r\n\r\n";
    let fault = "POST /_emulator/faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 36\r\n\
                 Connection: close\r\n\r\n{\"nth\": 1, \"then\": {\"delay\":{\"ms\":1}}}";
    [post, chunked, get, fault].map(|text| text.as_bytes().to_vec()).into()
}

/// Changes, doubles, removes or inserts a few bytes.
fn mutated(mut bytes: Vec<u8>, random: &mut fastrand::Rng) -> Vec<u8> {
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..bytes.len().max(1)).min(bytes.len().saturating_sub(1));
        match random.u8(..5) {
            0 => bytes[at] = random.u8(..),
            1 => {
                bytes.insert(at, random.choice([b'\r', b'\n', b':', b' ', 0, 0xff, b'%']).unwrap())
            }
            2 if bytes.len() > 2 => drop(bytes.remove(at)),
            3 => {
                let end = (at + random.usize(1..30)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => bytes.truncate((at + 1).max(2)),
        }
    }
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_that_are_no_http_hurt_nobody() {
    let emulator = hasty().await;
    let mut random = fastrand::Rng::with_seed(15);
    let seeds = seeds();
    let mut answered = 0;
    for _ in 0..40 {
        let batch = (0..25).map(|_| {
            let seed = random.choice(&seeds).unwrap().clone();
            let bytes = mutated(seed, &mut random);
            let emulator = &emulator;
            async move {
                let answer = send_bytes(emulator, &bytes);
                let answer = tokio::time::timeout(Duration::from_secs(10), answer).await;
                let answer = answer.unwrap();
                let status = answer.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok());
                assert!(status.is_none_or(|status| status < 500), "{answer}\n{bytes:?}");
                usize::from(status.is_some())
            }
        });
        let tasks: Vec<_> = batch.collect();
        for task in join_all(tasks).await {
            answered += task;
        }
    }
    assert!(answered > 500, "{answered} of 1,000 had an answer");
    client(&emulator).list_instances().send().await.unwrap();
}

/// Runs futures side by side on this task.
async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut pending: Vec<_> = futures.into_iter().map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        let mut is_done = true;
        for (future, output) in &mut pending {
            if output.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *output = Some(value),
                    std::task::Poll::Pending => is_done = false,
                }
            }
        }
        if is_done { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    pending.into_iter().filter_map(|(_, output)| output).collect()
}
