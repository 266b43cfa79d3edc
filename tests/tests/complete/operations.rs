//! Incomplete operations. In: the model. Out: one line each.

use codegen::model::{Api, Operation};

pub(crate) fn gaps(api: &Api) -> Vec<String> {
    api.operations.iter().flat_map(operation).collect()
}

fn operation(operation: &Operation) -> Vec<String> {
    let is_empty = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let has = |name: &str| operation.parameters.iter().any(|p| p.name.wire == name);
    let is_paged = has("offset") && has("limit");
    let mut missing = Vec::new();
    let parts = [
        ("summary", is_empty(operation.summary.as_deref())),
        ("description", is_empty(Some(&operation.description))),
        ("tag", is_empty(operation.tag.as_deref())),
        ("x-source", operation.origins.is_empty()),
        ("documented success", !operation.responses.iter().any(|answer| answer.is_success())),
        ("x-pagination", is_paged && operation.pagination.is_none()),
        (
            "example of its body",
            operation.body.as_ref().is_some_and(|body| body.examples.is_empty()),
        ),
    ];
    missing.extend(parts.iter().filter(|(_, gone)| *gone).map(|(what, _)| (*what).to_owned()));
    for answer in operation.responses.iter().filter(|answer| answer.is_success()) {
        if answer.schema.is_some() && answer.examples.is_empty() {
            missing.push(format!("example of its answer {}", answer.status));
        }
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.example.is_none()) {
        missing.push(format!("example of the parameter {}", parameter.name.wire));
    }
    let id = &operation.name.wire;
    missing.into_iter().map(|what| format!("{id}: no {what}")).collect()
}
