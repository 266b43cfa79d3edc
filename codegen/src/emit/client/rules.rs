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

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use self::{code::option, condition::Condition, writer::Writer};
use super::rust_type::ident;
use crate::{
    lower::names::{self, Scope},
    model::{Expr, Message, Part, Rule, Severity},
};

/// Rules whose constants stand in one file.
pub(super) const IN_A_FILE: usize = 50;

/// The constants that tell what is documented about rules, by the ids of these.
pub(super) struct Constants<'a> {
    module: &'a Ident,
    names: BTreeMap<&'a str, Ident>,
}

impl<'a> Constants<'a> {
    /// The names of the constants in the file `rules` of a module.
    pub(super) fn new(module: &'a Ident, rules: impl Iterator<Item = &'a Rule>) -> Self {
        let mut taken = Scope::default();
        let mut name = |id: &str| ident(&taken.claim(names::value(id), id).to_uppercase());
        Self { module, names: rules.map(|rule| (rule.id.as_str(), name(&rule.id))).collect() }
    }

    /// The constants of some rules; none for a rule that nothing breaks.
    pub(super) fn definitions(&self, rules: &[Rule]) -> TokenStream {
        let rules = rules.iter().filter(|rule| can_be_broken(&rule.expression));
        let all =
            rules.filter_map(|rule| Some(definition(self.names.get(rule.id.as_str())?, rule)));
        quote!(#(#all)*)
    }

    fn path(&self, rule: &Rule) -> Option<TokenStream> {
        let (module, name) = (self.module, self.names.get(rule.id.as_str())?);
        Some(quote!(crate::#module::rules::#name))
    }
}

fn definition(name: &Ident, rule: &Rule) -> TokenStream {
    let (id, source, place, reads) = (&rule.id, &rule.source, &rule.field_path, &rule.reads);
    let severity = match rule.severity {
        Severity::Error => quote!(Error),
        Severity::Warning => quote!(Warning),
    };
    quote! {
        pub(crate) const #name: ::huaweicloud_core::rule::Rule = ::huaweicloud_core::rule::Rule {
            id: #id,
            severity: ::huaweicloud_core::Severity::#severity,
            place: &[#(#place),*],
            reads: &[#(#reads),*],
            source: #source,
        };
    }
}

/// A statement for each rule, in order, with the field that it is about, or "".
pub(super) fn statements<'r>(
    rules: &'r [Rule],
    constants: &Constants<'_>,
) -> Vec<(&'r str, TokenStream)> {
    let rules = rules.iter().filter(|rule| can_be_broken(&rule.expression));
    let field = |rule: &'r Rule| rule.field_path.first().map_or("", String::as_str);
    rules.filter_map(|rule| Some((field(rule), one(rule, &constants.path(rule)?)))).collect()
}

/// Whether there is anything to ask: rules may be true whatever is sent.
fn can_be_broken(expr: &Expr) -> bool {
    !matches!(Condition::of(expr, false), Condition::Constant(false))
}

fn one(rule: &Rule, constant: &TokenStream) -> TokenStream {
    let (broken, Text { format, values }) = when(&rule.expression, false, &rule.message);
    quote! {
        if #broken {
            report.broken(at, &#constant, ::core::format_args!(#format #(, #values)*));
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
