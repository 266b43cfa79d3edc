//! What is recorded of work that was done: backups and restores.

/// A backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Backup {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) remark: Option<String>,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    /// Bytes, once it is done.
    pub(crate) size: Option<u64>,
    /// `backuping`, `succeed` or `failed`.
    pub(crate) status: &'static str,
}

/// A restore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Restore {
    pub(crate) id: String,
    pub(crate) backup_id: String,
    pub(crate) backup_name: String,
    pub(crate) remark: Option<String>,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    /// `restoring`, `succeed` or `failed`.
    pub(crate) status: &'static str,
}
