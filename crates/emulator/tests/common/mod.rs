//! What the tests share: a client of an emulator, an order, and what to do without a program.

#![allow(dead_code, reason = "each test uses a part")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

#[cfg(feature = "cli")]
#[expect(clippy::panic, reason = "helpers of tests may fail the test")]
pub(crate) mod program;
pub(crate) mod running;

use std::{
    io::Write as _,
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    time::Duration,
};

use huaweicloud_dcs::{Client, Credentials, types::*};
use huaweicloud_dcs_emulator::{DataPlane, Emulator, Programs};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// A password that the rules take.
pub(crate) const PASSWORD: &str = "Example-Passw0rd";

/// An emulator without processes.
pub(crate) async fn without_processes() -> Emulator {
    Emulator::builder().data_plane(DataPlane::None).seed(1).start().await.unwrap()
}

/// A client that signs.
pub(crate) fn client(emulator: &Emulator) -> Client {
    let keys = emulator.keys();
    let credentials = Credentials::new(keys.access_key.as_str(), keys.secret_key.expose());
    let builder = Client::builder().endpoint(emulator.endpoint()).allow_http(true);
    builder.project_id(&keys.project_id).credentials(credentials).build().unwrap()
}

/// An order of one node of Redis.
pub(crate) fn single(name: &str) -> CreateInstanceBody {
    let flavor = "redis.single.xu1.large.1";
    CreateInstanceBody::new(name, Engine::Redis, 1, flavor, ["cn-north-4a"], "vpc", "subnet")
        .engine_version("5.0")
        .password(PASSWORD)
}

/// An order of a master with a standby.
pub(crate) fn pair(name: &str) -> CreateInstanceBody {
    let zones = ["cn-north-4a", "cn-north-4b"];
    let flavor = "redis.ha.xu1.large.r2.1";
    CreateInstanceBody::new(name, Engine::Redis, 1, flavor, zones, "vpc", "subnet")
        .engine_version("5.0")
        .password(PASSWORD)
}

/// An answer as it came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The lines before the body.
    pub(crate) head: String,
    /// `null` where there is none.
    pub(crate) body: Value,
}

/// Sends a request with the emulator's token, as any program would.
pub(crate) async fn send(emulator: &Emulator, method: &str, path: &str, body: &str) -> Answer {
    let token = emulator.keys().token.expose();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let text = send_bytes(emulator, format!("{head}{body}").as_bytes()).await;
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = serde_json::from_str(body).unwrap_or_default();
    Answer { status, head: head.to_lowercase(), body }
}

/// Sends bytes as they are; the answer is all that comes until the connection ends.
pub(crate) async fn send_bytes(emulator: &Emulator, bytes: &[u8]) -> String {
    let endpoint = emulator.endpoint();
    let address = endpoint.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    // It may refuse before all is sent.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The programs of the data plane, or nothing, which is said where nobody can overlook it.
pub(crate) fn programs(test: &str) -> Option<Programs> {
    let found = Programs::found();
    if found.is_none() {
        left_out(test, "redis-server", "redis-server");
    }
    found
}

/// `memcached`, or nothing, which is said.
pub(crate) fn memcached(test: &str) -> Option<PathBuf> {
    let found = Programs::found().and_then(|programs| programs.memcached);
    if found.is_none() {
        left_out(test, "memcached", "redis-server memcached");
    }
    found
}

/// Writes past what the test harness captures.
fn left_out(test: &str, program: &str, packages: &str) {
    let install = format!("`apt-get install {packages}`");
    let line = format!(
        "LEFT OUT: {test} needs `{program}` on PATH; {install}, then run the tests again\n"
    );
    // At once, so that lines of tests side by side do not mix.
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// Whether anything listens at a port of this machine.
pub(crate) fn answers(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_ok()
}

/// Waits until something is so; says whether it came to be.
pub(crate) fn soon(mut is_so: impl FnMut() -> bool) -> bool {
    for _ in 0..200 {
        if is_so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}
