//! What values may be. In: the types of the document. Out: shapes with their bounds, and named types that they share.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::{Choices, Origin, Text, is_default};

/// The values that may stand at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// What kind of value it is.
    pub shape: Shape,
    /// Whether it may be `null`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub nullable: bool,
    /// What bounds it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bounds: Bounds,
}

/// What kind of value it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number, with its format, such as `int32`.
    Integer(String),
    /// A number.
    Number,
    /// A text, with its format if there is one, such as `date-time`.
    String(Option<String>),
    /// A text that must never be shown.
    Secret,
    /// Bytes that are sent as they are.
    File,
    /// A list.
    Array(Box<Schema>),
    /// An object whose keys are data.
    Map(Box<Schema>),
    /// One of the named types.
    Named(String),
}

/// What bounds a value. What is absent bounds nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// In characters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min_length: Option<u64>,
    /// In characters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_length: Option<u64>,
    /// A regular expression that the text must match.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pattern: Option<String>,
    /// The least number.
    #[serde(default, skip_serializing_if = "is_default")]
    pub minimum: Option<Limit>,
    /// The greatest number.
    #[serde(default, skip_serializing_if = "is_default")]
    pub maximum: Option<Limit>,
    /// What the number is a multiple of.
    #[serde(default, skip_serializing_if = "is_default")]
    pub multiple_of: Option<Number>,
    /// Of a list.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min_items: Option<u64>,
    /// Of a list.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_items: Option<u64>,
    /// Whether a list has no item twice.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unique_items: bool,
    /// Of a map.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min_entries: Option<u64>,
    /// Of a map.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_entries: Option<u64>,
    /// The only keys that a map may have, with what each means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub keys: Vec<Known>,
    /// The only numbers that are allowed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub allowed: Vec<Number>,
    /// Documented numbers of an open set.
    #[serde(default, skip_serializing_if = "is_default")]
    pub known: Vec<Number>,
}

/// A limit of a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// The number.
    pub value: Number,
    /// Whether the number itself is not allowed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exclusive: bool,
}

/// A value, or a key, that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// As it travels.
    pub value: String,
    /// The variant of the Rust client, if there is one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub code: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: Option<Text>,
}

/// A type that several places may share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeDef {
    /// Unique in the service.
    pub name: String,
    /// What it is, where the document says so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: Option<Text>,
    /// Where it is from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origins: Vec<Origin>,
    /// A structure or a set of texts.
    pub kind: Kind,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An object with known properties.
    Struct {
        /// In document order.
        fields: Vec<Field>,
        /// What must hold between them.
        #[serde(default, skip_serializing_if = "is_default")]
        rules: Vec<Rule>,
    },
    /// A set of texts.
    Enum {
        /// Whether others are accepted.
        open: bool,
        /// In document order.
        values: Vec<Known>,
    },
}

/// A property of a structure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// As it travels.
    pub name: String,
    /// What the Rust client calls it, if that is not its name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub code: Option<String>,
    /// Whether it must be there.
    pub required: bool,
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
    /// Whether it stands for all properties that have no field of their own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_rest: bool,
    /// Whether the price depends on it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub affects_price: bool,
    /// Where its values come from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub choices: Option<Choices>,
    /// Where it is from, if not from where its type is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origins: Vec<Origin>,
}

/// What must hold for every value of a structure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Stable, and unique in the service.
    pub id: String,
    /// Whether a request that breaks it is sent.
    pub severity: Severity,
    /// What is wrong when it is broken; `{field}` stands for a value.
    pub message: Text,
    /// The condition, in CEL over `self`.
    pub cel: String,
    /// The field that it is about, from the structure on; empty for the structure itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub field: Vec<String>,
    /// Where it is documented.
    pub source: String,
    /// The ids of the sources that state it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<String>,
}

/// What breaking a rule means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The request is not sent.
    Error,
    /// It is sent, but probably not what was meant.
    Warning,
}

impl Schema {
    /// The named type that it leads to, through lists and maps.
    pub fn named(&self) -> Option<&str> {
        match &self.shape {
            Shape::Named(name) => Some(name),
            Shape::Array(inner) | Shape::Map(inner) => inner.named(),
            _ => None,
        }
    }
}
