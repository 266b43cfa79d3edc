//! How many requests an emulator answers. In: its endpoint, project and token from the environment, as the
//! program prints them; how many instances there shall be. Out: one line per kind of request.
//!
//! ```sh
//! taskset -c 0 huaweicloud-dcs-emulator --data-plane none --max-instances 2000 --max-memory 2000 --quiet
//! taskset -c 1 cargo run --release -p huaweicloud-dcs-emulator --example load -- 1000
//! ```

use std::{
    env,
    error::Error,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Connections at once.
const CONNECTIONS: usize = 8;
/// How long each kind of request is sent.
const TIME: Duration = Duration::from_secs(5);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let variable = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let endpoint = variable("HUAWEICLOUD_SDK_ENDPOINT")?;
    let address = endpoint.trim_start_matches("http://").to_owned();
    let token = variable("HUAWEICLOUD_SDK_AUTH_TOKEN")?;
    let base = format!("/v2/{}/instances", variable("HUAWEICLOUD_SDK_PROJECT_ID")?);
    let count: usize = env::args().nth(1).unwrap_or_default().parse().unwrap_or(1000);
    let head = |method: &str, path: &str, length: usize| {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: {token}\r\n\
             Content-Length: {length}\r\n\r\n"
        )
    };
    let mut connection = Connection::open(&address).await?;
    let mut id = String::new();
    for number in 0..count.div_ceil(100) {
        let order = json!({
            "name": format!("load-{number}"), "engine": "Redis", "engine_version": "5.0",
            "capacity": 1, "spec_code": "redis.single.xu1.large.1", "az_codes": ["a"],
            "vpc_id": "v", "subnet_id": "s", "no_password_access": true, "instance_num": 100,
        });
        let order = order.to_string();
        let request = format!("{}{order}", head("POST", &base, order.len()));
        let answer: Value = serde_json::from_slice(&connection.send(&request).await?)?;
        id = answer["instances"][0]["instance_id"].as_str().ok_or("no order")?.to_owned();
    }
    for (what, path) in [
        ("show", format!("{base}/{id}")),
        ("list, 10 of them", base.clone()),
        ("list, 1000 of them", format!("{base}?limit=1000")),
    ] {
        let request = head("GET", &path, 0);
        let (answers, times) = load(&address, &request).await?;
        let rate = answers as f64 / TIME.as_secs_f64();
        println!("{what}: {rate:.0} a second, half of them within {times:?}");
    }
    Ok(())
}

/// Sends a request over and over. Out: how many were answered, and the median of their times.
async fn load(address: &str, request: &str) -> Result<(usize, Duration)> {
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let (mut connection, request) = (Connection::open(address).await?, request.to_owned());
        tasks.push(tokio::spawn(async move {
            let (begun, mut times) = (Instant::now(), Vec::new());
            while begun.elapsed() < TIME {
                let sent = Instant::now();
                connection.send(&request).await?;
                times.push(sent.elapsed());
            }
            Ok::<_, Box<dyn Error + Send + Sync>>(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    times.sort_unstable();
    Ok((times.len(), times.get(times.len() / 2).copied().unwrap_or_default()))
}

/// A connection that is kept.
struct Connection {
    stream: TcpStream,
    bytes: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, bytes: Vec::new() })
    }

    /// Sends a request and reads its answer. Out: the body of a success.
    async fn send(&mut self, request: &str) -> Result<Vec<u8>> {
        self.stream.write_all(request.as_bytes()).await?;
        self.bytes.clear();
        let mut buffer = [0; 64 * 1024];
        loop {
            let head = self.bytes.windows(4).position(|window| window == b"\r\n\r\n");
            if let Some(head) = head {
                let text = String::from_utf8_lossy(&self.bytes[..head]).to_lowercase();
                let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
                let length: usize = length.ok_or("no length")?.trim().parse()?;
                if self.bytes.len() >= head + 4 + length {
                    if !text.starts_with("http/1.1 200") {
                        return Err(text.into());
                    }
                    return Ok(self.bytes[head + 4..head + 4 + length].to_vec());
                }
            }
            let read = self.stream.read(&mut buffer).await?;
            if read == 0 {
                return Err("the connection ended".into());
            }
            self.bytes.extend_from_slice(&buffer[..read]);
        }
    }
}
