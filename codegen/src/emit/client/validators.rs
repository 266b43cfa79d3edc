//! `Validate` for request types: every bound and rule of the document as plain Rust. Out:
//! items of a tag's `checks`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    checks::checks,
    rules,
    rust_type::{ident, type_ident},
};
use crate::model::{Field, Struct, TypeDef};

/// The checks of one structure.
pub(super) fn tokens(definition: &TypeDef, shape: &Struct) -> TokenStream {
    let name = type_ident(&definition.name);
    let all: Vec<TokenStream> = shape.fields.iter().filter_map(field).collect();
    let rules = rules::statements(&shape.rules);
    let none = all.is_empty() && shape.rules.is_empty();
    let (at, report) = if none { ("_at", "_report") } else { ("at", "report") };
    let (at, report) = (ident(at), ident(report));
    quote! {
        use ::huaweicloud_core::{check, rule};

        impl ::huaweicloud_core::Validate for crate::types::#name {
            fn check(
                &self,
                #at: &::huaweicloud_core::Path<'_>,
                #report: &mut ::huaweicloud_core::Report,
            ) {
                #(#all)*
                #(#rules)*
            }
        }
    }
}

fn field(field: &Field) -> Option<TokenStream> {
    let checks = checks(&field.schema)?;
    let name = ident(&field.name.code);
    let wire = &field.name.wire;
    let is_option = !field.required || field.schema.nullable;
    let value = if is_option { quote!(if let Some(value) = &self.#name) } else { quote!() };
    let bind = (!is_option).then(|| quote!(let value = &self.#name;));
    Some(quote! {
        #value {
            #bind
            let at = &at.field(#wire);
            #checks
        }
    })
}
