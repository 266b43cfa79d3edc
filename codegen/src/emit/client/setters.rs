//! Constructors and chained setters of request types. Out: items beside the
//! structure.
//!
//! `new` takes what is required, so that the compiler finds what was forgotten; a setter for each
//! other field keeps a call readable.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemStruct, Type};

use super::{
    doc,
    rust_type::{argument, ident, type_ident},
    source::Structs,
    types::outer,
};
use crate::emit::EmitError;
use crate::model::{Api, Field, Schema, Struct, TypeDef, TypeName};

/// The constructor and the setters of one structure.
pub(super) fn tokens(
    api: &Api,
    converts: &dyn Fn(&TypeName) -> bool,
    definition: &TypeDef,
    shape: &Struct,
    structs: &Structs,
) -> Result<TokenStream, EmitError> {
    let made = structs.get(&definition.name.0);
    let made = made.ok_or_else(|| EmitError::Made(format!("no type `{}`", definition.name)))?;
    let fields = &shape.fields;
    let name = type_ident(&definition.name);
    let required: Vec<&Field> = fields.iter().filter(|field| field.required).collect();
    let arguments = required.iter().map(|field| {
        let name = ident(&field.name.code);
        let ty = argument(&field.schema, &name, converts).ty;
        quote!(#name: #ty)
    });
    let values = fields.iter().map(|field| {
        let name = ident(&field.name.code);
        if field.is_rest {
            return quote!(#name: ::std::collections::BTreeMap::new());
        }
        if !field.required {
            return quote!(#name: None);
        }
        let value = stored(field, made, argument(&field.schema, &name, converts).convert);
        quote!(#name: #value)
    });
    let summary = match required.is_empty() {
        true => "Nothing is set yet.",
        false => "With what is required; everything else is absent until it is set.",
    };
    let list: Vec<String> = required
        .iter()
        .map(|field| {
            let words = doc::tidy_line(&first_sentence(&field.description));
            format!("* `{}`: {words}", field.name.code)
        })
        .collect();
    let words = doc::doc(&[summary.to_owned(), list.join("\n")]);
    let many = (required.len() > 7).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "all of them are required")]),
    );
    let pair = api.is_pair(&definition.name).then(|| pair(definition, shape));
    let setters = fields.iter().filter(|f| !f.required).map(|f| setter(f, made, converts));
    Ok(quote! {
        impl crate::types::#name {
            #words
            #many
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
            #(#setters)*
        }

        #pair
    })
}

/// A key with its value, as people write them.
fn pair(definition: &TypeDef, shape: &Struct) -> TokenStream {
    let name = type_ident(&definition.name);
    let is_required = shape.fields.iter().all(|field| field.required);
    let value = if is_required { quote!(value.into()) } else { quote!(Some(value.into())) };
    quote! {
        impl<K: Into<String>, V: Into<String>> From<(K, V)> for crate::types::#name {
            fn from((key, value): (K, V)) -> Self {
                Self { key: key.into(), value: #value }
            }
        }
    }
}

fn setter(field: &Field, made: &ItemStruct, converts: &dyn Fn(&TypeName) -> bool) -> TokenStream {
    let name = ident(&field.name.code);
    let value = ident("value");
    // A value that may be null is absent until it is set.
    let present = Schema { nullable: false, ..field.schema.clone() };
    let argument = argument(&present, &value, converts);
    let ty = argument.ty;
    let stored = stored(field, made, argument.convert);
    let words = doc::doc(&doc::of_field(field));
    let deprecated = field.deprecated.then(|| quote!(#[deprecated = "deprecated by the service"]));
    quote! {
        #words
        #deprecated
        #[must_use]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#name = #stored;
            self
        }
    }
}

/// A converted value as the field holds it: progenitor boxes what recurs and wraps what is
/// optional.
fn stored(field: &Field, made: &ItemStruct, value: TokenStream) -> TokenStream {
    let ty = made.fields.iter().find_map(|f| {
        let is_this = f.ident.as_ref().is_some_and(|ident| *ident == field.name.code);
        is_this.then_some(&f.ty)
    });
    let Some(ty) = ty else { return value };
    // A required value that may be null arrives as the `Option` that the field is.
    if field.required && field.schema.nullable {
        return value;
    }
    match (outer(ty).as_str(), inner(ty).map(outer).as_deref()) {
        ("Option", Some("Box")) => quote!(Some(Box::new(#value))),
        ("Option", _) => quote!(Some(#value)),
        ("Box", _) => quote!(Box::new(#value)),
        _ => value,
    }
}

/// The first argument of a generic type.
fn inner(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments
    else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Up to the first full stop that ends a sentence, on one line.
pub(super) fn first_sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line[..=end].to_owned(),
        None => line,
    }
}
