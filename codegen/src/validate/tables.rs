//! The tables of all kinds but schemas: the keywords of OpenAPI 3.0, and those of them that are
//! refused.

use super::{
    kinds::{
        Kind as K,
        Shape::{Any, Flag, List, Map, Object, OneOf, Reference, Text, Unsupported},
        Table, keyed, may, must, object,
    },
    schema_kinds::SCHEMA,
};

/// The table of a kind.
pub(super) const fn table(kind: K) -> &'static Table {
    match kind {
        K::Root => &ROOT,
        K::Info => &INFO,
        K::Contact => &CONTACT,
        K::License => &LICENSE,
        K::Server => &SERVER,
        K::ServerVariable => &SERVER_VARIABLE,
        K::ExternalDocs => &EXTERNAL_DOCS,
        K::Tag => &TAG,
        K::Paths => &PATHS,
        K::PathItem => &PATH_ITEM,
        K::Operation => &OPERATION,
        K::Parameter => &PARAMETER,
        K::Header => &HEADER,
        K::RequestBody => &REQUEST_BODY,
        K::Responses => &RESPONSES,
        K::Response => &RESPONSE,
        K::MediaType => &MEDIA_TYPE,
        K::Example => &EXAMPLE,
        K::Components => &COMPONENTS,
        K::SecurityScheme => &SECURITY_SCHEME,
        K::SecurityRequirement => &SECURITY_REQUIREMENT,
        K::Schema => &SCHEMA,
    }
}

static ROOT: Table = object(
    "the document",
    &[
        must("openapi", Text),
        must("info", Object(K::Info)),
        may("servers", List(&Object(K::Server))),
        must("paths", Object(K::Paths)),
        may("components", Object(K::Components)),
        may("security", List(&Object(K::SecurityRequirement))),
        may("tags", List(&Object(K::Tag))),
        may("externalDocs", Object(K::ExternalDocs)),
    ],
);

static INFO: Table = object(
    "info",
    &[
        must("title", Text),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", Object(K::Contact)),
        may("license", Object(K::License)),
        must("version", Text),
    ],
);

static CONTACT: Table =
    object("contact", &[may("name", Text), may("url", Text), may("email", Text)]);

static LICENSE: Table = object("license", &[must("name", Text), may("url", Text)]);

static SERVER: Table = object(
    "a server",
    &[
        must("url", Text),
        may("description", Text),
        may("variables", Map(&Object(K::ServerVariable))),
    ],
);

static SERVER_VARIABLE: Table = object(
    "a server variable",
    &[
        may("enum", Unsupported("name the values in the description")),
        must("default", Text),
        may("description", Text),
    ],
);

static EXTERNAL_DOCS: Table =
    object("externalDocs", &[may("description", Text), must("url", Text)]);

static TAG: Table = object(
    "a tag",
    &[must("name", Text), may("description", Text), may("externalDocs", Object(K::ExternalDocs))],
);

static PATHS: Table =
    keyed("paths", |key| key.starts_with('/'), "a path beginning with `/`", Object(K::PathItem));

static PATH_ITEM: Table = object(
    "a path",
    &[
        may("$ref", Unsupported("write the operations here")),
        may("summary", Unsupported("describe the operations")),
        may("description", Unsupported("describe the operations")),
        may("get", Object(K::Operation)),
        may("put", Object(K::Operation)),
        may("post", Object(K::Operation)),
        may("delete", Object(K::Operation)),
        may("head", Object(K::Operation)),
        may("patch", Object(K::Operation)),
        may("options", Unsupported("remove it, or use another method")),
        may("trace", Unsupported("remove it, or use another method")),
        may("servers", Unsupported("list the servers at the top of the document")),
        may("parameters", List(&Reference(K::Parameter))),
    ],
);

static OPERATION: Table = object(
    "an operation",
    &[
        may("tags", List(&Text)),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Object(K::ExternalDocs)),
        may("operationId", Text),
        may("parameters", List(&Reference(K::Parameter))),
        may("requestBody", Reference(K::RequestBody)),
        must("responses", Object(K::Responses)),
        may("callbacks", Unsupported("remove them")),
        may("deprecated", Flag),
        may("security", Unsupported("state it once, at the top of the document")),
        may("servers", Unsupported("list the servers at the top of the document")),
    ],
);

static PARAMETER: Table = object(
    "a parameter",
    &[
        must("name", Text),
        must("in", OneOf(&["path", "query", "header", "cookie"])),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Unsupported("remove it")),
        may("style", Text),
        may("explode", Flag),
        may("allowReserved", Unsupported("remove it; values are encoded")),
        must("schema", Reference(K::Schema)),
        may("example", Any),
        may("examples", Map(&Reference(K::Example))),
        may("content", Unsupported("use `schema`")),
    ],
);

static HEADER: Table = object(
    "a header",
    &[
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Unsupported("remove it")),
        may("style", OneOf(&["simple"])),
        may("explode", Unsupported("it means nothing for a text or a list; remove it")),
        may("allowReserved", Unsupported("remove it")),
        must("schema", Reference(K::Schema)),
        may("example", Any),
        may("examples", Map(&Reference(K::Example))),
        may("content", Unsupported("use `schema`")),
    ],
);

static REQUEST_BODY: Table = object(
    "a request body",
    &[may("description", Text), must("content", Map(&Object(K::MediaType))), may("required", Flag)],
);

static RESPONSES: Table = keyed(
    "responses",
    is_status,
    "a status such as \"200\", \"4XX\" or `default`",
    Reference(K::Response),
);

static RESPONSE: Table = object(
    "a response",
    &[
        may("description", Text),
        may("headers", Map(&Reference(K::Header))),
        may("content", Map(&Object(K::MediaType))),
        may("links", Unsupported("remove them")),
    ],
);

static MEDIA_TYPE: Table = object(
    "a media type",
    &[
        must("schema", Reference(K::Schema)),
        may("example", Any),
        may("examples", Map(&Reference(K::Example))),
        may(
            "encoding",
            Unsupported("a file says itself what it is, and objects are JSON; remove it"),
        ),
    ],
);

static EXAMPLE: Table = object(
    "an example",
    &[
        may("summary", Text),
        may("description", Text),
        must("value", Any),
        may("externalValue", Unsupported("write the value here")),
    ],
);

static COMPONENTS: Table = object(
    "components",
    &[
        may("schemas", Map(&Reference(K::Schema))),
        may("responses", Map(&Reference(K::Response))),
        may("parameters", Map(&Reference(K::Parameter))),
        may("examples", Map(&Reference(K::Example))),
        may("requestBodies", Map(&Reference(K::RequestBody))),
        may("headers", Map(&Reference(K::Header))),
        may("securitySchemes", Map(&Reference(K::SecurityScheme))),
        may("links", Unsupported("remove them")),
        may("callbacks", Unsupported("remove them")),
    ],
);

static SECURITY_SCHEME: Table = object(
    "a security scheme",
    &[
        must("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect"])),
        may("description", Text),
        may("name", Text),
        may("in", OneOf(&["header", "query", "cookie"])),
        may("scheme", Text),
        may("bearerFormat", Text),
        may("flows", Unsupported("use a scheme of type apiKey or http")),
        may("openIdConnectUrl", Unsupported("use a scheme of type apiKey or http")),
    ],
);

static SECURITY_REQUIREMENT: Table =
    keyed("a security requirement", |_| true, "the name of a scheme", List(&Text));

fn is_status(key: &str) -> bool {
    let [first, rest @ ..] = key.as_bytes() else { return false };
    let digits = rest.len() == 2 && rest.iter().all(u8::is_ascii_digit);
    key == "default" || (matches!(first, b'1'..=b'5') && (digits || rest == b"XX"))
}
