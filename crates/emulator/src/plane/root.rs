//! The folder of all instances. In: the system's folder for what is temporary. Out: a folder that is gone
//! with the emulator; if it was killed, the next one removes it.
//!
//! An emulator holds a lock in its folder as long as it lives, however it ends. A folder whose lock
//! nobody holds is nobody's.

use std::{
    env,
    fs::{self, File},
    io,
    path::Path,
};

use tempfile::TempDir;

/// What the names of folders begin with.
const PREFIX: &str = "dcs-emulator-";
/// The file that is locked.
const LOCK: &str = "lock";

/// The folder, and the lock that says that it is in use.
pub(super) struct Root {
    folder: TempDir,
    _lock: File,
}

impl Root {
    pub(super) fn new() -> io::Result<Self> {
        sweep(&env::temp_dir());
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        // It gets its name once it is locked, so that nobody finds it unlocked.
        let early = folder.path().join("locking");
        let lock = File::create(&early)?;
        lock.lock()?;
        fs::rename(early, folder.path().join(LOCK))?;
        Ok(Self { folder, _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes what killed emulators have left. What cannot be removed is somebody else's.
fn sweep(temporary: &Path) {
    let entries = fs::read_dir(temporary).into_iter().flatten().flatten();
    for entry in entries {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_ours || !is_folder {
            continue;
        }
        let Ok(lock) = File::open(entry.path().join(LOCK)) else { continue };
        if lock.try_lock().is_ok() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_the_dead_are_removed_and_those_of_the_living_stay() {
        let living = Root::new().unwrap();
        let dead = tempfile::Builder::new().prefix(PREFIX).tempdir().unwrap();
        let unlocked = tempfile::Builder::new().prefix(PREFIX).tempdir().unwrap();
        File::create(dead.path().join(LOCK)).unwrap();
        File::create(dead.path().join("dump.rdb")).unwrap();
        sweep(&env::temp_dir());
        assert!(living.path().exists());
        assert!(!dead.path().exists());
        assert!(unlocked.path().exists(), "it may be about to be locked");
    }
}
