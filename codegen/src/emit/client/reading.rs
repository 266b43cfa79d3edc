//! How structures are read. In: the model. Out: for each structure what stands beside it, or what
//! its fields tell serde's derive.
//!
//! serde's derive makes dozens of generic functions of a structure that is read leniently, a wrapper
//! of each field among them. They are most of what a build works on, so that the runtime's one loop
//! takes their place: a structure only says which name belongs to which field.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use super::rust_type::{ident, type_ident};
use crate::model::{Field, Shape, Struct, TypeDef};

/// Who reads a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// The runtime's loop, leniently: nothing in it is needed.
    Loop,
    /// serde's derive, leniently: it knows what to do when something needed is missing.
    Derive,
    /// serde's derive, strictly: it is sent alone.
    Strict,
}

pub(super) fn reading(definition: &TypeDef, structure: &Struct) -> Reading {
    match (definition.direction.request, definition.direction.response) {
        (_, false) => Reading::Strict,
        (false, true) if structure.properties().any(|field| field.required) => Reading::Derive,
        _ => Reading::Loop,
    }
}

/// What stands beside the structure.
pub(super) fn items(definition: &TypeDef, structure: &Struct) -> Vec<Item> {
    let name = type_ident(&definition.name);
    match reading(definition, structure) {
        Reading::Loop => [
            absent(definition, structure),
            Some(by_loop(definition, structure)),
            Some(parse_quote!(::huaweicloud_core::lenient_fields!(#name);)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Reading::Derive => vec![parse_quote!(::huaweicloud_core::lenient_struct!(#name);)],
        Reading::Strict => Vec::new(),
    }
}

/// What a field tells serde's derive about reading it.
pub(super) fn attributes(field: &Field, reading: Reading) -> Vec<TokenStream> {
    let default = (!field.required).then(|| quote!(default));
    // What cannot be meant does not lose the fields beside it, if there is an empty value for it.
    let has_empty = !matches!(field.schema.shape, Shape::Named(_));
    let lenient = if field.required && !field.schema.nullable && has_empty {
        quote!(deserialize_with = "::huaweicloud_core::lenient::or_absent")
    } else {
        quote!(deserialize_with = "::huaweicloud_core::lenient::field")
    };
    match reading {
        Reading::Loop => Vec::new(),
        Reading::Derive => default.into_iter().chain([lenient]).collect(),
        Reading::Strict => default.into_iter().collect(),
    }
}

fn by_loop(definition: &TypeDef, structure: &Struct) -> Item {
    let name = type_ident(&definition.name);
    let names = structure.properties().map(|field| field.name.wire.as_str());
    let empty = if may_lack_needed(definition) {
        quote!(::huaweicloud_core::lenient::absent())
    } else {
        quote!(::std::default::Default::default())
    };
    let fields: Vec<&Field> = structure.properties().collect();
    let last = fields.len().saturating_sub(1);
    let arms = fields.iter().enumerate().map(|(at, field)| {
        let is_last = at == last;
        let name = ident(&field.name.code);
        let at = Literal::usize_unsuffixed(at);
        let at = if is_last { quote!(_) } else { quote!(#at) };
        let read = if may_lack_needed(definition) && field.required {
            quote!(read_field_or_absent)
        } else {
            quote!(read_field)
        };
        quote!(#at => ::huaweicloud_core::lenient::#read(entries, &mut self.#name))
    });
    let arms: Vec<TokenStream> = arms.collect();
    let (field, read) = match &fields[..] {
        [only] => {
            let name = ident(&only.name.code);
            let needed = may_lack_needed(definition) && only.required;
            let read = ident(if needed { "read_field_or_absent" } else { "read_field" });
            (quote!(_), quote!(::huaweicloud_core::lenient::#read(entries, &mut self.#name)))
        }
        _ => (quote!(field), quote!(match field { #(#arms,)* })),
    };
    let (keeps, others) = structure.rest().map(others).unzip();
    parse_quote! {
        impl ::huaweicloud_core::lenient::Structure for #name {
            const NAMES: &'static [&'static str] = &[#(#names),*];
            #keeps

            fn empty() -> Self {
                #empty
            }

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                &mut self,
                #field: usize,
                entries: &mut A,
            ) -> ::std::result::Result<(), A::Error> {
                #read
            }

            #others
        }
    }
}

/// How what has no field of its own is kept: that it is, and the method.
fn others(rest: &Field) -> (TokenStream, TokenStream) {
    let name = ident(&rest.name.code);
    let keeps = quote!(
        const KEEPS_OTHERS: bool = true;
    );
    let method = quote! {
        fn read_other<'de, A: ::serde::de::MapAccess<'de>>(
            &mut self,
            name: ::std::string::String,
            entries: &mut A,
        ) -> ::std::result::Result<(), A::Error> {
            ::huaweicloud_core::lenient::read_other(entries, name, &mut self.#name)
        }
    };
    (keeps, method)
}

/// A type that is sent and read: what requests need, answers may lack.
fn absent(definition: &TypeDef, structure: &Struct) -> Option<Item> {
    if !may_lack_needed(definition) {
        return None;
    }
    let name = type_ident(&definition.name);
    let fields = structure.fields.iter().map(|field| {
        let name = ident(&field.name.code);
        quote!(#name: ::huaweicloud_core::lenient::absent())
    });
    Some(parse_quote! {
        impl ::huaweicloud_core::lenient::Absent for #name {
            fn absent() -> Self {
                Self { #(#fields),* }
            }
        }
    })
}

fn may_lack_needed(definition: &TypeDef) -> bool {
    definition.direction.request && definition.direction.response
}
