//! One entry of `x-validations` → `model::Rule`.

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    checker::Checker,
    message::{Piece, pieces},
    parse,
    problem::{Problem, hint},
    reads::reads,
    scope::Scope,
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Expr, ExprKind, Field, Message, Part, Rule, Severity, Shape, TypeDef, TypeName, ValueType,
    },
    pointer::JsonPointer,
};

/// Compiles an entry at `at` about the structure `owner`. Its shape has been validated.
pub fn compile(
    types: &IndexMap<TypeName, TypeDef>,
    owner: &TypeName,
    entry: &Value,
    at: &JsonPointer,
) -> Result<Rule, Vec<Diagnostic>> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().trim();
    let checker = Checker { types };
    let mut problems = Vec::new();
    let expression = expression(&checker, owner, text("rule"), &at.child("rule"));
    let message = message(&checker, owner, text("message"), &at.child("message"));
    let path = field_path(&checker, owner, text("fieldPath"), &at.child("fieldPath"));
    let mut keep = |problem| problems.push(problem);
    let expression = expression.map_err(&mut keep).ok();
    let message = message.map_err(&mut keep).ok();
    let path = path.map_err(&mut keep).ok();
    let (Some(expression), Some(message), Some(field_path)) = (expression, message, path) else {
        return Err(problems);
    };
    Ok(Rule {
        id: text("id").to_owned(),
        text: text("rule").to_owned(),
        reads: reads(text("rule"), text("message")),
        message,
        field_path,
        source: text("source").to_owned(),
        sources: sources(entry),
        severity: match text("severity") {
            "warning" => Severity::Warning,
            _ => Severity::Error,
        },
        expression,
    })
}

/// The ids of the sources that state a rule.
fn sources(entry: &Value) -> Vec<String> {
    let all = entry.get("sources").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

fn expression(
    checker: &Checker<'_>,
    owner: &TypeName,
    text: &str,
    at: &JsonPointer,
) -> Result<Expr, Diagnostic> {
    let diagnostic = |info: Option<&_>, problem: Problem| {
        let position = parse::position(text, info, problem.at);
        Diagnostic::new(at.clone(), problem.code, format!("{position}{}", problem.message))
    };
    let (syntax, info) = parse::parse(text).map_err(|problem| diagnostic(None, problem))?;
    let scope = Scope::new(ValueType::Struct(owner.clone()));
    let expr = checker.check(&syntax, &scope).map_err(|p| diagnostic(Some(&info), p))?.expr;
    if expr.ty != ValueType::Bool {
        let message = format!("the rule is of type {}; it must be a bool", expr.ty);
        return Err(diagnostic(Some(&info), Problem::bad(syntax.id, message)));
    }
    Ok(expr)
}

fn message(
    checker: &Checker<'_>,
    owner: &TypeName,
    text: &str,
    at: &JsonPointer,
) -> Result<Message, Diagnostic> {
    let bad = |message: String| Diagnostic::new(at.clone(), "bad-rule-message", message);
    let mut parts = Vec::new();
    for piece in pieces(text).map_err(|problem| bad(problem.to_string()))? {
        parts.push(match piece {
            Piece::Text(text) => Part::Text(text),
            Piece::Field(names) => {
                let (expr, last) = follow(checker, owner, &names, at)?;
                if last.schema.shape == Shape::Secret {
                    let message = format!("would show the secret `{}`; leave it out", expr);
                    return Err(Diagnostic::new(at.clone(), "secret-in-message", message));
                }
                let scalar = matches!(expr.ty, ValueType::Bool | ValueType::Text);
                if !scalar && !expr.ty.is_number() {
                    return Err(bad(format!("cannot show `{expr}`, which is a {}", expr.ty)));
                }
                Part::Value(expr)
            }
        });
    }
    Ok(Message { text: text.to_owned(), parts })
}

fn field_path(
    checker: &Checker<'_>,
    owner: &TypeName,
    text: &str,
    at: &JsonPointer,
) -> Result<Vec<String>, Diagnostic> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<&str> = text.split('.').collect();
    follow_names(checker, owner, &names, at)?;
    Ok(names.into_iter().map(str::to_owned).collect())
}

/// The field at a path, through structures.
fn follow_names(
    checker: &Checker<'_>,
    owner: &TypeName,
    names: &[&str],
    at: &JsonPointer,
) -> Result<Vec<Field>, Diagnostic> {
    let mut here = Some(owner.clone());
    let mut found = Vec::new();
    for name in names {
        let fields = here.as_ref().map(|here| checker.fields(here)).unwrap_or_default();
        let Some(field) = fields.iter().find(|field| field.name.wire == *name) else {
            let known = fields.iter().map(|field| field.name.wire.as_str());
            let message = format!("there is not a field `{name}`; {}", hint(name, known));
            return Err(Diagnostic::new(at.clone(), "unknown-field", message));
        };
        here = match &field.schema.shape {
            Shape::Named(name) => Some(name.clone()),
            _ => None,
        };
        found.push(field.clone());
    }
    Ok(found)
}

/// The same as an expression.
fn follow(
    checker: &Checker<'_>,
    owner: &TypeName,
    names: &[&str],
    at: &JsonPointer,
) -> Result<(Expr, Field), Diagnostic> {
    let this = ExprKind::Variable("self".to_owned());
    let mut expr = Expr { kind: this, ty: ValueType::Struct(owner.clone()) };
    let fields = follow_names(checker, owner, names, at)?;
    for field in &fields {
        let ty = checker.value_type(&field.schema).map_err(|what| {
            let message = format!("cannot show `{}`, {what}", field.name.wire);
            Diagnostic::new(at.clone(), "bad-rule-message", message)
        })?;
        let kind = ExprKind::Field(Box::new(expr), Box::new(field.clone()));
        expr = Expr { kind, ty };
    }
    match fields.into_iter().last() {
        Some(last) => Ok((expr, last)),
        None => Err(Diagnostic::new(at.clone(), "bad-rule-message", "names no field")),
    }
}
