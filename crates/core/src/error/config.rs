//! Why a client could not be built.

use std::fmt;

use crate::readable_debug;

/// Everything that was missing or wrong when a client was built.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<String>,
}

impl ConfigError {
    pub(crate) fn new(problems: Vec<String>) -> Self {
        Self { problems }
    }

    /// One text a problem; each names the setter to call.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the client cannot be built: {}", self.problems.join("; "))
    }
}

readable_debug!(ConfigError);

impl std::error::Error for ConfigError {}
