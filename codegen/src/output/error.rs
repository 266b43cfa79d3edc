//! Why an output folder was not read or not written: the file, and what was tried.

use std::{io, path::Path};

/// Why the disk was not brought to what was generated.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Somebody's files lie where generated ones would; nothing was written.
    #[error("{} lies where a generated file would, and was not generated; move it away", .0.join(", "))]
    InTheWay(Vec<String>),
    /// A file or a folder could not be read or written.
    #[error("cannot {doing}: {source}")]
    Io { doing: String, source: io::Error },
}

/// Says of an error what was tried with which file.
pub(super) fn cannot<'a>(
    doing: &'a str,
    path: &'a Path,
) -> impl FnOnce(io::Error) -> OutputError + 'a {
    move |source| OutputError::Io { doing: format!("{doing} {}", path.display()), source }
}
