//! Who a call is made for: a project or a domain, its ID, and where it is configured.
//!
//! In: values from builders, variables, files and responses. Out: IDs that are valid in paths and headers.

use std::sync::Arc;

use reqwest::header::HeaderValue;

/// What an id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Project,
    Domain,
}

impl Owner {
    /// Of the vendor's SDKs, and of Terraform.
    pub(crate) fn variables(self) -> [&'static str; 2] {
        match self {
            Self::Project => ["HUAWEICLOUD_SDK_PROJECT_ID", "HW_PROJECT_ID"],
            Self::Domain => ["HUAWEICLOUD_SDK_DOMAIN_ID", "HW_DOMAIN_ID"],
        }
    }

    /// In the file of credentials.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Project => "project_id",
            Self::Domain => "domain_id",
        }
    }

    /// As messages have it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Domain => "domain",
        }
    }
}

/// An id, and the header that carries it.
#[derive(Clone)]
pub(crate) struct OwnerId {
    pub(crate) id: Arc<str>,
    pub(crate) header: HeaderValue,
}

impl OwnerId {
    /// Nothing if this can be no id: it becomes a segment of every path.
    pub(crate) fn new(id: &str) -> Option<Self> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let is_id = !id.is_empty() && id.chars().all(is_word);
        let header = HeaderValue::from_str(id).ok().filter(|_| is_id)?;
        Some(Self { id: id.into(), header })
    }
}
