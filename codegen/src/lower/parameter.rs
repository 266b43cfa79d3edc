//! Parameters → `model::Parameter`.

use openapiv3::{Parameter as Spec, ParameterData, ParameterSchemaOrContent, ReferenceOr};

use super::{context::Lower, extensions, names, schema::plain};
use crate::{
    model::{Location, Name, Parameter, Schema, Shape, TypeName},
    pointer::JsonPointer,
};

impl<'d> Lower<'d> {
    /// The parameters of an operation; one of the operation overrides one of its path.
    pub(super) fn parameters(
        &mut self,
        own: &'d [ReferenceOr<Spec>],
        of_path: &'d [ReferenceOr<Spec>],
        at: &JsonPointer,
        type_name: &TypeName,
    ) -> Vec<Parameter> {
        let path_at = JsonPointer::root().join(at.segments().iter().take(2).map(String::as_str));
        let all = of_path.iter().map(|p| (p, &path_at)).chain(own.iter().map(|p| (p, at)));
        let mut found: Vec<(Location, &'d ParameterData, JsonPointer)> = Vec::new();
        for (i, (parameter, base)) in all.enumerate() {
            let offset = if base == at { of_path.len() } else { 0 };
            let at = base.child("parameters").child(i - offset);
            let Some(spec) = self.resolve(parameter, "parameters", |c| &c.parameters, &at) else {
                continue;
            };
            let Some((location, data)) = split(spec) else {
                self.refuse(&at, "unsupported", "cookie parameters are not supported; remove it");
                continue;
            };
            found.retain(|(l, d, _)| !(*l == location && d.name == data.name));
            found.push((location, data, at));
        }
        // Arguments of a method stand in the order of the path, whatever the order of the document: ids that
        // are swapped would be taken.
        let path = at.segments().get(1).map_or("", String::as_str);
        found.sort_by_key(|(location, data, _)| match location {
            Location::Path => path.find(&format!("{{{}}}", data.name)).unwrap_or(path.len()),
            _ => usize::MAX,
        });
        let wires = found.iter().map(|(_, data, _)| data.name.as_str());
        let codes = names::distinct(wires, names::parameter);
        let named = found.into_iter().zip(codes);
        named.map(|((l, data, at), code)| self.parameter(l, data, &at, type_name, code)).collect()
    }

    fn parameter(
        &mut self,
        location: Location,
        data: &'d ParameterData,
        at: &JsonPointer,
        type_name: &TypeName,
        code: String,
    ) -> Parameter {
        let hint = format!("{type_name}{}", names::type_name(&data.name));
        let (schema, own) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                (self.schema(schema, &at.child("schema"), &hint), schema.as_item())
            }
            ParameterSchemaOrContent::Content(_) => {
                self.refuse(at, "unsupported", "`content` is not supported here; use `schema`");
                (plain(Shape::Any), None)
            }
        };
        // A parameter is there or it is not; there is no null outside JSON.
        let schema = Schema { nullable: false, ..schema };
        let own = own.map(|schema| &schema.schema_data);
        Parameter {
            name: Name { wire: data.name.clone(), code },
            location,
            required: data.required,
            of_client: extensions::flag(&data.extensions, "x-client-parameter"),
            description: data.description.clone().unwrap_or_default(),
            schema,
            default: own.and_then(|own| own.default.clone()),
            example: data.example.clone().or_else(|| own.and_then(|own| own.example.clone())),
            deprecated: data.deprecated.unwrap_or(false),
            choices: extensions::choices(&data.extensions)
                .or_else(|| extensions::choices(&own?.extensions)),
            origins: extensions::origins(&data.extensions),
        }
    }
}

fn split(spec: &Spec) -> Option<(Location, &ParameterData)> {
    match spec {
        Spec::Path { parameter_data, .. } => Some((Location::Path, parameter_data)),
        Spec::Query { parameter_data, .. } => Some((Location::Query, parameter_data)),
        Spec::Header { parameter_data, .. } => Some((Location::Header, parameter_data)),
        Spec::Cookie { .. } => None,
    }
}
