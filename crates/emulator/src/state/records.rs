//! What is recorded of work that was done: backups, restores, tasks, analyses; and accounts, which are
//! nothing but records as far as the API goes.

use huaweicloud_core::Secret;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How far a piece of work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Progress {
    UnderWay,
    Succeeded,
    Failed,
}

/// A backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Backup {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) remark: Option<String>,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    /// Bytes, once it is done.
    pub(crate) size: Option<u64>,
    pub(crate) progress: Progress,
}

/// A restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Restore {
    pub(crate) id: String,
    pub(crate) backup_id: String,
    pub(crate) backup_name: String,
    pub(crate) remark: Option<String>,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) progress: Progress,
}

/// A task in the background, as the service lists them; a job has the id of its task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) details: Value,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) progress: Progress,
    /// Why it failed.
    pub(crate) why: Option<String>,
    /// Parameters that were changed: name, old value and new value.
    pub(crate) changes: Vec<(String, Option<String>, String)>,
    /// Whether it was deleted from the list.
    pub(crate) is_hidden: bool,
}

impl Task {
    /// One that begins.
    pub(crate) fn new(id: String, name: &str, now: u64) -> Self {
        Self {
            id,
            name: name.to_owned(),
            details: serde_json::json!({}),
            created: now,
            updated: now,
            progress: Progress::UnderWay,
            why: None,
            changes: Vec::new(),
            is_hidden: false,
        }
    }
}

/// An account besides the default one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) password: Secret,
    /// `read` or `write`.
    pub(crate) role: String,
    pub(crate) description: Option<String>,
}

/// What is looked for in the keys of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AnalysisKind {
    BigKeys,
    HotKeys,
    ExpiredKeys,
    AllKeys,
    Diagnosis,
}

/// An analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Analysis {
    pub(crate) id: String,
    pub(crate) kind: AnalysisKind,
    pub(crate) created: u64,
    pub(crate) finished: Option<u64>,
    pub(crate) progress: Progress,
    /// What was asked for.
    pub(crate) asked: Value,
    /// What was found, once it is done.
    pub(crate) found: Value,
}

/// A list of instances that was written to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Export {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A parameter template of the project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Template {
    pub(crate) id: String,
    pub(crate) created: u64,
    /// As it was sent.
    pub(crate) fields: Value,
}
