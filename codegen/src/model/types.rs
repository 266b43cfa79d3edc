//! The named types of an API: structures and enumerations.

use serde::Serialize;
use serde_json::Value;

use super::{Choices, Name, Origin, Rule, Schema, TypeName};
use crate::pointer::JsonPointer;

/// A structure or an enumeration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeDef {
    pub name: TypeName,
    /// Where the document defines it.
    pub pointer: JsonPointer,
    pub description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    pub direction: Direction,
    #[serde(flatten)]
    pub kind: TypeKind,
}

/// Which way values of a type travel; set by the pass `direction`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Direction {
    pub request: bool,
    pub response: bool,
}

/// What a named type is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TypeKind {
    Struct(Struct),
    Enum(Enum),
}

/// An object with known properties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Struct {
    pub fields: Vec<Field>,
    /// What must hold between its fields, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
}

/// The name on the wire of what stands for all other properties: none that a property has.
pub const OTHERS: &str = "*";

/// A property of a structure, or all those that have no field of their own (`is_rest`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    pub name: Name,
    pub required: bool,
    pub description: String,
    pub schema: Schema,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// Whether it is a map of the properties that have no field of their own: its entries stand beside the other
    /// fields.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_rest: bool,
    /// Whether the price depends on it (`x-affects-price`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub affects_price: bool,
    /// Where its values come from (`x-values`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choices: Option<Choices>,
    /// Where it is from, if not from where its type is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
}

impl Struct {
    /// The properties that have a field of their own.
    pub fn properties(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.is_rest)
    }

    /// What holds all others, if they are kept.
    pub fn rest(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.is_rest)
    }
}

/// A set of strings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Enum {
    /// Whether values that are not listed are legal in requests (`x-extensible-enum`).
    pub open: bool,
    pub variants: Vec<Variant>,
}

/// One of the strings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variant {
    pub name: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
