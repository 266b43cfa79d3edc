//! Operations: what can be called, with what, and what comes back.

use conventions::paths;
use serde::Serialize;
use serde_json::Value;

use super::{Ensure, Header, Headers, Name, Origin, Pagination, Schema, TypeName, Waiter};
use crate::media::{JSON, Media};

/// One call of the API.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// `wire` is the operationId; `code` the method's name.
    pub name: Name,
    /// The name of the type that stands for a call.
    pub type_name: TypeName,
    pub method: HttpMethod,
    /// As it is called.
    pub path: String,
    /// What tells the operation apart, in the document, from others of the same method and path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fragment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    pub description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docs_url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    pub deprecated: bool,
    /// Whether a call may be sent again without doing more than once: it only reads, or the document
    /// says so (`x-repeatable`).
    pub repeatable: bool,
    /// Whether a call costs money (`x-purchase`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub purchase: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// What can be waited for by asking this.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiters: Vec<Waiter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ensure: Option<Ensure>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    pub responses: Vec<Response>,
    /// What is documented of the headers of a success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Headers>,
}

impl Operation {
    /// The key under `paths` in the document.
    pub fn path_key(&self) -> String {
        paths::join(&self.path, self.fragment.as_deref())
    }

    /// The schema of the answer to a call that succeeded: the first 2xx response that has one.
    pub fn success(&self) -> Option<&Schema> {
        self.responses.iter().filter(|r| r.is_success()).find_map(|r| r.schema.as_ref())
    }

    /// Whether a call that succeeded is answered with a file.
    pub fn downloads(&self) -> bool {
        self.responses.iter().any(|r| r.is_success() && r.file.is_some())
    }
}

/// The HTTP method, lower case as in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl HttpMethod {
    /// As a request line has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// What a call is made for, where its client knows the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Project,
    Domain,
}

impl Owner {
    /// The name of the id, as clients have it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Project => "project_id",
            Self::Domain => "domain_id",
        }
    }
}

impl Operation {
    /// What a call is made for, by the parameters that its client fills.
    pub fn owner(&self) -> Option<Owner> {
        self.parameters.iter().find_map(Parameter::owner)
    }
}

impl Parameter {
    /// What the id that the client fills in is of.
    pub fn owner(&self) -> Option<Owner> {
        let is_of_domain = ["domain_id", "x-domain-id"]
            .iter()
            .any(|known| self.name.wire.eq_ignore_ascii_case(known));
        let owner = if is_of_domain { Owner::Domain } else { Owner::Project };
        self.of_client.then_some(owner)
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    Path,
    Query,
    Header,
}

/// A value beside the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    pub name: Name,
    pub location: Location,
    pub required: bool,
    /// Set once for a client instead of in each call (`x-client-parameter`).
    pub of_client: bool,
    pub description: String,
    pub schema: Schema,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
    pub deprecated: bool,
    /// Where it is from, if not from where the operation is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
}

/// What a call sends: JSON, a form or a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Body {
    pub required: bool,
    /// As the header `Content-Type` has it.
    #[serde(skip_serializing_if = "is_plain_json")]
    pub media: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub schema: Schema,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

fn is_plain_json(media: &str) -> bool {
    media == JSON
}

impl Body {
    /// Whether it is sent as JSON.
    pub fn is_json(&self) -> bool {
        self.kind() == Media::Json
    }

    /// What it is sent as.
    pub(crate) fn kind(&self) -> Media {
        Media::of(&self.media)
    }

    /// Whether its media type is JSON without any words beside it.
    pub fn is_plain_json(&self) -> bool {
        is_plain_json(&self.media)
    }
}

/// What can come back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    /// `200`, `4XX` or `default`.
    pub status: String,
    pub description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<Schema>,
    /// The media type of a file, which is an answer without a schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

impl Response {
    /// Whether this stands for success.
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }
}

/// A payload that shows how it is done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// `wire` is the key in the document; `code` the same as an identifier.
    pub name: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub value: Value,
}
