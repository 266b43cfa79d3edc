//! The causes of an error. In: any error. Out: its source, and the root cause.

use std::{error::Error as StdError, io};

/// What an error was made of; the one of an input or output names as its source only the cause of it.
pub(crate) fn below<'a>(
    error: &'a (dyn StdError + 'static),
) -> Option<&'a (dyn StdError + 'static)> {
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    inner.map(|inner| inner as _).or_else(|| error.source())
}

/// The cause at the bottom: what is above it says only that something failed.
pub(crate) fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause
}
