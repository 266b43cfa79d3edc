//! Migration tasks of the project: what was asked for, and how far it is.

use huaweicloud_core::Secret;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Outcome, State, kept::Key};

/// A Redis that data is copied from, on this machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Source {
    pub(crate) ports: Vec<u16>,
    pub(crate) password: Option<Secret>,
}

/// A migration task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Migration {
    pub(crate) id: String,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    /// As it was sent, without passwords.
    pub(crate) fields: Value,
    /// The instance that data is copied to.
    pub(crate) target: String,
    pub(crate) source: Source,
    pub(crate) stage: Stage,
    /// Whether source and target have exchanged their addresses.
    #[serde(default)]
    pub(crate) is_exchanged: bool,
    /// Keys of the source, of the target, and copied ones.
    pub(crate) found: Value,
    /// What became of it, moment by moment.
    pub(crate) log: Vec<(u64, String)>,
}

/// How far a migration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Stage {
    /// It is not configured yet.
    Created,
    /// All data is copied, once.
    Copying,
    /// It was, and will be once more when it is stopped.
    Following,
    /// It was stopped, and what is new is copied.
    Stopping,
    Succeeded,
    Stopped,
    Failed,
}

impl Migration {
    pub(crate) fn is_incremental(&self) -> bool {
        self.fields["migration_method"] == "incremental_migration"
    }

    pub(crate) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Created | Stage::Succeeded | Stage::Stopped | Stage::Failed)
    }

    fn finished(&mut self, outcome: &Outcome, now: u64) {
        self.updated = now;
        let (stage, told) = match (outcome, self.stage) {
            (Outcome::Failed(why), _) => (Stage::Failed, why.clone()),
            (_, Stage::Stopping) => (Stage::Stopped, "what was new is copied".to_owned()),
            _ if self.is_incremental() => (Stage::Following, "all data is copied".to_owned()),
            _ => (Stage::Succeeded, "all data is copied".to_owned()),
        };
        if let Outcome::Found(found) = outcome {
            self.found = found.clone();
        } else {
            self.found = json!({});
        }
        self.stage = stage;
        self.log.push((now, told));
    }
}

impl State {
    /// The migration tasks, in the order of their creation.
    pub(crate) fn migrations(&self) -> &[Migration] {
        &self.migrations
    }

    /// The same, to be changed.
    pub(crate) fn migrations_mut(&mut self) -> &mut Vec<Migration> {
        self.changed.insert(Key::Migrations);
        &mut self.migrations
    }

    /// What became of a copy.
    pub(super) fn migrated(&mut self, id: &str, outcome: &Outcome, now: u64) {
        let found = self.migrations_mut().iter_mut().find(|migration| migration.id == id);
        if let Some(migration) = found {
            migration.finished(outcome, now);
        }
    }
}
