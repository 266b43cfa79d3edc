//! Syntax tree → typed expression: names, fields and `has`; everything else by its file.

use cel::{
    IdedExpr,
    common::ast::{CallExpr, Expr as Syntax, SelectExpr},
};

use super::{
    checker::Checker,
    literals, operators,
    problem::{Problem, Result, hint},
    scope::{Checked, Places, Scope},
};
use crate::model::{Expr, ExprKind, Field, Schema, Shape, TypeKind, TypeName, ValueType, Width};

impl Checker<'_> {
    /// A whole expression.
    pub(super) fn check(&self, syntax: &IdedExpr, scope: &Scope) -> Result<Checked> {
        let id = syntax.id;
        match &syntax.expr {
            Syntax::Literal(literal) => literals::literal(id, literal).map(Checked::plain),
            Syntax::List(list) => self.list(id, list, scope).map(Checked::plain),
            Syntax::Map(map) => self.map(id, map, scope).map(Checked::plain),
            Syntax::Ident(name) => match scope.variable(name) {
                Some(ty) => {
                    let kind = ExprKind::Variable(name.clone());
                    Ok(Checked::plain(Expr { kind, ty: ty.clone() }))
                }
                None => {
                    let message =
                        format!("`{name}` is not a name here; {}", hint(name, scope.names()));
                    Err(Problem::new("unknown-field", id, message))
                }
            },
            Syntax::Select(select) => self.field(id, select, scope).map(Checked::plain),
            Syntax::Call(call) => self.call(id, call, scope),
            Syntax::Struct(_) => {
                Err(Problem::unsupported(id, "making an object", "compare its fields"))
            }
            Syntax::Comprehension(_) | Syntax::Unspecified => {
                Err(Problem::unsupported(id, "this expression", "write it otherwise"))
            }
        }
    }

    /// An expression of a type that is known.
    pub(super) fn expect(&self, syntax: &IdedExpr, scope: &Scope, ty: &ValueType) -> Result<Expr> {
        let found = self.check(syntax, scope)?.expr;
        if found.ty == *ty {
            return Ok(found);
        }
        let message = format!("`{found}` is of type {}; {ty} is needed", found.ty);
        Err(Problem::bad(syntax.id, message))
    }

    fn call(&self, id: u64, call: &CallExpr, scope: &Scope) -> Result<Checked> {
        if call.target.is_none() && call.func_name == "has" {
            return self.has(id, call, scope);
        }
        if call.target.is_none()
            && let Some(found) = operators::operator(self, id, call, scope)
        {
            return found;
        }
        if let (Some(target), Some(kind)) = (&call.target, super::comprehensions::kind(call)) {
            let of = self.comprehension(id, target, kind, &call.args, scope);
            return of.map(Checked::plain);
        }
        self.function(id, call, scope).map(Checked::plain)
    }

    /// `a.b`, which must be there.
    fn field(&self, id: u64, select: &SelectExpr, scope: &Scope) -> Result<Expr> {
        let (of, field) = self.select(id, select, scope)?;
        let ty = self.type_of(id, &field)?;
        let optional = !field.required;
        let expr = Expr { kind: ExprKind::Field(Box::new(of), Box::new(field)), ty };
        let place = expr.to_string();
        if optional && !scope.has(&place) {
            let message = format!(
                "`{place}` may be absent; ask first: `has({place}) && …` or `!has({place}) || …`"
            );
            return Err(Problem::new("missing-has", id, message));
        }
        Ok(expr)
    }

    /// `has(a.b)`.
    fn has(&self, id: u64, call: &CallExpr, scope: &Scope) -> Result<Checked> {
        let [IdedExpr { id: inner, expr: Syntax::Select(select) }] = &call.args[..] else {
            return Err(Problem::bad(id, "`has` takes one field: `has(self.field)`"));
        };
        let (of, field) = self.select(*inner, select, scope)?;
        self.type_of(*inner, &field)?;
        let place = format!("{of}.{}", field.name.wire);
        let kind = ExprKind::Has(Box::new(of), Box::new(field));
        Ok(Checked {
            expr: Expr { kind, ty: ValueType::Bool },
            when_true: Places::from([place]),
            when_false: Places::new(),
        })
    }

    fn select(&self, id: u64, select: &SelectExpr, scope: &Scope) -> Result<(Expr, Field)> {
        let of = self.check(&select.operand, scope)?.expr;
        let name = &select.field;
        match &of.ty {
            ValueType::Struct(ty) => match self.fields(ty).iter().find(|f| f.name.wire == *name) {
                Some(field) => Ok((of, field.clone())),
                None => {
                    let names = self.fields(ty).iter().map(|field| field.name.wire.as_str());
                    let message = format!("{ty} has no field `{name}`; {}", hint(name, names));
                    Err(Problem::new("unknown-field", id, message))
                }
            },
            ValueType::Map(..) => {
                let advice = format!("write `\"{name}\" in {of}` and `{of}[\"{name}\"]`");
                Err(Problem::unsupported(id, "a key of a map as a field", &advice))
            }
            other => {
                let message = format!("`{of}` is of type {other}, which has no fields");
                Err(Problem::bad(id, message))
            }
        }
    }

    /// The fields of a structure.
    pub(super) fn fields(&self, name: &TypeName) -> &[Field] {
        match self.types.get(name).map(|definition| &definition.kind) {
            Some(TypeKind::Struct(shape)) => &shape.fields,
            _ => &[],
        }
    }

    fn type_of(&self, id: u64, field: &Field) -> Result<ValueType> {
        let name = &field.name.wire;
        self.value_type(&field.schema).map_err(|what| {
            Problem::unsupported(id, &format!("the field `{name}`, {what},"), "leave it out")
        })
    }

    /// The type of the values of a schema; fails with what they are when no rule can use them.
    pub(super) fn value_type(
        &self,
        schema: &Schema,
    ) -> std::result::Result<ValueType, &'static str> {
        if schema.nullable {
            return Err("which may be null");
        }
        Ok(match &schema.shape {
            Shape::Any => return Err("whose values are of any type"),
            Shape::File => return Err("which is a file"),
            Shape::Boolean => ValueType::Bool,
            Shape::Integer(Width::U64) => {
                return Err("whose values may be above those of 64 bits with a sign");
            }
            Shape::Integer(_) => ValueType::Int,
            Shape::Number => ValueType::Double,
            Shape::String { .. } | Shape::Secret => ValueType::Text,
            Shape::Array(item) => ValueType::List(Box::new(self.value_type(item)?)),
            Shape::Map(value) => {
                ValueType::Map(Box::new(ValueType::Text), Box::new(self.value_type(value)?))
            }
            Shape::Named(name) => match self.types.get(name).map(|definition| &definition.kind) {
                Some(TypeKind::Enum(_)) => ValueType::Text,
                _ => ValueType::Struct(name.clone()),
            },
        })
    }
}
