//! Operators: logic, comparison, arithmetic, `in`, indexing, and the choice.

use cel::{
    IdedExpr,
    common::ast::{CallExpr, operators as names},
};

use super::{
    checker::Checker,
    constants::is_made,
    literals::{widen, wider},
    problem::{Problem, Result},
    scope::{Checked, Scope, intersection, union},
};
use crate::model::{Arithmetic, Comparison, Expr, ExprKind, ValueType};

/// The operator that a call stands for, if it stands for one.
pub(super) fn operator(
    checker: &Checker<'_>,
    id: u64,
    call: &CallExpr,
    scope: &Scope,
) -> Option<Result<Checked>> {
    let name = call.func_name.as_str();
    Some(match (name, &call.args[..]) {
        (names::LOGICAL_AND, [a, b]) => checker.and(a, b, scope),
        (names::LOGICAL_OR, [a, b]) => checker.or(a, b, scope),
        (names::LOGICAL_NOT, [a]) => checker.not(a, scope),
        (names::CONDITIONAL, [c, a, b]) => checker.choose(id, [c, a, b], scope),
        (names::NEGATE, [a]) => checker.negate(a, scope).map(Checked::plain),
        (names::IN, [a, b]) => checker.is_in(id, a, b, scope).map(Checked::plain),
        (names::INDEX, [a, b]) => checker.index(id, a, b, scope).map(Checked::plain),
        (_, [a, b]) => match (comparison(name), arithmetic(name)) {
            (Some(op), _) => checker.compare(id, op, a, b, scope).map(Checked::plain),
            (_, Some(op)) => checker.arithmetic(id, op, a, b, scope).map(Checked::plain),
            _ => return None,
        },
        _ => return None,
    })
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        names::EQUALS => Comparison::Equal,
        names::NOT_EQUALS => Comparison::Unequal,
        names::LESS => Comparison::Less,
        names::LESS_EQUALS => Comparison::AtMost,
        names::GREATER => Comparison::Greater,
        names::GREATER_EQUALS => Comparison::AtLeast,
        _ => return None,
    })
}

fn arithmetic(name: &str) -> Option<Arithmetic> {
    Some(match name {
        names::ADD => Arithmetic::Add,
        names::SUBSTRACT => Arithmetic::Subtract,
        names::MULTIPLY => Arithmetic::Multiply,
        names::DIVIDE => Arithmetic::Divide,
        names::MODULO => Arithmetic::Remainder,
        _ => return None,
    })
}

fn bool(kind: ExprKind) -> Expr {
    Expr { kind, ty: ValueType::Bool }
}

impl Checker<'_> {
    /// A condition, with what it tells of fields.
    fn condition(&self, syntax: &IdedExpr, scope: &Scope) -> Result<Checked> {
        let checked = self.check(syntax, scope)?;
        if checked.expr.ty == ValueType::Bool {
            return Ok(checked);
        }
        let message = format!("`{}` is of type {}; bool is needed", checked.expr, checked.expr.ty);
        Err(Problem::bad(syntax.id, message))
    }

    fn and(&self, a: &IdedExpr, b: &IdedExpr, scope: &Scope) -> Result<Checked> {
        let a = self.condition(a, scope)?;
        let b = self.condition(b, &scope.knowing(&a.when_true))?;
        Ok(Checked {
            when_true: union(&a.when_true, &b.when_true),
            when_false: intersection(&a.when_false, &b.when_false),
            expr: bool(ExprKind::And(Box::new(a.expr), Box::new(b.expr))),
        })
    }

    fn or(&self, a: &IdedExpr, b: &IdedExpr, scope: &Scope) -> Result<Checked> {
        let a = self.condition(a, scope)?;
        let b = self.condition(b, &scope.knowing(&a.when_false))?;
        Ok(Checked {
            when_true: intersection(&a.when_true, &b.when_true),
            when_false: union(&a.when_false, &b.when_false),
            expr: bool(ExprKind::Or(Box::new(a.expr), Box::new(b.expr))),
        })
    }

    fn not(&self, a: &IdedExpr, scope: &Scope) -> Result<Checked> {
        let a = self.condition(a, scope)?;
        Ok(Checked {
            expr: bool(ExprKind::Not(Box::new(a.expr))),
            when_true: a.when_false,
            when_false: a.when_true,
        })
    }

    fn choose(&self, id: u64, [c, a, b]: [&IdedExpr; 3], scope: &Scope) -> Result<Checked> {
        let c = self.condition(c, scope)?;
        let a = self.check(a, &scope.knowing(&c.when_true))?;
        let b = self.check(b, &scope.knowing(&c.when_false))?;
        let both = wider(&a.expr.ty, &b.expr.ty);
        let shown = format!("{} and {}", a.expr.ty, b.expr.ty);
        let (Some(x), Some(y)) = (widen(a.expr, &both), widen(b.expr, &both)) else {
            return Err(Problem::bad(id, format!("the two sides of `:` are of types {shown}")));
        };
        if is_made(&x) || is_made(&y) {
            let advice = "compare on both sides of `:`";
            return Err(Problem::unsupported(id, "a choice of a text or list made here", advice));
        }
        Ok(Checked {
            expr: Expr {
                kind: ExprKind::Choose(Box::new(c.expr), Box::new(x), Box::new(y)),
                ty: both,
            },
            when_true: intersection(
                &union(&c.when_true, &a.when_true),
                &union(&c.when_false, &b.when_true),
            ),
            when_false: intersection(
                &union(&c.when_true, &a.when_false),
                &union(&c.when_false, &b.when_false),
            ),
        })
    }

    fn negate(&self, a: &IdedExpr, scope: &Scope) -> Result<Expr> {
        let of = self.check(a, scope)?.expr;
        if !of.ty.is_number() {
            let message = format!("`{of}` is of type {}; a number is needed", of.ty);
            return Err(Problem::bad(a.id, message));
        }
        let ty = of.ty.clone();
        Ok(Expr { kind: ExprKind::Negate(Box::new(of)), ty })
    }

    fn compare(
        &self,
        id: u64,
        op: Comparison,
        a: &IdedExpr,
        b: &IdedExpr,
        scope: &Scope,
    ) -> Result<Expr> {
        let (a, b) = (self.check(a, scope)?.expr, self.check(b, scope)?.expr);
        let equality = matches!(op, Comparison::Equal | Comparison::Unequal);
        let fits = match (&a.ty, &b.ty) {
            (ValueType::Text, ValueType::Text) => true,
            (ValueType::Bool, ValueType::Bool) => equality,
            (ValueType::List(a), ValueType::List(b)) => equality && comparable(a, b),
            (a, b) => a.is_number() && b.is_number(),
        };
        if !fits {
            let sign = op.sign();
            let message = format!("`{sign}` does not compare {} with {}", a.ty, b.ty);
            return Err(Problem::bad(id, message));
        }
        Ok(bool(ExprKind::Compare(op, Box::new(a), Box::new(b))))
    }

    fn arithmetic(
        &self,
        id: u64,
        op: Arithmetic,
        a: &IdedExpr,
        b: &IdedExpr,
        scope: &Scope,
    ) -> Result<Expr> {
        let (a, b) = (self.check(a, scope)?.expr, self.check(b, scope)?.expr);
        let fits = match (&a.ty, &b.ty) {
            (ValueType::Int, ValueType::Int) => true,
            (ValueType::Double, ValueType::Double) => op != Arithmetic::Remainder,
            (ValueType::Text, ValueType::Text) => op == Arithmetic::Add,
            _ => false,
        };
        if !fits {
            let sign = op.sign();
            let mixed = a.ty.is_number() && b.ty.is_number() && a.ty != b.ty;
            let advice = if mixed { "; write `2.0` to calculate with a double" } else { "" };
            let message = format!("`{sign}` does not take {} and {}{advice}", a.ty, b.ty);
            return Err(Problem::bad(id, message));
        }
        let ty = a.ty.clone();
        Ok(Expr { kind: ExprKind::Arithmetic(op, Box::new(a), Box::new(b)), ty })
    }

    fn is_in(&self, id: u64, a: &IdedExpr, b: &IdedExpr, scope: &Scope) -> Result<Expr> {
        let (a, b) = (self.check(a, scope)?.expr, self.check(b, scope)?.expr);
        let fits = match &b.ty {
            ValueType::List(item) => comparable(&a.ty, item),
            ValueType::Map(key, _) => **key == a.ty,
            _ => false,
        };
        if !fits {
            let message = format!("`in` does not look for {} in {}", a.ty, b.ty);
            return Err(Problem::bad(id, message));
        }
        Ok(bool(ExprKind::In(Box::new(a), Box::new(b))))
    }

    fn index(&self, id: u64, a: &IdedExpr, b: &IdedExpr, scope: &Scope) -> Result<Expr> {
        let (of, key) = (self.check(a, scope)?.expr, self.check(b, scope)?.expr);
        let ty = match &of.ty {
            ValueType::List(item) if key.ty == ValueType::Int => item,
            ValueType::Map(of, value) if **of == key.ty => value,
            _ => {
                let message = format!("{} is not indexed by {}", of.ty, key.ty);
                return Err(Problem::bad(id, message));
            }
        };
        let ty = (**ty).clone();
        Ok(Expr { kind: ExprKind::Index(Box::new(of), Box::new(key)), ty })
    }
}

/// Whether values of two types can be equal.
fn comparable(a: &ValueType, b: &ValueType) -> bool {
    let scalar = matches!(a, ValueType::Bool | ValueType::Text);
    (scalar && a == b) || (a.is_number() && b.is_number())
}
