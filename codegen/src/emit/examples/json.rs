//! JSON literals as Rust tokens, for values that no schema describes. Out: `serde_json::json!(…)`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

pub(super) fn any(value: &Value) -> TokenStream {
    let literal = literal(value);
    quote!(serde_json::json!(#literal))
}

/// What stands inside of the macro.
fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(value) => quote!(#value),
        Value::String(text) => quote!(#text),
        Value::Number(number) => plain(number),
        Value::Array(items) => {
            let items = items.iter().map(literal);
            quote!([#(#items),*])
        }
        Value::Object(entries) => {
            let keys = entries.keys();
            let values = entries.values().map(literal);
            quote!({#(#keys: #values),*})
        }
    }
}

/// A number with its type where Rust would take it for an `i32` that it does not fit in.
fn plain(number: &Number) -> TokenStream {
    match (number.as_i64(), number.as_u64()) {
        (Some(n), _) if i32::try_from(n).is_ok() => integer(n.into()),
        (Some(n), _) => {
            let digits = integer(n.into());
            quote!((#digits as i64))
        }
        (None, Some(n)) => {
            let literal = Literal::u64_suffixed(n);
            quote!(#literal)
        }
        (None, None) => float(number.as_f64().unwrap_or_default()),
    }
}

/// A whole number without a suffix.
pub(super) fn integer(n: i128) -> TokenStream {
    let absolute = Literal::u128_unsuffixed(n.unsigned_abs());
    if n < 0 { quote!(-#absolute) } else { quote!(#absolute) }
}

/// A number that has a point.
pub(super) fn float(n: f64) -> TokenStream {
    let absolute = Literal::f64_unsuffixed(n.abs());
    if n.is_sign_negative() { quote!(-#absolute) } else { quote!(#absolute) }
}
