//! Operations. In: the document. Out: what is called, with what, and what comes back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Choices, Ensure, Follow, Origin, Pagination, Schema, Text, Waiter, is_default};

/// One call of the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Such as `CreateInstance`.
    pub id: String,
    /// The same as the word of a command line, such as `create-instance`.
    pub command: String,
    /// The method of the Rust client.
    #[serde(default, skip_serializing_if = "is_default")]
    pub code: Option<String>,
    /// The chapter of the API that it stands in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tag: Option<String>,
    /// In upper case.
    pub method: String,
    /// Such as `/v2/{project_id}/instances`.
    pub path: String,
    /// What it does, in a few words.
    pub summary: Text,
    /// What there is to know of it, as Markdown.
    pub description: Text,
    /// The vendor's page about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs_url: Option<String>,
    /// Where its facts are from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origins: Vec<Origin>,
    /// Whether it should not be used any more.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// Whether it may be sent again without doing more than once.
    pub repeatable: bool,
    /// Whether a call costs money.
    #[serde(default, skip_serializing_if = "is_default")]
    pub purchase: bool,
    /// Whose id its client fills in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: Option<Owner>,
    /// What is given beside the body, in document order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parameters: Vec<Parameter>,
    /// What is sent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub body: Option<Body>,
    /// What may come back, in document order.
    pub answers: Vec<Answer>,
    /// How its list is read, if it answers with one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pagination: Option<Pagination>,
    /// What can be waited for by asking it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub waiters: Vec<Waiter>,
    /// What can be waited for once it was accepted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub follow: Option<Follow>,
    /// How it buys at most once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ensure: Option<Ensure>,
    /// The names of all types that it reaches.
    #[serde(default, skip_serializing_if = "is_default")]
    pub types: Vec<String>,
}

/// What a call is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Owner {
    /// A project of a region.
    Project,
    /// A domain, which is the account.
    Domain,
}

/// A value beside the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// As it travels.
    pub name: String,
    /// What the Rust client calls it, if that is not its name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub code: Option<String>,
    /// Where it travels.
    pub place: Place,
    /// Whether a call must have it.
    pub required: bool,
    /// Whose id it is, if its client fills it in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub of_client: Option<Owner>,
    /// What it means.
    pub description: Text,
    /// Its values.
    pub schema: Schema,
    /// What the service takes where it is absent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default: Option<Value>,
    /// A value that fits.
    #[serde(default, skip_serializing_if = "is_default")]
    pub example: Option<Value>,
    /// Whether it should not be used any more.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// Where its values come from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub choices: Option<Choices>,
    /// Where it is from, if not from where its operation is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origins: Vec<Origin>,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In a segment of the path.
    Path,
    /// Behind the question mark.
    Query,
    /// In a header.
    Header,
}

/// What a call sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Whether a call must have it.
    pub required: bool,
    /// As the header `Content-Type` has it.
    pub media: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: Option<Text>,
    /// Its values.
    pub schema: Schema,
    /// Documented bodies.
    #[serde(default, skip_serializing_if = "is_default")]
    pub examples: Vec<Example>,
}

/// What may come back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// When it comes.
    pub description: Text,
    /// Its values; an answer without a body has none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub schema: Option<Schema>,
    /// The media type of a file, which is an answer without a schema.
    #[serde(default, skip_serializing_if = "is_default")]
    pub file: Option<String>,
    /// Its documented headers.
    #[serde(default, skip_serializing_if = "is_default")]
    pub headers: Vec<Header>,
    /// Documented bodies.
    #[serde(default, skip_serializing_if = "is_default")]
    pub examples: Vec<Example>,
}

/// A header of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// As it travels.
    pub name: String,
    /// What it means.
    pub description: Text,
    /// Its values.
    pub schema: Schema,
}

/// A documented body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Unique among the examples of a body.
    pub name: String,
    /// What it shows, in a few words.
    #[serde(default, skip_serializing_if = "is_default")]
    pub summary: Option<Text>,
    /// What there is to know of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: Option<Text>,
    /// The body.
    pub value: Value,
}

impl Operation {
    /// The answer to a call that succeeds: the first with a schema, or else the first.
    pub fn success(&self) -> Option<&Answer> {
        let mut successes = self.answers.iter().filter(|answer| answer.is_success());
        successes.clone().find(|answer| answer.schema.is_some()).or_else(|| successes.next())
    }
}

impl Answer {
    /// Whether it stands for success.
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }
}
