//! A value and the text it was read from in, a text with other values out: all that stayed equal keeps
//! its bytes.
//!
//! outline (where each entry stands) → rewrite (old and new walked together) → emit (entries that
//! changed, in the layout of the project's documents).

mod align;
mod emit;
mod outline;
mod rewrite;
mod scalar;

pub use emit::write;
pub use rewrite::rewrite;

/// Why a text could not be rewritten.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum YamlError {
    /// The text is no YAML.
    #[error("line {line}: not valid YAML: {message}")]
    Syntax { line: usize, message: String },
    /// There is more than one document in it.
    #[error("line {line}: a second document begins here; give each a file of its own")]
    Several { line: usize },
    /// It is nested too deeply.
    #[error("line {line}: nested more than {max} levels deep; nest less")]
    TooDeep { line: usize, max: usize },
    /// Text and old value do not belong together.
    #[error("line {line}: the text does not say what was read from it: {message}; read it again")]
    Mismatch { line: usize, message: String },
}
