//! Patterns as plain functions: the automaton of each becomes one `match` over state and
//! character. No regular expression engine reaches a generated crate.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, quote};

use super::{
    features,
    rust_type::ident,
    sources::{Shown, Sources},
    split::Unit,
};
use crate::{
    emit::EmitError,
    model::{Api, Expr, ExprKind, Pattern, Schema, Shape, Waiter},
};

/// The name of the function of a pattern.
pub(super) fn function(pattern: &Pattern) -> Ident {
    ident(&format!("matches_{}", pattern.name))
}

/// A pattern, with the features whose code uses it; without one it is always used.
type Found<'a> = BTreeMap<&'a str, (&'a Pattern, BTreeSet<Option<String>>)>;

/// A function for each pattern. Out: whether there is one.
pub(super) fn emit(api: &Api, sources: &mut Sources<'_>) -> Result<bool, EmitError> {
    let words = "The patterns that texts are checked for, as automata.";
    let functions = functions(api)?;
    let some = !functions.is_empty();
    if some {
        sources.units("patterns", words, None, Shown::InCrate, functions)?;
    }
    Ok(some)
}

/// The functions of the patterns of some schemas, for code outside of the crate.
pub(super) fn of_schemas<'a>(schemas: impl Iterator<Item = &'a Schema>) -> Vec<TokenStream> {
    let mut found = Found::new();
    schemas.for_each(|schema| gather(schema, &None, &mut found));
    let none = TokenStream::new();
    found.values().map(|(pattern, _)| one(pattern, &none)).collect()
}

fn functions(api: &Api) -> Result<Vec<Unit>, EmitError> {
    let mut found = Found::new();
    for chapter in api.chapters() {
        let feature = chapter.tag.map(features::name);
        for operation in &chapter.operations {
            operation.request_schemas().for_each(|schema| gather(schema, &feature, &mut found));
            let conditions = operation.waiters.iter().flat_map(Waiter::conditions);
            conditions.for_each(|condition| gather_of_rule(condition, &feature, &mut found));
        }
        for (_, shape) in chapter.requests() {
            shape.fields.iter().for_each(|field| gather(&field.schema, &feature, &mut found));
            let rules = shape.rules.iter().map(|rule| &rule.expression);
            rules.for_each(|rule| gather_of_rule(rule, &feature, &mut found));
        }
    }
    let functions = found.values().map(|(pattern, features)| {
        let names: Option<Vec<&String>> = features.iter().map(Option::as_ref).collect();
        let gate = match names.as_deref() {
            None => TokenStream::new(),
            Some([one]) => quote!(#[cfg(feature = #one)]),
            Some(many) => quote!(#[cfg(any(#(feature = #many),*))]),
        };
        let body = one(pattern, &gate);
        let file = syn::parse2(body).map_err(EmitError::not_rust(&pattern.text))?;
        Ok(Unit::new(&function(pattern).to_string(), file))
    });
    functions.collect()
}

fn gather_of_rule<'a>(expr: &'a Expr, feature: &Option<String>, found: &mut Found<'a>) {
    expr.walk(&mut |expr| {
        if let ExprKind::Matches(_, pattern) = &expr.kind {
            add(pattern, feature, found);
        }
    });
}

fn gather<'a>(schema: &'a Schema, feature: &Option<String>, found: &mut Found<'a>) {
    if let Some(pattern) = &schema.constraints.pattern {
        add(pattern, feature, found);
    }
    if let Shape::Array(item) | Shape::Map(item) = &schema.shape {
        gather(item, feature, found);
    }
}

fn add<'a>(pattern: &'a Pattern, feature: &Option<String>, found: &mut Found<'a>) {
    found.entry(&pattern.text).or_insert((pattern, BTreeSet::new())).1.insert(feature.clone());
}

/// One function, under the condition of `gate`.
fn one(pattern: &Pattern, gate: &TokenStream) -> TokenStream {
    let (name, text, dfa) = (function(pattern), &pattern.text, &pattern.dfa);
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
    let accepting = dfa.states.iter().enumerate().filter(|(_, s)| s.accepting).map(|(i, _)| i);
    let accepting = ranges(&accepting.collect::<Vec<_>>());
    // An automaton that accepts nothing is possible (`a^`), if useless.
    let accepts =
        if accepting.is_empty() { quote!(false) } else { quote!(matches!(state, #(#accepting)|*)) };
    quote! {
        #[doc = #words]
        #gate
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

/// States as a person would list them: three or more in a row are a range.
fn ranges(states: &[usize]) -> Vec<TokenStream> {
    let runs = states.chunk_by(|a, b| a + 1 == *b);
    let texts = runs.flat_map(|run| match run {
        [first, _, .., last] => {
            let (first, last) = (number(*first), number(*last));
            vec![quote!(#first..=#last)]
        }
        few => few.iter().map(|state| number(*state).to_token_stream()).collect(),
    });
    texts.collect()
}
