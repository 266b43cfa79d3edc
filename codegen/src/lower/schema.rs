//! A schema where it is used → `model::Schema`.

use std::borrow::Borrow;

use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, SchemaKind, StringType, Type};

use super::{
    constraints,
    context::{Lower, Titled, schema_pointer},
    extensions, names,
    subject::subject,
};
use crate::{
    model::{Constraints, Schema, Shape, TypeName},
    pointer::JsonPointer,
};

/// References are followed this deep at most; validation has refused circles before.
const MAX_ALIASES: usize = 64;

impl<'d> Lower<'d> {
    /// Whether a schema is a type of its own: an object with properties or a set of strings.
    pub(super) fn is_type(schema: &openapiv3::Schema) -> bool {
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                !object.properties.is_empty()
                    && !extensions::flag(&schema.schema_data.extensions, "x-closed-map")
            }
            SchemaKind::Type(Type::String(string)) => {
                !string.enumeration.is_empty()
                    || schema.schema_data.extensions.contains_key("x-extensible-enum")
            }
            SchemaKind::AllOf { all_of } => {
                all_of.len() > 1
                    || matches!(&all_of[..], [ReferenceOr::Item(item)] if Self::is_type(item))
            }
            _ => false,
        }
    }

    /// Lowers a schema at `at`; `hint` names the type that it may become.
    pub(super) fn schema<S: Borrow<openapiv3::Schema>>(
        &mut self,
        schema: &'d ReferenceOr<S>,
        at: &JsonPointer,
        hint: &str,
    ) -> Schema {
        match schema {
            ReferenceOr::Item(item) => self.inline(item.borrow(), at, hint),
            ReferenceOr::Reference { reference } => self.reference(reference, at),
        }
    }

    fn reference(&mut self, reference: &str, at: &JsonPointer) -> Schema {
        let name = reference.strip_prefix("#/components/schemas/").unwrap_or(reference);
        if let Some(code) = self.components.get(name) {
            return plain(Shape::Named(code.clone()));
        }
        let known = self.resolving.iter().any(|r| r == name);
        if known || self.resolving.len() > MAX_ALIASES {
            self.refuse(at, "reference-cycle", format!("`{reference}` leads back to itself"));
            return plain(Shape::Any);
        }
        let Some(target) = self.component_schema(name, at) else { return plain(Shape::Any) };
        self.resolving.push(name.to_owned());
        let schema = self.inline(target, &schema_pointer(name), &names::type_name(name));
        self.resolving.pop();
        schema
    }

    fn inline(&mut self, schema: &'d openapiv3::Schema, at: &JsonPointer, hint: &str) -> Schema {
        let mut lowered = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } if !Self::is_type(schema) => match &all_of[..] {
                [part] => self.schema(part, &at.child("allOf").child(0), hint),
                _ => self.unsupported(at, "an empty allOf"),
            },
            _ if Self::is_type(schema) => plain(Shape::Named(self.inline_type(schema, at, hint))),
            SchemaKind::Type(kind) => self.of_type(schema, kind, at, hint),
            SchemaKind::Any(any) if *any == openapiv3::AnySchema::default() => plain(Shape::Any),
            _ => self.unsupported(at, "a schema that is neither of one type nor allOf"),
        };
        let may_be_null = schema.schema_data.nullable || has_null(&schema.schema_kind);
        // Null is one of the values that anything may be.
        lowered.nullable |= may_be_null && lowered.shape != Shape::Any;
        lowered
    }

    fn unsupported(&mut self, at: &JsonPointer, what: &str) -> Schema {
        self.refuse(at, "unsupported", format!("{what} is not supported; write one plain type"));
        plain(Shape::Any)
    }

    fn of_type(
        &mut self,
        schema: &'d openapiv3::Schema,
        kind: &'d Type,
        at: &JsonPointer,
        hint: &str,
    ) -> Schema {
        let extensions = &schema.schema_data.extensions;
        match kind {
            Type::Boolean(_) => plain(Shape::Boolean),
            Type::String(string) => self.string(string, at),
            Type::Integer(integer) => Schema {
                shape: Shape::Integer(constraints::width(&integer.format)),
                nullable: false,
                constraints: constraints::integer(integer, extensions),
            },
            Type::Number(number) => Schema {
                shape: Shape::Number,
                nullable: false,
                constraints: constraints::number(number, extensions),
            },
            Type::Array(array) => {
                let item = match &array.items {
                    Some(items) => self.schema(items, &at.child("items"), &format!("{hint}Item")),
                    None => plain(Shape::Any),
                };
                Schema {
                    shape: Shape::Array(Box::new(item)),
                    nullable: false,
                    constraints: constraints::array(array),
                }
            }
            Type::Object(object) => self.map(schema, object, at, hint),
        }
    }

    fn string(&mut self, string: &'d StringType, at: &JsonPointer) -> Schema {
        let format = constraints::format(&string.format);
        let shape = match format.as_deref() {
            Some("password") => Shape::Secret,
            _ => Shape::String { format },
        };
        match constraints::string(string) {
            Ok(constraints) => Schema { shape, nullable: false, constraints },
            Err(why) => {
                self.refuse(&at.child("pattern"), "bad-pattern", why.to_string());
                plain(shape)
            }
        }
    }

    /// An object whose keys are data.
    fn map(
        &mut self,
        schema: &'d openapiv3::Schema,
        object: &'d ObjectType,
        at: &JsonPointer,
        hint: &str,
    ) -> Schema {
        let mut bounds = Constraints {
            min_properties: object.min_properties.map(|n| n as u64),
            max_properties: object.max_properties.map(|n| n as u64),
            ..Constraints::default()
        };
        let hint = format!("{hint}Value");
        let closed = extensions::flag(&schema.schema_data.extensions, "x-closed-map");
        let value = match (&object.additional_properties, object.properties.first()) {
            (_, Some((key, property))) if closed => {
                bounds.keys = self.keys(object, at);
                self.schema(property, &at.child("properties").child(key), &hint)
            }
            (Some(AdditionalProperties::Schema(value)), _) => {
                self.schema(value, &at.child("additionalProperties"), &hint)
            }
            _ => plain(Shape::Any),
        };
        Schema { shape: Shape::Map(Box::new(value)), nullable: false, constraints: bounds }
    }

    fn keys(&mut self, object: &'d ObjectType, at: &JsonPointer) -> Vec<(String, String)> {
        let at = at.child("properties");
        let describe = |(key, property): (&String, &'d ReferenceOr<Box<openapiv3::Schema>>)| {
            let description = self.description_of(property, &at.child(key));
            (key.clone(), description)
        };
        object.properties.iter().map(describe).collect()
    }

    /// The type of an inline object or enumeration, by its title or its place.
    fn inline_type(
        &mut self,
        schema: &'d openapiv3::Schema,
        at: &JsonPointer,
        hint: &str,
    ) -> TypeName {
        let title = schema.schema_data.title.as_deref();
        let user = format!("`{}`", subject(self.document, at));
        if let Some(shared) = title.and_then(|title| self.titled.get_mut(title)) {
            if !shared.users.contains(&user) {
                shared.users.push(user);
            }
            let (name, users) = (shared.name.clone(), shared.users.join(", "));
            self.same_as(&name, schema, at);
            // The words of one place would mislead at the other.
            self.describe(&name, format!("A value of {users}."));
            return name;
        }
        let wanted = names::type_name(title.unwrap_or(hint));
        let owner = self.scope.owner(&wanted).map(str::to_owned);
        if let (Some(title), Some(owner)) = (title, owner) {
            let why =
                format!("the title `{title}` names the type of {owner} already; choose another");
            self.refuse(&at.child("title"), "name-clash", why);
        }
        let name = TypeName(self.scope.claim(wanted, &at.to_string()));
        if let Some(title) = title {
            self.titled.insert(title.to_owned(), Titled { name: name.clone(), users: vec![user] });
        }
        self.define(&name, schema, at);
        name
    }
}

/// A shape that nothing bounds.
pub(super) fn plain(shape: Shape) -> Schema {
    Schema { shape, nullable: false, constraints: Constraints::default() }
}

/// Whether an enumeration lists `null`.
fn has_null(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::Type(Type::String(string)) => string.enumeration.contains(&None),
        SchemaKind::Type(Type::Integer(integer)) => integer.enumeration.contains(&None),
        SchemaKind::Type(Type::Number(number)) => number.enumeration.contains(&None),
        _ => false,
    }
}
