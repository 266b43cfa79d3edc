//! An emulator that runs. Out: its address and keys, and what a test wants of it: faults, the requests that
//! it saw, its clock. It is gone, with its processes, when the handle is dropped.

use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{sync::watch, task::JoinHandle};

use crate::{
    Builder, Crash, Fault, FaultError, Keys, Pace, Programs, Seen, SetFault, admin,
    http::{Server, Source},
};

/// An emulator that runs. It is gone when this is dropped, with all its processes and, but for those of
/// [`Builder::data`], files.
pub struct Emulator {
    pub(crate) address: SocketAddr,
    pub(crate) keys: Keys,
    pub(crate) programs: Option<Programs>,
    /// It belongs to the task, with which all ends.
    pub(crate) server: Weak<Server>,
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) task: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Makes one.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where the API answers, such as `http://127.0.0.1:8800`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What callers need.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The programs behind instances; nothing where there are none.
    pub fn programs(&self) -> Option<&Programs> {
        self.programs.as_ref()
    }

    /// The injected faults.
    pub fn faults(&self) -> Faults<'_> {
        Faults { emulator: self }
    }

    /// The last 1,000 requests, oldest first, without secrets.
    pub fn requests(&self) -> Vec<Seen> {
        self.server().map(|server| server.journal.all()).unwrap_or_default()
    }

    /// The last 1,000 processes of instances that died by themselves, oldest first.
    pub fn crashes(&self) -> Vec<Crash> {
        self.server().map(|server| server.crashes.all()).unwrap_or_default()
    }

    /// Where the real service differs from the document, as rows of `x-errata`; empty if nothing is forwarded.
    pub fn differences(&self) -> String {
        let server = self.server();
        match server.as_deref().map(|server| &server.source) {
            Some(Source::Forwarded(proxy)) => proxy.differences.rows(),
            _ => String::new(),
        }
    }

    /// How long changes of state take from now on.
    pub fn set_pace(&self, pace: Pace) {
        if let Some(server) = self.server() {
            server.state().pace = pace;
        }
    }

    /// Lets so much time pass at once, for states; signatures are checked by the machine's clock still.
    pub fn advance(&self, time: Duration) {
        if let Some(server) = self.server() {
            server.clock.advance(i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
        }
    }

    /// Everything as at the start: no instances, no faults, no requests.
    pub async fn reset(&self) {
        if let Some(server) = self.server() {
            // What processes do not do is in the log.
            let _ = admin::reset(&server).await;
        }
    }

    /// Stops it: what is under way is answered, then processes end.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
    }

    /// Nothing once it has ended.
    fn server(&self) -> Option<Arc<Server>> {
        self.server.upgrade()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("address", &self.address).finish_non_exhaustive()
    }
}

/// The injected faults of an emulator.
#[derive(Clone, Copy, Debug)]
pub struct Faults<'e> {
    emulator: &'e Emulator,
}

impl Faults<'_> {
    /// Adds a fault, which strikes from now on. Out: the id to remove it by.
    ///
    /// # Errors
    ///
    /// What does not make sense about it.
    pub fn add(&self, fault: Fault) -> Result<u64, FaultError> {
        match self.emulator.server() {
            Some(server) => server.faults.add(fault, server.clock.now()),
            None => Ok(0),
        }
    }

    /// All that are set, and how often each has struck.
    pub fn list(&self) -> Vec<SetFault> {
        self.emulator.server().map(|server| server.faults.list()).unwrap_or_default()
    }

    /// Removes one; whether it was there.
    pub fn remove(&self, id: u64) -> bool {
        self.emulator.server().is_some_and(|server| server.faults.remove(id))
    }

    /// Removes all.
    pub fn clear(&self) {
        if let Some(server) = self.emulator.server() {
            server.faults.clear();
        }
    }
}
