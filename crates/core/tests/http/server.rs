//! A server on a loopback socket for one connection, written by hand so that it can misbehave.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};

/// What the server does after its answer.
#[derive(Clone, Copy)]
pub(crate) enum Then {
    Close,
    Reset,
    Hold,
}

pub(crate) struct Server {
    pub(crate) endpoint: String,
    seen: JoinHandle<io::Result<String>>,
}

impl Server {
    /// Takes one request, answers with these bytes, and then closes, resets or holds on.
    pub(crate) async fn start(answer: impl Into<Vec<u8>>, then: Then) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let seen = tokio::spawn(serve(listener, answer.into(), then));
        Ok(Self { endpoint, seen })
    }

    /// The request as it came; an empty text when none came within a moment.
    pub(crate) async fn request(self) -> io::Result<String> {
        match timeout(Duration::from_secs(1), self.seen).await {
            Ok(joined) => joined?,
            Err(_) => Ok(String::new()),
        }
    }
}

/// An answer with a body, of a status such as `200 OK`.
pub(crate) fn answer(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nX-Request-Id: r-1\r\nContent-Length: {length}\r\n\r\n{body}")
}

async fn serve(listener: TcpListener, answer: Vec<u8>, then: Then) -> io::Result<String> {
    let (mut stream, _) = listener.accept().await?;
    let request = read_request(&mut stream).await?;
    // A client that has read enough hangs up: no reason to fail.
    let _ = stream.write_all(&answer).await;
    match then {
        Then::Close => {}
        Then::Reset => stream.set_zero_linger()?,
        Then::Hold => {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(60)).await;
                drop(stream);
            });
        }
    }
    Ok(request)
}

async fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await?;
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let is_tls = bytes.first() == Some(&0x16);
        if count == 0 || is_tls || is_complete(&text) {
            return Ok(text);
        }
    }
}

fn is_complete(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let lengths = head.lines().filter_map(|line| line.strip_prefix("content-length: "));
    body.len() >= lengths.filter_map(|length| length.parse::<usize>().ok()).sum::<usize>()
}
