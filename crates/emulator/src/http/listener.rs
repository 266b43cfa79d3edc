//! Connections. In: a listening socket. Out: one task per connection, a limited number at a time, each within
//! limits of time and size; all end with the emulator.

use std::{sync::Arc, time::Duration};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};

use super::Server;

/// Connections at once; more wait until one ends.
const MAX_CONNECTIONS: usize = 512;
/// Most bytes of a request's head.
const MAX_HEAD: usize = 64 * 1024;
/// How long requests under way may take once the emulator stops.
const LAST_TIME: Duration = Duration::from_secs(5);

/// Serves until `stop` says so or is gone.
pub(crate) async fn serve(listener: TcpListener, server: Arc<Server>, stop: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut stopped = stop.clone();
    loop {
        let next = async {
            let permit = Arc::clone(&room).acquire_owned().await.ok()?;
            Some((listener.accept().await, permit))
        };
        tokio::select! {
            () = is_stopped(&mut stopped) => break,
            Some((accepted, permit)) = next => match accepted {
                Ok((stream, _)) => {
                    let (server, stop) = (Arc::clone(&server), stop.clone());
                    connections.spawn(async move {
                        connection(stream, server, stop).await;
                        drop(permit);
                    });
                }
                Err(error) => {
                    // Such as too many open files: others have to end first.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    let last = async { while connections.join_next().await.is_some() {} };
    // What is still under way then is dropped.
    let _ = tokio::time::timeout(LAST_TIME, last).await;
}

async fn connection(stream: TcpStream, server: Arc<Server>, mut stop: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let patience = server.patience;
    let service = service_fn(move |request| {
        let server = Arc::clone(&server);
        Box::pin(async move { server.answer(request).await })
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(MAX_HEAD);
    let mut connection = http.serve_connection(TokioIo::new(stream), service);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = is_stopped(&mut stop) => {
            std::pin::Pin::new(&mut connection).graceful_shutdown();
            (&mut connection).await
        }
    };
    let Err(error) = ended else { return };
    tracing::debug!(%error, "a connection ended early");
    if error.is_user() {
        // It ends on purpose: by a reset, and not as if all had been said.
        let _ = connection.into_parts().io.into_inner().set_zero_linger();
    }
}

/// Waits for the signal to stop, or for its sender to be gone.
async fn is_stopped(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}
