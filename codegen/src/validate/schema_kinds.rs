//! The table of schemas: the keywords of OpenAPI 3.0, and those of them that are refused.

use super::kinds::{
    Field, Kind,
    Shape::{
        Any, Count, Flag, FlagOrSchema, List, Map, Number, Object, OneOf, Reference, Text,
        Unsupported,
    },
    Table, may, object,
};

/// The values of `type`.
pub(super) const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

pub(super) static SCHEMA: Table = object("a schema", FIELDS);

const FIELDS: &[Field] = &[
    may("title", Text),
    may("type", OneOf(TYPES)),
    may("format", Text),
    may("description", Text),
    may("nullable", Flag),
    may("deprecated", Flag),
    may("default", Any),
    may("example", Any),
    may("externalDocs", Object(Kind::ExternalDocs)),
    may("enum", List(&Any)),
    may("minLength", Count),
    may("maxLength", Count),
    may("pattern", Text),
    may("minimum", Number),
    may("maximum", Number),
    may("exclusiveMinimum", Flag),
    may("exclusiveMaximum", Flag),
    may("multipleOf", Number),
    may("items", Reference(Kind::Schema)),
    may("minItems", Count),
    may("maxItems", Count),
    may("uniqueItems", Flag),
    may("properties", Map(&Reference(Kind::Schema))),
    may("required", List(&Text)),
    may("additionalProperties", FlagOrSchema),
    may("minProperties", Count),
    may("maxProperties", Count),
    may("allOf", List(&Reference(Kind::Schema))),
    may("oneOf", Unsupported("describe one of the shapes, or leave the schema open")),
    may("anyOf", Unsupported("describe one of the shapes, or leave the schema open")),
    may("not", Unsupported("say it in the description")),
    may("discriminator", Unsupported("describe one of the shapes")),
    may("readOnly", Unsupported("use a schema of its own for what is sent")),
    may("writeOnly", Unsupported("use a schema of its own for what comes back")),
    may("xml", Unsupported("it means nothing for JSON; remove it")),
];
