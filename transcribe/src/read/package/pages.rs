//! Calls and models in; a page for each operation out, with the tables of all the schemas that it reaches.

mod parameters;

use std::collections::BTreeSet;

use super::{
    PackageReading, Selection,
    archive::Archive,
    client::{self, Call},
    model::{Field, Model, Stream},
    models::{Models, models},
    prose, refusal, syntax,
    tables::{models_of, row, table},
    types,
};
use crate::facts::{Constraints, Origin, Page, Place, Refusal, Row, Status, Table};

/// What a package does not say, every operation has: one answer for success.
const SUCCESS: u16 = 200;

/// Reads the chosen operations into `reading`.
pub(super) fn read(
    archive: &Archive,
    version: &str,
    selection: &Selection,
    reading: &mut PackageReading,
) {
    let path = archive.client(version).unwrap_or_default().to_owned();
    let file = format!("{}/{path}", archive.name());
    let classes = match syntax::classes(archive.module(&path).unwrap_or_default()) {
        Ok(classes) => classes,
        Err(error) => {
            reading.refused.push(refusal(&file, error.line, error.message));
            return;
        }
    };
    let (models, refused) = models(archive, version);
    reading.refused.extend(refused);
    let product = archive.name().strip_prefix("huaweicloudsdk").unwrap_or(archive.name());
    let product = product.to_ascii_uppercase();
    let mut missing: BTreeSet<&str> = selection.operations.iter().map(String::as_str).collect();
    let (name, version) = (archive.name().to_owned(), archive.version().to_owned());
    let origin = Origin::Package { name, version };
    let mut known: Vec<String> = Vec::new();
    for call in classes.iter().flat_map(client::calls) {
        let call = match call {
            Ok(call) => call,
            Err(problem) => {
                reading.refused.push(refusal(&file, problem.line, problem.message));
                continue;
            }
        };
        known.push(call.id.clone());
        let is_wanted = missing.remove(call.id.as_str());
        if is_wanted || selection.operations.is_empty() {
            let page = PageMaker {
                file: &file,
                origin: &origin,
                product: &product,
                models: &models,
                call: &call,
            };
            reading.pages.push(page.page(&mut reading.refused));
        }
    }
    for id in missing {
        let hint = nearest(id, &known).map(|known| format!("; did you mean `{known}`?"));
        let message = format!("no operation `{id}` is in this package{}", hint.unwrap_or_default());
        reading.refused.push(refusal(&file, 1, message));
    }
    reading.pages.sort_by(|a, b| a.operation.cmp(&b.operation));
}

/// The id that was probably meant.
fn nearest<'k>(id: &str, known: &'k [String]) -> Option<&'k str> {
    let distance = |other: &String| strsim::damerau_levenshtein(id, other);
    let nearest = known.iter().min_by_key(|other| distance(other))?;
    (distance(nearest) <= id.len().div_ceil(4)).then_some(nearest)
}

/// One operation that becomes a page.
struct PageMaker<'a> {
    file: &'a str,
    origin: &'a Origin,
    product: &'a str,
    models: &'a Models,
    call: &'a Call,
}

impl PageMaker<'_> {
    fn page(&self, refused: &mut Vec<Refusal>) -> Page {
        let call = self.call;
        let mut tables = Vec::new();
        self.parameters(&mut tables, refused);
        self.request_body(&mut tables, refused);
        self.answer(&mut tables, refused);
        Page {
            file: self.file.to_owned(),
            operation: call.id.clone(),
            anchor: call.id.clone(),
            link: None,
            product: Some(self.product.to_owned()),
            title: call.title.clone(),
            origin: self.origin.clone(),
            introduction: call.introduction.clone(),
            method: call.method.clone(),
            path: call.path.clone(),
            line: call.line,
            tables,
            statuses: vec![Status { code: SUCCESS, text: None, in_table: true, line: call.line }],
            examples: Vec::new(),
        }
    }

    fn model(&self, name: &str) -> Option<&Model> {
        self.models.get(name).map(|(_, model)| model)
    }

    fn request(&self) -> Option<&Model> {
        self.model(self.call.request.as_deref()?)
    }

    fn request_body(&self, tables: &mut Vec<Table>, refused: &mut Vec<Refusal>) {
        let line = self.call.line;
        if self.request().is_some_and(|model| model.stream == Some(Stream::Sent)) {
            tables.push(table("", None, Place::RequestBody, vec![row("-", "File", line)], line));
            return;
        }
        if self.call.is_form && self.has_form_fields() {
            return;
        }
        let attribute = self.call.body.as_deref();
        let fields = self.request().map(|model| model.fields.as_slice()).unwrap_or_default();
        let Some(body) = fields.iter().find(|field| Some(field.attribute.as_str()) == attribute)
        else {
            if let Some(attribute) = attribute {
                let message =
                    format!("{}: `{attribute}` is not an attribute of the request", self.call.id);
                refused.push(self.refusal(message));
            }
            return;
        };
        // The vendor's own client sends the body of a GET request, too.
        if self.call.method == "HEAD" {
            let why = format!("{}: a HEAD request has no body; it was left out", self.call.id);
            refused.push(self.refusal(why));
            return;
        }
        let place = match self.call.is_urlencoded {
            true => Place::UrlencodedForm,
            false => Place::RequestBody,
        };
        self.body(body, place, "request", tables, refused);
    }

    /// Headers and body of the answer.
    fn answer(&self, tables: &mut Vec<Table>, refused: &mut Vec<Refusal>) {
        let (call, line) = (self.call, self.call.line);
        let place = Place::ResponseBody { status: SUCCESS };
        let Some(model) = self.model(&call.response) else {
            let why =
                format!("the class of the answer, `{}`, is not in this package", call.response);
            refused.push(self.refusal(format!("{}: {why}", call.id)));
            return;
        };
        if model.stream == Some(Stream::Received) {
            tables.push(table("", None, place, vec![row("-", "File", line)], line));
            return;
        }
        let is_header = |field: &&Field| {
            call.response_headers.iter().any(|header| header.eq_ignore_ascii_case(&field.name))
        };
        let (headers, fields): (Vec<&Field>, Vec<&Field>) =
            model.fields.iter().partition(is_header);
        let rows: Vec<Row> =
            headers.iter().filter_map(|field| self.row(field, "response", refused)).collect();
        if !rows.is_empty() {
            tables.push(table("", None, Place::ResponseHeaders { status: SUCCESS }, rows, line));
        }
        // The vendor's own reader takes a field of this name for the whole body.
        match fields.as_slice() {
            [only] if only.name == "body" => self.body(only, place, "response", tables, refused),
            [] => {}
            fields => {
                let name = call.response.as_str();
                let rows: Vec<Row> = fields
                    .iter()
                    .filter_map(|field| self.row(field, "response", refused))
                    .collect();
                let reached = models_of(fields.iter().copied());
                tables.push(table(name, Some(format!("response_{name}")), place, rows, line));
                self.schemas(reached, "response", tables, refused);
            }
        }
    }

    /// A whole body of a type: an object, or a list or map of something.
    fn body(
        &self,
        field: &Field,
        place: Place,
        side: &str,
        tables: &mut Vec<Table>,
        refused: &mut Vec<Refusal>,
    ) {
        let line = field.line;
        let found = types::read(&field.type_text).ok();
        let model = found.as_ref().and_then(|found| found.model.as_deref());
        if let Some(model) = model.filter(|name| *name == field.type_text)
            && let Some((_, found)) = self.models.get(model)
            && !found.fields.is_empty()
        {
            let rows =
                found.fields.iter().filter_map(|field| self.row(field, side, refused)).collect();
            tables.push(table(model, Some(format!("{side}_{model}")), place, rows, line));
            self.schemas(models_of(&found.fields), side, tables, refused);
            return;
        }
        let is_file = found.as_ref().is_some_and(|found| found.text == "File");
        let (name, type_text) = match field.type_text.as_str() {
            // A row of this name that is a list itself stands for the whole body, not for one of its items.
            text if text.starts_with("list[list[") => ("[数组元素]", Some(text)),
            text if text.starts_with("dict(str, dict(") => ("{自定义key}", Some(text)),
            text if is_file => ("-", Some(text)),
            text if text.starts_with("list[") => {
                ("[数组元素]", text.strip_prefix("list[").and_then(|rest| rest.strip_suffix(']')))
            }
            text if text.starts_with("dict(") => {
                let value = text.split_once(',').map(|(_, rest)| rest.trim());
                ("{自定义key}", value.and_then(|rest| rest.strip_suffix(')')))
            }
            text => ("-", Some(text)),
        };
        let Some(type_text) = type_text else {
            let message = format!(
                "{}: a body of type `{}` cannot be described",
                self.call.id, field.type_text
            );
            refused.push(self.refusal(message));
            return;
        };
        let inner =
            Field { name: name.to_owned(), type_text: type_text.to_owned(), ..field.clone() };
        let rows: Vec<Row> = self.row(&inner, side, refused).into_iter().collect();
        tables.push(table("", None, place, rows, line));
        self.schemas(models_of([&inner]), side, tables, refused);
    }

    /// The tables of models and of those that they lead to, each once.
    fn schemas(
        &self,
        mut queue: Vec<String>,
        side: &str,
        tables: &mut Vec<Table>,
        refused: &mut Vec<Refusal>,
    ) {
        let anchors = tables.iter().filter_map(|table| table.anchor.clone());
        let mut known: BTreeSet<String> = anchors.collect();
        queue.reverse();
        while let Some(name) = queue.pop() {
            let anchor = format!("{side}_{name}");
            let Some((_, model)) = self.models.get(&name) else { continue };
            if !model.values.is_empty() || !known.insert(anchor.clone()) {
                continue;
            }
            let rows: Vec<Row> =
                model.fields.iter().filter_map(|field| self.row(field, side, refused)).collect();
            let place = Place::Schema { answer: side == "response" };
            let line = model.fields.first().map_or(1, |field| field.line);
            tables.push(table(&name, Some(anchor), place, rows, line));
            queue.extend(models_of(&model.fields).into_iter().rev());
        }
    }

    /// A row of a field; nothing where its type means nothing, which is refused.
    fn row(&self, field: &Field, side: &str, refused: &mut Vec<Refusal>) -> Option<Row> {
        let found = match types::read(&field.type_text) {
            Ok(found) => found,
            Err(why) => {
                refused.push(self.refusal(format!("{}: {}: {why}", self.call.id, field.name)));
                return None;
            }
        };
        let model = found.model.as_deref().map(|name| (name, self.model(name)));
        let mut type_text = found.text.clone();
        let mut values = Vec::new();
        let mut anchor = None;
        match model {
            Some((name, Some(model))) if !model.values.is_empty() => {
                type_text = type_text.replace(&types::object(name), "String");
                values.clone_from(&model.values);
            }
            // A class without fields is an object of anything.
            Some((name, Some(model))) if model.fields.is_empty() => {
                type_text = type_text.replace(&types::object(name), "Object");
            }
            Some((name, Some(_))) => anchor = Some(format!("{side}_{name}")),
            Some((name, None)) => {
                let why = format!("the class `{name}` is not in this package");
                refused.push(self.refusal(format!("{}: {}: {why}", self.call.id, field.name)));
                return None;
            }
            None => {}
        }
        Some(Row {
            required: Some(field.required),
            type_text,
            type_anchor: anchor,
            prose: prose::split(&field.text),
            constraints: Constraints { values, ..Constraints::default() },
            ..row(&field.name, "", field.line)
        })
    }

    fn refusal(&self, message: String) -> Refusal {
        refusal(self.file, self.call.line, message)
    }
}
