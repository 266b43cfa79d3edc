//! Examples that a draft makes itself, because no source has any. In: a model. Out: the model, with a body for each request
//! and each answer that has no example, so that payload tests try every type in both directions.
//!
//! A value is made of its schema: every field, as deep as it is readable, within all bounds. Where there is none, because
//! a rule or a pattern asks for more than a guess, nothing is made.

mod value;

use crate::{
    load::Document,
    media::Media,
    model::{Api, Example, Name, Operation, Parameter, Schema, Shape},
    payload::{self, Severity},
};
use value::Sampler;

/// The key of such an example.
const KEY: &str = "from-schema";

/// Fills in what has no example.
pub(super) fn fill(document: &Document, api: &mut Api) {
    let sampler = Sampler::new(&api.types);
    let made: Vec<Made> = api.operations.iter().map(|one| made(document, &sampler, one)).collect();
    for (operation, made) in api.operations.iter_mut().zip(made) {
        for (parameter, value) in operation.parameters.iter_mut().zip(made.parameters) {
            parameter.example = parameter.example.take().or(value);
        }
        if let Some(body) = &mut operation.body {
            body.examples.extend(made.body);
        }
        for (response, example) in operation.responses.iter_mut().zip(made.answers) {
            response.examples.extend(example);
        }
    }
}

/// What is made for one operation, in the order of its parts.
struct Made {
    parameters: Vec<Option<serde_json::Value>>,
    body: Option<Example>,
    answers: Vec<Option<Example>>,
}

fn made(document: &Document, sampler: &Sampler<'_>, operation: &Operation) -> Made {
    // Other values that are required are known by their kind, or asked for.
    let parameter = |parameter: &Parameter| {
        let is_open = parameter.required && !parameter.of_client && parameter.example.is_none();
        let is_list = matches!(parameter.schema.shape, Shape::Array(_) | Shape::Map(_));
        (is_open && is_list).then(|| sampler.value(&parameter.schema)).flatten()
    };
    let body = operation
        .body
        .as_ref()
        .filter(|body| body.examples.is_empty())
        .filter(|body| matches!(body.kind(), Media::Json | Media::Urlencoded));
    let fits = |example: &Example| {
        let found = payload::check(document, &operation.name.wire, &example.value);
        found.is_ok_and(|found| found.iter().all(|one| one.severity != Severity::Error))
    };
    let answers = operation.responses.iter().map(|response| {
        let schema = response.schema.as_ref().filter(|_| response.examples.is_empty());
        example(sampler, schema?)
    });
    Made {
        parameters: operation.parameters.iter().map(parameter).collect(),
        body: body.and_then(|body| example(sampler, &body.schema)).filter(fits),
        answers: answers.collect(),
    }
}

fn example(sampler: &Sampler<'_>, schema: &Schema) -> Option<Example> {
    Some(Example {
        name: Name { wire: KEY.to_owned(), code: KEY.replace('-', "_") },
        summary: Some("Made from the schema".to_owned()),
        description: None,
        value: sampler.value(schema)?,
    })
}
