//! What a call is answered with: its type, and what the runtime must know of it to tell an answer
//! from an error and a list from none.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    reading::{self, Reading},
    rust_type::{owned, type_ident},
};
use crate::model::{Api, Operation, Owner, Response, Schema, Shape, Struct, TypeDef, TypeKind};

/// The type of an answer; nothing if there is none.
pub(super) fn answer(operation: &Operation) -> Option<TokenStream> {
    let is_empty = |response: &Response| response.is_success() && response.schema.is_none();
    let ty = operation.success().map(owned)?;
    // An empty answer is no list.
    let may_be_none = operation.pagination.is_none() && operation.responses.iter().any(is_empty);
    Some(if may_be_none { quote!(Option<#ty>) } else { ty })
}

/// What the runtime must know of an operation.
pub(super) fn operation(api: &Api, operation: &Operation) -> TokenStream {
    let (id, repeatable) = (&operation.name.wire, operation.repeatable);
    let fields = fields(api, operation).map(|fields| quote!(.answers(#fields)));
    let lists = operation.pagination.as_ref().map(|list| {
        let (items, nullable) = (&list.items.wire, list.items_nullable);
        quote!(.lists(#items, #nullable))
    });
    let scope = match operation.owner() {
        Some(Owner::Project) => None,
        Some(Owner::Domain) => Some(quote!(.scope(call::Scope::Domain))),
        None => Some(quote!(.scope(call::Scope::Neither))),
    };
    quote!(call::Operation::new(#id, #repeatable) #fields #lists #scope)
}

/// The names of the outermost object of a success; nothing if it is no object.
fn fields(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let schema = operation.success()?;
    if matches!(schema.shape, Shape::Any | Shape::Map(_)) {
        return Some(quote!(call::Fields::Any));
    }
    let (definition, shape) = structure(api, schema)?;
    if shape.rest().is_some() {
        return Some(quote!(call::Fields::Any));
    }
    if reading::reading(definition, shape) == Reading::Loop {
        let name = type_ident(&definition.name);
        return Some(quote!(call::Fields::of::<crate::types::#name>()));
    }
    let names = shape.fields.iter().map(|field| &field.name.wire);
    Some(quote!(call::Fields::Known(&[#(#names),*])))
}

fn structure<'a>(api: &'a Api, schema: &Schema) -> Option<(&'a TypeDef, &'a Struct)> {
    let Shape::Named(name) = &schema.shape else { return None };
    let definition = api.types.get(name)?;
    match &definition.kind {
        TypeKind::Struct(shape) => Some((definition, shape)),
        TypeKind::Enum(_) => None,
    }
}
