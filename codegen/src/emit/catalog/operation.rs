//! Operations as data. In: an operation of the model. Out: what front ends read of it.

use huaweicloud_catalog::{
    Answer, Body, Example, Header, Operation, Owner, Parameter, Place, Text,
};

use super::{Texts, command, facts, schema};
use crate::model::{self, Api, Location};

pub(super) fn operation(api: &Api, operation: &model::Operation, texts: &Texts<'_>) -> Operation {
    let types = api.reach(operation.schemas()).into_iter();
    Operation {
        id: operation.name.wire.clone(),
        command: command(operation),
        code: Some(operation.name.code.clone()),
        tag: operation.tag.clone(),
        method: operation.method.as_str().to_owned(),
        path: operation.path.clone(),
        summary: summary(operation, texts),
        description: texts.text(&operation.description),
        docs_url: operation.docs_url.clone(),
        origins: facts::origins(&operation.origins),
        deprecated: operation.deprecated,
        repeatable: operation.repeatable,
        purchase: operation.purchase,
        owner: operation.owner().map(owner),
        parameters: operation.parameters.iter().map(|one| parameter(one, texts)).collect(),
        body: operation.body.as_ref().map(|one| body(one, texts)),
        answers: operation.responses.iter().map(|one| answer(one, texts)).collect(),
        pagination: operation.pagination.as_ref().map(|one| facts::pagination(one, texts)),
        waiters: operation.waiters.iter().map(|one| facts::waiter(one, texts)).collect(),
        follow: facts::follow(api, operation),
        ensure: operation.ensure.as_ref().map(|one| facts::ensure(api, one, texts)),
        types: types.map(|name| name.0.clone()).collect(),
    }
}

/// What it does in a few words; an operation without a summary has its id.
pub(super) fn summary(operation: &model::Operation, texts: &Texts<'_>) -> Text {
    texts.text(operation.summary.as_deref().unwrap_or(&operation.name.wire))
}

fn owner(owner: model::Owner) -> Owner {
    match owner {
        model::Owner::Project => Owner::Project,
        model::Owner::Domain => Owner::Domain,
    }
}

fn parameter(parameter: &model::Parameter, texts: &Texts<'_>) -> Parameter {
    Parameter {
        name: parameter.name.wire.clone(),
        code: schema::code(&parameter.name),
        place: match parameter.location {
            Location::Path => Place::Path,
            Location::Query => Place::Query,
            Location::Header => Place::Header,
        },
        required: parameter.required,
        of_client: parameter.owner().map(owner),
        description: texts.text(&parameter.description),
        schema: schema::schema(&parameter.schema, texts),
        default: parameter.default.clone(),
        example: parameter.example.clone(),
        deprecated: parameter.deprecated,
        choices: parameter.choices.as_ref().map(facts::choices),
        origins: facts::origins(&parameter.origins),
    }
}

fn body(body: &model::Body, texts: &Texts<'_>) -> Body {
    Body {
        required: body.required,
        media: body.media.clone(),
        description: texts.option(body.description.as_deref()),
        schema: schema::schema(&body.schema, texts),
        examples: examples(&body.examples, texts),
    }
}

fn answer(answer: &model::Response, texts: &Texts<'_>) -> Answer {
    let headers = answer.headers.iter().map(|header| Header {
        name: header.name.wire.clone(),
        description: texts.text(&header.description),
        schema: schema::schema(&header.schema, texts),
    });
    Answer {
        status: answer.status.clone(),
        description: texts.text(&answer.description),
        schema: answer.schema.as_ref().map(|one| schema::schema(one, texts)),
        file: answer.file.clone(),
        headers: headers.collect(),
        examples: examples(&answer.examples, texts),
    }
}

fn examples(examples: &[model::Example], texts: &Texts<'_>) -> Vec<Example> {
    let example = |example: &model::Example| Example {
        name: example.name.wire.clone(),
        summary: texts.option(example.summary.as_deref()),
        description: texts.option(example.description.as_deref()),
        value: example.value.clone(),
    };
    examples.iter().map(example).collect()
}
