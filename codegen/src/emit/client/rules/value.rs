//! Values: literals, variables, fields, and calls; the rest by its file.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    super::{patterns, rust_type::ident},
    code::{Code, Need, Optional, option},
    condition::Condition,
    operators,
    writer::Writer,
};
use crate::model::{Comprehension, Expr, ExprKind, Field, TextTest, ValueType};

impl Writer {
    /// The expression as a value.
    pub(super) fn value(&mut self, expr: &Expr) -> Code {
        match &expr.kind {
            ExprKind::Int(value) => {
                let value = Literal::i64_unsuffixed(*value);
                Code::new(quote!(#value))
            }
            ExprKind::Double(value) => {
                let value = Literal::f64_unsuffixed(*value);
                Code::new(quote!(#value))
            }
            ExprKind::Text(value) => Code::new(quote!(#value)),
            ExprKind::List(items) => self.list(items),
            ExprKind::Map(entries) => self.keys(entries),
            ExprKind::Variable(name) => {
                self.known(name, &expr.ty).unwrap_or_else(|| Code::new(quote!(self)))
            }
            ExprKind::Field(of, field) => self.field(expr, of, field),
            ExprKind::Negate(of) => self.negate(of),
            ExprKind::Choose(c, a, b) if expr.ty != ValueType::Bool => self.choose(c, a, b),
            ExprKind::Arithmetic(op, a, b) => self.arithmetic(expr, *op, a, b),
            ExprKind::Index(of, key) => self.index(expr, of, key),
            ExprKind::Size(of) => self.size(of),
            ExprKind::Comprehension(Comprehension::Filter, over, name, body) => {
                self.filter(over, name, body)
            }
            ExprKind::Comprehension(Comprehension::Map, over, name, body) => {
                self.map(over, name, body)
            }
            _ => self.decided(expr),
        }
    }

    /// A boolean that is more than a condition: a side of a comparison, or what a choice gives.
    fn decided(&mut self, expr: &Expr) -> Code {
        if !operators::can_fail(expr) {
            return Code::new(self.boolean(&Condition::of(expr, true)));
        }
        let option = self.optional_bool(expr);
        let name = self.add(&expr.to_string(), "holds", None);
        let needs = vec![Need { name: name.clone(), option: Optional::Made(option) }];
        Code::new(quote!(#name)).with_needs(needs)
    }

    /// `Some(true)`, `Some(false)`, or `None` where there is no saying.
    pub(super) fn optional_bool(&mut self, expr: &Expr) -> TokenStream {
        if let ExprKind::Compare(..) | ExprKind::In(..) | ExprKind::Matches(..) = &expr.kind {
            return self.apart(|writer| {
                let (needs, test) = writer.test(expr, true);
                option(&needs, &test)
            });
        }
        let holds = self.boolean(&Condition::of(expr, true));
        let fails = self.boolean(&Condition::of(expr, false));
        quote! {
            if #holds { Some(true) } else if #fails { Some(false) } else { None }
        }
    }

    /// An `Option` of a value.
    pub(super) fn optional(&mut self, expr: &Expr) -> TokenStream {
        self.apart(|writer| {
            let code = writer.value(expr);
            option(&code.needs, &code.value)
        })
    }

    fn field(&mut self, expr: &Expr, of: &Expr, field: &Field) -> Code {
        let place = expr.to_string();
        if let Some(known) = self.known(&place, &expr.ty) {
            return known;
        }
        if field.required {
            let base = self.value(of);
            let (receiver, name) = (&base.receiver, ident(&field.name.code));
            return Code::place(&field.schema, &expr.ty, &quote!(#receiver.#name))
                .with_needs(base.needs);
        }
        let needs = self.need(of, field, &place);
        let known = self.known(&place, &expr.ty);
        known.unwrap_or_else(|| Code::new(quote!(self))).with_needs(needs)
    }

    fn size(&mut self, of: &Expr) -> Code {
        let (length, needs) = self.length(of);
        match of.ty {
            ValueType::Text => Code::new(length),
            _ => Code::new(quote!(rule::count(#length))),
        }
        .with_needs(needs)
    }

    /// The characters of a text as an `i64`, the items of a list as a `usize`.
    pub(super) fn length(&mut self, of: &Expr) -> (TokenStream, Vec<Need>) {
        if let ExprKind::Comprehension(Comprehension::Filter, over, name, body) = &of.kind
            && !operators::can_fail(body)
        {
            let (items, needs) = self.filtered(over, name, body);
            return (quote!(#items.count()), needs);
        }
        let code = self.value(of);
        let (receiver, argument) = (&code.receiver, &code.argument);
        let length = match of.ty {
            ValueType::Text => quote!(rule::size(#argument)),
            _ => quote!(#receiver.len()),
        };
        (length, code.needs)
    }

    /// What is known to be `wanted` when its needs are there.
    pub(super) fn test(&mut self, expr: &Expr, wanted: bool) -> (Vec<Need>, TokenStream) {
        let not = (!wanted).then(|| quote!(!));
        match &expr.kind {
            ExprKind::Compare(op, a, b) => {
                self.compare(if wanted { *op } else { op.opposite() }, a, b)
            }
            ExprKind::In(a, b) => self.is_in(a, b, wanted),
            ExprKind::Comprehension(Comprehension::ExistsOne, over, name, body) => {
                self.exactly_one(over, name, body, wanted)
            }
            ExprKind::Test(test, of, with) => {
                let (of, with) = (self.value(of), self.value(with));
                let method = match test {
                    TextTest::StartsWith => quote!(starts_with),
                    TextTest::EndsWith => quote!(ends_with),
                    TextTest::Contains => quote!(contains),
                };
                let (text, part) = (of.receiver, with.value);
                ([of.needs, with.needs].concat(), quote!(#not #text.#method(#part)))
            }
            ExprKind::Matches(of, pattern) => {
                let of = self.value(of);
                let (text, function) = (of.argument, patterns::function(pattern));
                (of.needs, quote!(#not crate::patterns::#function(#text)))
            }
            _ => {
                let code = self.value(expr);
                let value = code.value;
                (code.needs, quote!(#not #value))
            }
        }
    }
}
