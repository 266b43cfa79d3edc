//! A journal that the programs on a machine share. In: a folder. Out: turns, by file locks, and
//! intentions in one JSON file that is replaced as a whole.
//!
//! `orders.json` has the intentions; `orders.lock` is held while it is read or replaced, and `turns/NNN.lock`
//! during the turn of a name. The number of lock files is fixed: two names that share one wait
//! for each other unnecessarily, but no file has to be removed that somebody else is about to lock.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Intention, IntentionOutcome, Journal, JournalError, JournalFuture, JournalTurn};

/// Files that turns are taken by.
const TURNS: u16 = 1024;

/// The pause between two tries to take a turn.
const PAUSE: Duration = Duration::from_millis(200);

/// The pause between two tries to read or replace the file, which takes others milliseconds.
const SHORT_PAUSE: Duration = Duration::from_millis(10);

/// Most bytes of the file.
const LONGEST: u64 = 4 << 20;

/// The format of the file.
const VERSION: u64 = 1;

/// A journal in a folder, for the programs of one machine.
///
/// The journal of the user, which is in use unless a call is told otherwise, lies in
/// `$XDG_STATE_HOME/huaweicloud` or `~/.local/state/huaweicloud`, on macOS in
/// `~/Library/Application Support/huaweicloud`, on Windows in `%LOCALAPPDATA%\huaweicloud`. A folder on a
/// network must support locks.
///
/// It holds names of what was ordered, endpoints and project ids, and no secrets. What it holds is
/// forgotten after a week, so that it stays short. It may be deleted as soon as nothing is underway.
#[derive(Clone, Debug)]
pub struct FileJournal {
    folder: Arc<Path>,
}

impl FileJournal {
    /// The journal in a folder, which is made when it is needed.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into().into() }
    }

    /// The journal of the user, if there is a place for it.
    pub(in crate::ensure) async fn of_user(folder: Option<PathBuf>) -> Option<Self> {
        let journal = Self::new(folder?);
        let made = journal.clone();
        match blocking(move || made.is_usable()).await {
            Ok(()) => Some(journal),
            Err(error) => {
                tracing::warn!(%error, "there is no journal of orders, so looking takes longer");
                None
            }
        }
    }

    /// Whether there can be a journal at all: some folders of users are read-only, or have no locks.
    fn is_usable(&self) -> Result<(), JournalError> {
        self.make()?;
        match self.lock_file("orders.lock")?.try_lock() {
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(()),
            Err(TryLockError::Error(error)) => Err(failed(&self.folder, "cannot be locked", error)),
        }
    }

    fn make(&self) -> Result<(), JournalError> {
        let folder = self.folder.join("turns");
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let made = builder.create(&folder);
        made.map_err(|error| failed(&folder, "cannot be made", error))
    }

    /// Opens a file that is locked, and never read.
    fn lock_file(&self, name: &str) -> Result<File, JournalError> {
        let path = self.folder.join(name);
        let mut options = OpenOptions::new();
        let opened = options.create(true).append(true).open(&path);
        opened.map_err(|error| failed(&path, "cannot be opened", error))
    }

    /// The lock files of names, in the order in which all take them.
    fn stripes(&self, scope: &str, names: &[String]) -> Result<Vec<File>, JournalError> {
        self.make()?;
        let mut numbers: Vec<u16> = names.iter().map(|name| stripe(scope, name)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().map(|number| self.lock_file(&format!("turns/{number:03x}.lock"))).collect()
    }

    /// Does something with the file while nobody else does. Whoever holds the lock and was stopped keeps
    /// no thread of this program; `held` stays until the work is done, also after it was given up.
    async fn exclusively<T: Send + 'static>(
        &self,
        held: Arc<Vec<File>>,
        work: impl FnOnce(&Path) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let journal = self.clone();
        let lock = blocking(move || journal.lock_file("orders.lock")).await?;
        self.lock(&lock, SHORT_PAUSE).await?;
        let path = self.folder.join("orders.json");
        blocking(move || {
            let _held = (held, lock);
            work(&path)
        })
        .await
    }

    /// Waits for a lock without keeping a thread.
    async fn lock(&self, file: &File, pause: Duration) -> Result<(), JournalError> {
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(pause).await,
                Err(TryLockError::Error(error)) => {
                    return Err(failed(&self.folder, "cannot be locked", error));
                }
            }
        }
    }
}

impl Journal for FileJournal {
    fn turn<'a>(
        &'a self,
        scope: &'a str,
        names: &'a [String],
    ) -> JournalFuture<'a, Box<dyn JournalTurn>> {
        Box::pin(async move {
            let (journal, scope, names) = (self.clone(), scope.to_owned(), names.to_vec());
            let stripes = {
                let (journal, scope, names) = (journal.clone(), scope.clone(), names.clone());
                blocking(move || journal.stripes(&scope, &names)).await?
            };
            for stripe in &stripes {
                self.lock(stripe, PAUSE).await?;
            }
            let held = Arc::new(stripes);
            let turn: Box<dyn JournalTurn> = Box::new(FileTurn { journal, scope, names, held });
            Ok(turn)
        })
    }
}

struct FileTurn {
    journal: FileJournal,
    scope: String,
    names: Vec<String>,
    /// Also held by a write that goes on after its turn was given up.
    held: Arc<Vec<File>>,
}

impl JournalTurn for FileTurn {
    fn read(&mut self) -> JournalFuture<'_, Vec<Intention>> {
        let (journal, held) = (self.journal.clone(), Arc::clone(&self.held));
        Box::pin(async move {
            let mut all = journal.exclusively(held, load).await?;
            all.retain(|intention| intention.is_about(&self.scope, &self.names));
            Ok(all)
        })
    }

    fn write<'a>(&'a mut self, intention: &'a Intention) -> JournalFuture<'a, ()> {
        let (journal, held) = (self.journal.clone(), Arc::clone(&self.held));
        let intention = intention.clone();
        Box::pin(async move {
            let work = move |path: &Path| {
                let mut all = load(path)?;
                all.retain(|known| known.id != intention.id && !known.is_old());
                if intention.outcome != IntentionOutcome::Refused {
                    all.push(intention);
                }
                save(path, &all)
            };
            journal.exclusively(held, work).await
        })
    }
}

/// Reads the file; one that is not there has nothing in it.
fn load(path: &Path) -> Result<Vec<Intention>, JournalError> {
    let mut text = String::new();
    // Opening a pipe would wait for somebody to write.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(JournalError::new("is no regular file: remove it").at(path));
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(path, "cannot be read", error)),
    };
    let read = file.take(LONGEST + 1).read_to_string(&mut text);
    read.map_err(|error| failed(path, "cannot be read", error))?;
    let damaged = |what: String| {
        JournalError::new(format!(
            "is damaged ({what}): look for what was ordered lately, then delete the file"
        ))
        .at(path)
    };
    if text.len() as u64 > LONGEST {
        return Err(damaged("too long".to_owned()));
    }
    let value: Value = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
    if value["version"].as_u64() != Some(VERSION) {
        return Err(damaged(format!("its version is {}, not {VERSION}", value["version"])));
    }
    let entries = value["orders"].as_array().ok_or_else(|| damaged("no `orders`".to_owned()))?;
    let entries = entries.iter().map(Intention::from_json).collect::<Option<Vec<_>>>();
    entries.ok_or_else(|| damaged("an order that cannot be read".to_owned()))
}

/// Replaces the file by one that is safely on the disk. Of more than it may hold, the newer half stays.
fn save(path: &Path, all: &[Intention]) -> Result<(), JournalError> {
    let entries: Vec<Value> = all.iter().map(Intention::to_json).collect();
    let text = format!("{:#}\n", json!({"version": VERSION, "orders": entries}));
    if text.len() as u64 > LONGEST && all.len() > 1 {
        return save(path, &all[all.len() / 2..]);
    }
    let new = path.with_extension("new");
    let write = || {
        let mut file = File::create(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        // The name, too, must be on the disk. Windows has no such thing.
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    };
    write().map_err(|error| failed(path, "cannot be written", error))
}

/// The number of the file that the turn with a name is taken by.
pub(super) fn stripe(scope: &str, name: &str) -> u16 {
    let hash = Sha256::new().chain_update(scope).chain_update([0]).chain_update(name).finalize();
    (u16::from(hash[0]) << 8 | u16::from(hash[1])) % TURNS
}

fn failed(path: &Path, what: &str, error: io::Error) -> JournalError {
    JournalError::new(what).at(path).because(error)
}

/// Does what the disk may take long for where it keeps nobody waiting.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, JournalError> + Send + 'static,
) -> Result<T, JournalError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(JournalError::new("cannot be used").because(error)),
    }
}
