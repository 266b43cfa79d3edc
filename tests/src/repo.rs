//! Paths in the repository, its services, and the first of them: DCS.

use std::{
    fs,
    path::{Path, PathBuf},
};

use codegen::{
    config::{self, Service},
    load::{self, Document},
};
use serde_json::Value;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The services of the repository, with their paths made absolute.
///
/// # Panics
///
/// When the list of services cannot be read.
pub fn services() -> Vec<Service> {
    let config = config::load(&root().join("spec/services.yaml"));
    config.unwrap_or_else(|error| panic!("{error}")).services
}

/// The document of the first service, DCS.
///
/// # Panics
///
/// When it cannot be read.
pub fn document() -> Document {
    let services = services();
    document_of(services.first().unwrap_or_else(|| panic!("no service is listed")))
}

/// The document of a service.
///
/// # Panics
///
/// When it cannot be read.
pub fn document_of(service: &Service) -> Document {
    let document = load::load(&root().join(&service.document));
    document.unwrap_or_else(|problem| panic!("{problem}"))
}

/// The payloads of an operation's requests, by name, sorted: those of its folder of examples.
///
/// # Panics
///
/// When the folder or a payload cannot be read.
pub fn requests(operation: &str) -> Vec<(String, Value)> {
    let folder = root().join("generated/dcs/examples").join(folder(operation));
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut requests: Vec<(String, Value)> = entries
        .filter_map(|entry| {
            let path = entry.unwrap_or_else(|e| panic!("{}: {e}", folder.display())).path();
            let name = path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned();
            (!name.starts_with("response-")).then(|| (name, json(&path)))
        })
        .collect();
    requests.sort_by(|(a, _), (b, _)| a.cmp(b));
    requests
}

/// How folders and pages of an operation are called: `CreateInstance` is `create-instance`.
pub fn folder(operation: &str) -> String {
    let mut name = String::new();
    for letter in operation.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

fn json(path: &Path) -> Value {
    let text = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
