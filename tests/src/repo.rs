//! Where things are in the repository, and its one service.

use std::path::{Path, PathBuf};

use codegen::config::{self, Service};

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
