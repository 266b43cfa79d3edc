//! Lists and maps: literals, `in`, indexing, and the comprehensions as iterators.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    code::{Code, Failure},
    expression::{Writer, items, of_reference},
    operators::{items_of, same},
};
use crate::model::{Comprehension, Expr, ExprKind, ValueType};

impl Writer {
    /// A list that is written out, as a slice.
    pub(super) fn list(&mut self, items: &[Expr]) -> Code {
        let (values, failure) = self.all(items.iter());
        Code::new(quote!([#(#values),*].as_slice()), failure)
    }

    /// A map that is written out, where only its keys count.
    pub(super) fn keys(&mut self, entries: &[(Expr, Expr)]) -> Code {
        let (keys, failure) = self.all(entries.iter().map(|(key, _)| key));
        Code::new(quote!([#(#keys),*].as_slice()), failure)
    }

    fn all<'e>(&mut self, items: impl Iterator<Item = &'e Expr>) -> (Vec<TokenStream>, Failure) {
        let codes: Vec<Code> = items.map(|item| self.value(item)).collect();
        let failure = codes.iter().map(|code| code.failure).max().unwrap_or(Failure::Never);
        (codes.into_iter().map(|code| code.tokens).collect(), failure)
    }

    pub(super) fn is_in(&mut self, value: &Expr, of: &Expr) -> Code {
        let (wanted, list) = (self.value(value), self.value(of));
        let failure = wanted.failure.max(list.failure);
        let tokens = &wanted.tokens;
        let found = match &of.ty {
            ValueType::Map(..) if !is_literal(of) => {
                let map = &list.tokens;
                quote!(#map.contains_key(#tokens))
            }
            ValueType::List(item) | ValueType::Map(item, _)
                if is_literal(of) && **item == value.ty =>
            {
                let list = &list.tokens;
                quote!(#list.contains(&#tokens))
            }
            ValueType::List(item) | ValueType::Map(item, _) => {
                let all = items_of(&list, item);
                let (a, b) = same((&quote!(item), item), (&quote!(wanted), &value.ty));
                // A match, so that what is made on the way lives long enough.
                quote!((match #tokens { wanted => #all.any(|item| #a == #b) }))
            }
            _ => quote!(false),
        };
        Code::new(found, failure)
    }

    pub(super) fn index(&mut self, of: &Expr, key: &Expr, ty: &ValueType) -> Code {
        if let ExprKind::Map(entries) = &of.kind {
            return self.lookup(entries, key);
        }
        let (list, key) = (self.value(of), self.value(key));
        let (tokens, at) = (&list.tokens, &key.tokens);
        let found = match &of.ty {
            ValueType::Map(..) => quote!(#tokens.get(#at)?),
            _ => quote!(rule::item(#tokens, #at)?),
        };
        let Some(schema) = &list.items else {
            return Code::new(quote!((*#found)), Failure::Possible);
        };
        Code::new(of_reference(schema, ty, &found), Failure::Possible).with_items(items(schema))
    }

    /// A map that is written out becomes a match.
    fn lookup(&mut self, entries: &[(Expr, Expr)], key: &Expr) -> Code {
        let key = self.value(key).tokens;
        let arms = entries.iter().map(|(key, value)| {
            let (key, value) = (self.value(key).tokens, self.value(value).tokens);
            quote!(#key => ::core::option::Option::Some(#value))
        });
        let arms: Vec<TokenStream> = arms.collect();
        let found = quote! {
            (match #key {
                #(#arms,)*
                _ => ::core::option::Option::None,
            })?
        };
        Code::new(found, Failure::Possible)
    }

    pub(super) fn comprehension(
        &mut self,
        kind: Comprehension,
        over: &Expr,
        name: &str,
        body: &Expr,
    ) -> Code {
        let list = self.value(over);
        let (all, inner) = match &over.ty {
            ValueType::Map(..) if !is_literal(over) => {
                let map = &list.tokens;
                (quote!(#map.keys().map(|key| key.as_str())), None)
            }
            ValueType::List(item) | ValueType::Map(item, _) => {
                (items_of(&list, item), list.items.as_ref().and_then(items))
            }
            _ => (list.tokens.clone(), None),
        };
        let (variable, body) = self.with_variable(name, inner, |writer, ident| {
            let body = writer.value(body);
            let unused = !mentions(&body.tokens, &ident.to_string());
            (if unused { quote!(_) } else { quote!(#ident) }, body)
        });
        let failure = list.failure.max(body.failure);
        let tokens = match body.failure {
            Failure::Never => sure(kind, &all, &variable, &body.tokens),
            _ => failing(kind, &all, &variable, &body.into_option()),
        };
        Code::new(tokens, failure)
    }
}

fn sure(
    kind: Comprehension,
    all: &TokenStream,
    variable: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    match kind {
        Comprehension::All => quote!(#all.all(|#variable| #body)),
        Comprehension::Exists => quote!(#all.any(|#variable| #body)),
        Comprehension::ExistsOne => quote!((#all.filter(|&#variable| #body).count() == 1)),
        Comprehension::Filter => {
            quote!(#all.filter(|&#variable| #body).collect::<::std::vec::Vec<_>>().as_slice())
        }
        Comprehension::Map => {
            quote!(#all.map(|#variable| #body).collect::<::std::vec::Vec<_>>().as_slice())
        }
    }
}

/// The same where the body may have no value.
fn failing(
    kind: Comprehension,
    all: &TokenStream,
    variable: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    match kind {
        Comprehension::All => quote!(rule::all(#all, |#variable| #body)?),
        Comprehension::Exists => quote!(rule::exists(#all, |#variable| #body)?),
        Comprehension::ExistsOne => quote!(rule::exists_one(#all, |#variable| #body)?),
        Comprehension::Filter => quote!(rule::filter(#all, |#variable| #body)?.as_slice()),
        Comprehension::Map => quote! {
            #all.map(|#variable| #body).collect::<::core::option::Option<::std::vec::Vec<_>>>()?.as_slice()
        },
    }
}

/// Whether a list or map is written out in the rule.
fn is_literal(of: &Expr) -> bool {
    matches!(of.kind, ExprKind::List(_) | ExprKind::Map(_))
}

/// Whether a name stands somewhere in the code.
fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), name),
        proc_macro2::TokenTree::Ident(ident) => ident == name,
        _ => false,
    })
}
