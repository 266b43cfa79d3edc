//! A schema as Rust types: of a field, of an argument, and from the one to the other.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::model::{Schema, Shape, TypeName};

/// An identifier; the name was made legal when the document was lowered.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

pub(super) fn type_ident(name: &TypeName) -> Ident {
    ident(&name.0)
}

/// The type that holds a value of a schema, inside the generated crate.
pub(super) fn owned(schema: &Schema) -> TokenStream {
    owned_in(schema, &quote!(crate))
}

/// The same, with the path of the generated crate.
pub(super) fn owned_in(schema: &Schema, root: &TokenStream) -> TokenStream {
    let plain = match &schema.shape {
        Shape::Any => quote!(::serde_json::Value),
        Shape::Boolean => quote!(bool),
        Shape::Integer(width) => {
            let name = ident(&width.rust());
            quote!(#name)
        }
        Shape::Number => quote!(f64),
        Shape::String { .. } => quote!(::std::string::String),
        Shape::Secret => quote!(::huaweicloud_core::Secret),
        Shape::File => quote!(::huaweicloud_core::File),
        Shape::Array(item) => {
            let item = owned_in(item, root);
            quote!(::std::vec::Vec<#item>)
        }
        Shape::Map(value) => {
            let value = owned_in(value, root);
            quote!(::std::collections::BTreeMap<::std::string::String, #value>)
        }
        Shape::Named(name) => {
            let name = type_ident(name);
            quote!(#root::types::#name)
        }
    };
    if schema.nullable { quote!(::std::option::Option<#plain>) } else { plain }
}

/// How a value is handed in: as whatever becomes what is needed.
pub(super) struct Argument {
    /// The type in the signature.
    pub(super) ty: TokenStream,
    /// From `value` of that type to what [`owned`] names.
    pub(super) convert: TokenStream,
}

/// The argument of a setter or constructor; `converts` tells the types that others become.
pub(super) fn argument(
    schema: &Schema,
    value: &Ident,
    converts: &dyn Fn(&TypeName) -> bool,
) -> Argument {
    if schema.nullable {
        // `None` alone says what it is only where the type is a plain one.
        return Argument { ty: owned(schema), convert: quote!(#value) };
    }
    let owned = owned(schema);
    let is_plain = |schema: &Schema| match &schema.shape {
        Shape::Boolean | Shape::Integer(_) | Shape::Array(_) | Shape::Map(_) => true,
        Shape::Named(name) => !converts(name),
        _ => schema.nullable,
    };
    match &schema.shape {
        Shape::Array(item) if is_plain(item) => {
            let item = self::owned(item);
            Argument {
                ty: quote!(impl IntoIterator<Item = #item>),
                convert: quote!(#value.into_iter().collect()),
            }
        }
        Shape::Array(item) => {
            let item = self::owned(item);
            Argument {
                ty: quote!(impl IntoIterator<Item = impl Into<#item>>),
                convert: quote!(#value.into_iter().map(Into::into).collect()),
            }
        }
        Shape::Map(inner) if is_plain(inner) => {
            let inner = self::owned(inner);
            Argument {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #inner)>),
                convert: quote!(#value.into_iter().map(|(k, v)| (k.into(), v)).collect()),
            }
        }
        Shape::Map(inner) => {
            let inner = self::owned(inner);
            Argument {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#inner>)>),
                convert: quote!(#value.into_iter().map(|(k, v)| (k.into(), v.into())).collect()),
            }
        }
        _ if is_plain(schema) => Argument { ty: owned, convert: quote!(#value) },
        _ => Argument { ty: quote!(impl Into<#owned>), convert: quote!(#value.into()) },
    }
}
