//! Expressions of type bool as conditions. In: an expression, and whether it is asked to be true or
//! false. Out: the condition under which it is known to be that: conjunctions and disjunctions
//! without a `!` around them, as a person would put it.
//!
//! CEL's `&&` and `||` go on after an error on either side, so what is known of the whole follows
//! from what is known of its parts, and nothing is lost by asking the parts.

use std::collections::BTreeSet;

use crate::model::{Comparison, Comprehension, Expr, ExprKind, Field};

/// What is asked of values.
#[derive(Debug, Clone)]
pub(super) enum Condition<'e> {
    Constant(bool),
    All(Vec<Condition<'e>>),
    Any(Vec<Condition<'e>>),
    /// Whether an optional field is there.
    Present {
        of: &'e Expr,
        field: &'e Field,
        /// In the notation of expressions: `self.a.b`.
        place: String,
        wanted: bool,
    },
    /// All items of a list, or one of them.
    Items {
        over: &'e Expr,
        variable: &'e str,
        all: bool,
        each: Box<Condition<'e>>,
    },
    /// Anything else: whether it is known to be `wanted`.
    Test {
        of: &'e Expr,
        wanted: bool,
    },
}

impl<'e> Condition<'e> {
    /// When the expression is known to be `wanted`.
    pub(super) fn of(expr: &'e Expr, wanted: bool) -> Self {
        match &expr.kind {
            ExprKind::Bool(value) => Self::Constant(*value == wanted),
            ExprKind::Not(of) => Self::of(of, !wanted),
            ExprKind::And(a, b) => Self::joined(wanted, [Self::of(a, wanted), Self::of(b, wanted)]),
            ExprKind::Or(a, b) => Self::joined(!wanted, [Self::of(a, wanted), Self::of(b, wanted)]),
            ExprKind::Choose(c, a, b) => {
                let yes = Self::joined(true, [Self::of(c, true), Self::of(a, wanted)]);
                let no = Self::joined(true, [Self::of(c, false), Self::of(b, wanted)]);
                Self::joined(false, [yes, no])
            }
            ExprKind::Compare(op @ (Comparison::Equal | Comparison::Unequal), a, b) => {
                let equal = (*op == Comparison::Equal) == wanted;
                match (&a.kind, &b.kind) {
                    (_, ExprKind::Bool(value)) => Self::of(a, *value == equal),
                    (ExprKind::Bool(value), _) => Self::of(b, *value == equal),
                    _ => Self::Test { of: expr, wanted },
                }
            }
            ExprKind::Has(_, field) if field.required => Self::Constant(wanted),
            ExprKind::Has(of, field) => {
                let place = format!("{of}.{}", field.name.wire);
                Self::Present { of, field, place, wanted }
            }
            ExprKind::Comprehension(
                kind @ (Comprehension::All | Comprehension::Exists),
                over,
                variable,
                body,
            ) => {
                let all = (*kind == Comprehension::All) == wanted;
                match Self::of(body, wanted) {
                    // No item is one for which nothing can hold.
                    Self::Constant(false) if !all => Self::Constant(false),
                    each => Self::Items { over, variable, all, each: Box::new(each) },
                }
            }
            _ => Self::Test { of: expr, wanted },
        }
    }

    /// All of the parts, or any of them: flat, and without constants.
    fn joined(all: bool, parts: [Self; 2]) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match (part, all) {
                (Self::Constant(value), _) if value == all => {}
                (Self::Constant(value), _) => return Self::Constant(value),
                (Self::All(inner), true) | (Self::Any(inner), false) => flat.extend(inner),
                (other, _) => flat.push(other),
            }
        }
        match (flat.len(), all) {
            (0, _) => Self::Constant(all),
            (1, _) => flat.remove(0),
            (_, true) => Self::All(flat),
            (_, false) => Self::Any(flat),
        }
    }

    /// The place that it asks for.
    pub(super) fn asks(&self) -> Option<&String> {
        match self {
            Self::Present { place, .. } => Some(place),
            _ => None,
        }
    }

    /// The places of optional fields that its values are read from.
    pub(super) fn places(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.expressions(&mut |expr| places(expr, &mut found));
        found
    }

    /// Whether a variable stands in it.
    pub(super) fn mentions(&self, variable: &str) -> bool {
        let mut found = false;
        self.expressions(&mut |expr| found |= mentions(expr, variable));
        found
    }

    fn expressions(&self, visit: &mut impl FnMut(&'e Expr)) {
        match self {
            Self::Constant(_) => {}
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.expressions(visit));
            }
            Self::Present { of, .. } | Self::Test { of, .. } => visit(of),
            Self::Items { over, each, .. } => {
                visit(over);
                each.expressions(visit);
            }
        }
    }
}

/// The places of optional fields that an expression reads.
pub(super) fn places(expr: &Expr, found: &mut BTreeSet<String>) {
    expr.walk(&mut |part| {
        if let ExprKind::Field(_, field) = &part.kind
            && !field.required
        {
            found.insert(part.to_string());
        }
    });
}

/// Whether a variable stands in an expression.
pub(super) fn mentions(expr: &Expr, variable: &str) -> bool {
    let mut found = false;
    expr.walk(&mut |part| {
        found |= matches!(&part.kind, ExprKind::Variable(name) if name == variable);
    });
    found
}
