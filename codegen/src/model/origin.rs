//! Where facts come from.

use serde::Serialize;

/// A source that something was transcribed from (`x-source`).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Origin {
    /// A page of the vendor's reference.
    Page {
        page: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tables: Vec<u32>,
    },
    /// One of the vendor's SDK packages.
    Package { package: String, version: String },
}

impl Origin {
    /// The page, if it is one.
    pub fn page(&self) -> Option<&str> {
        match self {
            Self::Page { page, .. } => Some(page),
            Self::Package { .. } => None,
        }
    }
}
