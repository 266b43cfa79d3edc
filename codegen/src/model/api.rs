//! The whole API and what is said of it once.

use indexmap::IndexMap;
use serde::Serialize;

use crate::draft::Gaps;

use super::{
    Erratum, ErrorCatalog, Field, Knowledge, Name, Operation, Schema, Shape, TypeDef, TypeKind,
    TypeName,
};

/// An API: the result of `lower`, the input of every emitter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    pub info: Info,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<SecurityScheme>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    pub operations: Vec<Operation>,
    pub types: IndexMap<TypeName, TypeDef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_catalog: Option<ErrorCatalog>,
    /// What the front page of the client shows, as Markdown; no fact, so no part of a printed model.
    #[serde(skip)]
    pub guide: Option<String>,
    /// From where and when the facts are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub knowledge: Option<Knowledge>,
    /// The contradictions in the source material, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errata: Vec<Erratum>,
    /// What people have not written yet, of a draft; no fact, so no part of a printed model.
    #[serde(skip)]
    pub gaps: Option<Gaps>,
}

impl Api {
    /// Whether any operation sends a file.
    pub fn uploads(&self) -> bool {
        let bodies = self.operations.iter().filter_map(|operation| operation.body.as_ref());
        let fields = self.types.values().flat_map(|definition| match &definition.kind {
            TypeKind::Struct(shape) => shape.fields.as_slice(),
            TypeKind::Enum(_) => &[],
        });
        bodies
            .map(|body| &body.schema)
            .chain(fields.map(|field| &field.schema))
            .any(Schema::is_file)
    }

    /// Whether a name is that of a `key` and its `value` and nothing else, which people write as a pair.
    pub fn is_pair(&self, name: &TypeName) -> bool {
        let Some(TypeKind::Struct(shape)) = self.types.get(name).map(|def| &def.kind) else {
            return false;
        };
        let is_text = |field: &Field| {
            matches!(field.schema.shape, Shape::String { .. })
                && !(field.required && field.schema.nullable)
        };
        match shape.fields.as_slice() {
            [key, value] => {
                let names = [key, value].map(|field| field.name.wire.as_str());
                names == ["key", "value"] && key.required && is_text(key) && is_text(value)
            }
            _ => false,
        }
    }

    /// Whether a name is that of an enumeration that takes any value.
    pub fn is_open_enum(&self, name: &TypeName) -> bool {
        matches!(self.types.get(name).map(|def| &def.kind), Some(TypeKind::Enum(one)) if one.open)
    }

    /// Whether a type is an enumeration.
    pub fn is_enum(&self, name: &TypeName) -> bool {
        self.types.get(name).is_some_and(|def| matches!(def.kind, TypeKind::Enum(_)))
    }
}

/// What the document says of the API as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Info {
    pub title: String,
    pub version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docs_url: Option<String>,
}

/// Where the API is served; `url` holds its variables as `{name}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Server {
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<ServerVariable>,
}

/// A variable part of a server's URL.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServerVariable {
    pub name: String,
    pub default: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A way to prove who calls.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SecurityScheme {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The header that carries the proof, for schemes of that kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
}

/// A chapter of the API.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    /// `code` is a module's name.
    pub name: Name,
    /// The name for people, in the language of the model.
    #[serde(skip)]
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
