//! Memcached: one process. In: what the instance was ordered with. Out: a process that answers.
//!
//! It has no passwords: the one of the order is kept by the API, and the process takes no notice.

use std::{
    path::{Path, PathBuf},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    time::timeout,
};

use super::{
    files,
    process::{Lock, Process},
};
use crate::state::{Node, megabytes};

/// How long a process may take to answer.
const READY_TIME: Duration = Duration::from_secs(10);
/// How long a reply may take.
const REPLY_TIME: Duration = Duration::from_secs(2);

/// The process of an instance.
pub(super) struct Memcached {
    program: PathBuf,
    folder: PathBuf,
    pub(super) node: Node,
    process: Process,
    pub(super) port: u16,
}

impl Memcached {
    pub(super) async fn start(program: &Path, folder: &Path, node: Node) -> Result<Self, String> {
        files::make_folder(folder).map_err(|error| error.to_string())?;
        let lock = Lock::of(folder).await.map_err(|error| error.to_string())?;
        let port = files::free_port(node.port).map_err(|error| error.to_string())?;
        let memory = megabytes(node.gigabytes).max(64).to_string();
        let port_text = port.to_string();
        // The user counts only for root, whom the program does not run for.
        let arguments =
            ["-l", "127.0.0.1", "-U", "0", "-u", "nobody", "-p", &port_text, "-m", &memory];
        let process = Process::start(program, &arguments, folder, lock);
        let process = process.map_err(|error| error.to_string())?;
        let (program, folder) = (program.to_owned(), folder.to_owned());
        let mut memcached = Self { program, folder, node, process, port };
        memcached.ready().await?;
        Ok(memcached)
    }

    async fn ready(&mut self) -> Result<(), String> {
        let start = Instant::now();
        while start.elapsed() < READY_TIME {
            if self.process.is_over() {
                return Err(format!("{} ended at once", self.program.display()));
            }
            match self.ask("version").await {
                Ok(reply) if reply.starts_with("VERSION ") => return Ok(()),
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        Err(format!("{} does not answer", self.program.display()))
    }

    /// Forgets all data.
    pub(super) async fn flush(&self) -> Result<(), String> {
        match self.ask("flush_all").await?.trim_end() {
            "OK" => Ok(()),
            other => Err(other.to_owned()),
        }
    }

    /// Starts it again, at the same port and without its data.
    pub(super) async fn restart(mut self, node: Node) -> Result<Self, String> {
        self.process.kill().await;
        let node = Node { port: node.port.or(Some(self.port)), ..node };
        Self::start(&self.program, &self.folder, node).await
    }

    /// Ready, with the reason, once the process has died by itself.
    pub(super) fn poll_crash(&mut self, context: &mut Context<'_>) -> Poll<String> {
        self.process.poll_crash(context)
    }

    /// Starts a process that ended again, without its data.
    pub(super) async fn recover(&mut self) -> Result<(), String> {
        self.process.kill().await;
        let node = Node { port: Some(self.port), ..self.node.clone() };
        *self = Self::start(&self.program, &self.folder, node).await?;
        Ok(())
    }

    pub(super) async fn stop(mut self) {
        self.process.kill().await;
    }

    async fn ask(&self, command: &str) -> Result<String, String> {
        let talk = async {
            let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", self.port)).await?);
            stream.get_mut().write_all(format!("{command}\r\n").as_bytes()).await?;
            let mut line = String::new();
            stream.read_line(&mut line).await?;
            std::io::Result::Ok(line)
        };
        let line = timeout(REPLY_TIME, talk).await.map_err(|_| "no reply".to_owned())?;
        line.map_err(|error| error.to_string())
    }
}
