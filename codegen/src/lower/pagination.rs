//! `x-pagination` → the pagination of operations. In: all types, and the entries that were met on the
//! way. Out: the operations with their pagination, or what is wrong with it.

use serde_json::Value;

use super::context::{Finished, OfOperation};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Field, Location, Name, Operation, Pagination, Paging, Parameter, Schema, Shape, Struct,
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

struct Check<'a, 'd> {
    finished: &'a Finished<'d>,
    operation: &'a Operation,
    entry: &'d Value,
    at: &'a JsonPointer,
    problems: Vec<Diagnostic>,
}

impl Check<'_, '_> {
    fn pagination(&mut self) -> Option<Pagination> {
        let paging = self.paging();
        let items = self.field("items", "a list", |schema| matches!(schema.shape, Shape::Array(_)));
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

    /// The parameters that ask for a part; a list that comes as a whole has neither.
    fn paging(&mut self) -> Option<Paging> {
        let (offset, limit) = (self.parameter("offset"), self.parameter("limit"));
        let has = |key: &str| self.entry.get(key).is_some();
        for (key, other) in [("offset", "limit"), ("limit", "offset")] {
            if has(key) && !has(other) {
                self.problem(key, format!("a list in parts needs `{other}` too; name it"));
            }
        }
        Some(Paging { offset: offset?, limit: limit? })
    }

    /// The parameter that a key names: a whole number in the query that may be left out.
    fn parameter(&mut self, key: &str) -> Option<Name> {
        let name = self.entry.get(key)?.as_str()?;
        let fits = |parameter: &&Parameter| {
            parameter.name.wire == name
                && parameter.location == Location::Query
                && !parameter.required
                && parameter.schema.shape.is_count()
        };
        let found = self.operation.parameters.iter().find(fits).map(|p| p.name.clone());
        if found.is_none() {
            let what = "an optional whole number in the query";
            self.problem(key, format!("no parameter `{name}` is {what}; name one"));
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
