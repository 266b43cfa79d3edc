//! One of the vendor's Python packages in, its facts out, or why they cannot be read.
//!
//! archive (wheel or folder → texts of modules) → syntax (text → statements) → client (calls) and model
//! (fields) → pages (the facts, in the terms of pages). A package is read as syntax and never run. Only
//! `archive` touches the disk.

mod archive;
mod client;
mod model;
mod models;
mod pages;
mod prose;
mod regions;
mod shared_calls;
mod syntax;
mod tables;
mod types;

use std::path::Path;

use crate::facts::{Endpoint, Page, Refusal};
use archive::Archive;

/// Which part of a package is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The folder of one API version, such as `v2`; required where a package has several.
    pub version: Option<String>,
    /// Ids of operations; all of them where this is empty.
    pub operations: Vec<String>,
}

/// What came of one package.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackageReading {
    /// Such as `huaweicloudsdkdcs`.
    pub name: String,
    /// Of the package, such as `3.1.219`; empty where its folder does not say.
    pub version: String,
    /// A page for each operation, ascending by id; operations that are one call have one page.
    pub pages: Vec<Page>,
    /// Where the service is called, by region; empty where the package does not say.
    pub endpoints: Vec<Endpoint>,
    /// By file and line; operations and fields that could not be read are missing among the pages.
    pub refused: Vec<Refusal>,
}

/// Whether a path names a package: a wheel, or a folder that holds one unpacked.
pub fn is_package(path: &Path) -> bool {
    archive::is_package(path)
}

/// The API versions that a package has a client of, such as `v2` and `v3`; none where it cannot be opened.
pub fn api_versions(path: &Path) -> Vec<String> {
    Archive::open(path).map(|archive| archive.api_versions()).unwrap_or_default()
}

/// Reads a package.
///
/// Every operation of the chosen API version becomes a page with the tables of its parameters, its body, its
/// answer and all the schemas these reach. A wheel that cannot be opened, a version that is not there, and an
/// operation that is asked for and not there are refusals.
pub fn package(path: &Path, selection: &Selection) -> PackageReading {
    let file = path.to_string_lossy();
    let archive = match Archive::open(path) {
        Ok(archive) => archive,
        Err(error) => return PackageReading::refused(&file, error.to_string()),
    };
    let mut reading = PackageReading {
        name: archive.name().to_owned(),
        version: archive.version().to_owned(),
        ..PackageReading::default()
    };
    match api_version(&archive, selection) {
        Ok(version) => {
            pages::read(&archive, &version, selection, &mut reading);
            reading.pages = shared_calls::joined(std::mem::take(&mut reading.pages));
            let (endpoints, refused) = regions::endpoints(&archive, &version);
            reading.endpoints = endpoints;
            reading.refused.extend(refused);
        }
        Err(error) => reading.refused.push(refusal(&file, 1, error.to_string())),
    }
    reading.refused.sort();
    reading
}

impl PackageReading {
    fn refused(file: &str, message: String) -> Self {
        Self { refused: vec![refusal(file, 1, message)], ..Self::default() }
    }
}

/// Why no API version is read.
#[derive(Debug, thiserror::Error)]
enum VersionError {
    #[error("no folder `vN` with a client is in this package")]
    NoClient,
    #[error("`{wanted}` is not in this package; it has {}", listed(.known))]
    Absent { wanted: String, known: Vec<String> },
    #[error("the package has {}; choose one with --version", listed(.0))]
    Several(Vec<String>),
}

fn listed(versions: &[String]) -> String {
    versions.iter().map(|version| format!("`{version}`")).collect::<Vec<_>>().join(", ")
}

/// The folder that is read.
fn api_version(archive: &Archive, selection: &Selection) -> Result<String, VersionError> {
    let known = archive.api_versions();
    match (&selection.version, known.as_slice()) {
        (_, []) => Err(VersionError::NoClient),
        (Some(wanted), all) if all.contains(wanted) => Ok(wanted.clone()),
        (Some(wanted), _) => Err(VersionError::Absent { wanted: wanted.clone(), known }),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(VersionError::Several(known)),
    }
}

fn refusal(file: &str, line: usize, message: impl Into<String>) -> Refusal {
    Refusal { file: file.to_owned(), line, message: message.into() }
}
