//! Starting an emulator. In: its settings. Out: a running emulator.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use huaweicloud_core::{
    Secret,
    testing::{Recording, RecordingError, Replay},
};
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
};

use crate::{
    Emulator, Neighbors, Upstream,
    auth::{Gate, Issuer, Keys},
    faults::Registry,
    http::{Hosts, Parts, Server, Source, Strictness, listener, reports},
    neighbors::Stock,
    pace::Pace,
    plane::{self, DataPlane, Plane},
    proxy::Proxy,
    recorder::Recorder,
    state::{Quota, State},
    store::{Opened, Store, StoreError},
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
    data: Option<PathBuf>,
    neighbors: Neighbors,
    keys_life: Duration,
    patience: Duration,
    from: From,
    record: Option<PathBuf>,
}

/// Where answers are from.
#[derive(Clone, Debug, Default)]
enum From {
    #[default]
    Emulator,
    Recording(PathBuf),
    Service(Upstream),
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
    /// The saved state cannot be used.
    #[error("cannot load the saved state: {0}")]
    Store(#[from] StoreError),
    /// The recording cannot be read or written.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// The URL to forward requests to is invalid.
    #[error("cannot forward requests: {0}")]
    Upstream(String),
}

/// The default token; it is valid nowhere else.
pub(crate) const KNOWN_TOKEN: &str = "EMULATOR-TOKEN";

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
                token: Secret::new(KNOWN_TOKEN),
                project_id: "0123456789abcdef0123456789abcdef".to_owned(),
            },
            is_open: false,
            allowed_hosts: Vec::new(),
            seed: None,
            quota: Quota::default(),
            data: None,
            neighbors: Neighbors::default(),
            keys_life: Duration::from_secs(60 * 60),
            patience: Duration::from_secs(30),
            from: From::default(),
            record: None,
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
        self.quota = Quota { instances, gigabytes, ..self.quota };
        self
    }

    /// How many processes an instance may have; 12. A larger cluster has fewer shards than were ordered.
    pub fn max_processes(mut self, processes: usize) -> Self {
        self.quota.processes = processes.max(1);
        self
    }

    /// Keeps everything in a folder, which is made if need be: what was answered is there again when an
    /// emulator is started with the same folder, however the last one ended.
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data = Some(folder.into());
        self
    }

    /// What there is around DCS: networks, addresses, enterprise projects.
    pub fn neighbors(mut self, neighbors: Neighbors) -> Self {
        self.neighbors = neighbors;
        self
    }

    /// How long the temporary keys of the metadata service last; an hour. There are new ones after half of
    /// that.
    pub fn temporary_keys_life(mut self, time: Duration) -> Self {
        self.keys_life = time;
        self
    }

    /// Writes all calls down without secrets, as an HTTP Archive; a file that is there is overwritten.
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.record = Some(file.into());
        self
    }

    /// Answers with what was recorded, rather than with what there is.
    pub fn replay(mut self, file: impl Into<PathBuf>) -> Self {
        self.from = From::Recording(file.into());
        self
    }

    /// Forwards all calls to a real service, and notes where its answers differ from the document; the page
    /// `/_emulator/differences` has them.
    pub fn forward(mut self, upstream: Upstream) -> Self {
        self.from = From::Service(upstream);
        self
    }

    /// How long the head of a request may take to arrive, and its body; 30 seconds each.
    pub fn patience(mut self, time: Duration) -> Self {
        self.patience = time;
        self
    }

    /// Makes ids the same in each run, and the requests that faults strike by chance.
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
        let (state, store) = self.state()?;
        let programs = self.data_plane.programs();
        let (sender, receiver) = mpsc::unbounded_channel();
        let plane = Plane::new(programs.clone(), self.data.as_deref(), sender);
        let plane = plane.map_err(StartError::Files)?;
        let life = u64::try_from(self.keys_life.as_millis()).unwrap_or(u64::MAX);
        let issuer = Arc::new(Issuer::new(life, self.seed));
        let gate = Gate::new(self.keys.clone(), Arc::clone(&issuer));
        let source = match self.from {
            From::Emulator => Source::Emulated,
            From::Recording(file) => Source::Recorded(Replay::new(Recording::load(file)?)),
            From::Service(upstream) => {
                let proxy = Proxy::new(upstream, &self.keys.project_id);
                Source::Forwarded(Box::new(proxy.map_err(StartError::Upstream)?))
            }
        };
        let recorder = self.record.as_deref().map(Recorder::create).transpose()?;
        let server = Arc::new(Server::new(Parts {
            gate: (!self.is_open).then_some(gate),
            issuer,
            keys: self.keys.clone(),
            hosts: Hosts { allowed: self.allowed_hosts },
            strictness: self.strictness,
            state,
            store,
            plane,
            stock: Stock::new(&self.neighbors),
            faults: Registry::new(self.seed),
            source,
            recorder,
            patience: self.patience,
        }));
        tokio::spawn(reports::receive(receiver, Arc::downgrade(&server)));
        server.revive().await;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(listener::serve(listener, Arc::clone(&server), stopped));
        let server = Arc::downgrade(&server);
        Ok(Emulator { address, keys: self.keys, programs, server, stop, task: Some(task) })
    }

    /// What there is: nothing, or what an earlier emulator kept.
    fn state(&self) -> Result<(State, Store), StartError> {
        let Some(folder) = &self.data else {
            let mut state = State::new(self.pace, self.seed);
            state.quota = self.quota;
            return Ok((state, Store::none()));
        };
        plane::make_folder(folder).map_err(StartError::Files)?;
        let Opened { store, entries, starts } = Store::open(folder)?;
        // The ids of the last time are taken.
        let seed = self.seed.map(|seed| seed.wrapping_add(starts));
        let mut state = State::new(self.pace, seed);
        state.quota = self.quota;
        let unread = |why| StoreError::Unusable { folder: folder.clone(), why };
        state.load(&entries).map_err(unread)?;
        Ok((state, store))
    }
}
