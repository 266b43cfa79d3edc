//! The checks of one schema: statements over a value, at a path.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::{patterns, rust_type::ident};
use crate::{
    model::{Api, Bound, Constraints, Schema, Shape, Width, whole},
    pattern,
};

/// How the value that is checked is written.
pub(super) struct Subject {
    /// As what a method is called on.
    place: TokenStream,
    /// As a reference.
    lent: TokenStream,
    /// As a number.
    copied: TokenStream,
}

impl Subject {
    /// A variable that is a reference.
    pub(super) fn variable(name: &str) -> Self {
        let name = ident(name);
        Self { place: quote!(#name), lent: quote!(#name), copied: quote!(*#name) }
    }

    /// A field of `self`.
    pub(super) fn field(name: &Ident) -> Self {
        let place = quote!(self.#name);
        Self { lent: quote!(&#place), copied: place.clone(), place }
    }
}

/// The checks of what stands one step below `at`, by the expression `step`. A single check has its
/// path with it; several share one, which is called `name`.
pub(super) fn below(
    api: &Api,
    schema: &Schema,
    subject: &Subject,
    step: &TokenStream,
    name: &str,
) -> Option<TokenStream> {
    let all = checks(api, schema, subject, &quote!(&#step));
    match &all[..] {
        [] => None,
        // What is inside of an item needs the path of the item to stay.
        [one] if !matches!(schema.shape, Shape::Array(_) | Shape::Map(_)) => Some(one.clone()),
        _ => {
            let name = ident(name);
            let all = checks(api, schema, subject, &quote!(#name));
            Some(quote!(let #name = &#step; #(#all)*))
        }
    }
}

/// The statements that check a value at a path; none when there is nothing to check.
pub(super) fn checks(
    api: &Api,
    schema: &Schema,
    subject: &Subject,
    at: &TokenStream,
) -> Vec<TokenStream> {
    let own = &schema.constraints;
    let Subject { place, lent, copied } = subject;
    match &schema.shape {
        Shape::Any | Shape::Boolean | Shape::File => Vec::new(),
        Shape::String { .. } => {
            string(own, lent, &quote!(::huaweicloud_core::check::Shown::Value(#lent)), at)
        }
        Shape::Secret => string(
            own,
            &quote!(#place.expose()),
            &quote!(::huaweicloud_core::check::Shown::Hidden),
            at,
        ),
        Shape::Integer(width) => number(own, copied, &|n| integer_literal(n, *width), at),
        Shape::Number => {
            let finite = quote!(::huaweicloud_core::check::finite(#at, report, #copied););
            [vec![finite], number(own, copied, &float_literal, at)].concat()
        }
        Shape::Array(item) => array(api, own, item, subject, at),
        Shape::Map(item) => map(api, own, item, subject, at),
        Shape::Named(name) if api.is_open_enum(name) => Vec::new(),
        Shape::Named(_) => {
            vec![quote!(::huaweicloud_core::Validate::check(#lent, #at, report);)]
        }
    }
}

fn string(
    own: &Constraints,
    text: &TokenStream,
    shown: &TokenStream,
    at: &TokenStream,
) -> Vec<TokenStream> {
    let mut all = Vec::new();
    // Every text has at least 0 characters.
    all.extend(own.min_length.filter(|min| *min > 0).map(|min| {
        let min = size(min);
        quote!(::huaweicloud_core::check::min_length(#at, report, #text, #min);)
    }));
    all.extend(own.max_length.map(|max| {
        let max = size(max);
        quote!(::huaweicloud_core::check::max_length(#at, report, #text, #max);)
    }));
    all.extend(own.pattern.as_ref().map(|pattern| {
        let matches = patterns::function(pattern);
        let source = pattern::explained(&pattern.text, &pattern.dfa);
        quote!(::huaweicloud_core::check::pattern(#at, report, #shown, crate::patterns::#matches(#text), #source);)
    }));
    all
}

fn number(
    own: &Constraints,
    value: &TokenStream,
    literal: &dyn Fn(&Number) -> Option<Literal>,
    at: &TokenStream,
) -> Vec<TokenStream> {
    let mut all = Vec::new();
    let bound = |bound: &Bound, plain: TokenStream, exclusive: TokenStream| {
        let limit = literal(&bound.value)?;
        let check = if bound.exclusive { exclusive } else { plain };
        Some(quote!(::huaweicloud_core::check::#check(#at, report, #value, #limit);))
    };
    all.extend(
        own.minimum.as_ref().and_then(|b| bound(b, quote!(minimum), quote!(exclusive_minimum))),
    );
    all.extend(
        own.maximum.as_ref().and_then(|b| bound(b, quote!(maximum), quote!(exclusive_maximum))),
    );
    all.extend(own.multiple_of.as_ref().and_then(|n| {
        let factor = literal(n)?;
        Some(quote!(::huaweicloud_core::check::multiple_of(#at, report, #value, #factor);))
    }));
    if !own.allowed.is_empty() {
        let allowed = own.allowed.iter().filter_map(literal);
        all.push(quote!(::huaweicloud_core::check::one_of_numbers(#at, report, #value, &[#(#allowed),*]);));
    }
    all
}

fn array(
    api: &Api,
    own: &Constraints,
    item: &Schema,
    Subject { place, lent, .. }: &Subject,
    at: &TokenStream,
) -> Vec<TokenStream> {
    let mut all = Vec::new();
    all.extend(own.min_items.filter(|min| *min > 0).map(|min| {
        let min = size(min);
        quote!(::huaweicloud_core::check::min_items(#at, report, #place.len(), #min);)
    }));
    all.extend(own.max_items.map(|max| {
        let max = size(max);
        quote!(::huaweicloud_core::check::max_items(#at, report, #place.len(), #max);)
    }));
    if own.unique_items {
        all.push(quote!(::huaweicloud_core::check::unique(#at, report, #lent);));
    }
    all.extend(
        element(api, item, &quote!(#at.index(i)))
            .map(|inner| quote!(for (i, value) in #place.iter().enumerate() { #inner })),
    );
    all
}

fn map(
    api: &Api,
    own: &Constraints,
    item: &Schema,
    Subject { place, lent, .. }: &Subject,
    at: &TokenStream,
) -> Vec<TokenStream> {
    let mut all = Vec::new();
    all.extend(own.min_properties.map(|min| {
        let min = size(min);
        quote!(::huaweicloud_core::check::min_properties(#at, report, #place.len(), #min);)
    }));
    all.extend(own.max_properties.map(|max| {
        let max = size(max);
        quote!(::huaweicloud_core::check::max_properties(#at, report, #place.len(), #max);)
    }));
    if !own.keys.is_empty() {
        let keys = own.keys.iter().map(|(key, _)| key.as_str());
        all.push(
            quote!(::huaweicloud_core::check::keys(#at, report, #place.keys(), &[#(#keys),*]);),
        );
    }
    all.extend(
        element(api, item, &quote!(#at.key(key)))
            .map(|inner| quote!(for (key, value) in #lent { #inner })),
    );
    all
}

/// The checks of an item, in a loop of its own.
fn element(api: &Api, item: &Schema, step: &TokenStream) -> Option<TokenStream> {
    let inner = below(api, item, &Subject::variable("value"), step, "at")?;
    Some(if item.nullable { quote!(if let Some(value) = value { #inner }) } else { inner })
}

fn size(n: u64) -> Literal {
    Literal::usize_unsuffixed(usize::try_from(n).unwrap_or(usize::MAX))
}

/// Lint has refused what the type does not hold.
fn integer_literal(n: &Number, width: Width) -> Option<Literal> {
    whole(n).filter(|n| width.holds(*n)).map(Literal::i128_unsuffixed)
}

fn float_literal(n: &Number) -> Option<Literal> {
    n.as_f64().filter(|n| n.is_finite()).map(Literal::f64_unsuffixed)
}
