//! A server on a loopback socket with scripted responses, one per connection, which records what it
//! received, byte for byte. It can also drop connections.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

/// Stands for an answer: the connection is reset once the request was read.
pub(crate) const RESET: &str = "reset";

/// The running server; it ends when this is dropped.
pub(crate) struct Server {
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Gives these answers in order; an empty one is never given, and the connection stays open.
    pub(crate) async fn start(answers: Vec<String>) -> io::Result<Self> {
        Self::start_at("127.0.0.1:0", answers).await
    }

    /// The same on this host and port.
    pub(crate) async fn start_at(at: &str, answers: Vec<String>) -> io::Result<Self> {
        let listener = TcpListener::bind(at).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(serve(listener, answers, Arc::clone(&seen)));
        Ok(Self { address, seen, task })
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The lines of the head of each request so far, in one order.
    pub(crate) fn heads(&self) -> Vec<Vec<String>> {
        self.seen().iter().map(|request| head(request)).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The request line, then the headers, sorted.
fn head(request: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(request);
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    if let Some((_, headers)) = lines.split_first_mut() {
        headers.sort_unstable();
    }
    lines
}

/// An answer with a body, of a status such as `200 OK`.
pub(crate) fn answer(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
}

async fn serve(listener: TcpListener, answers: Vec<String>, seen: Arc<Mutex<Vec<Vec<u8>>>>) {
    let mut held = Vec::new();
    for answer in answers {
        let Ok((mut stream, _)) = listener.accept().await else { return };
        let request = read(&mut stream).await.unwrap_or_default();
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        if answer.is_empty() {
            held.push(stream);
        } else if answer == RESET {
            let _ = stream.set_zero_linger();
        } else {
            // A client that has read enough hangs up: no reason to fail.
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    }
    std::future::pending::<()>().await;
}

async fn read(stream: &mut tokio::net::TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await? == 0 || is_complete(&bytes) {
            return Ok(bytes);
        }
    }
}

fn is_complete(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    let lengths = head.lines().filter_map(|line| line.strip_prefix("content-length: "));
    let length: usize = lengths.filter_map(|length| length.parse::<usize>().ok()).sum();
    request.len() >= end + 4 + length
}
