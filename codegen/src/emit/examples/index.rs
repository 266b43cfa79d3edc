//! The list of all examples. Out: `examples/README.md`.

use serde::Serialize;

use super::plan::Plan;
use crate::{
    config::Service,
    emit::EmitError,
    emit::docs::{markdown, render::Templates},
    output::FileSet,
};

#[derive(Serialize)]
struct Index {
    banner: String,
    operations: Vec<Operation>,
}

#[derive(Serialize)]
struct Operation {
    name: String,
    slug: String,
    calls: Vec<Call>,
    answers: Vec<Answer>,
}

#[derive(Serialize)]
struct Call {
    title: String,
    payload: Option<Link>,
    script: Link,
    program: Link,
}

#[derive(Serialize)]
struct Answer {
    status: String,
    title: String,
    payload: Link,
}

/// A file's name and where it is, from `examples/`.
#[derive(Serialize)]
struct Link {
    name: String,
    target: String,
}

pub(super) fn emit(
    service: &Service,
    plans: &[Plan<'_>],
    templates: &Templates,
    files: &mut FileSet,
) -> Result<(), EmitError> {
    let view =
        Index { banner: service.banner(), operations: plans.iter().map(operation).collect() };
    files.text("examples/README.md", templates.render("README", &view)?);
    Ok(())
}

fn operation(plan: &Plan<'_>) -> Operation {
    let call = |call: &super::plan::Call<'_>| Call {
        title: markdown::cell(&call.title(plan.operation)),
        payload: call.payload.as_deref().map(link),
        script: link(&call.script),
        program: link(&call.program),
    };
    let answer = |answer: &super::plan::Answer<'_>| Answer {
        status: answer.response.status.clone(),
        title: markdown::cell(
            answer.example.summary.as_deref().unwrap_or(&answer.example.name.wire),
        ),
        payload: link(&answer.payload),
    };
    Operation {
        name: plan.operation.name.wire.clone(),
        slug: plan.slug.clone(),
        calls: plan.calls.iter().map(call).collect(),
        answers: plan.answers.iter().map(answer).collect(),
    }
}

fn link(path: &str) -> Link {
    let name = path.rsplit('/').next().unwrap_or(path).to_owned();
    let target = match path.strip_prefix("examples/") {
        Some(below) => below.to_owned(),
        None => format!("../{path}"),
    };
    Link { name, target }
}
