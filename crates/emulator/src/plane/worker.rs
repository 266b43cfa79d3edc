//! The worker of an instance. In: acts, one after the other. Out: what became of each. Its processes end
//! with it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::json;
use tokio::sync::mpsc;

use super::{
    Programs, Work, files,
    memcached::Memcached,
    redis::{Home, Redis},
    tls,
};
use crate::state::{Act, Endpoint, Node, Outcome};

/// Where a worker works, and by what.
pub(super) struct Place {
    pub(super) programs: Arc<Programs>,
    /// The folder of the instance.
    pub(super) folder: PathBuf,
    /// Whether it is there for the next emulator.
    pub(super) is_kept: bool,
}

/// Starts a worker; it ends when nobody can send to it any more.
pub(super) fn start(place: Place) -> mpsc::UnboundedSender<Work> {
    let (sender, mut work) = mpsc::unbounded_channel::<Work>();
    tokio::spawn(async move {
        let mut worker = Worker { place, processes: None };
        while let Some((act, done)) = work.recv().await {
            let outcome = worker.carry_out(act).await.unwrap_or_else(Outcome::Failed);
            // Nobody may wait for it.
            let _ = done.send(outcome);
        }
    });
    sender
}

struct Worker {
    place: Place,
    processes: Option<Processes>,
}

enum Processes {
    Redis(Box<Redis>),
    Memcached(Box<Memcached>),
}

impl Worker {
    async fn carry_out(&mut self, act: Act) -> Result<Outcome, String> {
        match act {
            Act::Start(node) | Act::Revive(node) => return self.start(node).await,
            Act::Restart => return self.restart(None).await,
            Act::Stop => self.stop().await,
            Act::Flush => match self.processes()? {
                Processes::Redis(redis) => redis.flush().await?,
                Processes::Memcached(memcached) => memcached.flush().await?,
            },
            Act::Password(password) => match self.processes()? {
                Processes::Redis(redis) => redis.set_password(password).await?,
                Processes::Memcached(memcached) => memcached.node.password = password,
            },
            Act::Memory(gigabytes) => match self.processes()? {
                Processes::Redis(redis) => redis.set_memory(gigabytes).await?,
                Processes::Memcached(_) => {
                    let mut node = self.node()?;
                    node.gigabytes = gigabytes;
                    return self.restart(Some(node)).await;
                }
            },
            Act::Configure { settings, .. } => {
                if let Processes::Redis(redis) = self.processes()? {
                    return redis.configure(&settings).await.map(Outcome::NeedsRestart);
                }
            }
            Act::Accounts(accounts) => self.redis("accounts")?.set_accounts(&accounts).await?,
            Act::RemoveAccount(name) => self.redis("accounts")?.remove_account(&name).await?,
            Act::SwitchOver { shard } => {
                self.redis("nodes")?.switch_over(shard).await?;
                return self.ready();
            }
            act @ (Act::Analyze { .. } | Act::Ask(_) | Act::Console { .. } | Act::Certificate) => {
                return self.answer(act).await;
            }
            Act::Backup { id } => {
                let folder = self.backup(&id)?;
                return Ok(Outcome::BackedUp(self.redis("backups")?.back_up(&folder).await?));
            }
            Act::Migrate { source, .. } => {
                return self.redis("migrations")?.migrate(&source).await.map(Outcome::Found);
            }
            Act::RemoveBackup { id } => {
                files::remove(&self.backup(&id)?).map_err(|error| error.to_string())?;
            }
            Act::Restore { backup, .. } => {
                let folder = self.backup(&backup)?;
                self.redis("backups")?.restore(&folder).await?;
                return self.ready();
            }
        }
        Ok(Outcome::Done)
    }

    /// Only reads.
    async fn answer(&mut self, act: Act) -> Result<Outcome, String> {
        match act {
            Act::Analyze { kind, .. } => {
                self.redis("keys to list")?.analyze(kind).await.map(Outcome::Found)
            }
            Act::Ask(command) => {
                let command: Vec<&str> = command.iter().map(String::as_str).collect();
                match self.processes()? {
                    Processes::Redis(redis) => redis.say(&command).await.map(Outcome::Said),
                    Processes::Memcached(_) => Ok(Outcome::Said(Vec::new())),
                }
            }
            Act::Console { database, command } => {
                self.redis("console")?.console(database, &command).await.map(Outcome::Found)
            }
            _ => {
                let text = tls::authority(&self.place.folder).map_err(|error| error.to_string())?;
                Ok(Outcome::Found(json!(text)))
            }
        }
    }

    /// Starts processes, or starts those that are there in another way.
    async fn start(&mut self, node: Node) -> Result<Outcome, String> {
        if self.processes.is_some() {
            return self.restart(Some(node)).await;
        }
        let Place { programs, folder, is_kept } = &self.place;
        let processes = if node.is_memcached {
            let program = programs.memcached.as_ref();
            let program = program.ok_or("there is no program `memcached`; install it")?;
            let memcached = Memcached::start(program, folder, node).await?;
            Processes::Memcached(Box::new(memcached))
        } else {
            let (program, folder) = (programs.redis.clone(), folder.clone());
            let redis = Redis::start(Home { program, folder, is_kept: *is_kept }, node).await?;
            Processes::Redis(Box::new(redis))
        };
        self.processes = Some(processes);
        self.ready()
    }

    async fn restart(&mut self, node: Option<Node>) -> Result<Outcome, String> {
        let node = match node {
            Some(node) => node,
            None => self.node()?,
        };
        match self.processes.take() {
            None => return Err("it has no process".to_owned()),
            Some(Processes::Redis(mut redis)) => {
                let result = redis.restart(node).await;
                self.processes = Some(Processes::Redis(redis));
                result?;
            }
            Some(Processes::Memcached(memcached)) => {
                let again = memcached.restart(node).await?;
                self.processes = Some(Processes::Memcached(Box::new(again)));
            }
        }
        self.ready()
    }

    async fn stop(&mut self) {
        match self.processes.take() {
            Some(Processes::Redis(mut redis)) => redis.kill().await,
            Some(Processes::Memcached(memcached)) => memcached.stop().await,
            None => {}
        }
        if let Err(error) = files::remove(&self.place.folder) {
            tracing::warn!(%error, "the folder of an instance is not removed");
        }
    }

    /// The folder of a backup.
    fn backup(&self, id: &str) -> Result<PathBuf, String> {
        // The id is one that the emulator made.
        let backups = self.place.folder.join("backups");
        files::make_folder(&backups).map_err(|error| error.to_string())?;
        Ok(Path::join(&backups, id))
    }

    fn processes(&mut self) -> Result<&mut Processes, String> {
        self.processes.as_mut().ok_or_else(|| "it has no process".to_owned())
    }

    fn redis(&mut self, what: &str) -> Result<&mut Redis, String> {
        match self.processes()? {
            Processes::Redis(redis) => Ok(redis),
            Processes::Memcached(_) => Err(format!("Memcached has no {what}")),
        }
    }

    fn node(&mut self) -> Result<Node, String> {
        Ok(match self.processes()? {
            Processes::Redis(redis) => redis.node.clone(),
            Processes::Memcached(memcached) => memcached.node.clone(),
        })
    }

    fn ready(&mut self) -> Result<Outcome, String> {
        let port = match self.processes()? {
            Processes::Redis(redis) => redis.port(),
            Processes::Memcached(memcached) => memcached.port,
        };
        Ok(Outcome::Ready(Some(Endpoint { ip: "127.0.0.1".to_owned(), port })))
    }
}

/// What becomes of an act where there are no processes.
pub(super) fn without_processes(act: &Act) -> Outcome {
    match act {
        Act::Start(_) | Act::Revive(_) | Act::Restart | Act::SwitchOver { .. } => {
            Outcome::Ready(None)
        }
        Act::Ask(_) => Outcome::Said(Vec::new()),
        Act::Backup { .. } => Outcome::BackedUp(0),
        Act::Analyze { .. } | Act::Migrate { .. } => Outcome::Found(json!({})),
        Act::Certificate | Act::Console { .. } => Outcome::Said(Vec::new()),
        _ => Outcome::Done,
    }
}
