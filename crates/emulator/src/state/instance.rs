//! One instance: what was ordered, what it is now, and what it is about to become.

use std::collections::BTreeMap;

use huaweicloud_core::Secret;
use serde_json::Value;

use super::{Act, Backup, Effect, Node, Outcome, Restore};
use crate::{
    moment,
    pace::{Change, Left},
};

/// What was ordered; changed by later calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) engine: String,
    pub(crate) engine_version: Option<String>,
    pub(crate) capacity: f64,
    pub(crate) spec_code: String,
    pub(crate) az_codes: Vec<String>,
    pub(crate) vpc_id: String,
    pub(crate) subnet_id: String,
    pub(crate) security_group_id: Option<String>,
    pub(crate) enterprise_project_id: Option<String>,
    pub(crate) port: Option<u16>,
    pub(crate) password: Option<Secret>,
    pub(crate) access_user: Option<String>,
    pub(crate) maintain_begin: Option<String>,
    pub(crate) maintain_end: Option<String>,
    pub(crate) backup_policy: Option<Value>,
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) renamed: BTreeMap<String, String>,
    /// Of prepaid instances.
    pub(crate) order_id: Option<String>,
    /// Whether somebody has to pay it first.
    pub(crate) is_unpaid: bool,
}

impl Order {
    pub(crate) fn is_memcached(&self) -> bool {
        self.engine.eq_ignore_ascii_case("memcached")
    }

    /// Whether the flavor has a standby node.
    pub(crate) fn is_replicated(&self) -> bool {
        let code = self.spec_code.as_str();
        !self.is_memcached() && (code.contains(".ha.") || code.contains("master_standby"))
    }

    /// The mode that the flavor's code names.
    pub(crate) fn cache_mode(&self) -> &'static str {
        let code = self.spec_code.as_str();
        let has = |word: &str| code.contains(word);
        match () {
            () if has("proxy") => "proxy",
            () if has("cluster") => "cluster",
            () if has(".ha_rw_split.") => "ha_rw_split",
            () if has(".ha.") || has("master_standby") => "ha",
            () => "single",
        }
    }

    /// What its processes are started with.
    pub(crate) fn node(&self) -> Node {
        Node {
            is_memcached: self.is_memcached(),
            is_replicated: self.is_replicated(),
            port: self.port,
            password: self.password.clone(),
            gigabytes: self.capacity,
            renamed: self.renamed.clone(),
        }
    }
}

/// Where the data plane answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) ip: String,
    pub(crate) port: u16,
}

/// The states that instances of the emulator have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    Deleted,
}

impl Status {
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
            Self::Deleted => "DELETED",
        }
    }
}

/// Addresses that may connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WhitelistGroup {
    pub(crate) name: String,
    pub(crate) addresses: Vec<String>,
}

/// A change under way. It is over when its time is up and the data plane has done its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pending {
    change: Change,
    left: Left,
    is_done: bool,
}

/// An instance.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) id: String,
    pub(crate) order: Order,
    pub(crate) status: Status,
    pub(crate) created: u64,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) pending: Option<Pending>,
    /// Whether the whitelist counts, and its groups.
    pub(crate) whitelist: (bool, Vec<WhitelistGroup>),
    /// Parameters that were set, by name.
    pub(crate) configuration: BTreeMap<String, String>,
    pub(crate) backups: Vec<Backup>,
    pub(crate) restores: Vec<Restore>,
    /// Why it is faulty.
    pub(crate) fault: Option<String>,
}

impl Instance {
    /// One that is ordered, and not yet begun.
    pub(super) fn new(id: String, order: Order, now: u64) -> Self {
        Self {
            id,
            order,
            status: Status::Paying,
            created: now,
            endpoint: None,
            pending: None,
            whitelist: (true, Vec::new()),
            configuration: BTreeMap::new(),
            backups: Vec::new(),
            restores: Vec::new(),
            fault: None,
        }
    }

    /// Begins to create it.
    pub(super) fn start(&mut self, left: Left) -> Effect {
        self.begin(Change::Create, left);
        Effect { instance: self.id.clone(), act: Act::Start(self.order.node()) }
    }

    /// The memory that it may use, in MB.
    pub(crate) fn megabytes(&self) -> u64 {
        megabytes(self.order.capacity)
    }

    pub(super) fn begin(&mut self, change: Change, left: Left) {
        self.status = match change {
            Change::Create => Status::Creating,
            Change::Restart => Status::Restarting,
            Change::Flush => Status::Flushing,
            Change::Resize => Status::Extending,
            Change::Restore => Status::Restoring,
            // An instance is usable while it is backed up.
            Change::Backup => Status::Running,
        };
        self.pending = Some(Pending { change, left, is_done: false });
    }

    pub(super) fn finished(&mut self, act: &Act, outcome: &Outcome, now: u64) {
        if let Outcome::Ready(endpoint) = outcome {
            self.endpoint.clone_from(endpoint);
        }
        match (act, outcome) {
            (Act::Backup { id }, _) => self.finish_backup(id, outcome, now),
            (Act::Restore { restore, .. }, _) => self.finish_restore(restore, outcome, now),
            (Act::Password(password), Outcome::Done) => self.order.password.clone_from(password),
            (Act::Configure(settings), Outcome::Done) => {
                self.configuration.extend(settings.iter().cloned());
            }
            _ => {}
        }
        match outcome {
            Outcome::Failed(_) if act.is_quick() => {}
            Outcome::Failed(why) => self.fail(act, why),
            _ => {
                if let Some(pending) = &mut self.pending {
                    pending.is_done = true;
                }
            }
        }
        self.advance(now);
    }

    /// A backup that fails leaves the instance as it is.
    fn fail(&mut self, act: &Act, why: &str) {
        self.pending = None;
        self.fault = Some(why.to_owned());
        self.status = match act {
            Act::Start(_) => Status::CreateFailed,
            Act::Backup { .. } => Status::Running,
            _ => Status::Error,
        };
    }

    pub(super) fn polled(&mut self) {
        if let Some(pending) = &mut self.pending {
            pending.left = pending.left.polled();
        }
    }

    pub(super) fn advance(&mut self, now: u64) {
        let is_over = |pending: &Pending| pending.is_done && pending.left.is_over(now);
        if self.pending.as_ref().is_some_and(is_over) {
            self.pending = None;
            self.status = Status::Running;
        }
    }

    fn finish_backup(&mut self, id: &str, outcome: &Outcome, now: u64) {
        for backup in self.backups.iter_mut().filter(|backup| backup.id == *id) {
            backup.updated = now;
            backup.size = match outcome {
                Outcome::BackedUp(bytes) => Some(*bytes),
                _ => None,
            };
            backup.status = if backup.size.is_some() { "succeed" } else { "failed" };
        }
    }

    fn finish_restore(&mut self, id: &str, outcome: &Outcome, now: u64) {
        for restore in self.restores.iter_mut().filter(|restore| restore.id == *id) {
            restore.updated = now;
            let failed = matches!(outcome, Outcome::Failed(_));
            restore.status = if failed { "failed" } else { "succeed" };
        }
    }

    /// The name of a new backup.
    pub(crate) fn backup_name(&self, now: u64) -> String {
        format!("backup_{}", moment::digits(now))
    }
}

/// GB as whole MB; what is no memory is none.
pub(crate) fn megabytes(gigabytes: f64) -> u64 {
    let megabytes = (gigabytes * 1024.0).round();
    // Saturates, and NaN is 0.
    megabytes as u64
}
