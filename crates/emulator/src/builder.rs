//! Starting an emulator. In: what it shall be like. Out: a handle with its address and keys; the
//! emulator and its processes are gone when the handle is dropped.

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use huaweicloud_core::Secret;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    auth::{Gate, Keys},
    http::{Hosts, Server, Strictness, listener},
    pace::Pace,
    plane::{DataPlane, Plane, Programs},
    state::{Quota, State},
};

/// Makes an emulator.
#[derive(Clone, Debug)]
#[must_use = "nothing runs until `start` is called"]
pub struct Builder {
    address: SocketAddr,
    pace: Pace,
    data_plane: DataPlane,
    strictness: Strictness,
    keys: Keys,
    is_open: bool,
    allowed_hosts: Vec<String>,
    seed: Option<u64>,
    quota: Quota,
}

/// Why no emulator was started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Its address cannot be used.
    #[error("cannot listen on {address}: {source}; choose another port, or 0 for any that is free")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// There is no place for the files of instances.
    #[error("cannot make a folder for instances: {0}; set TMPDIR to a folder that can be written")]
    Files(io::Error),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            pace: Pace::Immediate,
            data_plane: DataPlane::Auto,
            strictness: Strictness::Strict,
            keys: Keys {
                access_key: "EMULATOR-ACCESS-KEY".to_owned(),
                secret_key: Secret::new("EMULATOR-SECRET-KEY"),
                token: Secret::new("EMULATOR-TOKEN"),
                project_id: "0123456789abcdef0123456789abcdef".to_owned(),
            },
            is_open: false,
            allowed_hosts: Vec::new(),
            seed: None,
            quota: Quota::default(),
        }
    }
}

impl Builder {
    /// Where it listens. A port of 0 means any that is free, and that is the default, on loopback.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// How long changes of state take.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// What stands behind instances.
    pub fn data_plane(mut self, data_plane: DataPlane) -> Self {
        self.data_plane = data_plane;
        self
    }

    /// What is done with requests that break bounds or rules.
    pub fn strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// What callers need, in place of the default.
    pub fn keys(mut self, keys: Keys) -> Self {
        self.keys = keys;
        self
    }

    /// Lets anybody call, for any project.
    pub fn without_authentication(mut self) -> Self {
        self.is_open = true;
        self
    }

    /// One more name that it may be called by, besides addresses and `localhost`.
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.allowed_hosts.push(name.into());
        self
    }

    /// How many instances there may be, and how many GB they may have together; 100 and 800.
    pub fn quota(mut self, instances: usize, gigabytes: u32) -> Self {
        self.quota = Quota { instances, gigabytes };
        self
    }

    /// Makes ids the same in each run.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Starts it, within the runtime of tokio that this is called in.
    ///
    /// # Errors
    ///
    /// See [`StartError`].
    pub async fn start(self) -> Result<Emulator, StartError> {
        let listen = |source| StartError::Listen { address: self.address, source };
        let listener = TcpListener::bind(self.address).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let programs = self.data_plane.programs();
        let plane = Plane::new(programs.clone()).map_err(StartError::Files)?;
        let gate = (!self.is_open).then(|| Gate::new(self.keys.clone()));
        let hosts = Hosts { allowed: self.allowed_hosts };
        let mut state = State::new(self.pace, self.seed);
        state.quota = self.quota;
        let server = Server::new(gate, self.keys.clone(), hosts, self.strictness, state, plane);
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(listener::serve(listener, Arc::new(server), stopped));
        Ok(Emulator { address, keys: self.keys, programs, stop, task: Some(task) })
    }
}

/// An emulator that runs. It is gone when this is dropped, with all its processes and files.
pub struct Emulator {
    address: SocketAddr,
    keys: Keys,
    programs: Option<Programs>,
    stop: watch::Sender<bool>,
    task: Option<JoinHandle<()>>,
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

    /// Stops it: what is under way is answered, then processes end.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
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
