//! `x-waiters` → the waiters of operations. In: all types, and the entries that were met on the way.
//! Out: the operations with their waiters, or what is wrong with those.

use serde_json::{Value, json};

use super::{
    context::{Finished, OfOperation},
    names::{self, Scope},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Expr, ExprKind, FailureCondition, Field, Name, Operation, Parameter, Rule, Shape, TypeName,
        Until, Waiter,
    },
    pointer::JsonPointer,
    rules,
};

pub(super) fn compile(
    finished: &mut Finished<'_>,
    operations: &mut [Operation],
    methods: &mut Scope,
) {
    let mut begun = Vec::new();
    for OfOperation { index, entry, at, .. } in finished.take("x-waiters") {
        let Some(operation) = operations.get_mut(index) else { continue };
        let answer = operation.success().and_then(|schema| finished.structure(schema));
        let Some(answer) = answer.map(|(name, _)| name.clone()) else {
            let message = "the operation answers with no object that could be judged; remove it";
            finished.diagnostics.push(Diagnostic::new(at, "bad-waiter", message));
            continue;
        };
        for (i, entry) in entry.as_array().into_iter().flatten().enumerate() {
            let at = at.child(i);
            let judged = match entry.get("item-id").and_then(Value::as_str) {
                None => Ok((answer.clone(), None)),
                Some(id) => item(finished, operation, id).map_err(|problem| {
                    vec![Diagnostic::new(at.child("item-id"), "bad-waiter", problem.to_string())]
                }),
            };
            match judged.and_then(|judged| waiter(finished, judged, entry, &at, methods)) {
                Ok(waiter) => {
                    begun.push((index, waiter.clone(), at.child("started-by")));
                    operation.waiters.push(waiter);
                }
                Err(problems) => finished.diagnostics.extend(problems),
            }
        }
    }
    for (index, waiter, at) in begun {
        let Some(asked) = operations.get(index) else { continue };
        for (i, id) in waiter.started_by.iter().enumerate() {
            if let Some(problem) = start(finished, operations, asked, &waiter, id) {
                finished.diagnostics.push(Diagnostic::new(at.child(i), "bad-waiter", problem));
            }
        }
    }
}

/// Why waiting cannot follow a call: it must be known what to ask for, from its answer or its own parameters.
fn start(
    finished: &Finished<'_>,
    operations: &[Operation],
    asked: &Operation,
    waiter: &Waiter,
    id: &str,
) -> Option<String> {
    let Some(start) = operations.iter().find(|operation| operation.name.wire == id) else {
        return Some(format!("there is no operation `{id}`; name one"));
    };
    let answer = start.success().and_then(|schema| finished.structure(schema));
    let fields = answer.map(|(_, shape)| shape.fields.as_slice()).unwrap_or_default();
    let own = asked.parameters.iter().filter(|p| p.required && !p.of_client);
    let wanted = own.map(|p| p.name.wire.as_str());
    let mut wanted = wanted.chain(waiter.item_id.as_ref().map(|name| name.wire.as_str()));
    let missing = wanted.find(|wanted| {
        let is_it = |field: &Field| {
            field.name.wire == *wanted && matches!(field.schema.shape, Shape::String { .. })
        };
        !fields.iter().any(is_it) && !start.parameters.iter().any(|p| p.name.wire == *wanted)
    })?;
    Some(format!("neither the answer nor a parameter of `{id}` is a text `{missing}`; remove it"))
}

/// Why an `item-id` names no item of a list.
#[derive(Debug, thiserror::Error)]
enum ItemProblem {
    #[error("the operation does not list objects in pages (`x-pagination`); remove it")]
    NoPages,
    #[error("`{of}` has no optional text `{id}`; name one")]
    NoText { of: String, id: String },
    #[error("a parameter is called `{0}` as well; name another field")]
    Taken(String),
}

/// The type of the items of a list, and the field that holds their ids.
fn item(
    finished: &Finished<'_>,
    operation: &Operation,
    id: &str,
) -> Result<(TypeName, Option<Name>), ItemProblem> {
    let pages = operation.pagination.as_ref().filter(|list| list.paging.is_some());
    let item = pages.and_then(|list| finished.structure(&list.item));
    let Some((name, shape)) = item else {
        return Err(ItemProblem::NoPages);
    };
    let is_id = |field: &&Field| {
        field.name.wire == id
            && !field.required
            && matches!(field.schema.shape, Shape::String { .. })
    };
    let Some(field) = shape.fields.iter().find(is_id) else {
        return Err(ItemProblem::NoText { of: name.0.clone(), id: id.to_owned() });
    };
    let is_taken = |parameter: &Parameter| {
        parameter.required && !parameter.of_client && parameter.name.code == field.name.code
    };
    if operation.parameters.iter().any(is_taken) {
        return Err(ItemProblem::Taken(id.to_owned()));
    }
    Ok((name.clone(), Some(field.name.clone())))
}

fn waiter(
    finished: &Finished<'_>,
    (answer, item_id): (TypeName, Option<Name>),
    entry: &Value,
    at: &JsonPointer,
    methods: &mut Scope,
) -> Result<Waiter, Vec<Diagnostic>> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().trim();
    let number = |key: &str, usual: u64| entry.get(key).and_then(Value::as_u64).unwrap_or(usual);
    let mut problems = Vec::new();
    let until = match entry.get("reached") {
        None => Some(Until::Gone),
        Some(reached) => condition(finished, &answer, reached, &at.child("reached"))
            .map_err(|found| problems.extend(found))
            .ok()
            .map(|rule| Until::Reached {
                times: u32::try_from(number("times", 1)).unwrap_or(u32::MAX),
                text: rule.text,
                when: rule.expression,
            }),
    };
    let mut failed = Vec::new();
    let rows = entry.get("failed").and_then(Value::as_array).into_iter().flatten();
    for (i, row) in rows.enumerate() {
        match condition(finished, &answer, row, &at.child("failed").child(i)) {
            Ok(rule) => failed.push(FailureCondition {
                id: rule.id,
                text: rule.text,
                when: rule.expression,
                message: rule.message,
                after: row.get("after").and_then(Value::as_u64),
            }),
            Err(found) => problems.extend(found),
        }
    }
    let until = until.filter(|_| problems.is_empty()).ok_or(problems)?;
    let texts = |key: &str| -> Vec<String> {
        let list = entry.get(key).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let id = text("id");
    Ok(Waiter {
        name: Name { code: methods.claim(names::value(id), id), wire: id.to_owned() },
        description: text("description").to_owned(),
        subject: text("subject").to_owned(),
        answer,
        item_id,
        until,
        failed,
        gone_codes: texts("gone-codes"),
        started_by: texts("started-by"),
        first: number("first", 5),
        every: number("every", 10),
        limit: number("limit", 1800),
    })
}

/// A condition on an answer, written like a rule.
fn condition(
    finished: &Finished<'_>,
    answer: &TypeName,
    row: &Value,
    at: &JsonPointer,
) -> Result<Rule, Vec<Diagnostic>> {
    let mut entry = json!({ "id": "reached", "message": "-", "source": "-" });
    if let (Some(entry), Some(row)) = (entry.as_object_mut(), row.as_object()) {
        entry.extend(row.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    let rule = rules::compile(&finished.types, answer, &entry, at)?;
    let mut refused = None;
    rule.expression.walk(&mut |part| refused = refused.or(unsupported(part)));
    match refused {
        None => Ok(rule),
        Some(what) => {
            let message = format!("{what} is not supported here; compare scalar fields");
            Err(vec![Diagnostic::new(at.child("rule"), "bad-waiter", message)])
        }
    }
}

/// Answers hold their lists without an `Option`, and no function is made for a pattern of theirs.
fn unsupported(part: &Expr) -> Option<&'static str> {
    match &part.kind {
        ExprKind::Matches(..) => Some("`matches`"),
        ExprKind::Field(_, field) | ExprKind::Has(_, field) => match field.schema.shape {
            Shape::Array(_) | Shape::Map(_) => Some("a list or a map"),
            _ => None,
        },
        _ => None,
    }
}
