//! Operations with their bodies, responses and examples.

use conventions::paths;
use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::{
    context::{Lower, OfOperation},
    extensions, headers,
    names::{self, Scope},
};
use crate::{
    media::{self, Media},
    model::{Body, Example, HttpMethod, Name, Operation, Response, Schema, Shape, TypeName},
    pointer::JsonPointer,
};

/// Names of methods that a client has anyway.
const CLIENT_METHODS: &[&str] = &["builder", "context", "mock", "new", "replay"];

/// Extensions that are compiled when all types are known.
const COMPILED: &[&str] = &["x-pagination", "x-waiters", "x-ensure"];

impl<'d> Lower<'d> {
    /// All operations in document order; `methods` are those of the client.
    pub(super) fn operations(&mut self, methods: &mut Scope) -> Vec<Operation> {
        for name in CLIENT_METHODS {
            methods.claim((*name).to_owned(), "the client");
        }
        let mut types = Scope::default();
        let mut operations = Vec::new();
        for (key, item) in &self.open_api.paths.paths {
            let Some(item) = item.as_item() else { continue };
            let (path, fragment) = paths::split(key);
            for (verb, operation) in item.iter() {
                let at = JsonPointer::root().join(["paths", key, verb]);
                let Some(method) = http_method(verb) else { continue };
                let id = operation.operation_id.clone().unwrap_or_default();
                let name = Name { code: methods.claim(names::value(&id), &id), wire: id };
                let type_name = TypeName(types.claim(names::type_name(&name.wire), &name.wire));
                let parameters =
                    self.parameters(&operation.parameters, &item.parameters, &at, &type_name);
                let index = operations.len();
                for extension in COMPILED {
                    if let Some(entry) = operation.extensions.get(*extension) {
                        let at = at.child(extension);
                        self.of_operations.push(OfOperation { index, extension, entry, at });
                    }
                }
                operations.push(Operation {
                    method,
                    path: path.to_owned(),
                    fragment: fragment.map(str::to_owned),
                    summary: operation.summary.clone(),
                    description: operation.description.clone().unwrap_or_default(),
                    tag: operation.tags.first().cloned(),
                    docs_url: operation.external_docs.as_ref().map(|docs| docs.url.clone()),
                    origins: extensions::origins(&operation.extensions),
                    deprecated: operation.deprecated,
                    repeatable: matches!(method, HttpMethod::Get | HttpMethod::Head)
                        || extensions::flag(&operation.extensions, "x-repeatable"),
                    purchase: extensions::flag(&operation.extensions, "x-purchase")
                        || operation.extensions.contains_key("x-ensure"),
                    // Follows when all types are known.
                    pagination: None,
                    waiters: Vec::new(),
                    ensure: None,
                    headers: None,
                    parameters,
                    body: self.body(operation.request_body.as_ref(), &at, &type_name),
                    responses: self.responses(&operation.responses, &at, &type_name),
                    name,
                    type_name,
                });
            }
        }
        headers::of_successes(&mut operations, &mut types);
        operations
    }

    fn body(
        &mut self,
        body: Option<&'d ReferenceOr<RequestBody>>,
        at: &JsonPointer,
        type_name: &TypeName,
    ) -> Option<Body> {
        let at = at.child("requestBody");
        let body = self.resolve(body?, "requestBodies", |c| &c.request_bodies, &at)?;
        let (name, media) = media::sent(&body.content)?;
        let at = at.join(["content", name]);
        let schema = media.schema.as_ref()?;
        let mut schema = self.schema(schema, &at.child("schema"), &format!("{type_name}Body"));
        match Media::of(name) {
            Media::Json | Media::Urlencoded => {}
            Media::Form => self.forms.push((schema.clone(), at.child("schema"))),
            Media::File => schema.shape = Shape::File,
        }
        Some(Body {
            required: body.required,
            media: name.to_owned(),
            description: body.description.clone(),
            // A body that may be left out is left out instead of being null.
            schema: Schema { nullable: schema.nullable && body.required, ..schema },
            examples: self.examples(media, &at),
        })
    }

    fn responses(
        &mut self,
        responses: &'d openapiv3::Responses,
        at: &JsonPointer,
        type_name: &TypeName,
    ) -> Vec<Response> {
        let listed = responses.responses.iter().map(|(status, r)| (status.to_string(), r));
        let default = responses.default.iter().map(|r| ("default".to_owned(), r));
        let mut lowered = Vec::new();
        for (status, response) in listed.chain(default) {
            let at = at.child("responses").child(&status);
            // An example of a shared answer belongs to one operation, not to each that refers to it.
            let is_shown = match response {
                ReferenceOr::Reference { reference } => !self.shown.insert(reference),
                ReferenceOr::Item(_) => false,
            };
            let Some(response) = self.resolve(response, "responses", |c| &c.responses, &at) else {
                continue;
            };
            let headers = self.headers(response, &at, type_name);
            let (name, media) = media::json(&response.content).unzip();
            let at = at.join(["content", name.unwrap_or(media::JSON)]);
            let hint = match status.as_str() {
                "default" => format!("{type_name}Error"),
                status if status.starts_with('2') => format!("{type_name}Response"),
                status => format!("{type_name}Error{status}"),
            };
            let schema = media.and_then(|media| media.schema.as_ref());
            lowered.push(Response {
                description: response.description.clone(),
                file: media::file(response.content.keys()).map(str::to_owned),
                headers,
                schema: schema.map(|schema| self.schema(schema, &at.child("schema"), &hint)),
                examples: media
                    .filter(|_| !is_shown)
                    .map(|media| self.examples(media, &at))
                    .unwrap_or_default(),
                status,
            });
        }
        lowered
    }

    fn examples(&mut self, media: &'d MediaType, at: &JsonPointer) -> Vec<Example> {
        let mut scope = Scope::default();
        let mut examples = Vec::new();
        if let Some(value) = &media.example {
            let name = Name { wire: "example".to_owned(), code: "example".to_owned() };
            examples.push(Example { name, summary: None, description: None, value: value.clone() });
        }
        let at = at.child("examples");
        for (key, example) in &media.examples {
            let example = self.resolve(example, "examples", |c| &c.examples, &at.child(key));
            let Some((example, value)) = example.and_then(|e| Some((e, e.value.clone()?))) else {
                continue;
            };
            examples.push(Example {
                name: Name { wire: key.clone(), code: scope.claim(names::value(key), key) },
                summary: example.summary.clone(),
                description: example.description.clone(),
                value,
            });
        }
        examples
    }
}

fn http_method(verb: &str) -> Option<HttpMethod> {
    Some(match verb {
        "get" => HttpMethod::Get,
        "put" => HttpMethod::Put,
        "post" => HttpMethod::Post,
        "delete" => HttpMethod::Delete,
        "options" => HttpMethod::Options,
        "head" => HttpMethod::Head,
        "patch" => HttpMethod::Patch,
        "trace" => HttpMethod::Trace,
        _ => return None,
    })
}
