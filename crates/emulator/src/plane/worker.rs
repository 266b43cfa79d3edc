//! The worker of an instance. In: acts, one after the other. Out: what became of each. Its processes end
//! with it.

use std::{fs, path::PathBuf, sync::Arc};

use tokio::sync::mpsc;

use super::{Programs, Work, files, memcached::Memcached, redis::Redis};
use crate::state::{Act, Endpoint, Node, Outcome};

/// Starts a worker; it ends when nobody can send to it any more.
pub(super) fn start(programs: Arc<Programs>, folder: PathBuf) -> mpsc::UnboundedSender<Work> {
    let (sender, mut work) = mpsc::unbounded_channel::<Work>();
    tokio::spawn(async move {
        let mut worker = Worker { programs, folder, processes: None };
        while let Some((act, done)) = work.recv().await {
            let outcome = worker.carry_out(act).await.unwrap_or_else(Outcome::Failed);
            // Nobody may wait for it.
            let _ = done.send(outcome);
        }
    });
    sender
}

struct Worker {
    programs: Arc<Programs>,
    folder: PathBuf,
    processes: Option<Processes>,
}

enum Processes {
    Redis(Box<Redis>),
    Memcached(Box<Memcached>),
}

impl Worker {
    async fn carry_out(&mut self, act: Act) -> Result<Outcome, String> {
        match act {
            Act::Start(node) => return self.start(node).await,
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
            Act::Configure(settings) => {
                for (name, value) in &settings {
                    if let Processes::Redis(redis) = self.processes()? {
                        redis.configure(name, value).await?;
                    }
                }
            }
            Act::SwitchOver => return self.switch_over().await,
            Act::Ask(command) => {
                let command: Vec<&str> = command.iter().map(String::as_str).collect();
                return match self.processes()? {
                    Processes::Redis(redis) => Ok(Outcome::Said(redis.say(&command).await?)),
                    Processes::Memcached(_) => Ok(Outcome::Said(serde_json::Value::Null)),
                };
            }
            Act::Backup { id } => return self.back_up(&id).await,
            Act::Restore { backup, .. } => return self.restore(&backup).await,
        }
        Ok(Outcome::Done)
    }

    /// Starts processes, or starts those that are there in another way.
    async fn start(&mut self, node: Node) -> Result<Outcome, String> {
        if self.processes.is_some() {
            return self.restart(Some(node)).await;
        }
        let processes = if node.is_memcached {
            let program = self.programs.memcached.as_ref();
            let program = program.ok_or("there is no program `memcached`; install it")?;
            let memcached = Memcached::start(program, &self.folder, node).await?;
            Processes::Memcached(Box::new(memcached))
        } else {
            let redis = Redis::start(&self.programs.redis, &self.folder, node).await?;
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
        let again = match self.processes.take() {
            None => return Err("it has no process".to_owned()),
            Some(Processes::Redis(redis)) => Processes::Redis(Box::new(redis.restart(node).await?)),
            Some(Processes::Memcached(memcached)) => {
                Processes::Memcached(Box::new(memcached.restart(node).await?))
            }
        };
        self.processes = Some(again);
        self.ready()
    }

    async fn switch_over(&mut self) -> Result<Outcome, String> {
        match self.processes.take() {
            Some(Processes::Redis(redis)) => {
                self.processes = Some(Processes::Redis(Box::new(redis.switch_over().await?)));
                self.ready()
            }
            other => {
                self.processes = other;
                Err("there is nothing to switch over to".to_owned())
            }
        }
    }

    async fn stop(&mut self) {
        match self.processes.take() {
            Some(Processes::Redis(redis)) => redis.stop().await,
            Some(Processes::Memcached(memcached)) => memcached.stop().await,
            None => {}
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            tracing::debug!(%error, "the folder of an instance is not removed");
        }
    }

    async fn back_up(&mut self, id: &str) -> Result<Outcome, String> {
        let file = self.backup(id);
        let folder = file.parent().map(files::make_folder).transpose();
        folder.map_err(|error| error.to_string())?;
        match self.processes()? {
            Processes::Redis(redis) => Ok(Outcome::BackedUp(redis.back_up(&file).await?)),
            Processes::Memcached(_) => Err("Memcached has no backups".to_owned()),
        }
    }

    async fn restore(&mut self, id: &str) -> Result<Outcome, String> {
        let file = self.backup(id);
        match self.processes.take() {
            Some(Processes::Redis(redis)) => {
                self.processes = Some(Processes::Redis(Box::new(redis.restore(&file).await?)));
                self.ready()
            }
            other => {
                self.processes = other;
                Err("there is nothing to restore to".to_owned())
            }
        }
    }

    fn backup(&self, id: &str) -> PathBuf {
        // The id is one that the emulator made.
        self.folder.join("backups").join(format!("{id}.rdb"))
    }

    fn processes(&mut self) -> Result<&mut Processes, String> {
        self.processes.as_mut().ok_or_else(|| "it has no process".to_owned())
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
