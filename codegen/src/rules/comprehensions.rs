//! `all`, `exists`, `exists_one`, `filter` and `map` over a list, or over the keys of a map.

use cel::{
    IdedExpr,
    common::ast::{CallExpr, Expr as Syntax},
};

use super::{
    checker::Checker,
    constants::is_made,
    problem::{Problem, Result},
    scope::Scope,
};
use crate::model::{Comprehension, Expr, ExprKind, ValueType};

pub(super) const NAMES: &[&str] = &["all", "exists", "exists_one", "filter", "map"];

/// What a call on a target stands for, if it is one of these.
pub(super) fn kind(call: &CallExpr) -> Option<Comprehension> {
    Some(match call.func_name.as_str() {
        "all" => Comprehension::All,
        "exists" => Comprehension::Exists,
        "exists_one" => Comprehension::ExistsOne,
        "filter" => Comprehension::Filter,
        "map" => Comprehension::Map,
        _ => return None,
    })
}

impl Checker<'_> {
    pub(super) fn comprehension(
        &self,
        id: u64,
        over: &IdedExpr,
        kind: Comprehension,
        arguments: &[IdedExpr],
        scope: &Scope,
    ) -> Result<Expr> {
        let name = kind.name();
        let [variable, body] = arguments else {
            if kind == Comprehension::Map && arguments.len() == 3 {
                let advice = "write `.filter(x, …).map(x, …)`";
                return Err(Problem::unsupported(id, "a map of three arguments", advice));
            }
            let message = format!("`{name}` takes a name and an expression: `.{name}(x, …)`");
            return Err(Problem::bad(id, message));
        };
        let over_id = over.id;
        let over = self.check(over, scope)?.expr;
        let item = match &over.ty {
            ValueType::List(item) => (**item).clone(),
            ValueType::Map(key, _) => (**key).clone(),
            other => {
                let message = format!("`{name}` goes over lists and maps, not over {other}");
                return Err(Problem::bad(over_id, message));
            }
        };
        let Syntax::Ident(variable_name) = &variable.expr else {
            return Err(Problem::bad(variable.id, format!("`{name}` takes a plain name first")));
        };
        if scope.variable(variable_name).is_some() {
            let message = format!("`{variable_name}` is taken; choose another name");
            return Err(Problem::bad(variable.id, message));
        }
        let inner = scope.with_variable(variable_name, item);
        let inside = match kind {
            Comprehension::Map => self.check(body, &inner)?.expr,
            _ => self.expect(body, &inner, &ValueType::Bool)?,
        };
        if is_made(&inside) {
            let advice = "compare inside of `exists` or `all`";
            return Err(Problem::unsupported(body.id, "a list of what is made here", advice));
        }
        let ty = match kind {
            Comprehension::Map => ValueType::List(Box::new(inside.ty.clone())),
            Comprehension::Filter => match &over.ty {
                ValueType::List(item) => ValueType::List(item.clone()),
                ValueType::Map(key, _) => ValueType::List(key.clone()),
                other => other.clone(),
            },
            _ => ValueType::Bool,
        };
        let (over, inside) = (Box::new(over), Box::new(inside));
        let kind = ExprKind::Comprehension(kind, over, variable_name.clone(), inside);
        Ok(Expr { kind, ty })
    }
}
