//! A document in, the pages that state its facts out: one for each operation, with a table for each kind of
//! parameters, each body and each schema that a body leads to.

use std::collections::BTreeSet;

use serde_json::Value;
use transcribe::facts::{Example, ExampleKind, Page, Place, Prose, Row, Status, Table};

use crate::{
    render,
    words::{constraints, name_in, properties, type_of},
};

/// The pages, in the order of the document; lines are 0 until they are rendered.
pub(crate) fn pages(document: &Value) -> Vec<Page> {
    all(document).map(|call| page(document, call)).collect()
}

/// An operation, with the path and the method of its call.
#[derive(Clone, Copy)]
struct Call<'d> {
    path: &'d str,
    method: &'d str,
    operation: &'d Value,
}

fn all(document: &Value) -> impl Iterator<Item = Call<'_>> {
    document["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        let item = item.as_object().unwrap();
        item.iter().map(move |(method, operation)| Call { path, method, operation })
    })
}

/// The pages of some operations, without examples.
pub(crate) fn tables_of(document: &Value, operations: &BTreeSet<String>) -> Vec<Page> {
    let is_wanted = |call: &Call<'_>| {
        call.operation["operationId"].as_str().is_some_and(|id| operations.contains(id))
    };
    let wanted = all(document).filter(is_wanted);
    wanted.map(|call| Page { examples: Vec::new(), ..page(document, call) }).collect()
}

/// The one thing that pages say by a sentence: that a value is null at times.
pub(crate) const NULL: &str = "值为null";

/// What a reference leads to, or the value itself.
pub(crate) fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    match value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap(),
        None => value,
    }
}

fn page(document: &Value, Call { path, method, operation }: Call<'_>) -> Page {
    let id = operation["operationId"].as_str().unwrap().to_owned();
    let mut tables = Tables { document, tables: Vec::new(), anchors: BTreeSet::new() };
    for (place, caption) in [
        (Place::PathParameters, "路径参数"),
        (Place::QueryParameters, "Query参数"),
        (Place::HeaderParameters, "请求Header参数"),
    ] {
        tables.parameters(operation, place, caption);
    }
    let request = body(resolved(document, &operation["requestBody"]));
    if let Some(media) = request {
        tables.body(&media["schema"], Place::RequestBody, "请求Body参数");
    }
    let mut statuses = Vec::new();
    let mut examples = request_examples(document, path, method, operation, request);
    for (status, response) in operation["responses"].as_object().unwrap() {
        let code: u16 = status.parse().unwrap();
        let text = Some("What became of the call.".to_owned());
        statuses.push(Status { code, text, in_table: true, line: 0 });
        let Some(media) = body(resolved(document, response)) else { continue };
        tables.body(&media["schema"], Place::ResponseBody { status: code }, "响应Body参数");
        let kind = ExampleKind::Response { status: Some(code) };
        examples.extend(shown(media).map(|value| example(kind, None, Some(value))));
    }
    statuses.sort_by_key(|status| status.code);
    Page {
        file: format!("{id}.md"),
        anchor: id.clone(),
        link: Some(id.clone()),
        operation: id,
        product: Some("TEST".to_owned()),
        title: "What the call is named".to_owned(),
        origin: transcribe::facts::Origin::Reference,
        introduction: vec!["What the call is good for.".to_owned()],
        method: method.to_uppercase(),
        path: path.to_owned(),
        tables: tables.tables,
        statuses,
        examples,
        ..render::empty()
    }
}

/// The tables of a page so far.
struct Tables<'d> {
    document: &'d Value,
    tables: Vec<Table>,
    anchors: BTreeSet<String>,
}

impl Tables<'_> {
    fn parameters(&mut self, operation: &Value, place: Place, caption: &str) {
        let location = match place {
            Place::PathParameters => "path",
            Place::QueryParameters => "query",
            _ => "header",
        };
        let rows: Vec<Row> = parameters(self.document, operation, location)
            .map(|parameter| {
                let is_required = parameter["required"] == true;
                row(parameter["name"].as_str().unwrap(), Some(is_required), &parameter["schema"])
            })
            .collect();
        if !rows.is_empty() {
            self.push(place, caption, None, rows);
        }
    }

    /// The table of a body, and those of the schemas that it leads to.
    fn body(&mut self, schema: &Value, place: Place, caption: &str) {
        let name = name_in(schema).unwrap_or_else(|| panic!("no schema of its own: {schema}"));
        let side = if place == Place::RequestBody { "request" } else { "response" };
        let own = format!("{side}_{name}");
        let copies = (1..).map(|number| format!("{own}_{number}"));
        let free = std::iter::once(own.clone()).chain(copies);
        let anchor = free.into_iter().find(|anchor| !self.anchors.contains(anchor)).unwrap();
        let mut open = self.schema(&name, place.clone(), caption, anchor, side);
        let answer = place != Place::RequestBody;
        while !open.is_empty() {
            let name = open.remove(0);
            let anchor = format!("{side}_{name}");
            if !self.anchors.contains(&anchor) {
                open.extend(self.schema(&name, Place::Schema { answer }, &name, anchor, side));
            }
        }
    }

    /// The table of one schema; gives back the names of those that its rows lead to.
    fn schema(
        &mut self,
        name: &str,
        place: Place,
        caption: &str,
        anchor: String,
        side: &str,
    ) -> Vec<String> {
        let mut targets = Vec::new();
        let mut rows = Vec::new();
        for (name, schema, is_required) in properties(self.document, name) {
            // Answers have no column that says what is required.
            let mut row = row(name, (side == "request").then_some(is_required), schema);
            if let Some(target) = type_of(schema).target {
                row.type_anchor = Some(format!("{side}_{target}"));
                targets.push(target);
            }
            rows.push(row);
        }
        self.push(place, caption, Some(anchor), rows);
        targets
    }

    fn push(&mut self, place: Place, caption: &str, anchor: Option<String>, rows: Vec<Row>) {
        self.anchors.extend(anchor.clone());
        let number = u32::try_from(self.tables.len() + 1).ok();
        let caption = caption.to_owned();
        self.tables.push(Table { number, caption, anchor, place, rows, line: 0 });
    }
}

fn row(name: &str, required: Option<bool>, schema: &Value) -> Row {
    let mut prose = vec![said("What the value is good for.")];
    if schema["nullable"] == true {
        prose.push(said(NULL));
    }
    Row {
        name: name.to_owned(),
        required,
        type_text: type_of(schema).words,
        type_anchor: None,
        prose,
        constraints: constraints(schema),
        line: 0,
    }
}

fn said(text: &str) -> Prose {
    Prose { text: text.to_owned(), item: false }
}

fn parameters<'d>(
    document: &'d Value,
    operation: &'d Value,
    location: &'d str,
) -> impl Iterator<Item = &'d Value> {
    let list = operation["parameters"].as_array().into_iter().flatten();
    let list = list.map(|parameter| resolved(document, parameter));
    list.filter(move |parameter| parameter["in"] == location)
}

/// The only content of a body.
fn body(body: &Value) -> Option<&Value> {
    Some(&body["content"].as_object()?["application/json"])
}

/// The values of all examples of a body.
fn shown(media: &Value) -> impl Iterator<Item = &Value> {
    let examples = media["examples"].as_object().into_iter().flatten();
    examples.map(|(_, example)| &example["value"])
}

/// One for each body that the document shows; a call without a body is shown by its line. A call that needs
/// a parameter of which the document has no example is not shown.
fn request_examples(
    document: &Value,
    path: &str,
    method: &str,
    operation: &Value,
    request: Option<&Value>,
) -> Vec<Example> {
    let mut query = Vec::new();
    for parameter in parameters(document, operation, "query") {
        let value = &parameter["example"];
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if !value.is_null() && text.bytes().all(is_plain) {
            query.push(format!("{}={text}", parameter["name"].as_str().unwrap()));
        } else if parameter["required"] == true {
            return Vec::new();
        }
    }
    let mark = if query.is_empty() { "" } else { "?" };
    let url = format!("https://{{endpoint}}{path}{mark}{}", query.join("&"));
    let line = (method.to_uppercase(), url);
    let one = |body| example(ExampleKind::Request, Some(line.clone()), body);
    match request {
        Some(media) => shown(media).map(|body| one(Some(body))).collect(),
        None => vec![one(None)],
    }
}

fn example(
    kind: ExampleKind,
    request_line: Option<(String, String)>,
    body: Option<&Value>,
) -> Example {
    let caption = Some("One of many".to_owned());
    let body = body.map(|value| format!("{value:#}"));
    Example { kind, caption, request_line, body, line: 0 }
}
