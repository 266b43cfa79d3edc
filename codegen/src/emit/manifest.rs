//! `manifest.json`: every generated path, so that a later run knows which files were its own.

use std::{collections::BTreeSet, fs, path::Path};

use serde::{Deserialize, Serialize};

use crate::{config::Service, output::FileSet};

const PATH: &str = "manifest.json";

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    about: String,
    files: BTreeSet<String>,
}

pub(super) fn emit(service: &Service, files: &mut FileSet) -> Result<(), String> {
    let mut paths: BTreeSet<String> = files.paths().map(str::to_owned).collect();
    paths.insert(PATH.to_owned());
    let manifest = Manifest { about: service.banner(), files: paths };
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| error.to_string())?;
    files.text(PATH, text);
    Ok(())
}

/// The paths that an earlier run wrote; none when there was no run.
pub fn manifest_paths(root: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(root.join(PATH)).unwrap_or_default();
    serde_json::from_str(&text).map(|manifest: Manifest| manifest.files).unwrap_or_default()
}
