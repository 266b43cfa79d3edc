//! Stage 1, load: text → `Document`.

mod depth;
mod document;
mod yaml;

pub use document::{Document, ErrorCatalog, load, parse};
pub(crate) use document::{ERROR_CATALOG, GUIDE};
pub(crate) use yaml::{to_text, yaml_file};
