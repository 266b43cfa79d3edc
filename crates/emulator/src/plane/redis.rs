//! Redis: one process, or a master with a replica. In: what the instance was ordered with. Out: processes
//! that answer, and what is done to them.
//!
//! A process is ready when it answers to the password and names its own configuration file, so that no
//! process of somebody else's is taken for it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use huaweicloud_core::Secret;
use serde_json::Value;

use super::{
    files::{self, Settings},
    process::Process,
    resp::Connection,
};
use crate::state::{Node, instance_megabytes};

/// How long a process may take to answer.
const READY_TIME: Duration = Duration::from_secs(15);
/// How often it is asked.
const EVERY: Duration = Duration::from_millis(20);
/// How often another port is tried: somebody may have taken it in between.
const ATTEMPTS: usize = 3;

/// The processes of an instance.
pub(super) struct Redis {
    program: PathBuf,
    /// That of the master first; they change places when the processes do.
    folders: [PathBuf; 2],
    pub(super) node: Node,
    master: Member,
    replica: Option<Member>,
}

/// One process.
struct Member {
    process: Process,
    folder: PathBuf,
    port: u16,
}

impl Redis {
    /// Starts the processes and waits until they answer.
    pub(super) async fn start(program: &Path, folder: &Path, node: Node) -> Result<Self, String> {
        Self::start_in(program, [folder.join("node-1"), folder.join("node-2")], node).await
    }

    /// The same; data that lies in the folder of the master is loaded.
    async fn start_in(program: &Path, folders: [PathBuf; 2], node: Node) -> Result<Self, String> {
        let [first, second] = &folders;
        let master = member(program, first, &node, None).await?;
        let replica = match node.is_replicated {
            true => Some(member(program, second, &node, Some(master.port)).await?),
            false => None,
        };
        Ok(Self { program: program.to_owned(), folders, node, master, replica })
    }

    /// Where clients connect.
    pub(super) fn port(&self) -> u16 {
        self.master.port
    }

    /// Ends the processes and starts them again, at the same port and with their data.
    pub(super) async fn restart(mut self, node: Node) -> Result<Self, String> {
        // A process that hangs is killed; then the last backup of its data counts.
        let _ = self.ask(&["SHUTDOWN", "SAVE"]).await;
        self.end().await;
        let port = node.port.unwrap_or(self.master.port);
        self.node = node;
        self.again(port).await
    }

    /// Ends the processes without keeping their data.
    pub(super) async fn stop(mut self) {
        let _ = self.ask(&["SHUTDOWN", "NOSAVE"]).await;
        self.end().await;
    }

    async fn end(&mut self) {
        if let Some(mut replica) = self.replica.take() {
            replica.process.kill().await;
        }
        self.master.process.end().await;
    }

    /// Forgets all data.
    pub(super) async fn flush(&self) -> Result<(), String> {
        let name = self.node.renamed.get("flushall").map_or("FLUSHALL", String::as_str);
        self.ask(&[name]).await
    }

    /// Sets the password, or none, of all processes.
    pub(super) async fn set_password(&mut self, password: Option<Secret>) -> Result<(), String> {
        let text = password.as_ref().map_or("", |password| password.expose()).to_owned();
        let members = [Some(&self.master), self.replica.as_ref()];
        for member in members.into_iter().flatten() {
            let mut connection = self.connect(member).await?;
            for name in ["masterauth", "requirepass"] {
                said(connection.ask(&["CONFIG", "SET", name, &text]).await)?;
            }
        }
        self.node.password = password;
        Ok(())
    }

    /// Sets the memory.
    pub(super) async fn set_memory(&mut self, gigabytes: f64) -> Result<(), String> {
        let memory = format!("{}mb", instance_megabytes(gigabytes).max(1));
        self.set("maxmemory", &memory).await?;
        self.node.gigabytes = gigabytes;
        Ok(())
    }

    /// Sets a parameter. One that the process does not know is one of the service's own.
    pub(super) async fn configure(&self, name: &str, value: &str) -> Result<(), String> {
        match self.set(name, value).await {
            Err(why) if why.contains("Unknown option") || why.contains("Unsupported") => {
                tracing::info!(name, "the process does not know this parameter; it is only kept");
                Ok(())
            }
            other => other,
        }
    }

    async fn set(&self, name: &str, value: &str) -> Result<(), String> {
        let members = [Some(&self.master), self.replica.as_ref()];
        for member in members.into_iter().flatten() {
            let mut connection = self.connect(member).await?;
            said(connection.ask(&["CONFIG", "SET", name, value]).await)?;
        }
        Ok(())
    }

    /// Writes the data to a file. Out: its bytes.
    pub(super) async fn back_up(&self, file: &Path) -> Result<u64, String> {
        self.ask(&["SAVE"]).await?;
        said(fs::copy(self.master.folder.join("dump.rdb"), file))
    }

    /// Puts the data of a file in the place of all that is there.
    pub(super) async fn restore(mut self, file: &Path) -> Result<Self, String> {
        let _ = self.ask(&["SHUTDOWN", "NOSAVE"]).await;
        self.end().await;
        said(fs::copy(file, self.master.folder.join("dump.rdb")))?;
        let port = self.master.port;
        self.again(port).await
    }

    /// Has master and standby change their roles, with all data. Clients find the new master at the
    /// same port, and are cut off meanwhile, as they are by the service.
    pub(super) async fn switch_over(mut self) -> Result<Self, String> {
        let Some(mut replica) = self.replica.take() else {
            return Err("there is no standby".to_owned());
        };
        // Nothing is written any more, so that the standby has everything.
        self.ask(&["CONFIG", "SET", "min-replicas-to-write", "100"]).await?;
        self.ask(&["WAIT", "1", "5000"]).await?;
        let mut connection = self.connect(&replica).await?;
        said(connection.ask(&["SAVE"]).await)?;
        self.ask(&["SHUTDOWN", "NOSAVE"]).await.unwrap_or_default();
        replica.process.kill().await;
        self.end().await;
        self.folders.reverse();
        let port = self.master.port;
        self.again(port).await
    }

    /// Starts the processes again with the data in their folders, the master at a port.
    async fn again(self, port: u16) -> Result<Self, String> {
        let wanted = self.node.port;
        let node = Node { port: Some(port), ..self.node };
        let mut again = Self::start_in(&self.program, self.folders, node).await?;
        again.node.port = wanted;
        Ok(again)
    }

    /// Has the master carry out a command.
    async fn ask(&self, command: &[&str]) -> Result<(), String> {
        self.say(command).await.map(drop)
    }

    /// What the master replies to a command.
    pub(super) async fn say(&self, command: &[&str]) -> Result<Value, String> {
        let mut connection = self.connect(&self.master).await?;
        said(connection.ask(command).await)
    }

    async fn connect(&self, member: &Member) -> Result<Connection, String> {
        let password = self.node.password.as_ref().map(|password| password.expose());
        said(Connection::open(member.port, password).await)
    }
}

/// Starts one process, at another port if the first is taken after all.
async fn member(
    program: &Path,
    folder: &Path,
    node: &Node,
    master: Option<u16>,
) -> Result<Member, String> {
    said(files::make_folder(folder))?;
    let mut why = String::new();
    for attempt in 0..ATTEMPTS {
        // A replica has a port of its own.
        let wanted = node.port.filter(|_| attempt == 0 && master.is_none());
        let port = said(files::free_port(wanted))?;
        let settings = Settings { node, port, replica_of: master };
        let conf = folder.join("redis.conf");
        said(files::write(&conf, &files::redis_conf(&settings, folder)))?;
        let conf = conf.display().to_string();
        let process = said(Process::start(program, &[&conf], folder))?;
        let mut member = Member { process, folder: folder.to_owned(), port };
        match ready(&mut member, node, &conf, master.is_some()).await {
            Ok(()) => return Ok(member),
            Err(error) => why = error,
        }
        member.process.kill().await;
    }
    let log = files::last_lines(folder);
    Err(format!("{} did not start: {why} {log}", program.display()))
}

async fn ready(
    member: &mut Member,
    node: &Node,
    conf: &str,
    is_replica: bool,
) -> Result<(), String> {
    let password = node.password.as_ref().map(|password| password.expose());
    let start = Instant::now();
    let mut why = "it does not answer".to_owned();
    while start.elapsed() < READY_TIME {
        if member.process.is_over() {
            return Err("it ended at once".to_owned());
        }
        match asked(member.port, password).await {
            Ok(info) if !info.lines().any(|line| is_of(line, conf)) => {
                return Err("another process answers at its port".to_owned());
            }
            Ok(info) if is_replica && !info.contains("master_link_status:up") => {
                why = "it does not follow its master".to_owned();
            }
            Ok(_) => return Ok(()),
            Err(error) => why = error.to_string(),
        }
        tokio::time::sleep(EVERY).await;
    }
    Err(why)
}

/// Whether a line of `INFO` names a configuration file, which may have been found by a symbolic link.
fn is_of(line: &str, conf: &str) -> bool {
    let named = line.trim_end().strip_prefix("config_file:");
    let real = |path: &str| fs::canonicalize(path).ok();
    named.is_some_and(|named| named == conf || real(named).is_some_and(|n| Some(n) == real(conf)))
}

async fn asked(port: u16, password: Option<&str>) -> io::Result<String> {
    let mut connection = Connection::open(port, password).await?;
    connection.ask(&["PING"]).await?;
    let mut info = String::new();
    for section in ["server", "replication"] {
        let told = connection.ask(&["INFO", section]).await?;
        info.push_str(told.as_str().unwrap_or_default());
    }
    Ok(info)
}

fn said<T>(result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}
