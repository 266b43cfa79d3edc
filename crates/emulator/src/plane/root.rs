//! The folder of all instances. In: a folder to keep them in, or the system's folder for what is temporary. Out:
//! folders of instances; what is temporary is gone with the emulator, and if it was killed, the next one
//! removes it.
//!
//! An emulator holds a lock in its temporary folder as long as it lives, however it ends. A folder whose lock
//! nobody holds is abandoned. One that is kept is locked by its database.

use std::{
    env,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::files;

/// What the names of folders begin with.
const PREFIX: &str = "dcs-emulator-";
/// The file that is locked.
const LOCK: &str = "lock";

/// The folder of the folders of instances.
pub(super) enum Root {
    /// With the lock that says that it is in use.
    Temporary(TempDir, #[expect(dead_code, reason = "it is held")] File),
    Kept(PathBuf),
}

impl Root {
    pub(super) fn temporary() -> io::Result<Self> {
        sweep(&env::temp_dir());
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        // It gets its name once it is locked, so that nobody finds it unlocked.
        let early = folder.path().join("locking");
        let lock = File::create(&early)?;
        lock.lock()?;
        fs::rename(early, folder.path().join(LOCK))?;
        Ok(Self::Temporary(folder, lock))
    }

    /// A folder of its own within a folder that is kept.
    pub(super) fn kept(folder: &Path) -> io::Result<Self> {
        let instances = folder.join("instances");
        files::make_folder(&instances)?;
        // Processes work in folders of their own.
        Ok(Self::Kept(fs::canonicalize(instances)?))
    }

    /// The folder of an instance.
    pub(super) fn of(&self, instance: &str) -> PathBuf {
        match self {
            Self::Temporary(folder, _) => folder.path().join(instance),
            Self::Kept(folder) => folder.join(instance),
        }
    }

    pub(super) fn is_kept(&self) -> bool {
        matches!(self, Self::Kept(_))
    }

    /// Removes the folders of all instances but these, and of all their backups but these.
    pub(super) fn keep_only(&self, instances: &[(&str, Vec<&str>)]) {
        let Self::Kept(folder) = self else { return };
        let known: Vec<&str> = instances.iter().map(|(instance, _)| *instance).collect();
        keep_only(folder, &known);
        for (instance, backups) in instances {
            keep_only(&folder.join(instance).join("backups"), backups);
        }
    }
}

/// Removes everything in a folder but these.
fn keep_only(folder: &Path, known: &[&str]) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !known.iter().any(|known| entry.file_name() == *known)
            && let Err(error) = files::remove(&entry.path())
        {
            tracing::warn!(%error, "what was deleted is not removed from the disk");
        }
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
        let living = Root::temporary().unwrap();
        let dead = tempfile::Builder::new().prefix(PREFIX).tempdir().unwrap();
        let unlocked = tempfile::Builder::new().prefix(PREFIX).tempdir().unwrap();
        File::create(dead.path().join(LOCK)).unwrap();
        File::create(dead.path().join("dump.rdb")).unwrap();
        sweep(&env::temp_dir());
        assert!(living.of("").exists());
        assert!(!dead.path().exists());
        assert!(unlocked.path().exists(), "it may be about to be locked");
    }
    #[test]
    fn of_a_folder_that_is_kept_only_what_is_unknown_goes() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::kept(folder.path()).unwrap();
        for instance in ["known", "deleted"] {
            for part in ["node-1", "backups/known", "backups/deleted"] {
                files::make_folder(&root.of(instance).join(part)).unwrap();
            }
        }
        root.keep_only(&[("known", vec!["known"])]);
        assert!(root.of("known").join("node-1").exists());
        assert!(root.of("known").join("backups/known").exists());
        assert!(!root.of("known").join("backups/deleted").exists());
        assert!(!root.of("deleted").exists());
    }
}
