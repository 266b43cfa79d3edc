//! The examples of an operation's page. In: a plan with its files. Out: a view a call, with a tab a language, and a view
//! an answer.

use codegen::emit::examples::{Call, Plan};
use serde::Serialize;

use crate::{
    Language, Source,
    markdown::{self, Links},
    snippets,
};

/// A call.
#[derive(Serialize)]
pub(crate) struct CallView {
    id: String,
    title: String,
    description: Option<String>,
    tabs: Vec<Tab>,
}

/// The call in one language.
#[derive(Serialize)]
struct Tab {
    id: &'static str,
    name: &'static str,
    text: String,
}

/// An answer.
#[derive(Serialize)]
pub(crate) struct AnswerView {
    status: String,
    title: String,
    description: Option<String>,
    json: String,
}

/// The calls.
pub(crate) fn calls(
    source: &Source,
    language: Language,
    plan: &Plan<'_>,
    links: &Links<'_>,
) -> Vec<CallView> {
    let api = source.api(language);
    let operation = plan.operation;
    let view = |(i, call): (usize, &Call<'_>)| {
        let program = source.file(&call.program).map(snippets::rust).unwrap_or_default();
        let script = source.file(&call.script);
        let curl = script.map(|script| snippets::curl(script, call.example)).unwrap_or_default();
        let mut tabs = vec![
            Tab { id: "rust", name: "Rust", text: program },
            Tab { id: "curl", name: "curl", text: curl },
            Tab {
                id: "hwc",
                name: "hwc",
                text: snippets::hwc(api, source.short(), operation, call.example),
            },
            Tab {
                id: "python",
                name: "Python",
                text: snippets::python(api, operation, call.example),
            },
        ];
        if let Some(example) = call.example {
            let text = serde_json::to_string_pretty(&example.value).unwrap_or_default();
            tabs.push(Tab { id: "json", name: "JSON", text });
        }
        CallView {
            id: format!("example-{}", i + 1),
            title: call.title(operation),
            description: call
                .example
                .and_then(|example| example.description.as_deref())
                .map(|text| markdown::blocks(text, links)),
            tabs,
        }
    };
    plan.calls.iter().enumerate().map(view).collect()
}

/// The answers.
pub(crate) fn answers(plan: &Plan<'_>, links: &Links<'_>) -> Vec<AnswerView> {
    let view = |answer: &codegen::emit::examples::Answer<'_>| AnswerView {
        status: answer.response.status.clone(),
        title: answer.example.summary.clone().unwrap_or_else(|| answer.example.name.wire.clone()),
        description: answer
            .example
            .description
            .as_deref()
            .map(|text| markdown::blocks(text, links)),
        json: serde_json::to_string_pretty(&answer.example.value).unwrap_or_default(),
    };
    plan.answers.iter().map(view).collect()
}
