//! How something is bought at most once, by its name (`x-ensure`).

use serde::Serialize;
use serde_json::Value;

use super::{Name, Schema};

/// An operation that buys, with the names of all that is needed to look before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ensure {
    /// `wire` is the id; `code` the method of the client.
    pub name: Name,
    pub description: String,
    /// The field of the body that names what is bought, a required text.
    pub named_by: Name,
    /// The field of the body that says how many are bought, an optional whole number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Name>,
    pub look: Look,
    pub bought: Bought,
    /// The method that also waits, and the waiter that it uses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<(Name, String)>,
}

/// The operation that lists what is there, and what is set when it is asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Look {
    /// The method of the list.
    pub operation: Name,
    /// The parameter that takes a name, or a part of it.
    pub name: Name,
    /// Set when one name is looked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exact: Vec<Preset>,
    /// Set always.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub always: Vec<Preset>,
    /// The fields of an item.
    pub item_name: Name,
    pub item_id: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_status: Option<Name>,
    /// States in which an item does not count as there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unusable: Vec<String>,
    /// What tells an item from what was ordered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<Same>,
}

/// A field of the body, and the fields of an item that speak of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Same {
    pub field: Name,
    pub required: bool,
    pub items: Vec<Name>,
    pub compare: Compare,
}

/// How the values of two fields are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Compare {
    Text,
    Number,
    Version,
}

/// A parameter with its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preset {
    pub parameter: Name,
    pub schema: Schema,
    pub value: Value,
}

/// What the answer of the purchase says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bought {
    /// The field that holds a list.
    pub items: Name,
    /// The fields of an item.
    pub item_name: Name,
    pub item_id: Name,
    /// The field that names the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Name>,
}
