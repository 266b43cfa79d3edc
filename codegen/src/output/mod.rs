//! The last stages: what was generated, how it differs from the disk, and the one place that writes.

mod drift;
mod error;
mod file_set;
mod manifest;
mod unowned;
mod write;

pub use drift::{Drift, DriftKind, drift};
pub use error::OutputError;
pub use file_set::{Content, FileSet, RustCode, RustSource};
pub(crate) use manifest::add_manifest;
pub use unowned::unowned_in_the_way;
pub use write::{Change, write};
