//! The worker of an instance. In: acts, one after the other. Out: what became of each. Its processes end
//! with it. Processes that end by themselves are replaced, and that is reported.

use std::{
    future::poll_fn,
    path::{Path, PathBuf},
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::sync::mpsc;

use super::{
    Programs, Report, What, Work, files,
    memcached::Memcached,
    redis::{Crash, Home, Redis},
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
    pub(super) instance: String,
    /// Where it is told what processes do by themselves.
    pub(super) reports: mpsc::UnboundedSender<Report>,
}

/// After how long a process that could not be started again is tried once more.
const RETRY: Duration = Duration::from_secs(2);
/// A process that ends so often, each time so soon after it was started, waits as long.
const MOST_CRASHES: u32 = 5;
const SOON: Duration = Duration::from_secs(10);

/// Starts a worker; it ends when nobody can send to it any more.
pub(super) fn start(place: Place) -> mpsc::UnboundedSender<Work> {
    let (sender, mut work) = mpsc::unbounded_channel::<Work>();
    tokio::spawn(async move {
        let mut worker =
            Worker { place, processes: None, crashes: 0, last_crash: None, lost: None };
        loop {
            tokio::select! {
                biased;
                crash = worker.crash() => worker.recover(crash).await,
                next = work.recv() => {
                    let Some((act, done)) = next else { break };
                    let outcome = worker.carry_out(act).await.unwrap_or_else(Outcome::Failed);
                    // Nobody may wait for it.
                    let _ = done.send(outcome);
                }
                () = tokio::time::sleep(RETRY), if worker.lost.is_some() => worker.retry().await,
            }
        }
    });
    sender
}

struct Worker {
    place: Place,
    processes: Option<Processes>,
    /// Crashes in a row, each soon after the one before it.
    crashes: u32,
    last_crash: Option<Instant>,
    /// What has not been made good yet.
    lost: Option<Crash>,
}

enum Processes {
    Redis(Box<Redis>),
    Memcached(Box<Memcached>),
}

impl Worker {
    async fn carry_out(&mut self, act: Act) -> Result<Outcome, String> {
        match act {
            Act::Start(node) | Act::Revive(node) => {
                (self.crashes, self.lost) = (0, None);
                return self.start(node).await;
            }
            Act::Restart => return self.restart(None).await,
            Act::Stop => {
                self.lost = None;
                self.stop().await;
            }
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
            act @ (Act::Reshard { .. }
            | Act::Move(_)
            | Act::StopNodes(_)
            | Act::StartNodes(_)
            | Act::SwitchOver { .. }) => return self.rearrange(act).await,
            Act::Accounts(accounts) => self.redis("accounts")?.set_accounts(&accounts).await?,
            Act::RemoveAccount(name) => self.redis("accounts")?.remove_account(&name).await?,
            act @ (Act::Analyze { .. } | Act::Ask(_) | Act::Console { .. } | Act::Certificate) => {
                return self.answer(act).await;
            }
            act @ (Act::Backup { .. }
            | Act::RemoveBackup { .. }
            | Act::Restore { .. }
            | Act::Migrate { .. }) => return self.copy(act).await,
        }
        Ok(Outcome::Done)
    }

    /// Copies data to and from files and other processes.
    async fn copy(&mut self, act: Act) -> Result<Outcome, String> {
        match act {
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
                let redis = self.redis("backups")?;
                if let Err(why) = redis.fits(&folder).await {
                    return Ok(Outcome::Refused(why));
                }
                redis.restore(&folder).await?;
                return self.ready();
            }
            _ => {}
        }
        Ok(Outcome::Done)
    }

    /// Changes which node does what.
    async fn rearrange(&mut self, act: Act) -> Result<Outcome, String> {
        match act {
            Act::Reshard { node, .. } => {
                // It serves all slots, wherever they are.
                let done = self.redis("shards")?.reshard(node).await;
                return Ok(done.map_or_else(Outcome::Refused, |()| Outcome::Done));
            }
            Act::Move(node) => self.redis("migrations")?.move_to(node).await?,
            Act::StopNodes(numbers) => {
                self.redis("nodes")?.stop_nodes(&numbers).await?;
                return Ok(Outcome::Done);
            }
            Act::StartNodes(numbers) => {
                self.redis("nodes")?.start_nodes(&numbers).await?;
                return Ok(Outcome::Done);
            }
            Act::SwitchOver { shard } => self.redis("nodes")?.switch_over(shard).await?,
            _ => {}
        }
        self.ready()
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
        let Place { programs, folder, is_kept, .. } = &self.place;
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

    /// Waits for a process to die by itself.
    async fn crash(&mut self) -> Crash {
        poll_fn(|context| match &mut self.processes {
            Some(Processes::Redis(redis)) => redis.poll_crash(context),
            Some(Processes::Memcached(memcached)) => {
                memcached.poll_crash(context).map(Crash::alone)
            }
            None => Poll::Pending,
        })
        .await
    }

    /// Has everything answer again after a crash, and reports both.
    async fn recover(&mut self, crash: Crash) {
        let is_spare =
            matches!(&self.processes, Some(Processes::Redis(redis)) if redis.is_spare(&crash));
        let node = crash.node;
        self.report(What::Ended { node, why: crash.why.clone(), is_spare });
        let is_soon = self.last_crash.is_some_and(|last| last.elapsed() < SOON);
        self.crashes = if is_soon { self.crashes + 1 } else { 1 };
        let result = match self.crashes < MOST_CRASHES {
            true => self.replace(&crash).await,
            false => Err(format!("it ended {MOST_CRASHES} times in a row")),
        };
        self.last_crash = Some(Instant::now());
        match result {
            Ok(endpoint) => self.report(What::Recovered { node, endpoint }),
            Err(why) => {
                self.report(What::Lost { node, why });
                self.lost = Some(crash);
            }
        }
    }

    /// Tries once more what failed.
    async fn retry(&mut self) {
        let Some(crash) = self.lost.take() else { return };
        match self.replace(&crash).await {
            Ok(endpoint) => self.report(What::Recovered { node: crash.node, endpoint }),
            Err(_) => self.lost = Some(crash),
        }
    }

    async fn replace(&mut self, crash: &Crash) -> Result<Endpoint, String> {
        match self.processes()? {
            Processes::Redis(redis) => redis.recover(crash).await?,
            Processes::Memcached(memcached) => memcached.recover().await?,
        }
        self.endpoint()
    }

    fn report(&self, what: What) {
        // Nobody listens any more when the emulator ends.
        let _ = self.place.reports.send(Report { instance: self.place.instance.clone(), what });
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
        self.endpoint().map(|endpoint| Outcome::Ready(Some(endpoint)))
    }

    /// Where clients connect.
    fn endpoint(&mut self) -> Result<Endpoint, String> {
        let port = match self.processes()? {
            Processes::Redis(redis) => redis.port(),
            Processes::Memcached(memcached) => memcached.port,
        };
        Ok(Endpoint { ip: "127.0.0.1".to_owned(), port })
    }
}

/// What becomes of an act where there are no processes.
pub(super) fn without_processes(act: &Act) -> Outcome {
    match act {
        Act::Start(_) | Act::Revive(_) | Act::Restart | Act::Move(_) | Act::SwitchOver { .. } => {
            Outcome::Ready(None)
        }
        Act::Ask(_) => Outcome::Said(Vec::new()),
        Act::Backup { .. } => Outcome::BackedUp(0),
        Act::Analyze { .. } | Act::Migrate { .. } => Outcome::Found(json!({})),
        Act::Certificate | Act::Console { .. } => Outcome::Said(Vec::new()),
        _ => Outcome::Done,
    }
}
