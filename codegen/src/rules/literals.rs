//! Literals: scalars, and lists and maps that a rule writes out.

use cel::common::ast::{EntryExpr, ListExpr, LiteralValue, MapExpr};

use super::{
    checker::Checker,
    constants::is_constant,
    problem::{Problem, Result},
    scope::Scope,
};
use crate::model::{Expr, ExprKind, ValueType};

/// Whole numbers up to here are the same as floating-point numbers.
const MAX_EXACT: i64 = 1 << 53;

/// A scalar.
pub(super) fn literal(id: u64, literal: &LiteralValue) -> Result<Expr> {
    let (kind, ty) = match literal {
        LiteralValue::Boolean(value) => (ExprKind::Bool(*value.inner()), ValueType::Bool),
        LiteralValue::Int(value) => (ExprKind::Int(*value.inner()), ValueType::Int),
        LiteralValue::Double(value) if value.inner().is_finite() => {
            (ExprKind::Double(*value.inner()), ValueType::Double)
        }
        LiteralValue::Double(_) => return Err(Problem::bad(id, "this number is too large")),
        LiteralValue::String(value) => (ExprKind::Text(value.inner().to_owned()), ValueType::Text),
        LiteralValue::Null => {
            return Err(Problem::unsupported(id, "null", "ask whether a field is there by `has`"));
        }
        LiteralValue::UInt(_) => {
            return Err(Problem::unsupported(id, "an unsigned number", "leave out the `u`"));
        }
        LiteralValue::Bytes(_) => {
            return Err(Problem::unsupported(id, "a literal of bytes", "leave out the `b`"));
        }
    };
    Ok(Expr { kind, ty })
}

impl Checker<'_> {
    pub(super) fn list(&self, id: u64, list: &ListExpr, scope: &Scope) -> Result<Expr> {
        let mut items = Vec::with_capacity(list.elements.len());
        for element in &list.elements {
            items.push((element.id, self.check(element, scope)?.expr));
        }
        let items = one_type(id, items)?;
        let Some(ty) = items.first().map(|item| item.ty.clone()) else {
            return Err(Problem::unsupported(id, "an empty list", "compare its size with 0"));
        };
        Ok(Expr { kind: ExprKind::List(items), ty: ValueType::List(Box::new(ty)) })
    }

    pub(super) fn map(&self, id: u64, map: &MapExpr, scope: &Scope) -> Result<Expr> {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for entry in &map.entries {
            let EntryExpr::MapEntry(pair) = &entry.expr else {
                return Err(Problem::unsupported(
                    entry.id,
                    "a field of an object",
                    "quote the key",
                ));
            };
            let key = self.check(&pair.key, scope)?.expr;
            if !matches!(key.kind, ExprKind::Text(_) | ExprKind::Int(_)) {
                let message = "a key of a map must be a text or a whole number, written out";
                return Err(Problem::bad(pair.key.id, message));
            }
            if keys.iter().any(|(_, known)| *known == key) {
                return Err(Problem::bad(pair.key.id, format!("the key {key} is there already")));
            }
            let value = self.check(&pair.value, scope)?.expr;
            if !is_constant(&value) {
                let advice = "write the values out";
                return Err(Problem::unsupported(pair.value.id, "a value that varies", advice));
            }
            keys.push((pair.key.id, key));
            values.push((pair.value.id, value));
        }
        let (keys, values) = (one_type(id, keys)?, one_type(id, values)?);
        let types = keys.first().zip(values.first()).map(|(k, v)| (k.ty.clone(), v.ty.clone()));
        let Some((key, value)) = types else {
            return Err(Problem::unsupported(id, "an empty map", "compare its size with 0"));
        };
        Ok(Expr {
            kind: ExprKind::Map(keys.into_iter().zip(values).collect()),
            ty: ValueType::Map(Box::new(key), Box::new(value)),
        })
    }
}

/// All of one type; whole numbers among others become such.
fn one_type(id: u64, items: Vec<(u64, Expr)>) -> Result<Vec<Expr>> {
    let Some(first) = items.first().map(|(_, item)| item.ty.clone()) else {
        return Ok(Vec::new());
    };
    let wanted = items.iter().fold(first, |ty, (_, item)| wider(&ty, &item.ty));
    let mut all = Vec::with_capacity(items.len());
    for (at, item) in items {
        let shown = (item.to_string(), item.ty.to_string());
        let Some(item) = widen(item, &wanted) else {
            let at = if at == 0 { id } else { at };
            let message = format!("`{}` is of type {} among {wanted}", shown.0, shown.1);
            return Err(Problem::bad(at, message));
        };
        all.push(item);
    }
    Ok(all)
}

/// The type that holds the values of both, if it is a matter of numbers.
pub(super) fn wider(a: &ValueType, b: &ValueType) -> ValueType {
    match (a, b) {
        (ValueType::Int, ValueType::Double) => ValueType::Double,
        (ValueType::List(a), ValueType::List(b)) => ValueType::List(Box::new(wider(a, b))),
        _ => a.clone(),
    }
}

/// An expression as one of a type; only literals change theirs.
pub(super) fn widen(item: Expr, wanted: &ValueType) -> Option<Expr> {
    if item.ty == *wanted {
        return Some(item);
    }
    match (item.kind, wanted) {
        (ExprKind::Int(n), ValueType::Double) if n.abs() <= MAX_EXACT => {
            Some(Expr { kind: ExprKind::Double(n as f64), ty: ValueType::Double })
        }
        (ExprKind::List(items), ValueType::List(of)) => {
            let items: Option<Vec<Expr>> = items.into_iter().map(|item| widen(item, of)).collect();
            Some(Expr { kind: ExprKind::List(items?), ty: wanted.clone() })
        }
        _ => None,
    }
}
