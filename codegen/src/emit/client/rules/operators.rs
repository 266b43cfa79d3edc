//! Operators as Rust has them; those that can fail go through the helpers of the runtime.

use proc_macro2::{Literal, Punct, Spacing, TokenStream};
use quote::quote;

use super::{
    code::{Code, Need, Optional, whole},
    condition::Condition,
    writer::Writer,
};
use crate::model::{Arithmetic, Comparison, Expr, ExprKind, Field, Shape, ValueType};

impl Writer {
    /// `if c { a } else { b }`.
    pub(super) fn choose(&mut self, c: &Expr, a: &Expr, b: &Expr) -> Code {
        let holds = self.boolean(&Condition::of(c, true));
        let (yes, no) = self.apart(|writer| (writer.value(a), writer.value(b)));
        if !can_fail(c) && yes.needs.is_empty() && no.needs.is_empty() {
            if let (ExprKind::Int(1), ExprKind::Int(0)) = (&a.kind, &b.kind) {
                return Code::new(quote!(i64::from(#holds)));
            }
            let items = yes.items.filter(|_| no.items.is_some());
            let (yes, no) = (yes.value, no.value);
            return Code::new(quote!((if #holds { #yes } else { #no }))).with_items(items);
        }
        let items = yes.items.filter(|_| no.items.is_some());
        let (yes, no) = (self.optional(a), self.optional(b));
        let chosen = if can_fail(c) {
            let fails = self.boolean(&Condition::of(c, false));
            quote!(if #holds { #yes } else if #fails { #no } else { None })
        } else {
            quote!(if #holds { #yes } else { #no })
        };
        self.made("chosen", chosen).with_items(items)
    }

    pub(super) fn negate(&mut self, of: &Expr) -> Code {
        let code = self.value(of);
        let value = code.value;
        if of.ty == ValueType::Double {
            return Code::new(quote!((-#value))).with_needs(code.needs);
        }
        self.made("negated", quote!(rule::negate(#value))).after(code.needs)
    }

    pub(super) fn arithmetic(&mut self, whole: &Expr, op: Arithmetic, a: &Expr, b: &Expr) -> Code {
        if a.ty == ValueType::Text {
            return self.concatenated(whole);
        }
        let (left, right) = (self.value(a), self.value(b));
        let needs = [left.needs, right.needs].concat();
        let (left, right) = (left.value, right.value);
        match a.ty {
            ValueType::Int if !overflows(whole) => {
                let sign = sign(op.sign());
                Code::new(quote!((#left #sign #right))).with_needs(needs)
            }
            ValueType::Int => {
                let (helper, name) = match op {
                    Arithmetic::Add => (quote!(add), "sum"),
                    Arithmetic::Subtract => (quote!(subtract), "difference"),
                    Arithmetic::Multiply => (quote!(multiply), "product"),
                    Arithmetic::Divide => (quote!(divide), "quotient"),
                    Arithmetic::Remainder => (quote!(remainder), "remainder"),
                };
                self.made(name, quote!(rule::#helper(#left, #right))).after(needs)
            }
            _ => {
                let sign = sign(op.sign());
                Code::new(quote!((#left #sign #right))).with_needs(needs)
            }
        }
    }

    /// Texts one after the other.
    fn concatenated(&mut self, whole: &Expr) -> Code {
        let parts: Vec<Code> = parts(whole).into_iter().map(|part| self.value(part)).collect();
        let texts = parts.iter().map(|part| &part.value);
        let joined = quote!([#(#texts),*].concat());
        Code {
            receiver: joined.clone(),
            argument: quote!(&#joined),
            operand: joined.clone(),
            ..Code::new(quote!(#joined.as_str()))
        }
        .with_needs(parts.into_iter().flat_map(|part| part.needs).collect())
    }

    /// The value of an `Option` that is made here.
    pub(super) fn made(&mut self, name: &str, option: TokenStream) -> Code {
        let name = self.add("", name, None);
        let need = Need { name: name.clone(), option: Optional::Made(option) };
        Code::new(quote!(#name)).with_needs(vec![need])
    }

    pub(super) fn compare(
        &mut self,
        op: Comparison,
        a: &Expr,
        b: &Expr,
    ) -> (Vec<Need>, TokenStream) {
        if let Some(short) = self.compare_length(op, a, b) {
            return short;
        }
        let (left, right) = (self.value(a), self.value(b));
        let needs = [left.needs.clone(), right.needs.clone()].concat();
        if let (ValueType::List(of), ValueType::List(other)) = (&a.ty, &b.ty) {
            let (left, right) = (Self::values(&left, of), Self::values(&right, other));
            let (left, right) = match (&**of, &**other) {
                (ValueType::Int, ValueType::Double) => (quote!(#left.map(rule::real)), right),
                (ValueType::Double, ValueType::Int) => (left, quote!(#right.map(rule::real))),
                _ => (left, right),
            };
            let not = (op == Comparison::Unequal).then(|| quote!(!));
            return (needs, quote!(#not #left.eq(#right)));
        }
        let equality = matches!(op, Comparison::Equal | Comparison::Unequal);
        if equality && matches!(&b.kind, ExprKind::Text(text) if text.is_empty()) {
            let receiver = &left.receiver;
            let not = (op == Comparison::Unequal).then(|| quote!(!));
            return (needs, quote!(#not #receiver.is_empty()));
        }
        let (left, right) = if is_literal_beside(a, b, equality) {
            (left.operand, right.operand)
        } else {
            same((a, &left), (b, &right))
        };
        let sign = sign(op.sign());
        (needs, quote!((#left #sign #right)))
    }

    /// Lengths of lists beside literals, as Rust counts.
    fn compare_length(
        &mut self,
        op: Comparison,
        a: &Expr,
        b: &Expr,
    ) -> Option<(Vec<Need>, TokenStream)> {
        let (ExprKind::Size(of), ExprKind::Int(limit)) = (&a.kind, &b.kind) else { return None };
        let limit = usize::try_from(*limit).ok().filter(|_| of.ty != ValueType::Text)?;
        let is_filter = matches!(of.kind, ExprKind::Comprehension(..));
        let empty = match (op, limit) {
            (Comparison::Equal | Comparison::AtMost, 0) | (Comparison::Less, 1) => Some(true),
            (Comparison::Unequal | Comparison::Greater, 0) | (Comparison::AtLeast, 1) => {
                Some(false)
            }
            (Comparison::Less | Comparison::AtLeast, 0) => return None,
            _ => None,
        };
        if let Some(empty) = empty.filter(|_| !is_filter) {
            let code = self.value(of);
            let receiver = &code.receiver;
            let not = (!empty).then(|| quote!(!));
            return Some((code.needs, quote!(#not #receiver.is_empty())));
        }
        let (length, needs) = self.length(of);
        let (sign, limit) = (sign(op.sign()), Literal::usize_unsuffixed(limit));
        Some((needs, quote!((#length #sign #limit))))
    }
}

impl Code {
    /// The same, after what was needed before.
    fn after(self, before: Vec<Need>) -> Self {
        let needs = [before, self.needs.clone()].concat();
        self.with_needs(needs)
    }
}

/// Whether a literal is compared with what can be compared as it is.
fn is_literal_beside(a: &Expr, b: &Expr, equality: bool) -> bool {
    let beside = |literal: &Expr, other: &Expr| match (&literal.kind, &other.kind) {
        (ExprKind::Text(_), ExprKind::Text(_)) => false,
        (ExprKind::Text(_), _) => equality,
        (ExprKind::Int(value), ExprKind::Field(_, field)) => fits(*value, field),
        _ => false,
    };
    // `str == String` is not there for enumerations.
    beside(b, a) || (beside(a, b) && a.ty == ValueType::Int)
}

fn fits(value: i64, field: &Field) -> bool {
    match field.schema.shape {
        Shape::Integer(width) => whole(value, width).is_some(),
        _ => false,
    }
}

/// The texts that are joined, from the left.
fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Arithmetic(_, a, b) if expr.ty == ValueType::Text => {
            [parts(a), parts(b)].concat()
        }
        _ => vec![expr],
    }
}

/// Two numbers as numbers of one type; anything else as it is.
pub(super) fn same(
    (a, left): (&Expr, &Code),
    (b, right): (&Expr, &Code),
) -> (TokenStream, TokenStream) {
    match (&a.ty, &b.ty) {
        (ValueType::Int, ValueType::Double) => (real(a, left), right.value.clone()),
        (ValueType::Double, ValueType::Int) => (left.value.clone(), real(b, right)),
        _ => (left.value.clone(), right.value.clone()),
    }
}

fn real(expr: &Expr, code: &Code) -> TokenStream {
    if let ExprKind::Int(value) = expr.kind {
        let literal = Literal::f64_unsuffixed(value as f64);
        return quote!(#literal);
    }
    let value = &code.value;
    quote!(rule::real(#value))
}

/// Whether there are values for which an expression has none: errors of CEL.
pub(super) fn can_fail(expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |part| {
        found |= match &part.kind {
            ExprKind::Index(..) => true,
            ExprKind::Negate(_) => part.ty == ValueType::Int,
            ExprKind::Arithmetic(..) => part.ty == ValueType::Int && overflows(part),
            _ => false,
        };
    });
    found
}

/// Whether whole numbers may have no sum, or whatever it is.
fn overflows(expr: &Expr) -> bool {
    // Between literals alone, Rust would not know that they have 64 bits.
    let ExprKind::Arithmetic(op, a, b) = &expr.kind else { return true };
    let is_literal = |expr: &Expr| matches!(expr.kind, ExprKind::Int(_) | ExprKind::Arithmetic(..));
    if is_literal(a) && is_literal(b) {
        return true;
    }
    let divides = matches!(op, Arithmetic::Divide | Arithmetic::Remainder);
    match b.kind {
        // Only -1 gives more than fits, of the least number.
        ExprKind::Int(value) if divides => matches!(value, 0 | -1),
        _ => range(expr).is_none(),
    }
}

/// The least and the greatest value that a whole number can have, if it is known to have one.
fn range(expr: &Expr) -> Option<(i64, i64)> {
    match &expr.kind {
        ExprKind::Int(value) => Some((*value, *value)),
        ExprKind::Size(_) => Some((0, i64::MAX)),
        ExprKind::Field(_, field) => match field.schema.shape {
            Shape::Integer(width) if width.bits < 64 => {
                let (least, greatest) = width.range();
                Some((least.try_into().ok()?, greatest.try_into().ok()?))
            }
            _ => None,
        },
        ExprKind::Choose(_, a, b) => {
            let ((a, b), (c, d)) = (range(a)?, range(b)?);
            Some((a.min(c), b.max(d)))
        }
        ExprKind::Arithmetic(Arithmetic::Add, a, b) => {
            let ((a, b), (c, d)) = (range(a)?, range(b)?);
            Some((a.checked_add(c)?, b.checked_add(d)?))
        }
        ExprKind::Arithmetic(Arithmetic::Subtract, a, b) => {
            let ((a, b), (c, d)) = (range(a)?, range(b)?);
            Some((a.checked_sub(d)?, b.checked_sub(c)?))
        }
        _ => None,
    }
}

fn sign(text: &str) -> TokenStream {
    let count = text.chars().count();
    let punct = |(i, c)| Punct::new(c, if i + 1 < count { Spacing::Joint } else { Spacing::Alone });
    text.chars().enumerate().map(punct).map(proc_macro2::TokenTree::from).collect()
}
