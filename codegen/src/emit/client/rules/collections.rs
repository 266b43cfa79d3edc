//! Lists and maps: literals, `in`, indexing, and the comprehensions as iterators.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    code::{Code, Need, Optional, is_copy, is_literal},
    condition::{self, Condition},
    operators::{can_fail, same},
    writer::Writer,
};
use crate::model::{Expr, ExprKind, Schema, Shape, ValueType, Width};

impl Writer {
    /// A list that is written out, as a slice.
    pub(super) fn list(&mut self, items: &[Expr]) -> Code {
        self.all(items.iter())
    }

    /// A map that is written out, where only its keys count.
    pub(super) fn keys(&mut self, entries: &[(Expr, Expr)]) -> Code {
        self.all(entries.iter().map(|(key, _)| key))
    }

    fn all<'e>(&mut self, items: impl Iterator<Item = &'e Expr>) -> Code {
        let (mut values, mut needs) = (Vec::new(), Vec::new());
        for item in items {
            let code = self.value(item);
            values.push(code.value);
            needs.extend(code.needs);
        }
        let list = quote!([#(#values),*]);
        Code { receiver: list.clone(), ..Code::new(quote!(#list.as_slice())) }.with_needs(needs)
    }

    pub(super) fn is_in(
        &mut self,
        value: &Expr,
        of: &Expr,
        wanted: bool,
    ) -> (Vec<Need>, TokenStream) {
        let not = (!wanted).then(|| quote!(!));
        let (sought, list) = (self.value(value), self.value(of));
        let needs = [sought.needs.clone(), list.needs.clone()].concat();
        let (tokens, receiver) = (&sought.value, &list.receiver);
        let found = match &of.ty {
            ValueType::Map(..) if !is_literal(of) => quote!(#receiver.contains_key(#tokens)),
            ValueType::List(item) | ValueType::Map(item, _) => match self.choices(of) {
                Some(choices) if **item == value.ty => match &choices[..] {
                    [choice] => {
                        let sign = if wanted { quote!(==) } else { quote!(!=) };
                        let operand = &sought.operand;
                        return (needs, quote!((#operand #sign #choice)));
                    }
                    choices => quote!(::core::matches!(#tokens, #(#choices)|*)),
                },
                _ if **item == value.ty && list.items.as_ref().is_none_or(contains_values) => {
                    quote!(#receiver.contains(&#tokens))
                }
                _ => {
                    let (items, schema) = Self::each(of, &list);
                    let ty = (**item).clone();
                    let found = self.apart(|writer| {
                        let name = writer.add("item", "item", schema);
                        let kind = ExprKind::Variable("item".to_owned());
                        let item = Expr { kind, ty };
                        let code = writer.value(&item);
                        let (a, b) = same((&item, &code), (value, &sought));
                        quote!(#items.any(|#name| #a == #b))
                    });
                    quote!(#found)
                }
            },
            _ => quote!(false),
        };
        (needs, quote!(#not #found))
    }

    /// The literals of a list, if each can stand in a pattern.
    fn choices(&mut self, of: &Expr) -> Option<Vec<TokenStream>> {
        let items: Vec<&Expr> = match &of.kind {
            ExprKind::List(items) => items.iter().collect(),
            ExprKind::Map(entries) => entries.iter().map(|(key, _)| key).collect(),
            _ => return None,
        };
        let is_plain = |item: &&Expr| match item.kind {
            ExprKind::Text(_) => true,
            ExprKind::Int(value) => value >= 0,
            ExprKind::Double(value) => value >= 0.0 && value.is_finite(),
            _ => false,
        };
        let all = !items.is_empty() && items.iter().all(is_plain);
        all.then(|| items.into_iter().map(|item| self.value(item).value).collect())
    }

    pub(super) fn index(&mut self, expr: &Expr, of: &Expr, key: &Expr) -> Code {
        let place = expr.to_string();
        if let Some(known) = self.known(&place, &expr.ty) {
            return known;
        }
        let (found, name, needs, schema) = if let ExprKind::Map(entries) = &of.kind {
            let key = self.value(key);
            (self.lookup(entries, &key.value), "found", key.needs, None)
        } else {
            let (list, key) = (self.value(of), self.value(key));
            let (receiver, argument, at) = (&list.receiver, &list.argument, &key.value);
            let schema = list.items.clone();
            let (found, name) = match &of.ty {
                ValueType::Map(..) => (quote!(#receiver.get(#at)), "value"),
                _ if at.to_string() == "0" => (quote!(#receiver.first()), "first"),
                _ => (quote!(rule::item(#argument, #at)), "item"),
            };
            let copied = schema.as_ref().is_none_or(is_copy).then(|| quote!(.copied()));
            (quote!(#found #copied), name, [list.needs, key.needs].concat(), schema)
        };
        let name = self.add(&place, name, schema);
        let need = Need { name: name.clone(), option: Optional::Made(found) };
        let known = self.known(&place, &expr.ty).unwrap_or_else(|| Code::new(quote!(#name)));
        known.with_needs([needs, vec![need]].concat())
    }

    /// A map that is written out becomes a match.
    fn lookup(&mut self, entries: &[(Expr, Expr)], key: &TokenStream) -> TokenStream {
        let arms = entries.iter().map(|(key, value)| {
            let (key, value) = (self.value(key).value, self.optional(value));
            quote!(#key => #value)
        });
        let arms: Vec<TokenStream> = arms.collect();
        quote! {
            match #key {
                #(#arms,)*
                _ => None,
            }
        }
    }

    /// `exists_one`.
    pub(super) fn exactly_one(
        &mut self,
        over: &Expr,
        name: &str,
        body: &Expr,
        wanted: bool,
    ) -> (Vec<Need>, TokenStream) {
        if !can_fail(body) {
            let (items, needs) = self.filtered(over, name, body);
            let sign = if wanted { quote!(==) } else { quote!(!=) };
            return (needs, quote!((#items.count() #sign 1)));
        }
        let (items, pattern, body, needs) = self.with_items(over, name, body, Self::optional_bool);
        let made = self.made("one", quote!(rule::exists_one(#items, |#pattern| #body)));
        let not = (!wanted).then(|| quote!(!));
        let value = made.value;
        ([needs, made.needs].concat(), quote!(#not #value))
    }

    /// The items for which a condition holds, one by one.
    pub(super) fn filtered(
        &mut self,
        over: &Expr,
        name: &str,
        body: &Expr,
    ) -> (TokenStream, Vec<Need>) {
        let holds = |writer: &mut Self, body: &Expr| writer.boolean(&Condition::of(body, true));
        let (items, pattern, body, needs) = self.with_items(over, name, body, holds);
        (quote!(#items.filter(|&#pattern| #body)), needs)
    }

    pub(super) fn filter(&mut self, over: &Expr, name: &str, body: &Expr) -> Code {
        if !can_fail(body) {
            let (items, needs) = self.filtered(over, name, body);
            return collected(&quote!(#items.collect::<Vec<_>>())).with_needs(needs);
        }
        let (items, pattern, body, needs) = self.with_items(over, name, body, Self::optional_bool);
        let made = self.made("kept", quote!(rule::filter(#items, |#pattern| #body)));
        collected(&made.value).with_needs([needs, made.needs].concat())
    }

    pub(super) fn map(&mut self, over: &Expr, name: &str, body: &Expr) -> Code {
        if can_fail(body) {
            let (items, pattern, body, needs) = self.with_items(over, name, body, Self::optional);
            let mapped = quote!(#items.map(|#pattern| #body).collect::<Option<Vec<_>>>());
            let made = self.made("mapped", mapped);
            return collected(&made.value).with_needs([needs, made.needs].concat());
        }
        let value = |writer: &mut Self, body: &Expr| writer.value(body).value;
        let (items, pattern, body, needs) = self.with_items(over, name, body, value);
        collected(&quote!(#items.map(|#pattern| #body).collect::<Vec<_>>())).with_needs(needs)
    }

    /// The items of a list as values, the pattern of one, and what is written about it.
    fn with_items(
        &mut self,
        over: &Expr,
        name: &str,
        body: &Expr,
        write: impl FnOnce(&mut Self, &Expr) -> TokenStream,
    ) -> (TokenStream, TokenStream, TokenStream, Vec<Need>) {
        let list = self.value(over);
        let (items, schema) = match &over.ty {
            ValueType::Map(..) if !is_literal(over) => {
                let receiver = &list.receiver;
                (quote!(#receiver.keys().map(String::as_str)), None)
            }
            ValueType::List(item) | ValueType::Map(item, _) => {
                let schema = list.items.clone();
                // Of the items, only lists and structures have more to them than their value.
                let schema = schema.filter(|_| {
                    matches!(**item, ValueType::List(_) | ValueType::Map(..) | ValueType::Struct(_))
                });
                (Self::values(&list, item), schema)
            }
            _ => (list.value.clone(), None),
        };
        let (ident, written) = self.apart(|writer| {
            let ident = writer.add_variable(name, schema);
            (ident, write(writer, body))
        });
        let pattern = if condition::mentions(body, name) { quote!(#ident) } else { quote!(_) };
        (items, pattern, written, list.needs)
    }

    /// The items of a list one by one, as values.
    pub(super) fn values(list: &Code, item: &ValueType) -> TokenStream {
        let receiver = &list.receiver;
        let Some(schema) = &list.items else { return quote!(#receiver.iter().copied()) };
        match (&schema.shape, item) {
            (Shape::Integer(width), _) if *width != Width::I64 => {
                quote!(#receiver.iter().copied().map(i64::from))
            }
            (Shape::Boolean | Shape::Integer(_) | Shape::Number, _) => {
                quote!(#receiver.iter().copied())
            }
            (Shape::Secret, _) => quote!(#receiver.iter().map(|item| item.expose())),
            (Shape::Array(_), _) => quote!(#receiver.iter().map(Vec::as_slice)),
            (Shape::String { .. }, _) => quote!(#receiver.iter().map(String::as_str)),
            (_, ValueType::Text) => quote!(#receiver.iter().map(|item| item.as_str())),
            _ => quote!(#receiver.iter()),
        }
    }
}

/// A list that is made.
fn collected(list: &TokenStream) -> Code {
    Code { receiver: list.clone(), argument: quote!(&#list), ..Code::new(quote!(#list.as_slice())) }
}

/// Whether the items of a field are the values that rules compare.
fn contains_values(item: &Schema) -> bool {
    matches!(item.shape, Shape::Boolean | Shape::Integer(Width::I64) | Shape::Number)
}
