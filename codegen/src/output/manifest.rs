//! `manifest.json`: every generated path, so that a later run knows which files were its own.

use std::{collections::BTreeSet, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use super::{FileSet, OutputError, error::cannot};

const PATH: &str = "manifest.json";

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    about: String,
    files: BTreeSet<String>,
}

/// Adds the manifest of everything that is in a set, itself included.
pub(crate) fn add_manifest(files: &mut FileSet, about: String) -> serde_json::Result<()> {
    let mut paths: BTreeSet<String> = files.paths().map(str::to_owned).collect();
    paths.insert(PATH.to_owned());
    let manifest = Manifest { about, files: paths };
    let text = serde_json::to_string_pretty(&manifest)?;
    files.text(PATH, text);
    Ok(())
}

/// The paths that an earlier run wrote; none when there was no run, or when its manifest is damaged.
pub(super) fn paths(root: &Path) -> Result<BTreeSet<String>, OutputError> {
    let path = root.join(PATH);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(cannot("read", &path)(error)),
    };
    Ok(serde_json::from_slice(&bytes).map(|manifest: Manifest| manifest.files).unwrap_or_default())
}
