//! Whose a file in the output folder is: an earlier run's, or a person's.

use std::{collections::BTreeSet, fs, io, path::Path};

use super::{Drift, DriftKind, FileSet, OutputError, drift, error::cannot, manifest};

/// The banner stands in one of the first lines.
const BANNER_LINES: usize = 5;

/// Files at generated paths that differ and that no earlier run made: the manifest does not list
/// them, and they have no banner. Writing would destroy somebody's work.
pub fn unowned_in_the_way(files: &FileSet, root: &Path) -> Result<Vec<String>, OutputError> {
    in_the_way(&drift(files, root)?, &manifest::paths(root)?, root)
}

pub(super) fn in_the_way(
    drift: &[Drift],
    ours: &BTreeSet<String>,
    root: &Path,
) -> Result<Vec<String>, OutputError> {
    let mut found = Vec::new();
    for Drift { path, kind } in drift {
        let is_stale = matches!(kind, DriftKind::Stale { .. });
        if is_stale && !ours.contains(path) && !has_banner(&root.join(path))? {
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn has_banner(path: &Path) -> Result<bool, OutputError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(cannot("read", path)(error)),
    };
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().take(BANNER_LINES).any(|line| line.contains("@generated")))
}
