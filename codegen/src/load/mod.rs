//! Stage 1, load: text → `Document`.

mod depth;
mod document;
mod yaml;

pub use document::{Document, FileBeside, load, parse};
pub(crate) use document::{ERROR_CATALOG, GUIDE, TRANSLATIONS};
pub(crate) use yaml::{to_text, yaml_file};
