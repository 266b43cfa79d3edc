//! A service on a loopback port with every kind of fault. In: a simulated state. Out: an endpoint.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use conformance::server::read;
use serde_json::Value;
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::{
    answers,
    fate::{self, Answer},
    world::World,
};

/// A service; it ends when this is dropped.
pub(crate) struct Service {
    address: SocketAddr,
    door: mpsc::UnboundedSender<Door>,
    /// Connections that are not finished.
    active: Arc<AtomicUsize>,
    task: JoinHandle<()>,
    /// Keeps the port while nobody listens, so that no other process gets it.
    _port: TcpSocket,
}

/// What is asked of the one who accepts connections.
enum Door {
    /// Refuse connections for so long; it is said when that begins.
    Close(Duration, oneshot::Sender<()>),
    /// Say when the connection from this address, and so all before it, is accepted.
    Until(SocketAddr, oneshot::Sender<()>),
}

impl Service {
    pub(crate) fn start(world: Arc<World>) -> io::Result<Self> {
        let port = bound(([127, 0, 0, 1], 0).into())?;
        let address = port.local_addr()?;
        let listener = bound(address)?.listen(64)?;
        let (door, orders) = mpsc::unbounded_channel();
        let active = Arc::new(AtomicUsize::new(0));
        let connections = Connections { world, door: door.clone(), active: Arc::clone(&active) };
        let task = tokio::spawn(async move {
            // A port that cannot be opened again shows as a failing run.
            let _ = accept(listener, address, orders, connections).await;
        });
        Ok(Self { address, door, active, task, _port: port })
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until everything that was sent has been read and dealt with: a request of a program
    /// that died must not be overtaken by those of the next.
    pub(crate) async fn settle(&self) {
        while self.follow().await.is_none() {
            sleep(Duration::from_millis(1)).await;
        }
        while self.active.load(Ordering::SeqCst) > 0 {
            sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Service {
    /// Makes a connection that is accepted behind all that were made before.
    async fn follow(&self) -> Option<()> {
        let last = TcpSocket::new_v4().ok()?;
        last.bind(([127, 0, 0, 1], 0).into()).ok()?;
        let (say, said) = oneshot::channel();
        self.door.send(Door::Until(last.local_addr().ok()?, say)).ok()?;
        let _stream = last.connect(self.address).await.ok()?;
        timeout(Duration::from_secs(20), said).await.ok()?.ok()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A socket of a port that is shared with those that keep it.
fn bound(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseport(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// What all connections share.
#[derive(Clone)]
struct Connections {
    world: Arc<World>,
    door: mpsc::UnboundedSender<Door>,
    active: Arc<AtomicUsize>,
}

async fn accept(
    mut listener: TcpListener,
    address: SocketAddr,
    mut orders: mpsc::UnboundedReceiver<Door>,
    connections: Connections,
) -> io::Result<()> {
    loop {
        tokio::select! {
            // An order is older than the connection that it speaks of.
            biased;
            order = orders.recv() => match order {
                None => return Ok(()),
                Some(Door::Close(time, say)) => {
                    drop(listener);
                    let _ = say.send(());
                    sleep(time).await;
                    listener = bound(address)?.listen(64)?;
                }
                Some(Door::Until(last, mut say)) => {
                    // If that was refused by a closed door, the asker has given up.
                    loop {
                        tokio::select! {
                            biased;
                            () = say.closed() => break,
                            accepted = listener.accept() => match accepted? {
                                (_, peer) if peer == last => break,
                                (stream, _) => connections.take(stream),
                            },
                        }
                    }
                    let _ = say.send(());
                }
            },
            accepted = listener.accept() => connections.take(accepted?.0),
        }
    }
}

impl Connections {
    fn take(&self, stream: TcpStream) {
        self.active.fetch_add(1, Ordering::SeqCst);
        let connections = self.clone();
        tokio::spawn(async move {
            // A client that goes away is part of the test.
            let _ = connections.serve(stream).await;
            connections.active.fetch_sub(1, Ordering::SeqCst);
        });
    }

    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let world = &self.world;
        if world.random().u8(0..20) == 0 {
            world.note("connection: reset before reading");
            return stream.set_zero_linger();
        }
        loop {
            let request = read(&mut stream).await?;
            let mut random = world.random();
            let (outcome, body) = if request.method == "POST" {
                let body: Value = serde_json::from_slice(&request.body)?;
                let (work, outcome) = fate::order(body["instance_num"] != 1, &mut random);
                world.note(format!("order: {}, {}", work.label(), outcome.label()));
                (outcome, answers::order(&world.order(&body, work, &mut random), outcome))
            } else {
                let outcome = match world.list_status {
                    Some(status) => Answer::Status(status, true),
                    None => fate::look(&mut random),
                };
                world.note(format!("look: {}", outcome.label()));
                (outcome, world.list(&request, outcome))
            };
            let is_shut = request.method == "GET" && random.u8(0..12) == 0;
            if is_shut {
                self.shut(Duration::from_millis(random.u64(250..2000))).await;
            }
            let keeps = world.keeps_connections && !is_shut;
            if !answers::reply(&mut stream, outcome, &body, keeps).await? {
                return Ok(());
            }
            if random.u8(0..3) == 0 {
                world.note("connection: an answer that nobody asked for lies on it");
                answers::stale(&mut stream).await?;
            }
        }
    }

    /// Refuses connections for a while, from before the answer that is sent next.
    async fn shut(&self, time: Duration) {
        self.world.note("connections: refused for a while");
        let (say, said) = oneshot::channel();
        let _ = self.door.send(Door::Close(time, say));
        let _ = said.await;
    }
}
