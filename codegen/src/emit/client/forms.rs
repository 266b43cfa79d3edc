//! Bodies that are forms: each field becomes a part. Out: items beside the structure.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::{ident, type_ident};
use crate::model::{Api, Field, Shape, Struct, TypeDef};

/// The parts of a structure that is a form somewhere.
pub(super) fn tokens(api: &Api, definition: &TypeDef, shape: &Struct) -> Option<TokenStream> {
    let mut bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    bodies.find(|body| body.kind().is_form() && body.schema.named() == Some(&definition.name))?;
    let name = type_ident(&definition.name);
    let parts = shape.fields.iter().map(part);
    Some(quote! {
        impl ::huaweicloud_core::call::Multipart for crate::types::#name {
            fn parts(&self, form: &mut ::huaweicloud_core::call::Form) -> ::serde_json::Result<()> {
                #(#parts)*
                Ok(())
            }
        }
    })
}

fn part(field: &Field) -> TokenStream {
    let (code, wire) = (ident(&field.name.code), &field.name.wire);
    if field.is_rest {
        return quote! {
            for (name, value) in &self.#code {
                form.field(name, value)?;
            }
        };
    }
    let is_option = !field.required || field.schema.nullable;
    match &field.schema.shape {
        Shape::File if is_option => quote! {
            if let Some(file) = &self.#code {
                form.file(#wire, file);
            }
        },
        Shape::File => quote!(form.file(#wire, &self.#code);),
        Shape::Array(item) if item.shape == Shape::File => {
            // A list of lists is no list of files, and neither it nor its items are null in a form.
            let files = match is_option {
                true => quote!(self.#code.iter().flatten()),
                false => quote!(&self.#code),
            };
            quote! {
                for file in #files {
                    form.file(#wire, file);
                }
            }
        }
        _ => quote!(form.field(#wire, &self.#code)?;),
    }
}
