//! The examples of an operation's page: what they show, their JSON, and links to their files.

use serde::Serialize;

use super::markdown;
use crate::{
    emit::EmitError,
    emit::examples::{Plan, pretty},
    model::Example,
};

/// A call or an answer.
#[derive(Serialize)]
pub(super) struct View {
    title: String,
    description: Option<String>,
    /// What is sent or comes back, if anything.
    json: Option<String>,
    /// Whether it is not folded away: one is enough to see how it is done.
    open: bool,
    /// Links to the files, in Markdown.
    files: String,
}

/// The calls.
pub(super) fn calls(plan: &Plan<'_>) -> Result<Vec<View>, EmitError> {
    let call = |(i, call): (usize, &crate::emit::examples::Call<'_>)| {
        let mut files: Vec<String> = Vec::new();
        files.extend(call.payload.as_deref().map(|path| link("payload", path)));
        files.push(link("curl", &call.script));
        files.push(link("Rust", &call.program));
        Ok(View {
            title: markdown::line(&call.title(plan.operation)),
            description: call.example.and_then(description),
            json: call.example.map(|example| pretty(&example.value)).transpose()?,
            open: i == 0,
            files: files.join(" · "),
        })
    };
    plan.calls.iter().enumerate().map(call).collect()
}

/// The answers.
pub(super) fn answers(plan: &Plan<'_>) -> Result<Vec<View>, EmitError> {
    let answer = |answer: &crate::emit::examples::Answer<'_>| {
        let example = answer.example;
        let status = &answer.response.status;
        Ok(View {
            title: match example.summary.as_deref() {
                Some(summary) => format!("Response {status}: {}", markdown::line(summary)),
                None => format!("Response {status}: {}", markdown::code(&example.name.wire)),
            },
            description: description(example),
            json: Some(pretty(&example.value)?),
            open: false,
            files: link("payload", &answer.payload),
        })
    };
    plan.answers.iter().map(answer).collect()
}

fn description(example: &Example) -> Option<String> {
    example.description.as_deref().map(markdown::text)
}

/// A link from `docs/operations/`.
fn link(words: &str, path: &str) -> String {
    markdown::link(words, &format!("../../{path}"))
}
