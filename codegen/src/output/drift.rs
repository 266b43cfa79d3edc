//! How the disk differs from what would be generated. Reads, never writes.

use std::{collections::BTreeSet, fs, io, path::Path};

use similar::TextDiff;

use super::{FileSet, OutputError, error::cannot};

/// One file that is not as it would be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Relative to the output folder.
    pub path: String,
    pub kind: DriftKind,
}

/// In which way a file differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DriftKind {
    /// It would be generated and is not there.
    Missing,
    /// It is there with another text; `diff` turns what is there into what would be.
    Stale { diff: String },
    /// It is there and would not be generated.
    Orphaned,
}

/// Compares a set of files with an output folder.
pub fn drift(files: &FileSet, root: &Path) -> Result<Vec<Drift>, OutputError> {
    let mut found = Vec::new();
    for (path, text) in files.texts() {
        let target = root.join(path);
        let kind = match fs::read(&target) {
            Ok(bytes) if bytes == text.as_bytes() => continue,
            Ok(bytes) => {
                let old = String::from_utf8_lossy(&bytes);
                DriftKind::Stale { diff: diff(path, &old, text) }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => DriftKind::Missing,
            Err(error) => return Err(cannot("read", &target)(error)),
        };
        found.push(Drift { path: path.to_owned(), kind });
    }
    let expected: BTreeSet<&str> = files.paths().collect();
    let mut present = BTreeSet::new();
    list(root, "", &mut present)?;
    for path in present.iter().filter(|path| !expected.contains(path.as_str())) {
        found.push(Drift { path: path.clone(), kind: DriftKind::Orphaned });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn diff(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(&format!("{path} (on disk)"), &format!("{path} (generated)"))
        .to_string()
}

/// What cargo leaves in a crate's folder is nobody's output.
fn is_ignored(prefix: &str, name: &str) -> bool {
    name == "target" || (name == "Cargo.lock" && !prefix.is_empty())
}

fn list(root: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Result<(), OutputError> {
    let folder = root.join(prefix);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot("list", &folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(cannot("list", &folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ignored(prefix, &name) {
            continue;
        }
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let kind = entry.file_type().map_err(cannot("look at", &entry.path()))?;
        if kind.is_dir() {
            list(root, &path, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}
