//! What is known of operations beside their types: lists, waiting, buying, error codes and sources. In: extensions of
//! the document. Out: the same as data, with the names that travel.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Schema, Text, is_default};

/// Where a fact is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Origin {
    /// A page of the vendor's reference.
    Page {
        /// Its name.
        page: String,
        /// The numbers of its tables.
        #[serde(default, skip_serializing_if = "is_default")]
        tables: Vec<u32>,
    },
    /// One of the vendor's packages.
    Package {
        /// Its name.
        package: String,
        /// Its version.
        version: String,
    },
}

/// A source that facts are known from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownSource {
    /// As rules name it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// A year, with or without month and day.
    pub date: String,
}

/// A code of the service's errors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorCode {
    /// As it stands in an answer.
    pub code: String,
    /// The status that it comes with.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Option<u16>,
    /// What happened.
    pub meaning: Text,
    /// What to do about it.
    pub advice: Text,
    /// Whether the same request may succeed later.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retryable: bool,
}

/// How a list is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pagination {
    /// How a part is asked for; nothing if the list comes as a whole.
    #[serde(default, skip_serializing_if = "is_default")]
    pub paging: Option<Paging>,
    /// The field of the answer that holds the items.
    pub items: String,
    /// One item.
    pub item: Schema,
    /// The field of the answer that says how many there are in all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub total: Option<String>,
}

/// The parameters that ask for a part of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paging {
    /// By how many items to leave out.
    Offset {
        /// How many to leave out.
        offset: String,
        /// How many to answer with at most.
        limit: String,
    },
    /// By the number of a page, from 1.
    Number {
        /// Which page.
        page: String,
        /// How many items it has.
        limit: String,
    },
    /// By a marker that an earlier part holds.
    Marker {
        /// What takes the marker.
        marker: String,
        /// How many to answer with at most.
        #[serde(default, skip_serializing_if = "is_default")]
        limit: Option<String>,
        /// Where the marker of the next part is found.
        next: NextMarker,
    },
}

/// Where the marker of the next part is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NextMarker {
    /// A field of the last item.
    Item(String),
    /// A field of the answer: the way to it.
    Answer(Vec<String>),
}

/// A state that is waited for, or the end of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiter {
    /// Such as `instance-running`.
    pub id: String,
    /// What is waited for.
    pub description: Text,
    /// What is asked about, in a word.
    pub subject: String,
    /// The field of an item that holds its id, where the operation lists.
    #[serde(default, skip_serializing_if = "is_default")]
    pub item_id: Option<String>,
    /// When waiting is over.
    pub until: Until,
    /// Answers that say that it will not get there, in the order in which they are tried.
    #[serde(default, skip_serializing_if = "is_default")]
    pub failed: Vec<Failure>,
    /// Error codes that say that the thing is not there; status 404 always does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub gone_codes: Vec<String>,
    /// Seconds before the first question.
    pub first: u64,
    /// Seconds between two questions.
    pub every: u64,
    /// Seconds for all of it.
    pub limit: u64,
}

/// When waiting is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Until {
    /// So many answers in a row meet the condition.
    Reached {
        /// How many.
        times: u32,
        /// The condition, in CEL over `self`.
        cel: String,
    },
    /// It is not there any more.
    Gone,
}

/// What an answer may say instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Stable.
    pub id: String,
    /// The condition, in CEL over `self`.
    pub cel: String,
    /// What is wrong and what to do; `{field}` stands for a value.
    pub message: Text,
    /// Seconds that it may stay so; at once if none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub after: Option<u64>,
}

/// What can be waited for once an operation was accepted. What is asked for has the names of the asking operation: each
/// value is that of the answer, or else that of the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// The id of the operation that is asked.
    pub operation: String,
    /// The id of its waiter.
    pub waiter: String,
}

/// Where the values of a field or a parameter come from: an operation that lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The service that has the operation, if it is another one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub service: Option<String>,
    /// Its id.
    pub operation: String,
    /// The field of its answer that lists items, where pagination does not say so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub items: Option<String>,
    /// The field of an item that holds the value.
    pub value: String,
    /// Fields of an item that tell it from others.
    #[serde(default, skip_serializing_if = "is_default")]
    pub show: Vec<String>,
    /// Parameters of the operation, each with the field of the same request that it takes its value from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub with: Vec<(String, String)>,
    /// Parameters of the operation that always have the same value, such as the kind of what is listed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fixed: Vec<(String, String)>,
}

/// How something is bought at most once, by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ensure {
    /// What it does.
    pub description: Text,
    /// The field of the body that names what is bought.
    pub named_by: String,
    /// The field of the body that says how many are bought.
    #[serde(default, skip_serializing_if = "is_default")]
    pub count: Option<String>,
    /// How it is looked for.
    pub look: Look,
    /// What the answer says.
    pub bought: Bought,
    /// The waiter that waits for it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub waiter: Option<String>,
}

/// The operation that lists what is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Its id.
    pub operation: String,
    /// The parameter that takes a name, or a part of it.
    pub name: String,
    /// Parameters that are set when one name is looked for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exact: Vec<(String, Value)>,
    /// Parameters that are set always.
    #[serde(default, skip_serializing_if = "is_default")]
    pub always: Vec<(String, Value)>,
    /// The field of an item with its name.
    pub item_name: String,
    /// The field of an item with its id.
    pub item_id: String,
    /// The field of an item with its state.
    #[serde(default, skip_serializing_if = "is_default")]
    pub item_status: Option<String>,
    /// States in which an item does not count as there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unusable: Vec<String>,
    /// What tells an item from what was ordered.
    #[serde(default, skip_serializing_if = "is_default")]
    pub same: Vec<Same>,
}

/// A field of the body, and the fields of an item that speak of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Same {
    /// Of the body.
    pub field: String,
    /// Of an item.
    pub items: Vec<String>,
    /// How both are compared.
    pub compare: Compare,
}

/// How the values of two fields are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compare {
    /// As texts.
    Text,
    /// As numbers.
    Number,
    /// As far as the shorter version goes.
    Version,
}

/// What the answer of a purchase says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    /// The field that holds a list.
    pub items: String,
    /// The field of an item with its name.
    pub item_name: String,
    /// The field of an item with its id.
    pub item_id: String,
    /// The field that names the order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub order: Option<String>,
}
