//! Conditions as Rust. In: conditions. Out: one boolean expression, or the clauses of an `if` in
//! which names are given to what is there (`let Some(engine) = &self.engine && …`).

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    super::rust_type::ident,
    code::{Code, Need, Optional, is_copy, is_literal, is_some_and, key, whole},
    condition::Condition,
};
use crate::model::{Comparison, Expr, ExprKind, Field, Schema, Shape, ValueType};

/// Names that generated functions have already.
const TAKEN: [&str; 3] = ["at", "report", "self"];

/// Writes what is asked and read; knows what has a name here.
#[derive(Default)]
pub(super) struct Writer {
    names: Vec<Named>,
}

struct Named {
    /// A variable, or the place of an optional field, in the notation of expressions.
    what: String,
    name: Ident,
    /// The schema of what the name was taken from; without one it is a value as it is.
    schema: Option<Schema>,
}

impl Writer {
    /// The clauses of an `if`, in order. What they name is known afterwards; `later` are the places
    /// that are read inside.
    pub(super) fn clauses(
        &mut self,
        condition: &Condition<'_>,
        later: &BTreeSet<String>,
    ) -> Vec<TokenStream> {
        let mut left: Vec<&Condition<'_>> = match condition {
            Condition::All(parts) => parts.iter().collect(),
            other => vec![other],
        };
        let mut clauses = Vec::new();
        while !left.is_empty() {
            match left.remove(0) {
                Condition::Present { of, field, place, wanted: true } => {
                    let (users, others) = users(&left, place);
                    let short = match users[..] {
                        _ if later.contains(place) => None,
                        [] => Some(self.present(of, field, true)),
                        [user] => self.equals(of, field, user, true),
                        _ => None,
                    };
                    if let Some(short) = short {
                        clauses.push(short);
                        left = others;
                    } else {
                        clauses.extend(self.need(of, field, place).iter().map(clause));
                    }
                }
                Condition::Test { of, wanted } => {
                    let (needs, test) = self.test(of, *wanted);
                    clauses.extend(needs.iter().map(clause));
                    clauses.push(test);
                }
                other => clauses.push(self.boolean(other)),
            }
        }
        clauses
    }

    /// A condition as one expression.
    pub(super) fn boolean(&mut self, condition: &Condition<'_>) -> TokenStream {
        let known = self.names.len();
        let written = match condition {
            Condition::Constant(value) => quote!(#value),
            Condition::All(parts) => self.joined(&parts.iter().collect::<Vec<_>>(), true),
            Condition::Any(parts) => self.joined(&parts.iter().collect::<Vec<_>>(), false),
            Condition::Present { of, field, wanted, .. } => self.present(of, field, *wanted),
            Condition::Items { over, variable, all, each } => {
                self.items(over, variable, *all, each)
            }
            Condition::Test { of, wanted } => {
                let (needs, test) = self.test(of, *wanted);
                is_some_and(&needs, test)
            }
        };
        self.names.truncate(known);
        written
    }

    /// Parts with `&&` or `||`; those that read a field stand inside of the question for it.
    fn joined(&mut self, parts: &[&Condition<'_>], all: bool) -> TokenStream {
        let mut written = Vec::new();
        let mut left: Vec<&Condition<'_>> = parts.to_vec();
        while !left.is_empty() {
            let part = left.remove(0);
            let Condition::Present { of, field, place, wanted } = part else {
                written.push(self.boolean(part));
                continue;
            };
            let (users, others) = users(&left, place);
            if *wanted != all || users.is_empty() {
                written.push(self.present(of, field, *wanted));
                continue;
            }
            left = others;
            let short = match users[..] {
                [user] => self.equals(of, field, user, all),
                _ => None,
            };
            written.push(short.unwrap_or_else(|| self.guarded(of, field, place, &users, all)));
        }
        let operator = if all { quote!(&&) } else { quote!(||) };
        let mut parts = written.into_iter();
        let first = parts.next().unwrap_or_else(|| quote!(#all));
        let whole = parts.fold(first, |before, part| quote!(#before #operator #part));
        quote!((#whole))
    }

    /// `field.is_some_and(|field| …)` or `field.is_none_or(|field| …)`.
    fn guarded(
        &mut self,
        of: &Expr,
        field: &Field,
        place: &str,
        users: &[&Condition<'_>],
        all: bool,
    ) -> TokenStream {
        let known = self.names.len();
        let needs = self.need(of, field, place);
        let inner = self.joined(users, all);
        self.names.truncate(known);
        let Some((last, before)) = needs.split_last() else { return inner };
        let (name, option) = (&last.name, last.option.receiver());
        let asked = if all {
            quote!(#option.is_some_and(|#name| #inner))
        } else {
            quote!(#option.is_none_or(|#name| #inner))
        };
        is_some_and(before, asked)
    }

    /// `field == Some(literal)`, where a field is asked for and compared, and nothing else.
    fn equals(
        &mut self,
        of: &Expr,
        field: &Field,
        user: &Condition<'_>,
        all: bool,
    ) -> Option<TokenStream> {
        let Condition::Test { of: test, wanted } = user else { return None };
        let is_field = |expr: &Expr| {
            matches!(&expr.kind, ExprKind::Field(base, known)
                if known.name == field.name && base.to_string() == of.to_string())
        };
        let (literal, equal) = match &test.kind {
            ExprKind::Field(..) if is_field(test) => (quote!(#wanted), true),
            ExprKind::Compare(op @ (Comparison::Equal | Comparison::Unequal), a, b)
                if is_field(a) =>
            {
                let equal = (*op == Comparison::Equal) == *wanted;
                match (&b.kind, &field.schema.shape) {
                    (ExprKind::Text(text), Shape::String { .. }) => (quote!(#text), equal),
                    (ExprKind::Int(value), Shape::Integer(width)) => {
                        (whole(*value, *width)?, equal)
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        let is_bool = field.schema.shape == Shape::Boolean;
        // `!has(x) || x` is everything but false, and `!has(x) || x != 1` everything but 1.
        let (sign, literal) = match (all, equal, is_bool) {
            (true, true, _) => (quote!(==), literal),
            (false, true, true) => {
                let other = !wanted;
                (quote!(!=), quote!(#other))
            }
            (false, false, _) => (quote!(!=), literal),
            _ => return None,
        };
        let base = self.value(of);
        let (receiver, name) = (&base.receiver, ident(&field.name.code));
        let deref = matches!(field.schema.shape, Shape::String { .. }).then(|| quote!(.as_deref()));
        let test = quote!((#receiver.#name #deref #sign Some(#literal)));
        Some(is_some_and(&base.needs, test))
    }

    /// Whether an optional field is there.
    fn present(&mut self, of: &Expr, field: &Field, wanted: bool) -> TokenStream {
        let base = self.value(of);
        let (receiver, name) = (&base.receiver, ident(&field.name.code));
        let method = if wanted { quote!(is_some) } else { quote!(is_none) };
        is_some_and(&base.needs, quote!(#receiver.#name.#method()))
    }

    /// `list.iter().all(|item| …)` or `any`.
    fn items(
        &mut self,
        over: &Expr,
        variable: &str,
        all: bool,
        each: &Condition<'_>,
    ) -> TokenStream {
        let known = self.names.len();
        let list = self.value(over);
        let (items, item) = Self::each(over, &list);
        let name = self.add_variable(variable, item);
        let inner = self.boolean(each);
        self.names.truncate(known);
        let pattern = if each.mentions(variable) { quote!(#name) } else { quote!(_) };
        let method = if all { quote!(all) } else { quote!(any) };
        is_some_and(&list.needs, quote!(#items.#method(|#pattern| #inner)))
    }

    /// What an optional field needs to be read; its place has a name from here on.
    pub(super) fn need(&mut self, of: &Expr, field: &Field, place: &str) -> Vec<Need> {
        let base = self.value(of);
        let (receiver, code) = (&base.receiver, ident(&field.name.code));
        let option = Optional::field(field, quote!(#receiver.#code));
        let mut needs = base.needs;
        let name = self.add(place, &field.name.code, Some(field.schema.clone()));
        needs.push(Need { name, option });
        needs
    }

    /// Gives a name to a variable or a place.
    pub(super) fn add(&mut self, what: &str, name: &str, schema: Option<Schema>) -> Ident {
        let is_taken =
            |name: &str| TAKEN.contains(&name) || self.names.iter().any(|known| known.name == name);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let name = ident(&names.find(|name| !is_taken(name)).unwrap_or_default());
        self.names.push(Named { what: what.to_owned(), name: name.clone(), schema });
        name
    }

    /// The variable of a comprehension.
    pub(super) fn add_variable(&mut self, variable: &str, item: Option<Schema>) -> Ident {
        let is_plain = syn::parse_str::<Ident>(variable).is_ok() && variable != "_";
        self.add(variable, if is_plain { variable } else { "item" }, item)
    }

    /// What is written for a variable or a place that has a name.
    pub(super) fn known(&self, what: &str, ty: &ValueType) -> Option<Code> {
        let known = self.names.iter().rev().find(|known| known.what == what)?;
        let name = &known.name;
        Some(match &known.schema {
            Some(schema) => Code::named(schema, ty, name),
            None => Code::new(quote!(#name)),
        })
    }

    /// Writes something whose names are nobody else's.
    pub(super) fn apart<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.names.len();
        let written = write(self);
        self.names.truncate(known);
        written
    }

    /// What is iterated, and the schema of an item that is borrowed from a field.
    pub(super) fn each(over: &Expr, list: &Code) -> (TokenStream, Option<Schema>) {
        let receiver = &list.receiver;
        match (&over.ty, &list.items) {
            (ValueType::Map(..), _) if !is_literal(over) => (quote!(#receiver.keys()), Some(key())),
            (_, Some(schema)) if !is_copy(schema) => {
                (quote!(#receiver.iter()), Some(schema.clone()))
            }
            (_, schema) => (quote!(#receiver.iter().copied()), schema.clone()),
        }
    }
}

/// Those that read a place, with the questions that they rest on; and the others.
fn users<'c, 'e>(
    parts: &[&'c Condition<'e>],
    place: &str,
) -> (Vec<&'c Condition<'e>>, Vec<&'c Condition<'e>>) {
    let asked: BTreeSet<&String> = parts.iter().filter_map(|part| part.asks()).collect();
    let mut places = BTreeSet::from([place.to_owned()]);
    let mut is_user: Vec<bool> = parts.iter().map(|_| false).collect();
    loop {
        let before = places.len();
        for (part, is_user) in parts.iter().zip(&mut is_user) {
            let reads = part.places();
            let asks = part.asks().is_some_and(|place| places.contains(place));
            if *is_user || asks || reads.iter().any(|place| places.contains(place)) {
                *is_user = true;
                places.extend(reads.into_iter().filter(|place| asked.contains(place)));
            }
        }
        if places.len() == before {
            break;
        }
    }
    let split = |wanted: bool| {
        let parts = parts.iter().zip(&is_user).filter(move |(_, user)| **user == wanted);
        parts.map(|(part, _)| *part).collect()
    };
    (split(true), split(false))
}

fn clause(need: &Need) -> TokenStream {
    let (name, option) = (&need.name, need.option.scrutinee());
    quote!(let Some(#name) = #option)
}
