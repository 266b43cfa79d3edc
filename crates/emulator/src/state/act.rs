//! What is done to processes, and what became of it. Both are data: the state makes acts, and the data plane
//! carries them out. An act is kept with the instance until it is done, so that it is done again after the
//! emulator was killed in the middle of it.

use std::collections::BTreeMap;

use huaweicloud_core::Secret;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Account, AnalysisKind, Layout, Source};

/// What the data plane has to do.
#[derive(Clone, Debug)]
pub(crate) struct Effect {
    pub(crate) instance: String,
    pub(crate) act: Act,
}

/// What is done to the processes of an instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Act {
    Start(Node),
    /// Starts what an earlier emulator had started, with the data that it left.
    Revive(Node),
    Restart,
    Stop,
    Flush,
    Password(Option<Secret>),
    Memory(f64),
    /// Adds shards to a cluster or removes some, and sets its memory: what the instance is ordered as from then on.
    Reshard {
        node: Node,
        shards: usize,
        spec_code: String,
    },
    /// Starts the processes again at a port that another instance is about to leave.
    Move(Node),
    /// Stops nodes, by their numbers from 0.
    StopNodes(Vec<usize>),
    /// Starts nodes that were stopped.
    StartNodes(Vec<usize>),
    /// Sets parameters, and tells of it by a task.
    Configure {
        task: String,
        settings: Vec<(String, String)>,
    },
    /// Adds accounts, or gives them another password or role.
    Accounts(Vec<Account>),
    /// Removes an account by its name.
    RemoveAccount(String),
    Backup {
        id: String,
    },
    /// Removes the files of a backup.
    RemoveBackup {
        id: String,
    },
    Restore {
        backup: String,
        restore: String,
    },
    /// Master and standby change their roles; in a cluster, those of one shard.
    SwitchOver {
        shard: usize,
    },
    /// Reads through all keys.
    Analyze {
        id: String,
        kind: AnalysisKind,
    },
    /// Copies data from elsewhere, for a migration task.
    Migrate {
        id: String,
        source: Source,
    },
    /// A command of a console, for the first master.
    Console {
        database: u64,
        command: Vec<String>,
    },
    /// Tells the certificate of the authority that issued the instance's.
    Certificate,
    /// A command that only reads, or that is about clients, for every master.
    Ask(Vec<String>),
}

impl Act {
    /// Whether an answer waits for it, whatever the pace.
    pub(crate) fn is_quick(&self) -> bool {
        matches!(
            self,
            Self::Password(_) | Self::Configure { .. } | Self::Accounts(_) | Self::RemoveAccount(_)
        )
    }
}

/// What the processes of an instance are started with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Node {
    pub(crate) is_memcached: bool,
    pub(crate) layout: Layout,
    pub(crate) port: Option<u16>,
    pub(crate) password: Option<Secret>,
    pub(crate) gigabytes: f64,
    pub(crate) renamed: BTreeMap<String, String>,
    /// Parameters that are set while the process runs.
    pub(crate) settings: BTreeMap<String, String>,
    /// Parameters that only a start sets.
    pub(crate) fixed: BTreeMap<String, String>,
    pub(crate) accounts: Vec<Account>,
    /// Whether clients connect by TLS.
    pub(crate) is_tls: bool,
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The processes answer there.
    Ready(Option<super::Endpoint>),
    /// It is done, or nothing was to do.
    Done,
    /// It is done, but for these parameters, which the next start sets.
    NeedsRestart(Vec<String>),
    /// A backup of so many bytes.
    BackedUp(u64),
    /// What an analysis found.
    Found(Value),
    /// What each master replied; nothing where there is none.
    Said(Vec<Value>),
    /// It could not be done, and why.
    Failed(String),
    /// The same, and the processes answer as before.
    Refused(String),
}
