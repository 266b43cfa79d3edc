//! Operators as Rust has them; those that can fail go through the helpers of the runtime.

use proc_macro2::{Punct, Spacing, TokenStream};
use quote::quote;

use super::{
    code::{Code, Failure},
    expression::Writer,
};
use crate::model::{Arithmetic, Comparison, Expr, ValueType};

impl Writer {
    /// `&&` or `||`. As in CEL, a failure on the left is none when the right decides alone.
    pub(super) fn logic(
        &mut self,
        a: &Expr,
        b: &Expr,
        operator: &TokenStream,
        helper: &TokenStream,
    ) -> Code {
        let (a, b) = (self.value(a), self.value(b));
        let failure = a.failure.max(b.failure);
        if a.failure == Failure::Possible {
            let (a, b) = (a.into_option(), b.into_option());
            return Code::new(quote!(rule::#helper(#a, || #b)?), failure);
        }
        let (a, b) = (a.tokens, b.tokens);
        Code::new(quote!((#a #operator #b)), failure)
    }

    pub(super) fn choose(&mut self, c: &Expr, a: &Expr, b: &Expr) -> Code {
        let (c, a, b) = (self.value(c), self.value(a), self.value(b));
        let failure = c.failure.max(a.failure).max(b.failure);
        let items = a.items.filter(|_| b.items.is_some());
        let (c, a, b) = (c.tokens, a.tokens, b.tokens);
        Code::new(quote!((if #c { #a } else { #b })), failure).with_items(items)
    }

    pub(super) fn negate(&mut self, of: &Expr) -> Code {
        let code = self.value(of);
        let tokens = code.tokens;
        if of.ty == ValueType::Double {
            return Code::new(quote!((-#tokens)), code.failure);
        }
        Code::new(quote!(rule::negate(#tokens)?), Failure::Possible)
    }

    pub(super) fn compare(&mut self, op: Comparison, a: &Expr, b: &Expr) -> Code {
        let (left, right) = (self.value(a), self.value(b));
        let failure = left.failure.max(right.failure);
        if let (ValueType::List(of), ValueType::List(other)) = (&a.ty, &b.ty) {
            let (left, right) = (items_of(&left, of), items_of(&right, other));
            let (left, right) = match (&**of, &**other) {
                (ValueType::Int, ValueType::Double) => (quote!(#left.map(rule::real)), right),
                (ValueType::Double, ValueType::Int) => (left, quote!(#right.map(rule::real))),
                _ => (left, right),
            };
            let not = (op == Comparison::Unequal).then(|| quote!(!));
            return Code::new(quote!((#not #left.eq(#right))), failure);
        }
        let (left, right) = same((&left.tokens, &a.ty), (&right.tokens, &b.ty));
        let sign = sign(op.sign());
        Code::new(quote!((#left #sign #right)), failure)
    }

    pub(super) fn arithmetic(&mut self, op: Arithmetic, a: &Expr, b: &Expr) -> Code {
        let (left, right) = (self.value(a), self.value(b));
        let failure = left.failure.max(right.failure);
        let (left, right) = (left.tokens, right.tokens);
        match a.ty {
            ValueType::Int => {
                let helper = match op {
                    Arithmetic::Add => quote!(add),
                    Arithmetic::Subtract => quote!(subtract),
                    Arithmetic::Multiply => quote!(multiply),
                    Arithmetic::Divide => quote!(divide),
                    Arithmetic::Remainder => quote!(remainder),
                };
                Code::new(quote!(rule::#helper(#left, #right)?), Failure::Possible)
            }
            ValueType::Text => Code::new(quote!([#left, #right].concat().as_str()), failure),
            _ => {
                let sign = sign(op.sign());
                Code::new(quote!((#left #sign #right)), failure)
            }
        }
    }
}

/// Two numbers as numbers of one type; anything else as it is.
pub(super) fn same(
    (a, a_type): (&TokenStream, &ValueType),
    (b, b_type): (&TokenStream, &ValueType),
) -> (TokenStream, TokenStream) {
    match (a_type, b_type) {
        (ValueType::Int, ValueType::Double) => (real(a), b.clone()),
        (ValueType::Double, ValueType::Int) => (a.clone(), real(b)),
        _ => (a.clone(), b.clone()),
    }
}

fn real(whole: &TokenStream) -> TokenStream {
    quote!(rule::real(#whole))
}

/// The items of a list one by one, as values.
pub(super) fn items_of(list: &Code, item: &ValueType) -> TokenStream {
    let tokens = &list.tokens;
    match &list.items {
        Some(schema) => {
            let value = super::expression::of_reference(schema, item, &quote!(item));
            if value.to_string() == "item" {
                return quote!(#tokens.iter());
            }
            quote!(#tokens.iter().map(|item| #value))
        }
        None => quote!(#tokens.iter().copied()),
    }
}

fn sign(text: &str) -> TokenStream {
    let count = text.chars().count();
    let punct = |(i, c)| Punct::new(c, if i + 1 < count { Spacing::Joint } else { Spacing::Alone });
    text.chars().enumerate().map(punct).map(proc_macro2::TokenTree::from).collect()
}
