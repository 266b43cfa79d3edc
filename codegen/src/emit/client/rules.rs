//! Rules as plain Rust. In: the rules of a structure. Out: statements that report those that are
//! broken, over `self`, at a path named `at`.
//!
//! No interpreter and no engine of patterns gets into the client. What cannot be decided (a
//! division by zero, an index that is not there) breaks no rule.

mod code;
mod collections;
mod condition;
mod operators;
mod value;
mod writer;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use self::{code::option, condition::Condition, writer::Writer};
use crate::model::{Expr, Message, Part, Rule, Severity};

/// A statement for each rule, in order, with the field that it is about, or "".
pub(super) fn statements(rules: &[Rule]) -> Vec<(&str, TokenStream)> {
    let rules = rules.iter().filter(|rule| can_be_broken(&rule.expression));
    rules.map(|rule| (rule.field_path.first().map_or("", String::as_str), one(rule))).collect()
}

/// Whether there is anything to ask: rules may be true whatever is sent.
fn can_be_broken(expr: &Expr) -> bool {
    !matches!(Condition::of(expr, false), Condition::Constant(false))
}

fn one(rule: &Rule) -> TokenStream {
    let (broken, Text { format, values }) = when(&rule.expression, false, &rule.message);
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
                ::core::format_args!(#format #(, #values)*),
            );
        }
    }
}

/// A condition over `self`, and a message as a `String` where it holds.
pub(super) fn reason(when_true: &Expr, message: &Message) -> (TokenStream, TokenStream) {
    let (condition, Text { format, values }) = when(when_true, true, message);
    let shows_nothing = message.parts.iter().all(|part| matches!(part, Part::Text(_)));
    if shows_nothing {
        let text: String = message.parts.iter().map(plain).collect();
        return (condition, quote!(#text.to_owned()));
    }
    (condition, quote!(::std::format!(#format #(, #values)*)))
}

/// When an expression over `self` is known to be true.
pub(super) fn is_true(expr: &Expr) -> TokenStream {
    chain(Writer::default().clauses(&Condition::of(expr, true), &BTreeSet::new()))
}

/// What stands after `if`, and what is said inside.
fn when(expr: &Expr, wanted: bool, message: &Message) -> (TokenStream, Text) {
    let mut shown = BTreeSet::new();
    for part in &message.parts {
        if let Part::Value(expr) = part {
            condition::places(expr, &mut shown);
        }
    }
    let mut writer = Writer::default();
    let clauses = writer.clauses(&Condition::of(expr, wanted), &shown);
    (chain(clauses), Text::of(&mut writer, message))
}

fn chain(clauses: Vec<TokenStream>) -> TokenStream {
    quote!(#(#clauses)&&*)
}

/// A format string, and its values.
struct Text {
    format: String,
    values: Vec<TokenStream>,
}

impl Text {
    fn of(writer: &mut Writer, message: &Message) -> Self {
        let (mut format, mut values) = (String::new(), Vec::new());
        for part in &message.parts {
            let expr = match part {
                Part::Text(text) => {
                    format.push_str(&text.replace('{', "{{").replace('}', "}}"));
                    continue;
                }
                Part::Value(expr) => expr,
            };
            let code = writer.apart(|writer| writer.value(expr));
            let value = if code.needs.is_empty() {
                code.operand
            } else {
                let option = option(&code.needs, &code.operand);
                quote!(rule::Shown(#option))
            };
            match syn::parse2::<syn::Ident>(value.clone()) {
                Ok(name) => format.push_str(&format!("{{{name}}}")),
                Err(_) => {
                    format.push_str("{}");
                    values.push(value);
                }
            }
        }
        Self { format, values }
    }
}

fn plain(part: &Part) -> &str {
    match part {
        Part::Text(text) => text,
        Part::Value(_) => "",
    }
}
