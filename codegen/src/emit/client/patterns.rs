//! Patterns as plain functions: the automaton of each becomes one `match` over state and
//! character. No regular expression engine reaches a generated crate.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::rust_type::ident;
use crate::{
    model::{Api, ExprKind, Pattern, Schema, Shape, TypeKind},
    pattern::Dfa,
};

/// The name of the function of a pattern: stable as long as the pattern is.
pub(super) fn function(pattern: &str) -> Ident {
    // FNV-1a: the names must not change with the toolchain, as those of std's hasher may.
    let hash = pattern.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    ident(&format!("matches_{hash:016x}"))
}

/// A function for each pattern that requests are checked against.
pub(super) fn tokens(api: &Api) -> TokenStream {
    let mut found: BTreeMap<&str, &Dfa> = BTreeMap::new();
    for operation in &api.operations {
        for parameter in &operation.parameters {
            gather(&parameter.schema, &mut found);
        }
        if let Some(body) = &operation.body {
            gather(&body.schema, &mut found);
        }
    }
    for definition in api.types.values().filter(|def| def.direction.request) {
        if let TypeKind::Struct(shape) = &definition.kind {
            for field in &shape.fields {
                gather(&field.schema, &mut found);
            }
            for rule in &shape.rules {
                rule.expression.walk(&mut |expr| {
                    if let ExprKind::Matches(_, Pattern { text, dfa }) = &expr.kind {
                        found.insert(text, dfa);
                    }
                });
            }
        }
    }
    let functions = found.into_iter().map(|(text, dfa)| one(text, dfa));
    quote!(#(#functions)*)
}

fn gather<'a>(schema: &'a Schema, found: &mut BTreeMap<&'a str, &'a Dfa>) {
    if let Some(Pattern { text, dfa }) = &schema.constraints.pattern {
        found.insert(text, dfa);
    }
    if let Shape::Array(item) | Shape::Map(item) = &schema.shape {
        gather(item, found);
    }
}

fn one(text: &str, dfa: &Dfa) -> TokenStream {
    let name = function(text);
    let words = format!(" Whether a text matches `{text}`.");
    let arms = dfa.states.iter().enumerate().flat_map(|(from, state)| {
        state.edges.iter().map(move |edge| {
            let from = number(from);
            let to = number(edge.target);
            let ranges = edge.ranges.iter().map(|&(first, last)| match first == last {
                true => quote!(#first),
                false => quote!(#first..=#last),
            });
            quote!((#from, #(#ranges)|*) => #to)
        })
    });
    let accepting =
        dfa.states.iter().enumerate().filter(|(_, s)| s.accepting).map(|(i, _)| number(i));
    let accepting: Vec<Literal> = accepting.collect();
    // An automaton that accepts nothing is possible (`a^`), if useless.
    let accepts =
        if accepting.is_empty() { quote!(false) } else { quote!(matches!(state, #(#accepting)|*)) };
    quote! {
        #[doc = #words]
        #[allow(dead_code, reason = "what has it may be left out by features")]
        pub(crate) fn #name(text: &str) -> bool {
            let mut state = 0_u8;
            for c in text.chars() {
                state = match (state, c) {
                    #(#arms,)*
                    _ => return false,
                };
            }
            #accepts
        }
    }
}

fn number(state: usize) -> Literal {
    // States are at most 128.
    Literal::u8_unsuffixed(u8::try_from(state).unwrap_or(u8::MAX))
}
