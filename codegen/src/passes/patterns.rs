//! Names patterns, for the functions that match them: after the first field, parameter or rule that has
//! the pattern, with a number where one name would stand for several.
//!
//! In: a model whose patterns have no names. Out: one name per text of a pattern, and none twice.

use std::collections::BTreeMap;

use crate::{
    lower::names::{self, Scope},
    model::{Api, Expr, ExprKind, Pattern, Schema, Shape, TypeKind, Until},
};

pub(super) fn run(api: &mut Api) {
    let mut by_text = BTreeMap::<String, String>::new();
    let mut taken = Scope::default();
    visit(api, &mut |place, pattern| {
        let name = by_text
            .entry(pattern.text.clone())
            .or_insert_with(|| taken.claim(names::value(place), place));
        pattern.name.clone_from(name);
    });
}

/// Hands over each pattern with what it belongs to: the name of a field or parameter, or the id of a rule.
fn visit(api: &mut Api, found: &mut impl FnMut(&str, &mut Pattern)) {
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            of_schema(&parameter.name.code, &mut parameter.schema, found);
        }
        if let Some(body) = &mut operation.body {
            of_schema("body", &mut body.schema, found);
        }
        for waiter in &mut operation.waiters {
            if let Until::Reached { when, .. } = &mut waiter.until {
                of_expression(&waiter.name.code, when, found);
            }
            for failed in &mut waiter.failed {
                of_expression(&failed.id, &mut failed.when, found);
            }
        }
    }
    for definition in api.types.values_mut() {
        let TypeKind::Struct(shape) = &mut definition.kind else { continue };
        for field in &mut shape.fields {
            of_schema(&field.name.code, &mut field.schema, found);
        }
        for rule in &mut shape.rules {
            of_expression(&rule.id, &mut rule.expression, found);
        }
    }
}

fn of_schema(name: &str, schema: &mut Schema, found: &mut impl FnMut(&str, &mut Pattern)) {
    if let Some(pattern) = &mut schema.constraints.pattern {
        found(name, pattern);
    }
    if let Shape::Array(item) | Shape::Map(item) = &mut schema.shape {
        of_schema(name, item, found);
    }
}

fn of_expression(id: &str, expression: &mut Expr, found: &mut impl FnMut(&str, &mut Pattern)) {
    expression.walk_mut(&mut |part| {
        if let ExprKind::Matches(_, pattern) = &mut part.kind {
            found(id, pattern);
        }
    });
}
