//! `x-pagination` → the pagination of operations. In: all types, and the entries that were met on the
//! way. Out: the operations with their pagination, or what is wrong with it.

use serde_json::Value;

use super::context::{Finished, OfOperation};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Field, Location, Name, NextMarker, Operation, Pagination, Paging, Parameter, Schema, Shape,
        Step, Struct,
    },
    pointer::JsonPointer,
};

pub(super) fn compile(finished: &mut Finished<'_>, operations: &mut [Operation]) {
    for OfOperation { index, entry, at, .. } in finished.take("x-pagination") {
        let Some(operation) = operations.get_mut(index) else { continue };
        let mut check = Check { finished, operation, entry, at: &at, problems: Vec::new() };
        let found = check.pagination();
        let problems = check.problems;
        operation.pagination = found;
        finished.diagnostics.extend(problems);
    }
}

/// Keys that say where a part begins.
const BEGINS: &[&str] = &["offset", "marker", "page"];

/// Kinds of parameters, in words and as a check.
const NUMBER: (&str, fn(&Schema) -> bool) = ("an optional whole number", is_number);
const TEXT: (&str, fn(&Schema) -> bool) = ("an optional text", is_text);

struct Check<'a, 'd> {
    finished: &'a Finished<'d>,
    operation: &'a Operation,
    entry: &'d Value,
    at: &'a JsonPointer,
    problems: Vec<Diagnostic>,
}

impl Check<'_, '_> {
    fn pagination(&mut self) -> Option<Pagination> {
        let items = self.field("items", "a list", |schema| matches!(schema.shape, Shape::Array(_)));
        let paging = self.paging(items.as_ref());
        let total = self.field("total", "a whole number, or a text of one", |schema| {
            schema.shape.is_count() || matches!(schema.shape, Shape::String { .. })
        });
        let Field { name, schema, .. } = items?;
        let Shape::Array(item) = schema.shape else { return None };
        Some(Pagination {
            paging,
            items: name,
            items_nullable: schema.nullable,
            item: *item,
            total_required: total.as_ref().is_some_and(|f| f.required && !f.schema.nullable),
            total_as_text: total
                .as_ref()
                .is_some_and(|f| matches!(f.schema.shape, Shape::String { .. })),
            total: total.map(|field| field.name),
        })
    }

    /// The parameters that ask for a part; a list that comes as a whole has none.
    fn paging(&mut self, items: Option<&Field>) -> Option<Paging> {
        let has = |key: &str| self.entry.get(key).is_some();
        let kinds: Vec<&str> = BEGINS.iter().copied().filter(|kind| has(kind)).collect();
        let is_by_marker = kinds.contains(&"marker");
        if let [first, second, ..] = kinds[..] {
            let message = format!("a list in parts begins by `{first}` or by `{second}`; keep one");
            self.problem(second, message);
        }
        if kinds.is_empty() && has("limit") {
            let message = "a list in parts needs `offset`, `marker` or `page` too; name it";
            self.problem("limit", message.to_owned());
        }
        for kind in kinds.iter().filter(|_| !is_by_marker && !has("limit")) {
            self.problem(kind, "a list in parts needs `limit` too; name it".to_owned());
        }
        for key in ["next", "item-marker"].into_iter().filter(|key| has(key) && !is_by_marker) {
            self.problem(
                key,
                "only a list with `marker` has it; name that, or drop this".to_owned(),
            );
        }
        let limit = self.parameter("limit", NUMBER);
        match *kinds.first()? {
            "offset" => {
                Some(Paging::Offset { offset: self.parameter("offset", NUMBER)?, limit: limit? })
            }
            "page" => Some(Paging::Number { page: self.parameter("page", NUMBER)?, limit: limit? }),
            _ => {
                let (marker, next) = (self.parameter("marker", TEXT), self.next(items));
                Some(Paging::Marker { marker: marker?, limit, next: next? })
            }
        }
    }

    /// Where the marker of the next part is.
    fn next(&mut self, items: Option<&Field>) -> Option<NextMarker> {
        let text = |key: &str| self.entry.get(key).and_then(Value::as_str);
        match (text("next"), text("item-marker")) {
            (Some(path), None) => Some(NextMarker::Answer(self.way(path)?)),
            (None, Some(name)) => Some(NextMarker::Item(self.of_item(items?, name)?)),
            (Some(_), Some(_)) => {
                let message = "the next marker is in the answer (`next`) or in an item; keep one";
                self.problem("item-marker", message.to_owned());
                None
            }
            (None, None) => {
                let message = "where is the marker of the next part? Name a field of the answer \
                               (`next`) or of an item (`item-marker`)";
                self.problem("marker", message.to_owned());
                None
            }
        }
    }

    /// The fields of a dotted path through the answer, which ends at a text.
    fn way(&mut self, path: &str) -> Option<Vec<Step>> {
        let (mut shape, mut steps) = (self.answer(), Vec::new());
        let mut names = path.split('.').peekable();
        while let Some(name) = names.next() {
            let field = shape.and_then(|shape| shape.fields.iter().find(|f| f.name.wire == name));
            let is_last = names.peek().is_none();
            let Some(field) = field.filter(|field| !is_last || is_text(&field.schema)) else {
                break;
            };
            steps.push(step(field));
            if is_last {
                return Some(steps);
            }
            shape = self.finished.structure(&field.schema).map(|(_, shape)| shape);
        }
        self.problem("next", format!("`{path}` leads to no text in the answer; name one"));
        None
    }

    /// The field of an item that is its marker.
    fn of_item(&mut self, items: &Field, name: &str) -> Option<Step> {
        let Shape::Array(item) = &items.schema.shape else { return None };
        let shape = self.finished.structure(item).filter(|_| !item.nullable);
        let mut fields = shape.iter().flat_map(|(_, shape)| &shape.fields);
        let found =
            fields.find(|field| field.name.wire == name && is_text(&field.schema)).map(step);
        if found.is_none() {
            let message = format!("no field `{name}` of an item is a text; name one");
            self.problem("item-marker", message);
        }
        found
    }

    /// The parameter that a key names: in the query, and one that may be left out.
    fn parameter(
        &mut self,
        key: &str,
        (what, is_kind): (&str, fn(&Schema) -> bool),
    ) -> Option<Name> {
        let name = self.entry.get(key)?.as_str()?;
        let fits = |parameter: &&Parameter| {
            parameter.name.wire == name
                && parameter.location == Location::Query
                && !parameter.required
                && is_kind(&parameter.schema)
        };
        let found = self.operation.parameters.iter().find(fits).map(|p| p.name.clone());
        if found.is_none() {
            self.problem(key, format!("no parameter `{name}` is {what} in the query; name one"));
        }
        found
    }

    /// The field of the answer that a key names.
    fn field(&mut self, key: &str, what: &str, fits: impl Fn(&Schema) -> bool) -> Option<Field> {
        let name = self.entry.get(key)?.as_str()?;
        let fields = self.answer().map(|answer| answer.fields.iter());
        let found = fields.into_iter().flatten().find(|f| f.name.wire == name && fits(&f.schema));
        let found = found.cloned();
        if found.is_none() {
            self.problem(key, format!("no field `{name}` of the answer is {what}; name one"));
        }
        found
    }

    fn answer(&self) -> Option<&Struct> {
        Some(self.finished.structure(self.operation.success()?)?.1)
    }

    fn problem(&mut self, key: &str, message: String) {
        self.problems.push(Diagnostic::new(self.at.child(key), "bad-pagination", message));
    }
}

fn step(field: &Field) -> Step {
    Step { name: field.name.clone(), optional: !field.required || field.schema.nullable }
}

fn is_number(schema: &Schema) -> bool {
    schema.shape.is_count()
}

fn is_text(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::String { .. })
}
