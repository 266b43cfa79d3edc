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
mod syntax;
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
    /// A page for each operation, ascending by id.
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
            let (endpoints, refused) = regions::endpoints(&archive, &version);
            reading.endpoints = endpoints;
            reading.refused.extend(refused);
        }
        Err(message) => reading.refused.push(refusal(&file, 1, message)),
    }
    reading.refused.sort();
    reading
}

impl PackageReading {
    fn refused(file: &str, message: String) -> Self {
        Self { refused: vec![refusal(file, 1, message)], ..Self::default() }
    }
}

/// The folder that is read.
fn api_version(archive: &Archive, selection: &Selection) -> Result<String, String> {
    let versions = archive.api_versions();
    let listed = || versions.iter().map(|v| format!("`{v}`")).collect::<Vec<_>>().join(", ");
    match (&selection.version, versions.as_slice()) {
        (_, []) => Err("no folder `vN` with a client is in this package".to_owned()),
        (Some(wanted), all) if all.contains(wanted) => Ok(wanted.clone()),
        (Some(wanted), _) => Err(format!("`{wanted}` is not in this package; it has {}", listed())),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(format!("the package has {}; choose one with --version", listed())),
    }
}

fn refusal(file: &str, line: usize, message: impl Into<String>) -> Refusal {
    Refusal { file: file.to_owned(), line, message: message.into() }
}
