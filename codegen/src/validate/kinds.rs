//! The objects of OpenAPI 3.0 as tables: which keywords each knows, and what may stand there.

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    ExternalDocs,
    Tag,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    Responses,
    Response,
    MediaType,
    Example,
    Components,
    SecurityScheme,
    SecurityRequirement,
    Schema,
}

/// What may stand under a keyword.
pub(super) enum Shape {
    Any,
    Text,
    Flag,
    /// A whole number that is not negative.
    Count,
    Number,
    OneOf(&'static [&'static str]),
    List(&'static Shape),
    /// An object whose keys are names.
    Map(&'static Shape),
    Object(Kind),
    /// An object, or a reference to one.
    Reference(Kind),
    /// A boolean, or a schema.
    FlagOrSchema,
    /// Part of OpenAPI that is refused, and what to do instead.
    Unsupported(&'static str),
}

/// One keyword of an object.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) need: Need,
}

/// Whether a keyword may be left out.
#[derive(PartialEq, Eq)]
pub(super) enum Need {
    Optional,
    Required,
}

/// Keys that are not keywords: paths, statuses, names of schemes.
pub(super) struct Entries {
    pub(super) accepts: fn(&str) -> bool,
    pub(super) expected: &'static str,
    pub(super) shape: Shape,
}

/// The table of one kind.
pub(super) struct Table {
    /// With its article, for messages.
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    pub(super) entries: Option<Entries>,
}

/// The section of the components that holds a kind.
pub(super) fn section(kind: Kind) -> &'static str {
    match kind {
        Kind::Parameter => "parameters",
        Kind::Header => "headers",
        Kind::RequestBody => "requestBodies",
        Kind::Response => "responses",
        Kind::Example => "examples",
        Kind::SecurityScheme => "securitySchemes",
        _ => "schemas",
    }
}

pub(super) const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, need: Need::Optional }
}

pub(super) const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, need: Need::Required }
}

pub(super) const fn object(name: &'static str, fields: &'static [Field]) -> Table {
    Table { name, fields, entries: None }
}

pub(super) const fn keyed(
    name: &'static str,
    accepts: fn(&str) -> bool,
    expected: &'static str,
    shape: Shape,
) -> Table {
    Table { name, fields: &[], entries: Some(Entries { accepts, expected, shape }) }
}
