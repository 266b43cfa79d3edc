//! Redis: the processes of an instance. In: what the instance was ordered with. Out: processes that answer,
//! and what is done to them.
//!
//! An instance has shards, and a shard has members, one of which is its master. Whatever is no cluster has
//! one shard.

mod analysis;
mod cluster;
mod data;
mod member;
mod migration;
mod nodes;
mod recovery;
mod reshard;

use std::{
    io,
    path::{Path, PathBuf},
};

use huaweicloud_core::Secret;
use serde_json::Value;

use self::member::{Member, Role};
pub(super) use self::recovery::Crash;
use super::{files, resp::Connection, tls};
use crate::state::{Account, Node, megabytes};

/// Parameters of the process that belong to the emulator.
const OWN: [&str; 10] = [
    "appendonly",
    "bind",
    "dbfilename",
    "dir",
    "masterauth",
    "maxmemory",
    "port",
    "requirepass",
    "save",
    "tls-port",
];

/// Where the processes of an instance live.
#[derive(Clone)]
pub(super) struct Home {
    pub(super) program: PathBuf,
    pub(super) folder: PathBuf,
    /// Whether data is there for the next emulator.
    pub(super) is_kept: bool,
}

impl Home {
    /// The folder of a member, by its number.
    fn member(&self, number: usize) -> PathBuf {
        self.folder.join(format!("node-{}", number + 1))
    }

    fn not_started(&self, folder: &Path, why: &str) -> String {
        let log = files::last_lines(folder);
        format!("{} did not start: {why} {log}", self.program.display())
    }
}

/// The processes of an instance.
pub(super) struct Redis {
    home: Home,
    pub(super) node: Node,
    /// The members of each shard; but in a cluster, the first of each is the master.
    shards: Vec<Vec<Member>>,
}

impl Redis {
    /// Starts the processes and waits until they answer. Data that is there is read.
    pub(super) async fn start(home: Home, node: Node) -> Result<Self, String> {
        if node.is_tls {
            said(tls::certificate(&home.folder))?;
        }
        let shards = match node.layout.is_cluster {
            true => cluster::start(&home, &node).await?,
            false => vec![one_shard(&home, &node).await?],
        };
        let redis = Self { home, node, shards };
        redis.apply().await?;
        Ok(redis)
    }

    /// Where clients connect.
    pub(super) fn port(&self) -> u16 {
        self.shards.iter().flatten().next().map_or(0, Member::client_port)
    }

    /// Ends the processes and starts them again, at the same port and with their data.
    pub(super) async fn restart(&mut self, node: Node) -> Result<(), String> {
        self.end_masters().await;
        let port = node.port.unwrap_or(self.port());
        self.kill().await;
        self.node = node;
        self.again(port).await
    }

    /// Has the masters write their data, where that is not on the disk anyway, and end.
    async fn end_masters(&mut self) {
        let masters = match self.home.is_kept {
            // Every write that was answered is in the file already.
            true => Vec::new(),
            false => self.masters().await,
        };
        for (shard, master) in masters.into_iter().enumerate() {
            if let Some(member) = self.shards.get_mut(shard).and_then(|s| s.get_mut(master)) {
                member.end(&self.node).await;
            }
        }
    }

    /// Ends the processes at once.
    pub(super) async fn kill(&mut self) {
        for member in self.shards.iter_mut().flatten() {
            member.process.kill().await;
        }
    }

    /// Starts the processes again with the data in their folders, the first at a port.
    async fn again(&mut self, port: u16) -> Result<(), String> {
        let node = Node { port: Some(port), ..self.node.clone() };
        self.shards = Self::start(self.home.clone(), node).await?.shards;
        Ok(())
    }

    /// Forgets all data.
    pub(super) async fn flush(&self) -> Result<(), String> {
        self.say(&[self.named("flushall")]).await.map(drop)
    }

    /// A command's name in this instance.
    fn named<'a>(&'a self, command: &'a str) -> &'a str {
        self.node.renamed.get(command).map_or(command, String::as_str)
    }

    /// Sets the password, or none, of all processes.
    pub(super) async fn set_password(&mut self, password: Option<Secret>) -> Result<(), String> {
        let text = password.as_ref().map_or("", |password| password.expose()).to_owned();
        for mut connection in self.everybody().await? {
            for name in ["masterauth", "requirepass"] {
                said(connection.ask(&["CONFIG", "SET", name, &text]).await)?;
            }
        }
        self.node.password = password;
        Ok(())
    }

    /// Sets the memory.
    pub(super) async fn set_memory(&mut self, gigabytes: f64) -> Result<(), String> {
        let share = gigabytes / self.shards.len().max(1) as f64;
        let memory = format!("{}mb", megabytes(share).max(1));
        self.everybody_says(&["CONFIG", "SET", "maxmemory", &memory]).await?;
        self.node.gigabytes = gigabytes;
        Ok(())
    }

    /// Sets parameters. Out: those that only a start sets. One that the process does not know is one of the
    /// service's own.
    pub(super) async fn configure(
        &mut self,
        settings: &[(String, String)],
    ) -> Result<Vec<String>, String> {
        let mut at_start = Vec::new();
        for (name, value) in settings {
            match self.set(name, value).await? {
                IsSet::Now | IsSet::Unknown => {
                    self.node.settings.insert(name.clone(), value.clone());
                }
                IsSet::AtStart => {
                    self.node.fixed.insert(name.clone(), value.clone());
                    at_start.push(name.clone());
                }
            }
        }
        Ok(at_start)
    }

    async fn set(&self, name: &str, value: &str) -> Result<IsSet, String> {
        if OWN.iter().any(|own| own.eq_ignore_ascii_case(name)) {
            tracing::info!(
                name,
                "this parameter of the process is the emulator's; it is only kept"
            );
            return Ok(IsSet::Unknown);
        }
        let mut is_set = IsSet::Now;
        for mut connection in self.everybody().await? {
            let Err(why) = connection.ask(&["CONFIG", "SET", name, value]).await else { continue };
            let known = said(connection.ask(&["CONFIG", "GET", name]).await)?;
            let is_known = known.get(0).is_some_and(|known| known == &name.to_lowercase());
            let why = why.to_string();
            is_set = match is_known {
                false => IsSet::Unknown,
                true if why.contains("immutable") || why.contains("Unsupported") => IsSet::AtStart,
                true => return Err(why),
            };
        }
        if is_set == IsSet::Unknown {
            tracing::info!(name, "the process does not know this parameter; it is only kept");
        }
        Ok(is_set)
    }

    /// Gives processes that were just started what they do not read from their files.
    async fn apply(&self) -> Result<(), String> {
        for (name, value) in &self.node.settings {
            if let Err(why) = self.set(name, value).await {
                tracing::warn!(name, why, "a parameter is not set");
            }
        }
        self.let_in(&self.node.accounts).await
    }

    /// Adds accounts, or gives them another password or role.
    pub(super) async fn set_accounts(&mut self, accounts: &[Account]) -> Result<(), String> {
        self.let_in(accounts).await?;
        self.node.accounts.retain(|known| accounts.iter().all(|new| new.id != known.id));
        self.node.accounts.extend(accounts.iter().cloned());
        Ok(())
    }

    async fn let_in(&self, accounts: &[Account]) -> Result<(), String> {
        for account in accounts {
            let Account { name, password, role, .. } = account;
            let password = format!(">{}", password.expose());
            let mut command = vec!["ACL", "SETUSER", name, "reset", "on", &password, "~*", "&*"];
            match role.as_str() {
                "read" => command.extend(["+@read", "+@connection", "+info", "+cluster"]),
                _ => command.extend(["+@all", "-@admin"]),
            }
            self.everybody_says(&command).await?;
        }
        Ok(())
    }

    /// Removes an account, and cuts it off.
    pub(super) async fn remove_account(&mut self, name: &str) -> Result<(), String> {
        self.everybody_says(&["ACL", "DELUSER", name]).await?;
        self.node.accounts.retain(|known| known.name != name);
        Ok(())
    }

    /// What each master replies to a command.
    pub(super) async fn say(&self, command: &[&str]) -> Result<Vec<Value>, String> {
        let mut replies = Vec::new();
        for master in self.leading().await? {
            let mut connection = master.connect(&self.node).await?;
            replies.push(said(connection.ask(command).await)?);
        }
        Ok(replies)
    }

    /// What the first master replies to a command of a console, errors included.
    pub(super) async fn console(&self, database: u64, command: &[String]) -> Result<Value, String> {
        let masters = self.leading().await?;
        let master = masters.first().ok_or("it has no process")?;
        let mut connection = master.connect(&self.node).await?;
        if database > 0 && !self.node.layout.is_cluster {
            said(connection.ask(&["SELECT", &database.to_string()]).await)?;
        }
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        match connection.ask(&command).await {
            Err(error) if error.kind() == io::ErrorKind::Other => Ok(error.to_string().into()),
            reply => said(reply),
        }
    }

    async fn everybody_says(&self, command: &[&str]) -> Result<(), String> {
        for mut connection in self.everybody().await? {
            said(connection.ask(command).await)?;
        }
        Ok(())
    }

    async fn everybody(&self) -> Result<Vec<Connection>, String> {
        let mut all = Vec::new();
        for member in self.running() {
            all.push(member.connect(&self.node).await?);
        }
        Ok(all)
    }

    /// Which member of each shard is its master. In a cluster, roles change while processes run.
    async fn masters(&self) -> Vec<usize> {
        let mut masters = Vec::new();
        for members in &self.shards {
            let mut master = 0;
            if self.node.layout.is_cluster {
                for (number, member) in members.iter().enumerate() {
                    if member.is_master(&self.node).await {
                        master = number;
                        break;
                    }
                }
            }
            masters.push(master);
        }
        masters
    }

    /// The slots of each shard of a cluster, as text.
    async fn slots(&self) -> Result<Option<String>, String> {
        if !self.node.layout.is_cluster {
            return Ok(None);
        }
        let mut slots = String::new();
        for (shard, master) in self.leading().await?.into_iter().enumerate() {
            let mut connection = master.connect(&self.node).await?;
            let nodes = said(connection.ask(&["CLUSTER", "NODES"]).await)?;
            let nodes = nodes.as_str().unwrap_or_default();
            let own = nodes.lines().find(|line| line.contains("myself,")).unwrap_or_default();
            let own: Vec<&str> = own.split(' ').skip(8).collect();
            slots.push_str(&format!("{shard}: {}\n", own.join(" ")));
        }
        Ok(Some(slots))
    }

    /// The master of each shard.
    async fn leading(&self) -> Result<Vec<&Member>, String> {
        let masters = self.masters().await;
        let found = self.shards.iter().zip(masters).map(|(shard, master)| shard.get(master));
        let found = found.map(|master| master.filter(|master| !master.process.is_stopped()));
        let found: Option<Vec<&Member>> = found.collect();
        found.ok_or_else(|| "all nodes of a shard are stopped".to_owned())
    }

    /// The members that were not stopped on purpose.
    fn running(&self) -> impl Iterator<Item = &Member> {
        self.shards.iter().flatten().filter(|member| !member.process.is_stopped())
    }
}

/// When a parameter counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IsSet {
    Now,
    /// Once the process is started again.
    AtStart,
    /// Never: it is none of the process.
    Unknown,
}

/// A master, and what follows it.
async fn one_shard(home: &Home, node: &Node) -> Result<Vec<Member>, String> {
    let order = data::order(home, node.layout.nodes);
    let mut members: Vec<Member> = Vec::new();
    for number in order {
        let folder = home.member(number);
        // A replica is at any port.
        let role = match members.first() {
            None => {
                Role { port: node.port.or_else(|| files::last_port(&folder)), replica_of: None }
            }
            Some(master) => Role { port: None, replica_of: Some(master.port) },
        };
        members.push(Member::start(home, &folder, node, role).await?);
    }
    Ok(members)
}

fn said<T>(result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}
