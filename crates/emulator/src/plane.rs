//! The data plane: real processes behind instances. In: effects. Out: what became of each.
//!
//! Each instance has a worker, which does one thing after the other; workers of several instances run side
//! by side. Where no program is found, nothing is started and nothing is pretended.

mod files;
mod memcached;
mod process;
mod programs;
mod redis;
mod resp;
mod root;
mod tls;
mod worker;

use std::{
    collections::BTreeMap,
    future::Future,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{mpsc, oneshot};

pub(crate) use files::make_folder;
pub use programs::{DataPlane, INSTALL, Programs};

use crate::state::{Act, Effect, Endpoint, Outcome};

/// Everything that has to do with processes.
pub(crate) struct Plane {
    programs: Option<Arc<Programs>>,
    /// Where the files of instances are.
    root: Option<root::Root>,
    workers: Mutex<BTreeMap<String, mpsc::UnboundedSender<Work>>>,
    /// Where workers report to.
    reports: mpsc::UnboundedSender<Report>,
}

/// What the processes of an instance did by themselves.
pub(crate) struct Report {
    pub(crate) instance: String,
    pub(crate) what: What,
}

/// What a process did, by the number of its node, from 1.
pub(crate) enum What {
    /// It ended; whether clients can do without it.
    Ended { node: usize, why: String, is_spare: bool },
    /// Everything answers again.
    Recovered { node: usize, endpoint: Endpoint },
    /// It cannot be started again.
    Lost { node: usize, why: String },
}

/// An act, and where its outcome is awaited.
pub(crate) type Work = (Act, oneshot::Sender<Outcome>);

impl Plane {
    /// Files are in a folder that is kept, or in one that is gone with the emulator.
    ///
    /// # Errors
    ///
    /// When there is no place for files.
    pub(crate) fn new(
        programs: Option<Programs>,
        kept: Option<&Path>,
        reports: mpsc::UnboundedSender<Report>,
    ) -> io::Result<Self> {
        let root = match (&programs, kept) {
            (None, _) => None,
            (Some(_), None) => Some(root::Root::temporary()?),
            (Some(_), Some(folder)) => Some(root::Root::kept(folder)?),
        };
        let workers = Mutex::default();
        Ok(Self { programs: programs.map(Arc::new), root, workers, reports })
    }

    /// Removes the files of all instances but these, and of all their backups but these: the emulator was killed when
    /// they were deleted.
    pub(crate) fn keep_only(&self, instances: &[(&str, Vec<&str>)]) {
        if let Some(root) = &self.root {
            root.keep_only(instances);
        }
    }

    /// Where the certificate of an instance is.
    pub(crate) fn certificate(&self, instance: &str) -> Option<PathBuf> {
        self.file(&[instance, tls::AUTHORITY])
    }

    /// Where a file of a backup is.
    pub(crate) fn backup_file(&self, instance: &str, backup: &str, file: &str) -> Option<PathBuf> {
        self.file(&[instance, "backups", backup, file])
    }

    /// Where the log of a process of an instance is, by the number of the process.
    pub(crate) fn log(&self, instance: &str, number: &str) -> Option<PathBuf> {
        self.file(&[instance, &format!("node-{number}"), "redis.log"])
    }

    /// A file below the folder of all instances, and nowhere else.
    fn file(&self, parts: &[&str]) -> Option<PathBuf> {
        let is_name = |part: &&str| {
            let mut letters = part.chars();
            !part.starts_with('.') && letters.all(|c| c.is_ascii_alphanumeric() || "-.".contains(c))
        };
        let root = self.root.as_ref().filter(|_| parts.iter().all(is_name))?;
        let (instance, rest) = parts.split_first()?;
        let file = rest.iter().fold(root.of(instance), |path, part| path.join(part));
        file.is_file().then_some(file)
    }

    /// What stands behind instances, in a word.
    pub(crate) fn name(&self) -> &'static str {
        if self.programs.is_some() { "processes" } else { "none" }
    }

    /// Hands an effect to the worker of its instance.
    pub(crate) fn submit(&self, effect: Effect) -> impl Future<Output = Outcome> + Send + use<> {
        let (done, outcome) = oneshot::channel();
        let Effect { instance, act } = effect;
        let is_last = matches!(act, Act::Stop);
        if let (Some(programs), Some(root)) = (&self.programs, &self.root) {
            let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
            let worker = workers.entry(instance.clone()).or_insert_with(|| {
                worker::start(worker::Place {
                    programs: Arc::clone(programs),
                    folder: root.of(&instance),
                    is_kept: root.is_kept(),
                    instance: instance.clone(),
                    reports: self.reports.clone(),
                })
            });
            // A worker that is gone answers nothing, which is told below.
            let _ = worker.send((act, done));
            if is_last {
                workers.remove(&instance);
            }
        } else {
            let nothing = worker::without_processes(&act);
            let _ = done.send(nothing);
        }
        async move {
            let gone = |_| Outcome::Failed("the worker of the instance is gone".to_owned());
            outcome.await.unwrap_or_else(gone)
        }
    }
}
