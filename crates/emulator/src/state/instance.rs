//! One instance: what was ordered, what it is now, and what it is about to become.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Account, Act, Analysis, Backup, Effect, Node, Order, Progress, Restore, Task};
use crate::{
    moment,
    pace::{Change, Left},
};

/// Tasks and analyses that are remembered of an instance, each.
const MOST_RECORDS: usize = 200;

/// Where the data plane answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Endpoint {
    pub(crate) ip: String,
    pub(crate) port: u16,
}

/// The states that instances of the emulator have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Status {
    /// Its order is not paid.
    Paying,
    Creating,
    CreateFailed,
    Running,
    Error,
    Restarting,
    Extending,
    Restoring,
    Flushing,
    IpExchanging,
    /// All nodes are being stopped, are stopped, are being started.
    Closing,
    Closed,
    Starting,
    Deleted,
}

impl Status {
    /// Whether nothing is under way that an end would break off.
    pub(crate) fn is_settled(self) -> bool {
        matches!(
            self,
            Self::Paying
                | Self::CreateFailed
                | Self::Running
                | Self::Error
                | Self::Closed
                | Self::Deleted
        )
    }

    /// As the service writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Paying => "PAYING",
            Self::Creating => "CREATING",
            Self::CreateFailed => "CREATEFAILED",
            Self::Running => "RUNNING",
            Self::Error => "ERROR",
            Self::Restarting => "RESTARTING",
            Self::Extending => "EXTENDING",
            Self::Restoring => "RESTORING",
            Self::Flushing => "FLUSHING",
            Self::IpExchanging => "IPEXCHANGING",
            Self::Closing => "CLOSING",
            Self::Closed => "CLOSED",
            Self::Starting => "STARTING",
            Self::Deleted => "DELETED",
        }
    }
}

/// Addresses that may connect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WhitelistGroup {
    pub(crate) name: String,
    pub(crate) addresses: Vec<String>,
}

/// A change under way. It is over when its time is up and the data plane has done its part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) act: Act,
    pub(super) change: Change,
    begun: u64,
    /// What was before it, and what still is.
    whole: Left,
    left: Left,
    pub(super) is_done: bool,
    /// The id of the task that tells of it.
    pub(super) task: String,
}

/// An instance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub(crate) id: String,
    /// Its place in the order of all that were ever created.
    pub(crate) number: u64,
    pub(crate) order: Order,
    pub(crate) status: Status,
    pub(crate) created: u64,
    pub(crate) endpoint: Option<Endpoint>,
    /// In the order in which they began.
    pub(crate) pending: Vec<Pending>,
    /// Whether the whitelist counts, and its groups.
    pub(crate) whitelist: (bool, Vec<WhitelistGroup>),
    /// Parameters that were set, by name.
    pub(crate) configuration: BTreeMap<String, String>,
    /// Those of them that only a start of the process sets.
    pub(crate) at_start: BTreeSet<String>,
    /// Those that wait for that start.
    pub(crate) waiting: BTreeSet<String>,
    pub(crate) backups: Vec<Backup>,
    pub(crate) restores: Vec<Restore>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) analyses: Vec<Analysis>,
    /// What was set by operations that only keep it, by a name of their own.
    pub(crate) kept: BTreeMap<String, Value>,
    /// Why it is faulty.
    pub(crate) fault: Option<String>,
    /// Orders of another specification: the id of each, and when it was made.
    #[serde(default)]
    pub(crate) resize_orders: Vec<(String, u64)>,
    /// Nodes that were stopped, by their numbers from 0.
    #[serde(default)]
    pub(crate) stopped: BTreeSet<usize>,
}

impl Instance {
    /// One that is ordered, and not yet begun.
    pub(super) fn new(id: String, number: u64, order: Order, now: u64) -> Self {
        let configuration = order.configuration.clone();
        Self {
            id,
            number,
            order,
            status: Status::Paying,
            created: now,
            endpoint: None,
            pending: Vec::new(),
            whitelist: (true, Vec::new()),
            configuration,
            at_start: BTreeSet::new(),
            waiting: BTreeSet::new(),
            backups: Vec::new(),
            restores: Vec::new(),
            accounts: Vec::new(),
            tasks: Vec::new(),
            analyses: Vec::new(),
            kept: BTreeMap::new(),
            fault: None,
            resize_orders: Vec::new(),
            stopped: BTreeSet::new(),
        }
    }

    /// Begins to create it.
    pub(super) fn start(&mut self, task: String, left: Left, now: u64) -> Effect {
        let act = Act::Start(self.node());
        self.begin(Change::Create, act.clone(), task, left, now);
        Effect { instance: self.id.clone(), act }
    }

    /// What has to be done to have it back after the emulator was gone.
    pub(super) fn revive(&self) -> Vec<Effect> {
        let is_gone = [Status::Paying, Status::CreateFailed, Status::Closed, Status::Deleted]
            .contains(&self.status);
        let undone = self.pending.iter().filter(|pending| !pending.is_done);
        let undone: Vec<Act> = undone.map(|pending| pending.act.clone()).collect();
        let is_new = undone.iter().any(|act| matches!(act, Act::Start(_)));
        // Clients know the port of the last time.
        let port = self.endpoint.as_ref().map(|endpoint| endpoint.port).or(self.order.port);
        let revive = (!is_gone && !is_new).then(|| Act::Revive(Node { port, ..self.node() }));
        let acts = revive.into_iter().chain(undone);
        acts.map(|act| Effect { instance: self.id.clone(), act }).collect()
    }

    /// What its processes are started with.
    pub(crate) fn node(&self) -> Node {
        let order = &self.order;
        let (fixed, settings) = self
            .configuration
            .clone()
            .into_iter()
            .partition(|(name, _)| self.at_start.contains(name));
        Node {
            is_memcached: order.is_memcached(),
            layout: order.emulated(),
            port: order.port,
            password: order.password.clone(),
            gigabytes: order.capacity,
            renamed: order.renamed.clone(),
            settings,
            fixed,
            accounts: self.accounts.clone(),
            is_tls: order.has_tls(),
        }
    }

    /// The memory that it may use, in MB.
    pub(crate) fn megabytes(&self) -> u64 {
        super::megabytes(self.order.capacity)
    }

    pub(super) fn begin(&mut self, change: Change, act: Act, task: String, left: Left, now: u64) {
        self.status = match change {
            Change::Create => Status::Creating,
            Change::Restart => Status::Restarting,
            Change::Flush => Status::Flushing,
            Change::Resize => Status::Extending,
            Change::Restore => Status::Restoring,
            Change::Exchange => Status::IpExchanging,
            Change::Close => Status::Closing,
            Change::Open => Status::Starting,
            // An instance is usable meanwhile.
            Change::Backup | Change::Analyze | Change::Migrate | Change::Nodes => self.status,
        };
        self.note(Task::new(task.clone(), change.task(), now));
        let (begun, whole) = (now, left);
        self.pending.push(Pending { act, change, begun, whole, left, is_done: false, task });
    }

    /// Remembers a task; the oldest are forgotten when there are too many.
    pub(crate) fn note(&mut self, task: Task) {
        self.tasks.push(task);
        let over = self.tasks.len().saturating_sub(MOST_RECORDS);
        self.tasks.drain(..over);
    }

    /// Remembers an analysis; the oldest are forgotten when there are too many.
    pub(crate) fn analyse(&mut self, analysis: Analysis) {
        self.analyses.push(analysis);
        let over = self.analyses.len().saturating_sub(MOST_RECORDS);
        self.analyses.drain(..over);
    }

    pub(super) fn polled(&mut self) -> bool {
        for pending in &mut self.pending {
            pending.left = pending.left.polled();
        }
        !self.pending.is_empty()
    }

    /// Lets what is due come to pass. Out: whether anything changed.
    pub(super) fn advance(&mut self, now: u64) -> bool {
        let is_over = |pending: &Pending| pending.is_done && pending.left.is_over(now);
        if !self.pending.iter().any(is_over) {
            return false;
        }
        let over: Vec<String> =
            self.pending.iter().filter(|p| is_over(p)).map(|p| p.task.clone()).collect();
        self.pending.retain(|pending| !is_over(pending));
        for task in self.tasks.iter_mut().filter(|task| over.contains(&task.id)) {
            (task.progress, task.updated) = (Progress::Succeeded, now);
        }
        // A backup does not end a restart that is under way.
        let is_busy = self.pending.iter().any(|pending| pending.change.is_disturbing());
        if !is_busy && ![Status::Error, Status::CreateFailed].contains(&self.status) {
            self.status = if self.is_closed() { Status::Closed } else { Status::Running };
        }
        true
    }

    /// Whether all its nodes are stopped.
    fn is_closed(&self) -> bool {
        let layout = self.order.emulated();
        self.stopped.len() >= layout.shards * layout.nodes
    }

    /// How far a task is, in percent.
    pub(crate) fn percent(&self, task: &Task, now: u64) -> u64 {
        let pending = self.pending.iter().find(|pending| pending.task == task.id);
        match pending {
            None if task.progress == Progress::UnderWay => 0,
            None => 100,
            Some(pending) => pending.whole.percent(pending.left, pending.begun, now).min(99),
        }
    }

    /// The name of a new backup.
    pub(crate) fn backup_name(&self, now: u64) -> String {
        format!("backup_{}", moment::digits(now))
    }
}
