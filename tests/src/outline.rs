//! An outline of an API, for reviewing changes: one line for each operation, parameter, response,
//! field, value and rule, by tag. In: the model. Out: a text for each tag, without descriptions.

use codegen::model::{
    Api, Body, Bound, Chapter, Constraints, Direction, Enum, Field, Name, Operation, Parameter,
    Response, Rule, Schema, Severity, Shape, Struct, TypeDef, TypeKind, Until, Waiter,
};
use serde_json::Value;

/// The texts by the name of the tag in code; first, as `shared`, what no tag has alone.
pub fn outline(api: &Api) -> Vec<(String, String)> {
    let name = |chapter: &Chapter<'_>| match chapter.tag {
        Some(tag) => tag.name.code.clone(),
        None => "shared".to_owned(),
    };
    api.chapters().iter().map(|part| (name(part), chapter(part))).collect()
}

/// A line for each code of the catalogue of errors.
pub fn error_codes(api: &Api) -> String {
    let codes = api.error_catalog.iter().flat_map(|catalog| &catalog.codes);
    let lines = codes.map(|code| {
        let status = code.status.map_or_else(String::new, |status| format!(" {status}"));
        let retryable = if code.retryable { " retryable" } else { "" };
        format!("{}{status}{retryable}", code.code)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn chapter(chapter: &Chapter<'_>) -> String {
    let operations = chapter.operations.iter().flat_map(|operation| self::operation(operation));
    let types = chapter.types.iter().flat_map(|definition| type_def(definition));
    operations.chain(types).collect::<Vec<_>>().join("\n")
}

fn operation(operation: &Operation) -> Vec<String> {
    let mut marks = Vec::new();
    marks.extend(operation.repeatable.then(|| "repeatable".to_owned()));
    marks.extend(operation.deprecated.then(|| "deprecated".to_owned()));
    marks.extend(operation.pagination.as_ref().map(|list| {
        let total = list.total.as_ref().map_or("unknown", |name| &name.code);
        let items = &list.items.code;
        match &list.paging {
            Some(paging) => {
                let limit = paging.limit().map(|limit| format!(" and {}", limit.code));
                let limit = limit.unwrap_or_default();
                format!("pages of {items} by {}{limit}, total {total}", paging.begin().code)
            }
            None => format!("whole list of {items}, total {total}"),
        }
    }));
    marks
        .extend(operation.ensure.as_ref().map(|ensure| format!("ensured by {}", ensure.name.code)));
    let (name, method) = (named(&operation.name), operation.method.as_str());
    let title = list(format!("\n{method} {} {name}", operation.path), marks);
    let waiters = operation.waiters.iter().flat_map(waiter);
    [title]
        .into_iter()
        .chain(operation.parameters.iter().map(parameter))
        .chain(operation.body.iter().map(body))
        .chain(operation.responses.iter().map(response))
        .chain(waiters)
        .collect()
}

fn parameter(parameter: &Parameter) -> String {
    let mut facts = facts(parameter.required, &parameter.schema, parameter.default.as_ref());
    facts.extend(parameter.of_client.then(|| "of the client".to_owned()));
    facts.extend(parameter.deprecated.then(|| "deprecated".to_owned()));
    let place = format!("{:?}", parameter.location).to_lowercase();
    list(format!("  {place} {}: {}", named(&parameter.name), shape(&parameter.schema)), facts)
}

fn body(body: &Body) -> String {
    let facts = facts(body.required, &body.schema, None);
    list(format!("  body: {}", shape(&body.schema)), facts)
}

fn response(response: &Response) -> String {
    match &response.schema {
        Some(schema) => format!("  answers {}: {}", response.status, shape(schema)),
        None => format!("  answers {}", response.status),
    }
}

fn waiter(waiter: &Waiter) -> Vec<String> {
    let until = match &waiter.until {
        Until::Reached { times, text, .. } => format!("{times} times {text}"),
        Until::Gone => "gone".to_owned(),
    };
    let Waiter { first, every, limit, .. } = waiter;
    let title = format!("  waiter {}: {until}; {first}, {every}, {limit} s", waiter.name.code);
    let failed = waiter.failed.iter().map(|failed| {
        let after = failed.after.map_or_else(String::new, |after| format!(" after {after} s"));
        format!("    fails {}{after}: {}", failed.id, failed.text)
    });
    [title].into_iter().chain(failed).collect()
}

fn type_def(definition: &TypeDef) -> Vec<String> {
    let direction = match definition.direction {
        Direction { request: true, response: true } => "sent and answered",
        Direction { request: true, response: false } => "sent",
        Direction { request: false, response: true } => "answered",
        Direction { request: false, response: false } => "unused",
    };
    let name = &definition.name;
    match &definition.kind {
        TypeKind::Struct(Struct { fields, rules }) => [format!("\nstruct {name}, {direction}")]
            .into_iter()
            .chain(fields.iter().map(field))
            .chain(rules.iter().map(rule))
            .collect(),
        TypeKind::Enum(Enum { open, variants }) => {
            let open = if *open { "open" } else { "closed" };
            let title = format!("\nenum {name}, {open}, {direction}");
            let values = variants
                .iter()
                .map(|variant| format!("  {} = {:?}", variant.name.code, variant.name.wire));
            [title].into_iter().chain(values).collect()
        }
    }
}

fn field(field: &Field) -> String {
    let mut facts = facts(field.required, &field.schema, field.default.as_ref());
    facts.extend(field.deprecated.then(|| "deprecated".to_owned()));
    list(format!("  {}: {}", named(&field.name), shape(&field.schema)), facts)
}

fn rule(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let text = rule.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("  {severity} {} at {:?}: {text}", rule.id, rule.field_path.join("."))
}

/// A name as code has it, and as the wire has it where that differs.
fn named(name: &Name) -> String {
    if name.wire == name.code {
        name.code.clone()
    } else {
        format!("{} ({})", name.code, name.wire)
    }
}

fn list(title: String, facts: Vec<String>) -> String {
    [title].into_iter().chain(facts).collect::<Vec<_>>().join(", ")
}

fn shape(schema: &Schema) -> String {
    let shape = match &schema.shape {
        Shape::Any => "any".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer(width) => width.format(),
        Shape::Number => "number".to_owned(),
        Shape::String { format: None } => "string".to_owned(),
        Shape::String { format: Some(format) } => format!("string of {format}"),
        Shape::Secret => "secret".to_owned(),
        Shape::File => "file".to_owned(),
        Shape::Array(item) => format!("[{}]", inner(item)),
        Shape::Map(value) => format!("{{{}}}", inner(value)),
        Shape::Named(name) => name.to_string(),
    };
    if schema.nullable { format!("{shape} or null") } else { shape }
}

fn inner(schema: &Schema) -> String {
    list(shape(schema), bounds(&schema.constraints))
}

fn facts(required: bool, schema: &Schema, default: Option<&Value>) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(required.then(|| "required".to_owned()));
    facts.extend(bounds(&schema.constraints));
    facts.extend(default.map(|default| format!("default {default}")));
    facts
}

fn bounds(own: &Constraints) -> Vec<String> {
    let size = |name: &str, bound: Option<u64>| bound.map(|bound| format!("{name} {bound}"));
    let number = |name: &str, bound: &Option<Bound>| {
        let bound = bound.as_ref()?;
        let exclusive = if bound.exclusive { " exclusive" } else { "" };
        Some(format!("{name} {}{exclusive}", bound.value))
    };
    let numbers = |name: &str, all: &[serde_json::Number]| {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        (!all.is_empty()).then(|| format!("{name} {}", all.join(" | ")))
    };
    let keys: Vec<&str> = own.keys.iter().map(|(key, _)| key.as_str()).collect();
    let all = [
        size("min length", own.min_length),
        size("max length", own.max_length),
        own.pattern.as_ref().map(|pattern| format!("pattern {}", pattern.text)),
        number("min", &own.minimum),
        number("max", &own.maximum),
        own.multiple_of.as_ref().map(|factor| format!("multiple of {factor}")),
        size("min items", own.min_items),
        size("max items", own.max_items),
        own.unique_items.then(|| "unique items".to_owned()),
        size("min properties", own.min_properties),
        size("max properties", own.max_properties),
        (!keys.is_empty()).then(|| format!("keys {}", keys.join(" | "))),
        numbers("one of", &own.allowed),
        numbers("known", &own.known),
    ];
    all.into_iter().flatten().collect()
}
