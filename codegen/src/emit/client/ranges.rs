//! Two comparisons of one number, as the range that a person would write.
//!
//! In: a file of the client. Out: the same, with `!(10..=1000).contains(&count)` in place of
//! `count < 10 || count > 1000`, and the like without the `!`.

use std::mem;

use quote::ToTokens as _;
use syn::{
    BinOp, Expr, ExprBinary, ExprMethodCall, ExprReference, Lit, Token, parse_quote,
    visit_mut::{self, VisitMut},
};

pub(super) struct Ranges;

impl VisitMut for Ranges {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Some(range) = of(expression) {
            *expression = range;
        }
    }
}

/// The range that two comparisons are, also the last two of several. Put together as a tree: what is
/// written out and read again would lose the parentheses that only the printer sets.
fn of(expression: &Expr) -> Option<Expr> {
    let Expr::Binary(whole) = expression else { return None };
    if let Some(range) = joined(&whole.left, &whole.op, &whole.right) {
        return Some(range);
    }
    match &*whole.left {
        Expr::Binary(before) if is_same(&before.op, &whole.op) => {
            let range = joined(&before.right, &whole.op, &whole.right)?;
            Some(Expr::Binary(ExprBinary { right: Box::new(range), ..before.clone() }))
        }
        _ => None,
    }
}

fn joined(left: &Expr, op: &BinOp, right: &Expr) -> Option<Expr> {
    let (value, low, low_op) = comparison(left)?;
    let (same, high, high_op) = comparison(right)?;
    if value.to_token_stream().to_string() != same.to_token_stream().to_string() {
        return None;
    }
    let is_outside = match (op, low_op, high_op) {
        (BinOp::And(_), BinOp::Ge(_), BinOp::Le(_)) => false,
        (BinOp::Or(_), BinOp::Lt(_), BinOp::Gt(_)) => true,
        _ => return None,
    };
    let mut call: ExprMethodCall = parse_quote!((#low..=#high).contains());
    call.args.push(Expr::Reference(ExprReference {
        attrs: Vec::new(),
        and_token: <Token![&]>::default(),
        mutability: None,
        expr: Box::new(value.clone()),
    }));
    let call = Expr::MethodCall(call);
    Some(if is_outside { parse_quote!(!#call) } else { call })
}

fn is_same(a: &BinOp, b: &BinOp) -> bool {
    mem::discriminant(a) == mem::discriminant(b)
}

/// A value that is compared with a whole number.
fn comparison(expression: &Expr) -> Option<(&Expr, &Expr, BinOp)> {
    let Expr::Binary(ExprBinary { left, op, right, .. }) = expression else { return None };
    let is_number = matches!(&**right, Expr::Lit(lit) if matches!(lit.lit, Lit::Int(_)));
    is_number.then_some((&**left, &**right, *op))
}

#[cfg(test)]
mod tests {

    use super::{super::needless::Needless, *};

    fn of_text(text: &str) -> String {
        let mut expression: Expr = syn::parse_str(text).unwrap();
        Needless.visit_expr_mut(&mut expression);
        Ranges.visit_expr_mut(&mut expression);
        expression.to_token_stream().to_string()
    }

    #[test]
    fn two_bounds_of_one_number_are_a_range() {
        assert_eq!(of_text("(a < 10 || a > 1000)"), "! (10 ..= 1000) . contains (& a)");
        assert_eq!(of_text("a >= 1 && a <= 9"), "(1 ..= 9) . contains (& a)");
        assert_eq!(of_text("b && *a >= 1 && *a <= 9"), "b && (1 ..= 9) . contains (& * a)");
        assert_eq!(
            of_text("(p || q) && a >= 1 && a <= 9"),
            "(p || q) && (1 ..= 9) . contains (& a)"
        );
        assert_eq!(of_text("a + b >= 1 && a + b <= 9"), "(1 ..= 9) . contains (& (a + b))");
        assert_eq!(
            of_text("if x && (a < 1 || a > 2) {}"),
            "if x && ! (1 ..= 2) . contains (& a) { }"
        );
    }

    #[test]
    fn others_stay() {
        for text in
            ["a < 10 && a > 1000", "a < 10 || b > 1000", "a > 3 && a <= 9", "a < x || a > y"]
        {
            assert_eq!(of_text(text), text);
        }
    }
}
