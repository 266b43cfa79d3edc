//! The data of a service, and reading of it. In: embedded texts. Out: the index, an operation, the error codes.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{ErrorCode, Field, Index, Kind, Operation, Rule, Schema, TypeDef, chapter};

/// The data of a service; a generated crate has it as a constant.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// Such as `dcs`.
    pub name: &'static str,
    /// The version of the crate.
    pub version: &'static str,
    /// An [`Index`], as JSON.
    pub index: &'static str,
    /// Operations and types by chapter, as JSON.
    pub chapters: &'static [(&'static str, &'static str)],
    /// A list of [`ErrorCode`]s, as JSON.
    pub error_codes: &'static str,
}

/// The chapter of types that several others reach.
const SHARED: &str = "shared";

/// An operation with all types that it reaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Described {
    /// The operation.
    pub operation: Operation,
    /// By name.
    pub types: BTreeMap<String, TypeDef>,
}

/// Embedded data that are damaged: the crate was not written by the generator, or by another version of it.
///
/// Displays as one line; so does `Debug`, which a `main` prints that returns it.
pub struct CatalogError {
    service: &'static str,
    what: String,
    source: serde_json::Error,
}

impl Service {
    /// The service at a glance.
    ///
    /// # Errors
    ///
    /// The embedded data are damaged.
    pub fn index(&self) -> Result<Index, CatalogError> {
        self.read("index", self.index)
    }

    /// The codes of the service's errors.
    ///
    /// # Errors
    ///
    /// The embedded data are damaged.
    pub fn error_codes(&self) -> Result<Vec<ErrorCode>, CatalogError> {
        self.read("error codes", self.error_codes)
    }

    /// An operation by its id; nothing if there is none.
    ///
    /// # Errors
    ///
    /// The embedded data are damaged.
    pub fn operation(&self, id: &str) -> Result<Option<Described>, CatalogError> {
        let entries = self.index()?.operations;
        match entries.into_iter().find(|entry| entry.id == id) {
            Some(entry) => self.operation_of(&entry.chapter, id),
            None => Ok(None),
        }
    }

    /// As [`operation`](Self::operation), where its chapter is known from the index.
    ///
    /// # Errors
    ///
    /// The embedded data are damaged.
    pub fn operation_of(&self, chapter: &str, id: &str) -> Result<Option<Described>, CatalogError> {
        let Some(text) = self.chapter(chapter) else { return Ok(None) };
        let damaged = |source| self.damaged(id, source);
        let found = chapter::entries::<Operation>(text, "operations", &|name| name == id);
        let Some(operation) = found.map_err(damaged)?.into_values().next() else { return Ok(None) };
        let of = |text, operation: &Operation| {
            let is_reached = |name: &str| operation.types.iter().any(|known| known == name);
            chapter::entries::<TypeDef>(text, "types", &is_reached)
        };
        let mut types = of(text, &operation).map_err(damaged)?;
        if types.len() < operation.types.len()
            && let Some(shared) = self.chapter(SHARED)
        {
            types.extend(of(shared, &operation).map_err(damaged)?);
        }
        Ok(Some(Described { operation, types }))
    }

    fn chapter(&self, name: &str) -> Option<&'static str> {
        self.chapters.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    fn read<T: DeserializeOwned>(&self, what: &str, text: &str) -> Result<T, CatalogError> {
        serde_json::from_str(text).map_err(|source| self.damaged(what, source))
    }

    fn damaged(&self, what: &str, source: serde_json::Error) -> CatalogError {
        CatalogError { service: self.name, what: what.to_owned(), source }
    }
}

impl Described {
    /// The named type that a schema is, not through lists or maps.
    pub fn type_of(&self, schema: &Schema) -> Option<&TypeDef> {
        match &schema.shape {
            crate::Shape::Named(name) => self.types.get(name),
            _ => None,
        }
    }

    /// The fields of a schema that is a structure.
    pub fn fields(&self, schema: &Schema) -> Option<&[Field]> {
        match &self.type_of(schema)?.kind {
            Kind::Struct { fields, .. } => Some(fields),
            Kind::Enum { .. } => None,
        }
    }

    /// All rules that a request is checked by, each once.
    pub fn rules(&self) -> Vec<&Rule> {
        let mut met = Vec::new();
        let mut rules = Vec::new();
        let mut next: Vec<&str> =
            self.operation.body.iter().filter_map(|b| b.schema.named()).collect();
        while let Some(name) = next.pop() {
            if met.contains(&name) {
                continue;
            }
            met.push(name);
            if let Some(Kind::Struct { fields, rules: own }) = self.types.get(name).map(|t| &t.kind)
            {
                rules.extend(own);
                next.extend(fields.iter().rev().filter_map(|field| field.schema.named()));
            }
        }
        rules
    }
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { service, what, source } = self;
        write!(f, "the data about {service} are damaged ({what}): {source}; build the program anew")
    }
}

impl fmt::Debug for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for CatalogError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
