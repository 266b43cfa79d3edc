//! Stage 1, load: text → `Document`.

mod depth;
mod document;
mod yaml;

pub use document::{Document, load, parse};
pub(crate) use yaml::{to_text, yaml_file};
