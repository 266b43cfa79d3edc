//! A schema where it is used: a shape and what bounds its values.

use serde::Serialize;
use serde_json::Number;

use super::{TypeName, Width};
use crate::pattern::Dfa;

/// The values that may stand at one place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Schema {
    pub shape: Shape,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
}

/// What kind of value it is. References to anything but objects and enumerations are resolved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Any JSON value.
    Any,
    Boolean,
    /// A whole number.
    Integer(Width),
    Number,
    String {
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<String>,
    },
    /// A string that must never be shown.
    Secret,
    /// Bytes that are sent as they are: a part of a form, or a whole body.
    File,
    Array(Box<Schema>),
    /// An object whose keys are data.
    Map(Box<Schema>),
    /// A structure or an enumeration of the API.
    Named(TypeName),
}

impl Schema {
    /// Whether it is a file, or a list of files.
    pub fn is_file(&self) -> bool {
        match &self.shape {
            Shape::Array(item) => item.shape == Shape::File,
            shape => *shape == Shape::File,
        }
    }
}

impl Shape {
    /// Whether its values are whole numbers of at most 64 bits with a sign.
    pub fn is_count(&self) -> bool {
        matches!(self, Self::Integer(width) if *width != Width::U64)
    }
}

/// The keywords that bound a value. Absent ones bound nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Constraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Bound>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Bound>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unique_items: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_properties: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_properties: Option<u64>,
    /// The only keys that a map may have, with what each means.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<(String, String)>,
    /// The only numbers that are allowed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Number>,
    /// Documented values of an open set of numbers: for people, never enforced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<Number>,
}

impl Constraints {
    /// Whether nothing is bounded.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A limit of a number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bound {
    pub value: Number,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
}

/// A regular expression together with its automaton.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Pattern {
    pub text: String,
    #[serde(skip)]
    pub dfa: Dfa,
    /// What it is known by in code; a pass gives it.
    #[serde(skip)]
    pub name: String,
}
