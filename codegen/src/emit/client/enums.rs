//! Enumerations that keep what they do not know. Out: items of a tag's
//! `values`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    doc,
    rust_type::{ident, type_ident},
};
use crate::emit::words;
use crate::model::{Enum, TypeDef, Variant};

/// One enumeration.
pub(super) fn tokens(definition: &TypeDef, shape: &Enum) -> TokenStream {
    let name = type_ident(&definition.name);
    let mut paragraphs = doc::of_type(definition);
    let set = match (definition.direction.request, shape.open) {
        (false, _) => "An open set: a value that a newer service answers is kept.",
        (true, true) => "An open set: a value that is not documented is sent unchanged.",
        (true, false) => "A closed set in requests; a value that a newer service answers is kept.",
    };
    paragraphs.push(set.to_owned());
    let words = doc::doc(&paragraphs);
    let variants = shape.variants.iter().map(variant);
    let names: Vec<_> = shape.variants.iter().map(|v| ident(&v.name.code)).collect();
    let wires: Vec<_> = shape.variants.iter().map(|v| v.name.wire.as_str()).collect();
    let boolean = boolean(shape).then(|| boolean_impls(definition));
    let is_checked = definition.direction.request && !shape.open;
    let check = is_checked.then(|| check(definition));
    quote! {
        #words
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value unknown to this crate, kept as received and sent unchanged.
            Unknown(String),
        }

        impl crate::types::#name {
            /// Every documented value, as it travels.
            pub const VALUES: &'static [&'static str] = &[#(#wires),*];

            /// The value as it travels.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #wires,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<String> for #name {
            fn from(value: String) -> Self {
                match value.as_str() {
                    #(#wires => Self::#names,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        ::huaweicloud_core::open_enum_impls!(#name);
        #boolean
        #check
    }
}

fn variant(variant: &Variant) -> TokenStream {
    let name = ident(&variant.name.code);
    let wire = words::code(&variant.name.wire);
    let text = match &variant.description {
        Some(description) => format!("{wire}: {}", doc::tidy_line(description)),
        None => wire,
    };
    let words = doc::doc(&[text]);
    quote!(#words #name)
}

/// A flag that the service types as a string.
fn boolean(shape: &Enum) -> bool {
    let mut wires: Vec<&str> = shape.variants.iter().map(|v| v.name.wire.as_str()).collect();
    wires.sort_unstable();
    wires == ["false", "true"]
}

fn boolean_impls(definition: &TypeDef) -> TokenStream {
    let name = type_ident(&definition.name);
    quote! {
        impl From<bool> for #name {
            fn from(value: bool) -> Self {
                if value { Self::True } else { Self::False }
            }
        }

        impl crate::types::#name {
            /// The value as a boolean; `None` for one that is neither.
            pub fn as_bool(&self) -> Option<bool> {
                match self {
                    Self::True => Some(true),
                    Self::False => Some(false),
                    Self::Unknown(_) => None,
                }
            }
        }
    }
}

/// Only a closed set refuses anything.
fn check(definition: &TypeDef) -> TokenStream {
    let name = type_ident(&definition.name);
    quote! {
        impl ::huaweicloud_core::Validate for #name {
            fn check(
                &self,
                at: &::huaweicloud_core::Path<'_>,
                report: &mut ::huaweicloud_core::Report,
            ) {
                if let Self::Unknown(value) = self {
                    ::huaweicloud_core::check::one_of(at, report, value, Self::VALUES);
                }
            }
        }
    }
}
