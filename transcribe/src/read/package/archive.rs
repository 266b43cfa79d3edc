//! A wheel or an unpacked folder in; the texts of its modules out, by their path inside the package.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::Read,
    path::Path,
};

use zip::{ZipArchive, result::ZipError};

/// Larger modules are refused: the largest client of today has a tenth of this.
const MAX_MODULE_BYTES: u64 = 32 * 1024 * 1024;

/// A package that unpacks to more is refused.
const MAX_PACKAGE_BYTES: u64 = 512 * 1024 * 1024;

const MAX_FILES: usize = 100_000;

/// Why a package cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveError {
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    #[error("is not a wheel: {0}")]
    NoWheel(ZipError),
    #[error("is damaged: {0}")]
    Damaged(ZipError),
    #[error("has more than {MAX_FILES} files")]
    TooManyFiles,
    #[error("holds no Python package")]
    NoPackage,
    #[error("holds no package with a folder `vN`")]
    NoVersion,
    #[error("{file}: cannot be read: {error}")]
    UnreadableFile { file: String, error: std::io::Error },
    #[error("{0} is too large")]
    TooLarge(String),
    #[error("{0} is not UTF-8")]
    NotUtf8(String),
}

/// The modules that a package may be read from.
pub(super) struct Archive {
    name: String,
    version: String,
    /// By path inside of the package's folder, such as `v2/model/tag.py`.
    modules: BTreeMap<String, String>,
}

/// Whether a path is a wheel, or a folder with a package's `vN` folder in it or one level below.
pub(super) fn is_package(path: &Path) -> bool {
    if path.is_dir() {
        return root(path).is_some();
    }
    path.extension().is_some_and(|extension| extension == "whl")
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self, ArchiveError> {
        if path.is_dir() { Self::folder(path) } else { Self::wheel(path) }
    }

    /// Such as `huaweicloudsdkdcs`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn version(&self) -> &str {
        &self.version
    }

    pub(super) fn module(&self, path: &str) -> Option<&str> {
        self.modules.get(path).map(String::as_str)
    }

    /// The modules below a folder, by path; those that only name others are left out.
    pub(super) fn modules_in(&self, folder: &str) -> Vec<(&str, &str)> {
        let modules = self.modules.range(folder.to_owned()..);
        modules
            .take_while(|(path, _)| path.starts_with(folder))
            .filter(|(path, _)| !path.ends_with("/__init__.py"))
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect()
    }

    /// The folders that hold a client.
    pub(super) fn api_versions(&self) -> Vec<String> {
        let versions: BTreeSet<&str> = self
            .modules
            .keys()
            .filter(|path| is_client(path))
            .filter_map(|path| path.split_once('/').map(|(version, _)| version))
            .collect();
        versions.into_iter().map(str::to_owned).collect()
    }

    /// The module of the client that waits for answers; its twin for asynchronous programs says the same.
    pub(super) fn client(&self, version: &str) -> Option<&str> {
        let in_version = |path: &&String| path.starts_with(&format!("{version}/"));
        self.modules.keys().find(|path| in_version(path) && is_client(path)).map(String::as_str)
    }

    fn wheel(path: &Path) -> Result<Self, ArchiveError> {
        let file = File::open(path).map_err(ArchiveError::Unreadable)?;
        let mut zip = ZipArchive::new(file).map_err(ArchiveError::NoWheel)?;
        if zip.len() > MAX_FILES {
            return Err(ArchiveError::TooManyFiles);
        }
        let mut version = String::new();
        let mut all = BTreeMap::new();
        let mut budget = MAX_PACKAGE_BYTES;
        for index in 0..zip.len() {
            let entry = zip.by_index(index).map_err(ArchiveError::Damaged)?;
            let name = entry.name().map_err(ArchiveError::Damaged)?.into_owned();
            if let Some(found) = version_of(&name) {
                version = found.to_owned();
            }
            if is_module(&name) {
                all.insert(name.clone(), text(&name, entry, &mut budget)?);
            }
        }
        let name =
            all.keys().find_map(|path| path.split_once('/')).map(|(name, _)| name.to_owned());
        let name = name.ok_or(ArchiveError::NoPackage)?;
        let prefix = format!("{name}/");
        let inside = all
            .into_iter()
            .filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?.to_owned(), text)));
        Ok(Self { name, version, modules: inside.collect() })
    }

    fn folder(path: &Path) -> Result<Self, ArchiveError> {
        let root = root(path).ok_or(ArchiveError::NoVersion)?;
        let name = root.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let beside = root.parent().map(names).unwrap_or_default();
        let version = beside
            .iter()
            .find_map(|entry| entry.strip_prefix(&format!("{name}-"))?.strip_suffix(".dist-info"));
        let version = version.unwrap_or_default().to_owned();
        let mut modules = BTreeMap::new();
        let mut budget = MAX_PACKAGE_BYTES;
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            for entry in names(&root.join(&folder)) {
                let inside =
                    if folder.is_empty() { entry.clone() } else { format!("{folder}/{entry}") };
                let full = root.join(&inside);
                let unreadable =
                    |error| ArchiveError::UnreadableFile { file: inside.clone(), error };
                let kind = fs::symlink_metadata(&full).map_err(unreadable)?;
                if kind.is_dir() {
                    folders.push(inside);
                } else if is_module(&inside) && kind.is_file() {
                    let file = File::open(&full).map_err(unreadable)?;
                    modules.insert(inside.clone(), text(&inside, file, &mut budget)?);
                }
            }
        }
        Ok(Self { name, version, modules })
    }
}

/// The folder of the package: this one, or the only one in it that has a client.
fn root(path: &Path) -> Option<std::path::PathBuf> {
    let has_client = |folder: &Path| {
        let is_version = |name: &String| {
            is_version(name)
                && names(&folder.join(name)).iter().any(|file| is_client(&format!("{name}/{file}")))
        };
        names(folder).iter().any(is_version)
    };
    if has_client(path) {
        return Some(path.to_owned());
    }
    let inside: Vec<_> =
        names(path).iter().map(|name| path.join(name)).filter(|path| has_client(path)).collect();
    match inside.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The names in a folder, sorted; none where it cannot be read.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn text(name: &str, reader: impl Read, budget: &mut u64) -> Result<String, ArchiveError> {
    let mut bytes = Vec::new();
    let limit = MAX_MODULE_BYTES.min(*budget);
    let read = reader.take(limit + 1).read_to_end(&mut bytes);
    let unreadable = |error| ArchiveError::UnreadableFile { file: name.to_owned(), error };
    let read = read.map_err(unreadable)? as u64;
    if read > limit {
        return Err(ArchiveError::TooLarge(name.to_owned()));
    }
    *budget -= read;
    String::from_utf8(bytes).map_err(|_| ArchiveError::NotUtf8(name.to_owned()))
}

fn is_module(path: &str) -> bool {
    path.ends_with(".py")
}

/// `v2`, `v2_1`.
fn is_version(folder: &str) -> bool {
    folder.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// `v2/dcs_client.py`, but not `v2/dcs_async_client.py`.
fn is_client(path: &str) -> bool {
    let Some((version, file)) = path.split_once('/') else { return false };
    is_version(version)
        && file.ends_with("_client.py")
        && !file.ends_with("_async_client.py")
        && !file.contains('/')
}

/// `huaweicloudsdkdcs-3.1.219.dist-info/METADATA` → `3.1.219`.
fn version_of(path: &str) -> Option<&str> {
    let (folder, _) = path.split_once('/')?;
    folder.strip_suffix(".dist-info")?.rsplit_once('-').map(|(_, version)| version)
}
