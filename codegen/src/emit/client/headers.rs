//! Headers of answers: a type an operation that documents any. Out: items beside its call.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    doc,
    rust_type::{ident, owned, type_ident},
};
use crate::model::{Header, Headers, Operation, Shape};

/// The type of the headers, with how it is read.
pub(super) fn tokens(operation: &Operation) -> Option<TokenStream> {
    let Headers { type_name, fields } = operation.headers.as_ref()?;
    let name = type_ident(type_name);
    let words = doc::doc(&[format!(
        "The headers that [`{0}`](crate::Client::{0}) is answered with. One that is not there, or cannot be \
         meant for its type, is absent.",
        operation.name.code
    )]);
    let members = fields.iter().map(|header| {
        let (code, ty, words) =
            (ident(&header.name.code), member(header), doc::doc(&doc::of_header(header)));
        quote!(#words pub #code: #ty)
    });
    let read = fields.iter().map(|header| {
        let (code, wire) = (ident(&header.name.code), &header.name.wire);
        match &header.schema.shape {
            Shape::Array(_) => quote!(#code: call::header_list(headers, #wire)),
            _ => quote!(#code: call::header(headers, #wire)),
        }
    });
    Some(quote! {
        #words
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members),*
        }

        impl call::DocumentedHeaders for #name {
            fn read(headers: &::reqwest::header::HeaderMap) -> Self {
                Self { #(#read),* }
            }
        }
    })
}

fn member(header: &Header) -> TokenStream {
    let ty = owned(&header.schema);
    match header.schema.shape {
        Shape::Array(_) => ty,
        _ => quote!(::std::option::Option<#ty>),
    }
}
