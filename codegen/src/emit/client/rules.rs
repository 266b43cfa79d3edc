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

/// What lints would have written otherwise stands as it is documented.
pub(super) fn as_written() -> TokenStream {
    quote! {
        #[allow(
            clippy::complexity, clippy::style,
            reason = "conditions stand as they are documented"
        )]
    }
}

/// The statements for all rules, in order.
pub(super) fn statements(rules: &[Rule]) -> TokenStream {
    let all = rules.iter().map(one);
    quote!(#(#all)*)
}

fn one(rule: &Rule) -> TokenStream {
    let broken = Writer::default().value(&rule.expression).into_is_false();
    let (text, values) = parts(&rule.message);
    let (id, source, place, reads) = (&rule.id, &rule.source, &rule.field_path, &rule.reads);
    let severity = match rule.severity {
        Severity::Error => quote!(Error),
        Severity::Warning => quote!(Warning),
    };
    quote! {
        if #broken {
            report.broken(
                at,
                &rule::About {
                    id: #id,
                    severity: ::huaweicloud_core::Severity::#severity,
                    place: &[#(#place),*],
                    reads: &[#(#reads),*],
                    source: #source,
                },
                ::core::format_args!(#text #(, #values)*),
            );
        }
    }
}

/// Whether an expression over `self` is known to be true.
pub(super) fn is_true(expr: &Expr) -> TokenStream {
    let option = Writer::default().value(expr).into_option();
    quote!(#option == ::core::option::Option::Some(true))
}

/// A message as a text of its own.
pub(super) fn message(message: &Message) -> TokenStream {
    match parts(message) {
        (_, values) if values.is_empty() => {
            let text: String = message.parts.iter().map(plain).collect();
            quote!(#text)
        }
        (text, values) => quote!(::std::format!(#text, #(#values),*)),
    }
}

/// A format string, and its values.
fn parts(message: &Message) -> (String, Vec<TokenStream>) {
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
    (format, values)
}

fn plain(part: &Part) -> &str {
    match part {
        Part::Text(text) => text,
        Part::Value(_) => "",
    }
}
