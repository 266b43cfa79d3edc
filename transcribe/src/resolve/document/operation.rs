//! One page as an operation. In: a typed page and its examples that fit. Out: the operation object.

use serde_json::{Map, Value, json};

use super::super::{
    context::{self, Context, Said, Titles, Way},
    field::Field,
    report::{Claim, Report},
    samples::{Fitting, Sample},
    tags,
    typed_page::{Form, TypedPage, TypedTable},
};
use super::{
    responses::Shared,
    schema::{Owner, put_after, whole},
};
use crate::{
    facts::{Origin, Page, Place},
    transcript::Note,
};

/// Headers that are no parameters: OpenAPI takes them from elsewhere, or they belong to whoever signs.
const NO_PARAMETERS: &[&str] = &[
    "accept",
    "content-type",
    "authorization",
    "host",
    "x-auth-token",
    "x-domain-id",
    "x-project-id",
    "x-sdk-date",
    "x-security-token",
];

impl Context<'_, '_> {
    pub(super) fn operation(
        &self,
        number: usize,
        fitting: &Fitting,
        shared: &Shared,
        titles: &mut Titles,
        report: &mut Report,
    ) -> Value {
        let Some(typed_page) = self.typed_pages.get(number) else { return Value::Null };
        let page = typed_page.page;
        let mut operation = Map::new();
        operation.insert("operationId".to_owned(), page.operation.clone().into());
        if self.settings.vendor_text {
            operation.insert("summary".to_owned(), page.title.clone().into());
            operation.insert("description".to_owned(), page.introduction.join("\n\n").into());
        }
        if let Some(tag) = tags::tag(page) {
            operation.insert("tags".to_owned(), json!([tag]));
        }
        if let Some(product) = &page.product {
            let url = format!(
                "https://support.huaweicloud.com/api-{}/{}.html",
                product.to_lowercase(),
                page.operation
            );
            let description = format!("{} in the vendor's API reference.", page.operation);
            let docs = json!({"description": description, "url": url});
            operation.insert("externalDocs".to_owned(), docs);
        }
        if let Some(link) = page.link.as_ref().filter(|link| **link != page.operation) {
            let claim = Claim {
                kind: "operation-link",
                table: Some(format!("The heading is that of `{}`.", page.operation)),
                text: Some(format!("The link to the explorer is one to `{link}`.")),
                value: Some(link.clone().into()),
                ..Claim::default()
            };
            let at = self.at(number, page.line);
            report.find(&context::operation(typed_page), "link", claim, at);
        }
        let parameters = self.parameters(number, typed_page, titles, report);
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Some(body) = self.request_body(number, typed_page, &fitting.request, report) {
            operation.insert("requestBody".to_owned(), body);
        }
        let responses = self.responses(number, fitting, shared, report);
        operation.insert("responses".to_owned(), responses);
        if let Some(pagination) = self.pagination(number) {
            operation.insert("x-pagination".to_owned(), pagination);
        }
        operation.insert("x-source".to_owned(), origin(page));
        Value::Object(operation)
    }

    fn parameters(
        &self,
        number: usize,
        typed_page: &TypedPage<'_>,
        titles: &mut Titles,
        report: &mut Report,
    ) -> Vec<Value> {
        let at = context::operation(typed_page);
        let mut list = Vec::new();
        let places = [
            (Place::PathParameters, "path"),
            (Place::QueryParameters, "query"),
            (Place::HeaderParameters, "header"),
        ];
        let templates = templates(&typed_page.page.path);
        for (place, location) in places {
            let tables = typed_page.tables.iter().filter(|fields| fields.table.place == place);
            let fields: Vec<&Field<'_>> = tables.flat_map(|fields| &fields.fields).collect();
            for field in &fields {
                let name = &field.row.name;
                let line = self.at(number, field.row.line);
                if location == "header" && NO_PARAMETERS.contains(&name.to_lowercase().as_str()) {
                    let text = format!("{name}: a header that is no parameter");
                    report.notes.push(Note { pointer: at.clone(), text, at: line });
                    continue;
                }
                if location == "path" && !templates.contains(&name.as_str()) {
                    let table = Some(format!("A row `{name}`."));
                    let text = Some(format!("No such part in `{}`.", typed_page.page.path));
                    let claim = Claim { kind: "path-parameter", table, text, ..Claim::default() };
                    report.find(&at, name, claim, line);
                    continue;
                }
                let pointer = at.child("parameters").child(list.len());
                let (pointer, way) = (&pointer, Way::Sent);
                let said = Said { field, first: None, typed_page: number, pointer, way };
                self.report(&said, report);
                if location == "path" && field.row.required == Some(false) {
                    let table = Some("Optional.".to_owned());
                    let text = Some(format!("A part of `{}`.", typed_page.page.path));
                    let claim = Claim { kind: "required-path", table, text, ..Claim::default() };
                    report.find(pointer, name, claim, line);
                }
                list.push(self.parameter(number, field, location, titles));
            }
            if location == "path" {
                let known: Vec<&str> = fields.iter().map(|field| field.row.name.as_str()).collect();
                for name in templates.iter().filter(|name| !known.contains(name)) {
                    let table = Some(format!("No row `{name}`."));
                    let text = Some(format!("A part of `{}`.", typed_page.page.path));
                    let claim = Claim { kind: "path-parameter", table, text, ..Claim::default() };
                    report.find(&at, name, claim, self.at(number, typed_page.page.line));
                    let schema = json!({"type": "string"});
                    list.push(parameter(name, "path", None, true, schema));
                }
            }
        }
        list
    }

    fn parameter(
        &self,
        number: usize,
        field: &Field<'_>,
        location: &str,
        titles: &mut Titles,
    ) -> Value {
        let operation = self.typed_pages.get(number).map_or("", |s| s.page.operation.as_str());
        let owner = Owner { name: operation, typed_page: number, way: Way::Sent };
        let mut schema = self.property(field, &owner, titles);
        let description = schema.shift_remove("description");
        let required = location == "path" || field.required();
        parameter(&field.row.name, location, description, required, Value::Object(schema))
    }

    fn request_body(
        &self,
        number: usize,
        typed_page: &TypedPage<'_>,
        samples: &[Sample],
        report: &mut Report,
    ) -> Option<Value> {
        let mut content = Map::new();
        let mut required = false;
        let mut seen: Vec<&Place> = Vec::new();
        let tables = typed_page.tables.iter().enumerate();
        for (t, fields) in tables.filter(|(_, fields)| !fields.table.rows.is_empty()) {
            let place = &fields.table.place;
            let media = match (place, fields.form) {
                (Place::RequestBody, Form::File) => "application/octet-stream",
                (Place::RequestBody, _) => "application/json",
                (Place::FormParameters, _) => "multipart/form-data",
                (Place::UrlencodedForm, _) => "application/x-www-form-urlencoded",
                _ => continue,
            };
            if seen.contains(&place) {
                let message = "a second table of the same body; it was left out".to_owned();
                report.refuse(&typed_page.page.file, fields.table.line, message);
                continue;
            }
            seen.push(place);
            required |= fields.fields.iter().any(Field::required);
            let samples = if media == "application/json" { samples } else { &[] };
            let vendor_text = self.settings.vendor_text;
            let body = media_type(self.body((number, t), fields), samples, vendor_text);
            content.insert(media.to_owned(), body);
        }
        if content.is_empty() {
            return None;
        }
        let mut body = Map::new();
        if required {
            body.insert("required".to_owned(), true.into());
        }
        body.insert("content".to_owned(), Value::Object(content));
        Some(Value::Object(body))
    }

    /// The schema of a body: a reference, or the bytes of a file.
    pub(super) fn body(&self, member: (usize, usize), fields: &TypedTable<'_>) -> Value {
        let name = self.named(member).map(|(_, name)| name);
        match (name, whole(fields), fields.form) {
            (Some(name), _, form) if form != Form::File => {
                json!({"$ref": format!("#/components/schemas/{name}")})
            }
            _ => json!({"type": "string", "format": "binary"}),
        }
    }
}

/// Where a page's facts are from.
pub(super) fn origin(page: &Page) -> Value {
    match &page.origin {
        Origin::Reference => json!({"page": page.operation}),
        Origin::Package { name, version } => json!({"package": name, "version": version}),
    }
}

/// The content of one media type.
pub(super) fn media_type(schema: Value, samples: &[Sample], vendor_text: bool) -> Value {
    let mut media = Map::from_iter([("schema".to_owned(), schema)]);
    if !samples.is_empty() {
        let example = |sample: &Sample| {
            let caption = sample.caption.clone().filter(|_| vendor_text);
            let summary = caption.unwrap_or_else(|| sample.summary.clone());
            (sample.key.clone(), json!({"summary": summary, "value": sample.value}))
        };
        media.insert("examples".to_owned(), Value::Object(samples.iter().map(example).collect()));
    }
    Value::Object(media)
}

fn parameter(
    name: &str,
    location: &str,
    description: Option<Value>,
    required: bool,
    schema: Value,
) -> Value {
    let mut parameter = Map::new();
    parameter.insert("name".to_owned(), name.into());
    parameter.insert("in".to_owned(), location.into());
    if required {
        parameter.insert("required".to_owned(), true.into());
    }
    // `name[key]=value` is how the vendor's clients write a map.
    if location == "query" && schema.get("additionalProperties").is_some() {
        parameter.insert("style".to_owned(), "deepObject".into());
        parameter.insert("explode".to_owned(), true.into());
    }
    parameter.insert("schema".to_owned(), schema);
    if let Some(description) = description {
        put_after(&mut parameter, &["name", "in"], "description", description);
    }
    if location == "path" && name == "project_id" {
        parameter.insert("x-client-parameter".to_owned(), true.into());
    }
    Value::Object(parameter)
}

/// The names in braces.
fn templates(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
}
