//! The HTTP server. In: a listening socket. Out: complete requests, within limits of size and time, and their answers. A request
//! that its head alone refuses is not read any further.

use std::{convert::Infallible, sync::Arc, time::Duration};

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{HeaderName, HeaderValue},
    http::request::Parts,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

use super::Explorer;
use crate::messages;

/// Maximum number of connections; a page opens about six.
const MAX_CONNECTIONS: usize = 64;
/// Maximum size of a request's head in bytes.
const MAX_HEAD: usize = 64 * 1024;
/// Maximum size of a request's body in bytes.
const MAX_BODY: usize = 1024 * 1024;
/// Timeout for receiving a head or a body.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request.
pub(super) struct Received {
    pub(super) method: String,
    pub(super) path: String,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// An answer.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// Serves until it is dropped.
pub(super) async fn serve(socket: TcpListener, explorer: Explorer) {
    let explorer = Arc::new(explorer);
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        match socket.accept().await {
            Ok((stream, _)) => {
                let explorer = Arc::clone(&explorer);
                tokio::spawn(async move {
                    connection(stream, explorer).await;
                    drop(permit);
                });
            }
            // For example too many open files: other connections must end first.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn connection(stream: TcpStream, explorer: Arc<Explorer>) {
    let service = service_fn(move |request| {
        let explorer = Arc::clone(&explorer);
        async move {
            let reply = reply(request, &explorer).await;
            let reply = reply.unwrap_or_else(|(status, why)| Reply::refused(status, &why));
            Ok::<_, Infallible>(reply.response())
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(MAX_HEAD);
    // A client that disconnects is not an error.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}

/// The answer to a request, or the status and the reason of a refusal.
async fn reply(request: Request<Incoming>, explorer: &Explorer) -> Result<Reply, (u16, String)> {
    let (head, body) = request.into_parts();
    let mut received = Received::of(&head)?;
    if let Some(refusal) = explorer.refusal(&received) {
        return Ok(refusal);
    }
    let whole = Limited::new(body, MAX_BODY).collect();
    let body = tokio::time::timeout(PATIENCE, whole).await;
    let body = body.map_err(|_| (408, messages::body_late()))?;
    received.body = body.map_err(|_| (413, messages::body_broken()))?.to_bytes().to_vec();
    Ok(explorer.answer(&received).await)
}

impl Received {
    /// A request whose body has not been read yet.
    fn of(head: &Parts) -> Result<Self, (u16, String)> {
        let text = |(name, value): (&HeaderName, &HeaderValue)| match value.to_str() {
            Ok(value) => Ok((name.as_str().to_owned(), value.to_owned())),
            Err(_) => Err((400, messages::header_no_text())),
        };
        Ok(Self {
            method: head.method.as_str().to_owned(),
            path: head.uri.path().to_owned(),
            headers: head.headers.iter().map(text).collect::<Result<_, _>>()?,
            body: Vec::new(),
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Reply {
    /// A JSON answer.
    pub(super) fn json(status: u16, value: &Value) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Self { status, headers, body: value.to_string().into_bytes() }
    }

    /// A refusal and its reason.
    pub(super) fn refused(status: u16, why: &str) -> Self {
        Self::json(status, &json!({ "message": why }))
    }

    /// The answer of a service.
    pub(super) fn of_service(
        status: u16,
        media: Option<&str>,
        request_id: Option<&str>,
        body: Vec<u8>,
    ) -> Self {
        let media = media.unwrap_or("application/json").to_owned();
        let mut headers =
            vec![("content-type", media), ("x-content-type-options", "nosniff".to_owned())];
        headers.extend(request_id.map(|id| ("x-request-id", id.to_owned())));
        Self { status, headers, body }
    }

    fn response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from(self.body)));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
        response
            .headers_mut()
            .entry("cache-control")
            .or_insert(HeaderValue::from_static("no-store"));
        response
    }
}

impl From<huaweicloud_explorer::Page> for Reply {
    fn from(page: huaweicloud_explorer::Page) -> Self {
        let headers = page.headers().map(|(name, value)| (name, value.to_owned())).to_vec();
        Self { status: 200, headers, body: page.text.into_owned().into_bytes() }
    }
}
