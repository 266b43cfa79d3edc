//! The database of `--data DIR`. In: entries, in the order in which they came to be. Out: a promise that they
//! are on the disk, for answers to wait for.
//!
//! One thread writes. What arrives while it waits for the disk is written together, so that many callers
//! wait for one write. It is redb: a file that is whole whenever the emulator is killed, of pure Rust,
//! a tenth of the size of a bundled SQLite. Its values are JSON, and `--show DIR` prints them.

use std::{
    fs::OpenOptions,
    future::Future,
    io,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use redb::{Database, DatabaseError, ReadableDatabase, ReadableTable as _, TableDefinition};
use tokio::sync::oneshot;

use crate::state::Entry;

const TABLE: TableDefinition<'_, &str, &str> = TableDefinition::new("state");
/// The file in the folder.
const FILE: &str = "state.redb";
/// The entry that counts how often an emulator was started with the folder.
const STARTS: &str = "starts";
/// Bytes of it that are held in memory.
const CACHE: usize = 8 * 1024 * 1024;
/// How long an earlier emulator may take to let go of the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why the database of a folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another emulator uses it.
    #[error("{} is in use by another emulator; stop that one, or choose another folder", .0.display())]
    InUse(PathBuf),
    /// It is there and cannot be read or written.
    #[error("{}: {why}; move the folder away to begin anew", .folder.display())]
    Unusable {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        why: String,
    },
}

/// Where entries are kept.
pub(crate) struct Store(Option<mpsc::Sender<Job>>);

/// What a database holds when it is opened.
pub(crate) struct Opened {
    pub(crate) store: Store,
    /// By name.
    pub(crate) entries: Vec<(String, String)>,
    /// How often it was opened before.
    pub(crate) starts: u64,
}

/// Entries, and who waits for them.
type Job = (Vec<Entry>, oneshot::Sender<Result<(), String>>);

impl Store {
    /// Keeps nothing.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// Opens or makes the database in a folder that is there.
    pub(crate) fn open(folder: &Path) -> Result<Opened, StoreError> {
        let database = database(folder)?;
        let unusable = |error: redb::Error| unusable(folder, &error);
        let entries = all(&database).map_err(unusable)?;
        let starts = entries.iter().find(|(name, _)| name == STARTS);
        let starts = starts.and_then(|(_, count)| count.parse().ok()).unwrap_or(0u64);
        let started = (STARTS.to_owned(), Some((starts + 1).to_string()));
        write(&database, &[started]).map_err(unusable)?;
        let (sender, jobs) = mpsc::channel();
        let writer = thread::Builder::new().name("store".to_owned());
        let spawned = writer.spawn(move || write_all(&database, &jobs));
        spawned.map_err(|error| self::unusable(folder, &error))?;
        Ok(Opened { store: Self(Some(sender)), entries, starts })
    }

    /// Whether anything is kept.
    pub(crate) fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// Writes entries. What is awaited is that they, and all that were given before, are on the disk.
    pub(crate) fn save(
        &self,
        entries: Vec<Entry>,
    ) -> impl Future<Output = Result<(), String>> + Send + use<> {
        let (done, saved) = oneshot::channel();
        let is_sent = match &self.0 {
            Some(sender) if !entries.is_empty() => sender.send((entries, done)).is_ok(),
            _ => done.send(Ok(())).is_ok(),
        };
        async move {
            let gone = || Err("the database is closed".to_owned());
            if is_sent { saved.await.unwrap_or_else(|_| gone()) } else { gone() }
        }
    }
}

/// What is in the database of a folder, which no emulator uses, by name.
///
/// # Errors
///
/// See [`StoreError`].
pub fn kept(folder: &Path) -> Result<Vec<(String, String)>, StoreError> {
    if !folder.join(FILE).is_file() {
        let why = format!("there is no {FILE} in it");
        return Err(StoreError::Unusable { folder: folder.to_owned(), why });
    }
    all(&database(folder)?).map_err(|error| unusable(folder, &error))
}

/// Writes until nobody can send any more.
fn write_all(database: &Database, jobs: &mpsc::Receiver<Job>) {
    while let Ok((mut entries, done)) = jobs.recv() {
        let mut waiting = vec![done];
        // Of two entries of one name, the later counts: they are written in order.
        while let Ok((more, done)) = jobs.try_recv() {
            entries.extend(more);
            waiting.push(done);
        }
        let result = write(database, &entries).map_err(|error| error.to_string());
        if let Err(why) = &result {
            tracing::error!(why, "the state is not written");
        }
        for done in waiting {
            // Nobody may wait for it.
            let _ = done.send(result.clone());
        }
    }
}

fn write(database: &Database, entries: &[Entry]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut table = transaction.open_table(TABLE)?;
        for (name, value) in entries {
            match value {
                Some(value) => table.insert(name.as_str(), value.as_str())?,
                None => table.remove(name.as_str())?,
            };
        }
    }
    transaction.commit()?;
    Ok(())
}

fn all(database: &Database) -> Result<Vec<(String, String)>, redb::Error> {
    let transaction = database.begin_read()?;
    let table = match transaction.open_table(TABLE) {
        Ok(table) => table,
        Err(redb::TableError::TableDoesNotExist(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut entries = Vec::new();
    for entry in table.iter()? {
        let (name, value) = entry?;
        entries.push((name.value().to_owned(), value.value().to_owned()));
    }
    Ok(entries)
}

/// Opens the file, which nobody else can read: passwords of instances are in it.
fn database(folder: &Path) -> Result<Database, StoreError> {
    let start = Instant::now();
    loop {
        match open(&folder.join(FILE)) {
            Ok(database) => return Ok(database),
            Err(DatabaseError::DatabaseAlreadyOpen) if start.elapsed() < PATIENCE => {
                // It may have been told to stop just now.
                thread::sleep(Duration::from_millis(20));
            }
            Err(DatabaseError::DatabaseAlreadyOpen) => {
                return Err(StoreError::InUse(folder.to_owned()));
            }
            Err(error) => return Err(unusable(folder, &error)),
        }
    }
}

fn open(file: &Path) -> Result<Database, DatabaseError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE);
    builder.create_file(options.open(file).map_err(io_error)?)
}

fn io_error(error: io::Error) -> DatabaseError {
    DatabaseError::Storage(redb::StorageError::Io(error))
}

fn unusable(folder: &Path, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unusable { folder: folder.to_owned(), why: why.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, value: Option<&str>) -> Entry {
        (name.to_owned(), value.map(str::to_owned))
    }

    #[tokio::test]
    async fn what_was_saved_is_there_again() {
        let folder = tempfile::tempdir().unwrap();
        let Opened { store, entries, starts } = Store::open(folder.path()).unwrap();
        assert_eq!((entries, starts), (vec![], 0));
        let first = store.save(vec![entry("a", Some("1")), entry("b", Some("1"))]);
        let second = store.save(vec![entry("a", Some("2")), entry("b", None)]);
        // The order is that of the calls, not of who waits.
        second.await.unwrap();
        first.await.unwrap();
        drop(store);
        let Opened { entries, starts, .. } = Store::open(folder.path()).unwrap();
        assert_eq!(starts, 1);
        assert_eq!(entries[0], ("a".to_owned(), "2".to_owned()));
        assert_eq!(entries.len(), 2, "and the count of starts");
    }

    #[test]
    fn a_folder_is_used_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let _opened = Store::open(folder.path()).unwrap();
        let why = kept(folder.path()).unwrap_err().to_string();
        assert!(why.contains("in use by another emulator"), "{why}");
    }

    #[test]
    fn what_is_no_database_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let why = kept(folder.path()).unwrap_err().to_string();
        assert!(why.contains("there is no state.redb"), "{why}");
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).open(folder.path().join(FILE)).unwrap();
        io::Write::write_all(&mut { file }, &[7; 5000]).unwrap();
        let why = Store::open(folder.path()).map(drop).unwrap_err().to_string();
        assert!(why.contains("move the folder away"), "{why}");
    }
}
