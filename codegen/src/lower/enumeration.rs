//! Sets of strings → `model::Enum`.

use openapiv3::{SchemaKind, StringType, Type};

use super::{
    context::Lower,
    extensions,
    names::{self, Scope},
};
use crate::{
    model::{Enum, Name, TypeKind, TypeName, Variant},
    pointer::JsonPointer,
};

/// The variants of a set of strings; open when listed by `x-extensible-enum`.
pub(super) fn enumeration(schema: &openapiv3::Schema, string: &StringType) -> Enum {
    let extensions = &schema.schema_data.extensions;
    let open = string.enumeration.is_empty();
    let values: Vec<&str> = if open {
        extensions::strings(extensions, "x-extensible-enum")
    } else {
        string.enumeration.iter().flatten().map(String::as_str).collect()
    };
    let varnames = extensions::strings(extensions, "x-enum-varnames");
    let descriptions = extensions::strings(extensions, "x-enum-descriptions");
    let mut scope = Scope::default();
    let variant = |(i, wire): (usize, &&str)| {
        let wanted = names::variant(varnames.get(i).unwrap_or(wire));
        Variant {
            name: Name { wire: (*wire).to_owned(), code: scope.claim(wanted, wire) },
            description: descriptions.get(i).map(|text| (*text).to_owned()),
        }
    };
    Enum { open, variants: values.iter().enumerate().map(variant).collect() }
}

impl Lower<'_> {
    /// Two inline schemas of one title are one type; it must then be the same set.
    pub(super) fn same_as(
        &mut self,
        shared: &TypeName,
        schema: &openapiv3::Schema,
        at: &JsonPointer,
    ) {
        let same = match (&schema.schema_kind, self.get(shared).map(|def| &def.kind)) {
            (SchemaKind::Type(Type::String(string)), Some(TypeKind::Enum(other))) => {
                let this = enumeration(schema, string);
                let wires = |e: &Enum| -> Vec<String> {
                    e.variants.iter().map(|v| v.name.wire.clone()).collect()
                };
                this.open == other.open && wires(&this) == wires(other)
            }
            _ => false,
        };
        if !same {
            let owner = self.scope.owner(&shared.0).unwrap_or_default().to_owned();
            let why = format!(
                "the title `{shared}` stands for another set of values at {owner}; choose another title"
            );
            self.refuse(&at.child("title"), "name-clash", why);
        }
    }
}
