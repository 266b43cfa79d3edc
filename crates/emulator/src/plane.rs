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
mod worker;

use std::{
    collections::BTreeMap,
    future::Future,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{mpsc, oneshot};

pub use programs::{DataPlane, INSTALL, Programs};

use crate::state::{Act, Effect, Outcome};

/// Everything that has to do with processes.
pub(crate) struct Plane {
    programs: Option<Arc<Programs>>,
    /// Where the files of instances are; gone with the emulator.
    root: Option<root::Root>,
    workers: Mutex<BTreeMap<String, mpsc::UnboundedSender<Work>>>,
}

/// An act, and where its outcome is awaited.
pub(crate) type Work = (Act, oneshot::Sender<Outcome>);

impl Act {
    /// Whether an answer waits for it, whatever the pace.
    pub(crate) fn is_quick(&self) -> bool {
        matches!(self, Self::Password(_) | Self::Configure(_))
    }
}

impl Plane {
    /// # Errors
    ///
    /// When there is no place for files.
    pub(crate) fn new(programs: Option<Programs>) -> std::io::Result<Self> {
        let root = match programs {
            Some(_) => Some(root::Root::new()?),
            None => None,
        };
        Ok(Self { programs: programs.map(Arc::new), root, workers: Mutex::default() })
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
                let folder: PathBuf = root.path().join(&instance);
                worker::start(Arc::clone(programs), folder)
            });
            // A worker that is gone answers nothing, which is told below.
            let _ = worker.send((act, done));
            if is_last {
                workers.remove(&instance);
            }
        } else {
            let nothing = match act {
                Act::Start(_) | Act::Restart => Outcome::Ready(None),
                Act::Ask(_) => Outcome::Said(serde_json::Value::Null),
                Act::Backup { .. } => Outcome::BackedUp(0),
                _ => Outcome::Done,
            };
            let _ = done.send(nothing);
        }
        async move {
            let gone = |_| Outcome::Failed("the worker of the instance is gone".to_owned());
            outcome.await.unwrap_or_else(gone)
        }
    }
}
