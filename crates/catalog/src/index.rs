//! A service at a glance. In: the document. Out: what it is called, where it is, and its operations in a line each.

use serde::{Deserialize, Serialize};

use crate::{KnownSource, Text, is_default};

/// What there is to know of a service without reading an operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// Such as `dcs`.
    pub name: String,
    /// Of the document.
    pub title: Text,
    /// What it is, as Markdown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: Option<Text>,
    /// The version of the API.
    pub version: String,
    /// The vendor's reference.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs_url: Option<String>,
    /// Where it is called.
    #[serde(default, skip_serializing_if = "is_default")]
    pub servers: Vec<Server>,
    /// Its chapters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tags: Vec<Tag>,
    /// Where its facts are from, and from when.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<KnownSource>,
    /// In document order.
    pub operations: Vec<Entry>,
}

/// Where the API is served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// With variables as `{name}`.
    pub url: String,
    /// Its variables.
    #[serde(default, skip_serializing_if = "is_default")]
    pub variables: Vec<ServerVariable>,
}

/// A variable part of a server's URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerVariable {
    /// As the URL has it.
    pub name: String,
    /// What stands there if nothing else is said.
    pub default: String,
    /// What may stand there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: Option<Text>,
}

/// A chapter of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// As operations name it.
    pub name: String,
    /// The same for people.
    pub title: Text,
    /// What its operations are for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: Option<Text>,
}

/// An operation in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Such as `CreateInstance`.
    pub id: String,
    /// Such as `create-instance`.
    pub command: String,
    /// The file that describes it.
    pub chapter: String,
    /// The chapter of the API.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tag: Option<String>,
    /// In upper case.
    pub method: String,
    /// With variables as `{name}`.
    pub path: String,
    /// What it does, in a few words.
    pub summary: Text,
    /// Whether it should not be used any more.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// Whether a call costs money.
    #[serde(default, skip_serializing_if = "is_default")]
    pub purchase: bool,
}
