//! What answers hold, in the types that programs work with. In: the structure of an answer. Out: methods beside its
//! fields, which keep what came: times as moments (items of a tag's `times`, with the feature `time`), and lists of
//! pairs as maps.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ItemStruct;

use super::{
    doc,
    rust_type::{ident, type_ident},
    source::Structs,
    types::outer,
};
use crate::emit::portable::is_time;
use crate::model::{Api, Field, Shape, Struct, TypeDef, TypeKind};

/// The times of an answer, if it has any: fields whose example in the document is a time of RFC 3339.
pub(super) fn times(
    definition: &TypeDef,
    shape: &Struct,
    structs: &Structs,
) -> Option<TokenStream> {
    let name = type_ident(&definition.name);
    let made = structs.get(&definition.name.0)?;
    let methods = shape.properties().filter(|field| is_moment(field)).map(|field| {
        let method = ident(&free(shape, &format!("{}_time", field.name.code)));
        let code = ident(&field.name.code);
        let text = if is_optional(made, &code) {
            quote!(self.#code.as_deref())
        } else {
            quote!(Some(&self.#code))
        };
        let words = doc::doc(&[
            format!("`{}` as a time; `None` if it is absent or empty.", field.name.code),
            "# Errors".to_owned(),
            "The text is not a time of RFC 3339.".to_owned(),
        ]);
        quote! {
            #words
            pub fn #method(
                &self,
            ) -> Result<Option<::huaweicloud_core::OffsetDateTime>, ::huaweicloud_core::TimeError> {
                ::huaweicloud_core::__private::time(#text)
            }
        }
    });
    let methods: Vec<TokenStream> = methods.collect();
    let is_answer = definition.direction.response && !methods.is_empty();
    is_answer.then(|| quote!(impl crate::types::#name { #(#methods)* }))
}

fn is_moment(field: &Field) -> bool {
    matches!(field.schema.shape, Shape::String { .. })
        && field.example.as_ref().is_some_and(is_time)
}

/// The lists of pairs in an answer as maps, if it has any.
pub(super) fn maps(
    api: &Api,
    definition: &TypeDef,
    shape: &Struct,
    structs: &Structs,
) -> Option<TokenStream> {
    let name = type_ident(&definition.name);
    let made = structs.get(&definition.name.0)?;
    let methods = shape.properties().filter_map(|field| {
        let Shape::Array(item) = &field.schema.shape else { return None };
        let Shape::Named(pair) = &item.shape else { return None };
        let value = match &api.types.get(pair)?.kind {
            TypeKind::Struct(of_pair) if api.is_pair(pair) => of_pair.fields.last()?,
            _ => return None,
        };
        let method = ident(&free(shape, &format!("{}_map", field.name.code)));
        let code = ident(&field.name.code);
        let pairs = if is_optional(made, &code) {
            quote!(self.#code.iter().flatten())
        } else {
            quote!(self.#code.iter())
        };
        let value = if value.required {
            quote!(pair.value.as_str())
        } else {
            quote!(pair.value.as_deref().unwrap_or_default())
        };
        let words = doc::doc(&[format!(
            "`{}` by key; a pair without a value has an empty one.",
            field.name.code
        )]);
        Some(quote! {
            #words
            #[must_use]
            pub fn #method(&self) -> ::std::collections::BTreeMap<&str, &str> {
                #pairs.map(|pair| (pair.key.as_str(), #value)).collect()
            }
        })
    });
    let methods: Vec<TokenStream> = methods.collect();
    let is_answer = definition.direction.response && !methods.is_empty();
    is_answer.then(|| quote!(impl crate::types::#name { #(#methods)* }))
}

fn is_optional(made: &ItemStruct, code: &Ident) -> bool {
    made.fields
        .iter()
        .any(|field| field.ident.as_ref() == Some(code) && outer(&field.ty) == "Option")
}

/// A name that no field has: in a request, its setter would have it too.
fn free(shape: &Struct, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    while shape.fields.iter().any(|field| field.name.code == name) {
        name.push('_');
    }
    name
}
