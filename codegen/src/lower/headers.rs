//! Headers of responses → `model::Header`, and those of all successes of an operation → `model::Headers`.

use openapiv3::{ParameterSchemaOrContent, Response};

use super::{
    context::Lower,
    names::{self, Scope},
    schema::plain,
};
use crate::{
    model::{Header, Headers, Name, Operation, Schema, Shape, TypeName},
    pointer::JsonPointer,
};

impl<'d> Lower<'d> {
    /// The headers of one response.
    pub(super) fn headers(
        &mut self,
        response: &'d Response,
        at: &JsonPointer,
        type_name: &TypeName,
    ) -> Vec<Header> {
        let codes = names::distinct(response.headers.keys().map(String::as_str), names::value);
        let mut lowered = Vec::new();
        for ((wire, header), code) in response.headers.iter().zip(codes) {
            let at = at.child("headers").child(wire);
            let Some(header) = self.resolve(header, "headers", |c| &c.headers, &at) else {
                continue;
            };
            let hint = format!("{type_name}{}", names::type_name(wire));
            let (schema, own) = match &header.format {
                ParameterSchemaOrContent::Schema(schema) => {
                    (self.schema(schema, &at.child("schema"), &hint), schema.as_item())
                }
                ParameterSchemaOrContent::Content(_) => {
                    self.refuse(
                        &at,
                        "unsupported",
                        "`content` is not supported here; use `schema`",
                    );
                    (plain(Shape::Any), None)
                }
            };
            let own = own.and_then(|schema| schema.schema_data.description.clone());
            lowered.push(Header {
                name: Name { wire: wire.clone(), code },
                description: header.description.clone().or(own).unwrap_or_default(),
                // A header is there or it is not.
                schema: Schema { nullable: false, ..schema },
                deprecated: header.deprecated.unwrap_or(false),
            });
        }
        lowered
    }
}

/// Gives each operation the headers of its successes. `types` are the names of the types of calls, beside which
/// these stand. That one name has one type everywhere, lint has seen to.
pub(super) fn of_successes(operations: &mut [Operation], types: &mut Scope) {
    for operation in operations {
        let mut fields: Vec<Header> = Vec::new();
        let successes = operation.responses.iter().filter(|response| response.is_success());
        for header in successes.flat_map(|response| &response.headers) {
            let is_same = |known: &Header| known.name.wire.eq_ignore_ascii_case(&header.name.wire);
            if !fields.iter().any(is_same) {
                fields.push(header.clone());
            }
        }
        let codes =
            names::distinct(fields.iter().map(|field| field.name.wire.as_str()), names::value);
        for (field, code) in fields.iter_mut().zip(codes) {
            field.name.code = code;
        }
        if !fields.is_empty() {
            let name = types.claim(format!("{}Headers", operation.type_name), &operation.name.wire);
            operation.headers = Some(Headers { type_name: TypeName(name), fields });
        }
    }
}
