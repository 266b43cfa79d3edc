//! One process of Redis. In: its folder and settings. Out: a process that answers, and connections to it.
//!
//! A process is ready when it answers to the password and names its own configuration file, so that no
//! foreign process is mistaken for it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{Home, said};
use crate::{
    plane::{
        files::{self, Settings},
        process::{Lock, Process},
        resp::Connection,
    },
    state::Node,
};

/// How long a process may take to answer.
const READY_TIME: Duration = Duration::from_secs(30);
/// How often it is asked.
pub(super) const EVERY: Duration = Duration::from_millis(20);
/// How many ports are tried: another program may have taken the first in between.
const ATTEMPTS: usize = 3;

/// One process.
pub(super) struct Member {
    pub(super) process: Process,
    pub(super) folder: PathBuf,
    /// Where the emulator connects, and clients too unless there is TLS.
    pub(super) port: u16,
    tls_port: Option<u16>,
}

/// What a process is to be.
pub(super) struct Role {
    /// The port that clients shall find it at.
    pub(super) port: Option<u16>,
    /// The port of the master, if it is a replica.
    pub(super) replica_of: Option<u16>,
}

impl Member {
    /// Starts a process, at another port if the first is taken after all, and waits until it answers.
    pub(super) async fn start(
        home: &Home,
        folder: &Path,
        node: &Node,
        role: Role,
    ) -> Result<Self, String> {
        said(files::make_folder(folder))?;
        let mut why = String::new();
        for attempt in 0..ATTEMPTS {
            let lock = said(Lock::of(folder).await)?;
            let wanted = role.port.filter(|_| attempt == 0);
            let port = said(files::free_port(wanted))?;
            let settings = Settings {
                node,
                port,
                tls_port: None,
                replica_of: role.replica_of,
                // A replica has everything from its master when it is started again.
                is_kept: home.is_kept && role.replica_of.is_none(),
            };
            let mut member = Self::spawn(home, folder, settings, lock)?;
            let is_replica = role.replica_of.is_some();
            match member.ready(node, is_replica).await {
                Ok(()) => return Ok(member),
                Err(error) => why = error,
            }
            member.process.kill().await;
        }
        Err(home.not_started(folder, &why))
    }

    /// Starts a process whose port clients use for TLS, if there is TLS; the emulator's own is then another.
    pub(super) fn spawn(
        home: &Home,
        folder: &Path,
        mut settings: Settings<'_>,
        lock: Lock,
    ) -> Result<Self, String> {
        if settings.node.is_tls {
            settings.tls_port = Some(settings.port);
            settings.port = said(files::free_port(None))?;
        }
        let (port, tls_port) = (settings.port, settings.tls_port);
        let conf = conf_of(folder);
        said(files::write(&conf, &files::redis_conf(&settings, folder)))?;
        let conf = conf.display().to_string();
        let process = said(Process::start(&home.program, &[&conf], folder, lock))?;
        Ok(Self { process, folder: folder.to_owned(), port, tls_port })
    }

    /// Where clients connect.
    pub(super) fn client_port(&self) -> u16 {
        self.tls_port.unwrap_or(self.port)
    }

    /// Waits until it answers, and follows its master if it has one.
    pub(super) async fn ready(&mut self, node: &Node, is_replica: bool) -> Result<(), String> {
        let conf = conf_of(&self.folder).display().to_string();
        let start = Instant::now();
        let mut why = "it does not answer".to_owned();
        while start.elapsed() < READY_TIME {
            if self.process.is_over() {
                return Err("it ended at once".to_owned());
            }
            match self.info(node).await {
                Ok(info) if !info.lines().any(|line| is_of(line, &conf)) => {
                    return Err("another process answers at its port".to_owned());
                }
                Ok(info) if is_replica && !info.contains("master_link_status:up") => {
                    why = "it does not follow its master".to_owned();
                }
                Ok(info) if info.contains("loading:1") => why = "it reads its data".to_owned(),
                Ok(_) => return Ok(()),
                Err(error) => why = error.to_string(),
            }
            tokio::time::sleep(EVERY).await;
        }
        Err(why)
    }

    async fn info(&self, node: &Node) -> io::Result<String> {
        let password = node.password.as_ref().map(|password| password.expose());
        let mut connection = Connection::open(self.port, password).await?;
        let mut info = String::new();
        for section in ["server", "replication", "persistence"] {
            let told = connection.ask(&["INFO", section]).await?;
            info.push_str(told.as_str().unwrap_or_default());
        }
        Ok(info)
    }

    /// A connection to it.
    pub(super) async fn connect(&self, node: &Node) -> Result<Connection, String> {
        let password = node.password.as_ref().map(|password| password.expose());
        said(Connection::open(self.port, password).await)
    }

    /// Ends it; its data is in its folder then. One that hangs is killed, and the last backup counts.
    pub(super) async fn end(&mut self, node: &Node) {
        if self.process.is_stopped() {
            return;
        }
        if let Ok(mut connection) = self.connect(node).await {
            let _ = connection.ask(&["SHUTDOWN", "SAVE"]).await;
        }
        self.process.end().await;
    }

    /// Whether it answers.
    pub(super) async fn is_alive(&self, node: &Node) -> bool {
        let Ok(mut connection) = self.connect(node).await else { return false };
        connection.ask(&["PING"]).await.is_ok()
    }

    /// Whether it says that it is a master.
    pub(super) async fn is_master(&self, node: &Node) -> bool {
        let Ok(mut connection) = self.connect(node).await else { return false };
        let role = connection.ask(&["ROLE"]).await.unwrap_or_default();
        role.get(0).is_some_and(|role| role == "master")
    }
}

fn conf_of(folder: &Path) -> PathBuf {
    folder.join("redis.conf")
}

/// Whether a line of `INFO` names a configuration file, which may have been found by a symbolic link.
fn is_of(line: &str, conf: &str) -> bool {
    let named = line.trim_end().strip_prefix("config_file:");
    let real = |path: &str| fs::canonicalize(path).ok();
    named.is_some_and(|named| named == conf || real(named).is_some_and(|n| Some(n) == real(conf)))
}
