//! The journal of orders that were about to be sent. In: intentions. Out: those that a later
//! call has to know, even in another process.
//!
//! An order may be carried out and listed after its sender has crashed. The next call for the
//! same name must then keep looking for as long as that can take. Without a record, every call would have to, or
//! none would. So an intention is written to disk before the order is sent.

mod file;
mod memory;

use std::{
    fmt,
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub use file::FileJournal;
pub use memory::MemoryJournal;

/// How long an intention is kept. What is older must have been listed long ago.
pub(super) const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What a [`Journal`] gives.
pub type JournalFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, JournalError>> + Send + 'a>>;

/// A place that remembers orders, for all who order the same names.
///
/// [`FileJournal`] is one for the programs of a machine. A program that runs on many, or whose disk does
/// not outlive it, can keep intentions in a store of its own: implement this, with
/// [`Intention::to_json`] for what is kept.
pub trait Journal: fmt::Debug + Send + Sync {
    /// Waits until nobody else has a turn with any of these names, and begins one. It ends when it is
    /// dropped, also because its program dies.
    fn turn<'a>(
        &'a self,
        scope: &'a str,
        names: &'a [String],
    ) -> JournalFuture<'a, Box<dyn JournalTurn>>;
}

impl<J: Journal + ?Sized> Journal for Arc<J> {
    fn turn<'a>(
        &'a self,
        scope: &'a str,
        names: &'a [String],
    ) -> JournalFuture<'a, Box<dyn JournalTurn>> {
        (**self).turn(scope, names)
    }
}

/// The turn with the names of an order: nobody else orders any of them meanwhile.
pub trait JournalTurn: Send {
    /// All intentions of the scope that have one of the names. Those older than a week may be missing.
    fn read(&mut self) -> JournalFuture<'_, Vec<Intention>>;

    /// Keeps an intention, in place of one with the same id. It must be safe, also from a loss of power,
    /// when this ends.
    fn write<'a>(&'a mut self, intention: &'a Intention) -> JournalFuture<'a, ()>;
}

/// An order that was about to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intention {
    /// Tells it from all others.
    pub id: String,
    /// Endpoint and project.
    pub scope: String,
    /// What is ordered.
    pub names: Vec<String>,
    /// SHA-256 of the order without its secrets, in hexadecimal: tells orders apart, and nothing of
    /// them.
    pub order: String,
    /// When it had left at the latest.
    pub time: SystemTime,
    /// What came of it.
    pub outcome: IntentionOutcome,
}

/// What came of an order, as far as its sender knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntentionOutcome {
    /// Not known, or its sender died.
    Open,
    /// It was carried out.
    Created,
    /// Nothing was ordered.
    Refused,
}

const OUTCOMES: [(IntentionOutcome, &str); 3] = [
    (IntentionOutcome::Open, "open"),
    (IntentionOutcome::Created, "created"),
    (IntentionOutcome::Refused, "refused"),
];

impl Intention {
    /// An object of texts and numbers, to keep in a store.
    pub fn to_json(&self) -> Value {
        let since = self.time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let outcome = OUTCOMES.iter().find(|(outcome, _)| *outcome == self.outcome);
        json!({
            "id": self.id,
            "scope": self.scope,
            "names": self.names,
            "order": self.order,
            "time": u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
            "outcome": outcome.map(|(_, name)| *name),
        })
    }

    /// From what [`to_json`](Self::to_json) gave; nothing if it is something else.
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let names = value["names"].as_array()?.iter();
        let time = Duration::from_millis(value["time"].as_u64()?);
        let outcome = value["outcome"].as_str()?;
        Some(Self {
            id: text("id")?,
            scope: text("scope")?,
            names: names.map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>()?,
            order: text("order")?,
            time: SystemTime::UNIX_EPOCH.checked_add(time)?,
            outcome: OUTCOMES.iter().find(|(_, name)| *name == outcome)?.0,
        })
    }

    /// Whether it speaks of one of the names.
    pub fn is_about(&self, scope: &str, names: &[String]) -> bool {
        self.scope == scope && self.names.iter().any(|name| names.contains(name))
    }

    /// Whether it may be forgotten.
    fn is_old(&self) -> bool {
        self.time.elapsed().is_ok_and(|age| age > KEPT)
    }
}

/// A journal that cannot be used.
pub struct JournalError {
    path: Option<PathBuf>,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl JournalError {
    /// An error that says what is wrong and what to do.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: None, message: message.into(), source: None }
    }

    /// The same with the file that it is about.
    #[must_use]
    pub fn at(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same with what is behind it.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The file that it is about.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the journal of orders ")?;
        if let Some(path) = &self.path {
            write!(f, "{} ", path.display())?;
        }
        f.write_str(&self.message)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

crate::readable_debug!(JournalError);

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

pub(super) fn new_id() -> String {
    format!("{:032x}", fastrand::u128(..))
}

pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
