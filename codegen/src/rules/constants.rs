//! What an expression can be at the place where it stands: written out, or made on the way.

use crate::model::{Arithmetic, Expr, ExprKind, ValueType};

/// Whether a value is written out in the rule.
pub(super) fn is_constant(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Bool(_) | ExprKind::Int(_) | ExprKind::Double(_) | ExprKind::Text(_) => true,
        ExprKind::List(items) => items.iter().all(is_constant),
        _ => false,
    }
}

/// Whether a value lives only as long as the expression around it: texts that are joined, lists
/// that are filtered.
pub(super) fn is_made(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Arithmetic(Arithmetic::Add, ..) => expr.ty == ValueType::Text,
        ExprKind::Comprehension(..) => matches!(expr.ty, ValueType::List(_)),
        ExprKind::List(_) => !is_constant(expr),
        ExprKind::Index(of, _) => is_made(of),
        ExprKind::Choose(_, a, b) => is_made(a) || is_made(b),
        _ => false,
    }
}
