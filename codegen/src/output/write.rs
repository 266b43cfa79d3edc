//! Writes a set of files: only what differs, each file whole or not at all. The only code that
//! touches the disk.

#![expect(clippy::disallowed_methods, reason = "this is the one place that may write")]

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use super::{Drift, DriftKind, FileSet, OutputError, drift, error::cannot, manifest, unowned};

/// What was done to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Created(String),
    Updated(String),
    Removed(String),
    /// A file that nobody generated lies in the output folder; it was left alone.
    Unowned(String),
}

/// Brings an output folder to what a set of files says. Orphans are removed when the manifest of
/// an earlier run lists them; any other file is somebody's work and stays. When somebody's file
/// lies where a generated one would, nothing at all is written.
pub fn write(files: &FileSet, root: &Path) -> Result<Vec<Change>, OutputError> {
    let ours = manifest::paths(root)?;
    let drift = drift(files, root)?;
    let in_the_way = unowned::in_the_way(&drift, &ours, root)?;
    if !in_the_way.is_empty() {
        return Err(OutputError::InTheWay(in_the_way));
    }
    let mut changes = Vec::new();
    for Drift { path, kind } in drift {
        let change = match kind {
            DriftKind::Missing => {
                replace(files, root, &path)?;
                Change::Created(path)
            }
            DriftKind::Stale { .. } => {
                replace(files, root, &path)?;
                Change::Updated(path)
            }
            DriftKind::Orphaned if ours.contains(&path) => {
                let target = root.join(&path);
                fs::remove_file(&target).map_err(cannot("remove", &target))?;
                remove_empty_parents(root, &path);
                Change::Removed(path)
            }
            DriftKind::Orphaned => Change::Unowned(path),
        };
        changes.push(change);
    }
    Ok(changes)
}

/// Writes beside the target and renames, so that no reader ever sees half a file.
fn replace(files: &FileSet, root: &Path, path: &str) -> Result<(), OutputError> {
    let target = root.join(path);
    let Some(text) = files.get(path) else {
        let why = io::Error::other("it has not been formatted");
        return Err(cannot("write", &target)(why));
    };
    let folder = target.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(cannot("make the folder", folder))?;
    let swap = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".generate-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        set_mode(file.as_file(), path)?;
        file.persist(&target).map_err(|error| error.error)?;
        Ok(())
    };
    swap().map_err(cannot("write", &target))
}

/// Temporary files are private; generated ones are as readable as any source file, and shell
/// scripts can be run.
#[cfg(unix)]
fn set_mode(file: &fs::File, path: &str) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let is_script = Path::new(path).extension().is_some_and(|extension| extension == "sh");
    file.set_permissions(fs::Permissions::from_mode(if is_script { 0o755 } else { 0o644 }))
}

#[cfg(not(unix))]
fn set_mode(_: &fs::File, _: &str) -> io::Result<()> {
    Ok(())
}

fn remove_empty_parents(root: &Path, path: &str) {
    let mut folder = Path::new(path).parent();
    while let Some(inner) = folder.filter(|inner| !inner.as_os_str().is_empty()) {
        // Fails for a folder that still holds something, which is then the end.
        if fs::remove_dir(root.join(inner)).is_err() {
            break;
        }
        folder = inner.parent();
    }
}
