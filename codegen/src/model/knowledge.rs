//! From where, and from when, the facts of a document are known.

use serde::{Deserialize, Serialize};

/// The sources of a document, and where they disagree by region (`x-knowledge`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Knowledge {
    pub sources: Vec<KnownSource>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionalFact>,
}

/// A source of facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownSource {
    pub id: String,
    pub title: String,
    /// A year, with or without month and day.
    pub date: String,
}

/// What differs from region to region.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegionalFact {
    pub id: String,
    pub about: String,
    pub statements: Vec<Statement>,
    pub decision: String,
    /// The rules that come from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// What some sources say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    pub says: String,
    /// Their ids.
    pub sources: Vec<String>,
}

impl Knowledge {
    /// The source of an id.
    pub fn source(&self, id: &str) -> Option<&KnownSource> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The oldest and the newest date.
    pub fn dates(&self) -> Option<(&str, &str)> {
        let dates = || self.sources.iter().map(|source| source.date.as_str());
        Some((dates().min()?, dates().max()?))
    }
}
