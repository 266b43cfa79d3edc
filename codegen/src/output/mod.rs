//! The last stages: what was generated, how it differs from the disk, and the one place that writes.

mod drift;
mod file_set;
mod write;

pub use drift::{Drift, DriftKind, drift};
pub use file_set::{Content, FileSet, RustCode, RustSource};
pub use write::{Change, write};
