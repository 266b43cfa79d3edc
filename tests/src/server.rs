//! A server on a loopback port that responds to requests one after another, from a script or a
//! function, and records what it received.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A whole answer.
    Answer { status: u16, headers: Vec<(&'static str, String)>, body: Vec<u8> },
    /// An answer that promises more bytes than it sends.
    Truncated { body: Vec<u8> },
    /// The connection ends without an answer, after the request was read.
    Reset,
    /// Nothing is answered for so long.
    Silence(Duration),
}

impl Reply {
    /// A JSON answer.
    pub fn json(status: u16, body: &str) -> Self {
        Self::Answer {
            status,
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: body.as_bytes().to_vec(),
        }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }
}

/// A request as it arrived.
#[derive(Debug, Clone, Default)]
pub struct Received {
    pub method: String,
    /// Path and query, as on the wire.
    pub target: String,
    /// Names in lower case, in order of arrival.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    /// The values of a header.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let of_name = self.headers.iter().filter(|(n, _)| n == name);
        of_name.map(|(_, value)| value.as_str()).collect()
    }
}

/// The running server; it ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server that gives these replies in order, one a connection, then closes.
    ///
    /// # Errors
    ///
    /// When no loopback port can be bound.
    pub async fn start(replies: Vec<Reply>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let received = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(serve(listener, replies, Arc::clone(&received)));
        Ok(Self { address, received, task })
    }

    /// Starts a server that answers each request by this function, one a connection.
    ///
    /// # Errors
    ///
    /// When no loopback port can be bound.
    pub async fn answering(
        mut handle: impl FnMut(&Received) -> Reply + Send + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&received);
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let Ok(request) = read(&mut stream).await else { continue };
                let reply = handle(&request);
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(request);
                let _ = answer(&mut stream, reply, false).await;
            }
        });
        Ok(Self { address, received, task })
    }

    /// Where it listens.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was sent so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, replies: Vec<Reply>, received: Arc<Mutex<Vec<Received>>>) {
    for reply in replies {
        let Ok((mut stream, _)) = listener.accept().await else { return };
        let Ok(request) = read(&mut stream).await else { continue };
        received.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        // A client that has gone away is part of some tests.
        let _ = answer(&mut stream, reply, false).await;
    }
}

/// Reads one request.
///
/// # Errors
///
/// When the connection ends before it is whole.
pub async fn read(stream: &mut TcpStream) -> io::Result<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let mut request = Received {
        method: first.next().unwrap_or_default().to_owned(),
        target: first.next().unwrap_or_default().to_owned(),
        headers: lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect(),
        body: bytes.split_off(end + 4),
    };
    let length = request.header("content-length").first().and_then(|n| n.parse().ok());
    while request.body.len() < length.unwrap_or(0) {
        if stream.read_buf(&mut request.body).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(request)
}

/// Answers one request. `keeps` says whether the connection stays for another one behind an answer.
///
/// # Errors
///
/// When the client has gone away.
pub async fn answer(stream: &mut TcpStream, reply: Reply, keeps: bool) -> io::Result<()> {
    match reply {
        Reply::Answer { status, headers, body } => {
            let connection = if keeps { "keep-alive" } else { "close" };
            let mut head = format!("HTTP/1.1 {status} Scripted\r\nConnection: {connection}\r\n");
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
            // In one piece: a second one would wait for the first to be acknowledged.
            stream.write_all(&[head.as_bytes(), &body].concat()).await?;
            if keeps { Ok(()) } else { stream.shutdown().await }
        }
        Reply::Truncated { body } => {
            let length = body.len() + 100;
            let head = format!(
                "HTTP/1.1 200 Scripted\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&body).await?;
            stream.shutdown().await
        }
        Reply::Reset => {
            // The kernel sends a reset when the stream is dropped.
            stream.set_zero_linger()
        }
        Reply::Silence(time) => {
            tokio::time::sleep(time).await;
            Ok(())
        }
    }
}
