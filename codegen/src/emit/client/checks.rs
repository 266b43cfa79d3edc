//! The checks of one schema over a reference named `value`, at a path named `at`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::patterns;
use crate::model::{Bound, Constraints, Schema, Shape, Width, whole};

/// The statements that check a value; nothing when there is nothing to check.
pub(super) fn checks(schema: &Schema) -> Option<TokenStream> {
    let own = &schema.constraints;
    let all: Vec<TokenStream> = match &schema.shape {
        Shape::Any | Shape::Boolean | Shape::File => Vec::new(),
        Shape::String { .. } => string(own, &quote!(value), &quote!(check::Shown::Value(value))),
        Shape::Secret => string(own, &quote!(value.expose()), &quote!(check::Shown::Hidden)),
        Shape::Integer(width) => number(own, &|n| integer_literal(n, *width)),
        Shape::Number => {
            let finite = quote!(check::finite(at, report, *value););
            [vec![finite], number(own, &float_literal)].concat()
        }
        Shape::Array(item) => array(own, item),
        Shape::Map(item) => map(own, item),
        Shape::Named(_) => {
            vec![quote!(::huaweicloud_core::Validate::check(value, at, report);)]
        }
    };
    (!all.is_empty()).then(|| quote!(#(#all)*))
}

fn string(own: &Constraints, text: &TokenStream, shown: &TokenStream) -> Vec<TokenStream> {
    let mut all = Vec::new();
    all.extend(own.min_length.map(|min| {
        let min = size(min);
        quote!(check::min_length(at, report, #text, #min);)
    }));
    all.extend(own.max_length.map(|max| {
        let max = size(max);
        quote!(check::max_length(at, report, #text, #max);)
    }));
    all.extend(own.pattern.as_ref().map(|pattern| {
        let matches = patterns::function(&pattern.text);
        let source = &pattern.text;
        quote!(check::pattern(at, report, #shown, crate::patterns::#matches(#text), #source);)
    }));
    all
}

fn number(own: &Constraints, literal: &dyn Fn(&Number) -> Option<Literal>) -> Vec<TokenStream> {
    let mut all = Vec::new();
    let bound = |bound: &Bound, plain: TokenStream, exclusive: TokenStream| {
        let limit = literal(&bound.value)?;
        let check = if bound.exclusive { exclusive } else { plain };
        Some(quote!(check::#check(at, report, *value, #limit);))
    };
    all.extend(
        own.minimum.as_ref().and_then(|b| bound(b, quote!(minimum), quote!(exclusive_minimum))),
    );
    all.extend(
        own.maximum.as_ref().and_then(|b| bound(b, quote!(maximum), quote!(exclusive_maximum))),
    );
    all.extend(own.multiple_of.as_ref().and_then(|n| {
        let factor = literal(n)?;
        Some(quote!(check::multiple_of(at, report, *value, #factor);))
    }));
    if !own.allowed.is_empty() {
        let allowed = own.allowed.iter().filter_map(literal);
        all.push(quote!(check::one_of_numbers(at, report, *value, &[#(#allowed),*]);));
    }
    all
}

fn array(own: &Constraints, item: &Schema) -> Vec<TokenStream> {
    let mut all = Vec::new();
    all.extend(own.min_items.map(|min| {
        let min = size(min);
        quote!(check::min_items(at, report, value.len(), #min);)
    }));
    all.extend(own.max_items.map(|max| {
        let max = size(max);
        quote!(check::max_items(at, report, value.len(), #max);)
    }));
    if own.unique_items {
        all.push(quote!(check::unique(at, report, value);));
    }
    all.extend(element(item).map(|inner| {
        quote! {
            for (i, value) in value.iter().enumerate() {
                let at = &at.index(i);
                #inner
            }
        }
    }));
    all
}

fn map(own: &Constraints, item: &Schema) -> Vec<TokenStream> {
    let mut all = Vec::new();
    all.extend(own.min_properties.map(|min| {
        let min = size(min);
        quote!(check::min_properties(at, report, value.len(), #min);)
    }));
    all.extend(own.max_properties.map(|max| {
        let max = size(max);
        quote!(check::max_properties(at, report, value.len(), #max);)
    }));
    if !own.keys.is_empty() {
        let keys = own.keys.iter().map(|(key, _)| key.as_str());
        all.push(quote!(check::keys(at, report, value.keys(), &[#(#keys),*]);));
    }
    all.extend(element(item).map(|inner| {
        quote! {
            for (key, value) in value {
                let at = &at.key(key);
                #inner
            }
        }
    }));
    all
}

fn element(item: &Schema) -> Option<TokenStream> {
    let inner = checks(item)?;
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
