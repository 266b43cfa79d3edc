//! `Validate` for request types: every bound and rule of the document as plain Rust. Out:
//! items of a tag's `checks`.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::{
    checks::{self, Subject},
    rules::{self, Constants},
    rust_type::{ident, type_ident},
};
use crate::{
    format,
    model::{Api, Field, Struct, TypeDef},
};

/// Rules of so many lines stand in one function.
const ONE_FUNCTION: usize = 200;

/// Checks of so many fields do.
const FIELDS: usize = 40;

/// The checks of one structure.
pub(super) fn tokens(
    api: &Api,
    definition: &TypeDef,
    shape: &Struct,
    constants: &Constants<'_>,
) -> TokenStream {
    let name = type_ident(&definition.name);
    let (fields, methods_of_fields) = fields(api, shape);
    let (rules, methods_of_rules) = rules(shape, constants);
    if fields.is_empty() && rules.is_empty() {
        return quote!(impl ::huaweicloud_core::Validate for crate::types::#name {});
    }
    let methods: Vec<TokenStream> = methods_of_fields.into_iter().chain(methods_of_rules).collect();
    let methods = (!methods.is_empty()).then(|| quote!(impl crate::types::#name { #(#methods)* }));
    quote! {
        use ::huaweicloud_core::{check, rule};

        impl ::huaweicloud_core::Validate for crate::types::#name {
            fn check(
                &self,
                at: &::huaweicloud_core::Path<'_>,
                report: &mut ::huaweicloud_core::Report,
            ) {
                #(#fields)*
                #(#rules)*
            }
        }

        #methods
    }
}

/// The checks of the fields: statements, and the methods that these call.
fn fields(api: &Api, shape: &Struct) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let properties = shape.properties().filter_map(|one| field(api, one));
    let all: Vec<TokenStream> =
        properties.chain(shape.rest().map(|rest| others(api, shape, rest))).collect();
    if all.len() <= FIELDS {
        return (all, Vec::new());
    }
    let mut names = Names::of(shape);
    all.chunks(FIELDS).map(|all| method(&names.free("check_fields"), all)).unzip()
}

/// The rules: statements, or where there are many, one method per field and the calls of these. Rules
/// stay in their order.
fn rules(shape: &Struct, constants: &Constants<'_>) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let all = rules::statements(&shape.rules, constants);
    let lines = |(_, statement): &(&str, TokenStream)| {
        format::lines(&parse_quote!(fn rule() { #statement }))
    };
    if all.iter().map(lines).sum::<usize>() <= ONE_FUNCTION {
        return (all.into_iter().map(|(_, statement)| statement).collect(), Vec::new());
    }
    let mut names = Names::of(shape);
    let parts = all.chunk_by(|(a, _), (b, _)| a == b);
    parts
        .map(|part| {
            let field = part.first().map_or("", |(field, _)| field);
            let statements: Vec<TokenStream> = part.iter().map(|(_, one)| one.clone()).collect();
            let name =
                names.free(&format!("check_{}", if field.is_empty() { "all" } else { field }));
            method(&name, &statements)
        })
        .unzip()
}

/// The names of methods: none that a field has, for it is that of a setter, and each once.
struct Names(BTreeSet<String>);

impl Names {
    fn of(shape: &Struct) -> Self {
        Self(shape.fields.iter().map(|field| field.name.code.clone()).collect())
    }

    fn free(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let name = names.find(|name| !self.0.contains(name)).unwrap_or_default();
        self.0.insert(name.clone());
        name
    }
}

/// The call of a method with these statements, and the method.
fn method(name: &str, statements: &[TokenStream]) -> (TokenStream, TokenStream) {
    let name = ident(name);
    let method = quote! {
        pub(super) fn #name(
            &self,
            at: &::huaweicloud_core::Path<'_>,
            report: &mut ::huaweicloud_core::Report,
        ) {
            #(#statements)*
        }
    };
    (quote!(self.#name(at, report);), method)
}

/// The checks of what has no field of its own: its entries stand where the fields do.
fn others(api: &Api, shape: &Struct, rest: &Field) -> TokenStream {
    let name = ident(&rest.name.code);
    let checks = checks::checks(api, &rest.schema, &Subject::field(&name), &quote!(at));
    let fields = shape.properties().map(|field| field.name.wire.as_str());
    quote! {
        ::huaweicloud_core::check::other_keys(at, report, self.#name.keys(), &[#(#fields),*]);
        #(#checks)*
    }
}

fn field(api: &Api, field: &Field) -> Option<TokenStream> {
    let (name, wire) = (ident(&field.name.code), &field.name.wire);
    let step = quote!(at.field(#wire));
    if field.required && !field.schema.nullable {
        return checks::below(api, &field.schema, &Subject::field(&name), &step, "path");
    }
    let checks = checks::below(api, &field.schema, &Subject::variable("value"), &step, "at")?;
    Some(quote!(if let Some(value) = &self.#name { #checks }))
}
