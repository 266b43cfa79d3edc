//! Rules as plain Rust. In: the rules of a structure. Out: statements that report those that are
//! broken, over `self`, at a path named `at`.
//!
//! No interpreter and no engine of patterns gets into the client. What cannot be decided (a
//! division by zero, an index that is not there) breaks no rule.

mod code;
mod collections;
mod expression;
mod operators;

use proc_macro2::TokenStream;
use quote::quote;

use self::expression::Writer;
use crate::model::{Expr, Message, Part, Rule, Severity};

/// The statements for all rules, in order.
pub(super) fn statements(rules: &[Rule]) -> TokenStream {
    let all = rules.iter().map(one);
    quote!(#(#all)*)
}

fn one(rule: &Rule) -> TokenStream {
    let broken = Writer::default().value(&rule.expression).into_is_false();
    let path = rule.field_path.iter().map(|name| quote!(.field(#name)));
    let message = message(&rule.message);
    let (id, source) = (&rule.id, &rule.source);
    let make = match rule.severity {
        Severity::Error => quote!(error),
        Severity::Warning => quote!(warning),
    };
    quote! {
        if #broken {
            report.add(
                ::huaweicloud_core::Violation::#make(at #(#path)* .to_string(), #id, #message)
                    .with_source(#source),
            );
        }
    }
}

/// Whether an expression over `self` is known to be true.
pub(super) fn is_true(expr: &Expr) -> TokenStream {
    let option = Writer::default().value(expr).into_option();
    quote!(#option == ::core::option::Option::Some(true))
}

/// The message; it is only put together when it is needed.
pub(super) fn message(message: &Message) -> TokenStream {
    let mut format = String::new();
    let mut values = Vec::new();
    for part in &message.parts {
        match part {
            Part::Text(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Part::Value(expr) => {
                format.push_str("{}");
                let value = Writer::default().value(expr).into_option();
                values.push(quote!(rule::Shown(#value)));
            }
        }
    }
    if values.is_empty() {
        let text: String = message.parts.iter().map(plain).collect();
        return quote!(#text);
    }
    quote!(::std::format!(#format, #(#values),*))
}

fn plain(part: &Part) -> &str {
    match part {
        Part::Text(text) => text,
        Part::Value(_) => "",
    }
}
