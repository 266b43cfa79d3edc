//! Stage 1, load: text → `Document`.

mod depth;
mod document;
mod yaml;

pub(crate) use document::ERROR_CATALOG;
pub use document::{Document, ErrorCatalog, load, parse};
pub(crate) use yaml::{to_text, yaml_file};
