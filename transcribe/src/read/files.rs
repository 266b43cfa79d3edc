//! Names of files and folders in, a reading of each page out.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::facts::Refusal;

use super::{MAX_BYTES, Reading, page};

/// Reads pages in parallel.
///
/// A file is read whatever its name is; of a folder and those in it, the files `*.md`, but for those whose
/// names start with `_`. The readings come in the order of `paths`, those of a folder by name; no file is
/// read twice. What cannot be opened, and a folder without pages, is a refusal in line 1.
pub fn files<P: AsRef<Path>>(paths: &[P]) -> Vec<Reading> {
    let mut found: Vec<Result<PathBuf, Refusal>> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths.iter().map(AsRef::as_ref) {
        match find(path) {
            Ok(files) if files.is_empty() => {
                found.push(Err(refusal(path, "no page (`*.md`) is in this folder")));
            }
            Ok(files) => {
                found.extend(files.into_iter().filter(|file| seen.insert(identity(file))).map(Ok));
            }
            Err(error) => found.push(Err(refusal(path, &format!("cannot be read: {error}")))),
        }
    }
    found.into_par_iter().map(read).collect()
}

/// The same for all names of a file.
fn identity(file: &Path) -> PathBuf {
    fs::canonicalize(file).unwrap_or_else(|_| file.to_owned())
}

fn read(found: Result<PathBuf, Refusal>) -> Reading {
    let reading = found.and_then(|path| {
        let bytes =
            bytes(&path).map_err(|error| refusal(&path, &format!("cannot be read: {error}")))?;
        Ok(page(&path.to_string_lossy(), &bytes))
    });
    reading.unwrap_or_else(|refused| Reading { page: None, refused: vec![refused] })
}

/// The file itself, or the pages of a folder.
fn find(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(path);
            } else if is_page(&path) && (kind.is_file() || path.is_file()) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
        && path.file_name().is_some_and(|name| !name.as_encoded_bytes().starts_with(b"_"))
}

/// The bytes of a file; of one that is too large, enough to show that.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn refusal(path: &Path, message: &str) -> Refusal {
    Refusal { file: path.to_string_lossy().into_owned(), line: 1, message: message.to_owned() }
}
