//! `x-ensure` → how operations buy at most once. In: all types and operations, and the entries that
//! were met on the way. Out: the operations with it, or what is wrong.

use serde_json::{Value, json};

use super::{
    context::{Finished, OfOperation},
    names::{self, Scope},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Bought, Compare, Ensure, Field, Look, Name, Operation, Preset, Same, Schema, Shape, Struct,
        Waiter,
    },
    pointer::JsonPointer,
};

pub(super) fn compile(
    finished: &mut Finished<'_>,
    operations: &mut [Operation],
    methods: &mut Scope,
) {
    for OfOperation { index, entry, at, .. } in finished.take("x-ensure") {
        let Some(operation) = operations.get(index) else { continue };
        let mut check = Check { finished, operations, operation, problems: Vec::new() };
        let found = check.ensure(entry, &at, methods);
        let problems = check.problems;
        if problems.is_empty() {
            operations[index].ensure = found;
        }
        finished.diagnostics.extend(problems);
    }
}

/// What a field must be that is compared.
const PLAIN: &str = "a text, a number or an enumeration";

struct Check<'a, 'd> {
    finished: &'a Finished<'d>,
    operations: &'a [Operation],
    operation: &'a Operation,
    problems: Vec<Diagnostic>,
}

impl Check<'_, '_> {
    fn ensure(&mut self, entry: &Value, at: &JsonPointer, methods: &mut Scope) -> Option<Ensure> {
        let body = self.operation.body.as_ref().filter(|body| body.required);
        let body = body.and_then(|body| self.structure(&body.schema));
        let named_by =
            self.field(body.as_ref(), entry, at, "name", "a required text", |_, field| {
                field.required && is_text(&field.schema)
            });
        let count =
            self.field(body.as_ref(), entry, at, "count", "an optional number", |_, field| {
                !field.required && field.schema.shape.is_count()
            });
        if self.operation.parameters.iter().any(|parameter| !parameter.of_client) {
            self.problem(at, "the operation has parameters beside its body; remove it".to_owned());
        }
        let look = self.look(&entry["look"], &at.child("look"), body.as_ref());
        let bought = self.bought(&entry["bought"], &at.child("bought"));
        let wait = self.wait(entry.get("wait"), &at.child("wait"), methods);
        let id = text(entry, "id");
        Some(Ensure {
            name: Name { code: methods.claim(names::value(id), id), wire: id.to_owned() },
            description: text(entry, "description").trim().to_owned(),
            named_by: named_by?.name,
            count: count.map(|field| field.name),
            look: look?,
            bought: bought?,
            wait,
        })
    }

    fn look(&mut self, entry: &Value, at: &JsonPointer, body: Option<&Struct>) -> Option<Look> {
        let id = text(entry, "operation");
        let list = self.operations.iter().find(|operation| operation.name.wire == id);
        let pages = |list: &Operation| list.pagination.clone().filter(|list| list.paging.is_some());
        let Some((list, pages)) = list.and_then(|list| Some((list, pages(list)?))) else {
            let message =
                format!("no operation `{id}` lists in pages (`x-pagination`); name one that does");
            self.problem(&at.child("operation"), message);
            return None;
        };
        let item = self.structure(&pages.item);
        let name = self.preset(list, text(entry, "name"), &Value::Null, &at.child("name"))?;
        Some(Look {
            operation: list.name.clone(),
            name: name.parameter,
            exact: self.presets(list, entry, at, "exact"),
            always: self.presets(list, entry, at, "always"),
            item_name: self.text_field(item.as_ref(), entry, at, "item-name")?,
            item_id: self.text_field(item.as_ref(), entry, at, "item-id")?,
            item_status: self.plain_field(item.as_ref(), entry, at, "item-status"),
            unusable: texts(entry, "unusable").map(str::to_owned).collect(),
            same: self.same(body, item.as_ref(), entry, at),
        })
    }

    fn same(
        &mut self,
        body: Option<&Struct>,
        item: Option<&Struct>,
        entry: &Value,
        at: &JsonPointer,
    ) -> Vec<Same> {
        let at = at.child("same");
        let rows = entry.get("same").and_then(Value::as_array).into_iter().flatten();
        rows.enumerate()
            .filter_map(|(i, row)| self.same_row(body, item, row, &at.child(i)))
            .collect()
    }

    fn same_row(
        &mut self,
        body: Option<&Struct>,
        item: Option<&Struct>,
        row: &Value,
        at: &JsonPointer,
    ) -> Option<Same> {
        let field = self.field(body, row, at, "field", PLAIN, Self::is_plain)?;
        let mut names: Vec<&str> = texts(row, "items").collect();
        if names.is_empty() {
            names.push(&field.name.wire);
        }
        let mut items = Vec::new();
        for name in names {
            let named = json!({"items": name});
            let fits = |this: &Self, field: &Field| !field.required && this.is_plain(field);
            items.push(self.field(item, &named, at, "items", PLAIN, fits)?.name);
        }
        let compare = match (text(row, "as"), &field.schema.shape) {
            ("", Shape::Integer(_) | Shape::Number) | ("number", _) => Compare::Number,
            ("" | "text", _) => Compare::Text,
            ("version", _) => Compare::Version,
            (other, _) => {
                let message = format!("`{other}` is none of text, number and version; write one");
                self.problem(&at.child("as"), message);
                return None;
            }
        };
        Some(Same { required: field.required, field: field.name, items, compare })
    }

    fn bought(&mut self, entry: &Value, at: &JsonPointer) -> Option<Bought> {
        let answer = self.operation.success().and_then(|schema| self.structure(schema));
        let items = self.field(answer.as_ref(), entry, at, "items", "a list", |_, field| {
            matches!(field.schema.shape, Shape::Array(_)) && !field.schema.nullable
        })?;
        let Shape::Array(item) = &items.schema.shape else { return None };
        let item = self.structure(item);
        let order =
            entry.get("order").and_then(|_| self.text_field(answer.as_ref(), entry, at, "order"));
        Some(Bought {
            items: items.name,
            item_name: self.text_field(item.as_ref(), entry, at, "item-name")?,
            item_id: self.text_field(item.as_ref(), entry, at, "item-id")?,
            order,
        })
    }

    fn wait(
        &mut self,
        entry: Option<&Value>,
        at: &JsonPointer,
        methods: &mut Scope,
    ) -> Option<(Name, String)> {
        let entry = entry?;
        let (id, waiter) = (text(entry, "id"), text(entry, "waiter"));
        let is_it = |w: &Waiter| w.name.wire == waiter && w.item_id.is_none();
        let asks = |operation: &&Operation| operation.waiters.iter().any(is_it);
        let own = |operation: &Operation| {
            let own = operation.parameters.iter().filter(|p| !p.of_client && p.required);
            own.map(|p| is_text(&p.schema)).collect::<Vec<_>>() == [true]
        };
        let found = self.operations.iter().find(asks).filter(|operation| own(operation));
        let Some(found) = found else {
            let message = format!("no waiter `{waiter}` asks by one id alone; name one");
            self.problem(&at.child("waiter"), message);
            return None;
        };
        let code = found.waiters.iter().find(|w| w.name.wire == waiter)?.name.code.clone();
        Some((Name { code: methods.claim(names::value(id), id), wire: id.to_owned() }, code))
    }

    fn presets(
        &mut self,
        list: &Operation,
        entry: &Value,
        at: &JsonPointer,
        key: &str,
    ) -> Vec<Preset> {
        let at = at.child(key);
        let entries = entry.get(key).and_then(Value::as_object).into_iter().flatten();
        let one =
            |(name, value): (&String, &Value)| self.preset(list, name, value, &at.child(name));
        entries.filter_map(one).collect()
    }

    fn preset(
        &mut self,
        list: &Operation,
        name: &str,
        value: &Value,
        at: &JsonPointer,
    ) -> Option<Preset> {
        let fits = |shape: &Shape| matches!(shape, Shape::String { .. } | Shape::Named(_));
        let found = list.parameters.iter().find(|parameter| {
            parameter.name.wire == name && !parameter.required && fits(&parameter.schema.shape)
        });
        let Some(parameter) = found else {
            let message =
                format!("`{name}` is not an optional text parameter of the list; name one");
            self.problem(at, message);
            return None;
        };
        if !value.is_null() && !value.is_string() {
            self.problem(at, "must be a string; quote it".to_owned());
        }
        Some(Preset {
            parameter: parameter.name.clone(),
            schema: parameter.schema.clone(),
            value: value.clone(),
        })
    }

    fn text_field(
        &mut self,
        of: Option<&Struct>,
        entry: &Value,
        at: &JsonPointer,
        key: &str,
    ) -> Option<Name> {
        let field = self.field(of, entry, at, key, "an optional text", |_, field| {
            !field.required && is_text(&field.schema)
        });
        field.map(|field| field.name)
    }

    fn plain_field(
        &mut self,
        of: Option<&Struct>,
        entry: &Value,
        at: &JsonPointer,
        key: &str,
    ) -> Option<Name> {
        let fits = |this: &Self, field: &Field| !field.required && this.is_plain(field);
        self.field(of, entry, at, key, PLAIN, fits).map(|field| field.name)
    }

    /// Whether a value has one text: no list, no structure, no secret.
    fn is_plain(&self, field: &Field) -> bool {
        match &field.schema.shape {
            Shape::String { .. } | Shape::Integer(_) | Shape::Number | Shape::Boolean => true,
            Shape::Named(_) => self.structure(&field.schema).is_none(),
            _ => false,
        }
    }

    /// The field that a key names; nothing, without a problem, if an optional key is absent.
    fn field(
        &mut self,
        of: Option<&Struct>,
        entry: &Value,
        at: &JsonPointer,
        key: &str,
        what: &str,
        fits: impl Fn(&Self, &Field) -> bool,
    ) -> Option<Field> {
        let name = entry.get(key)?.as_str()?;
        let fields = of.map(|of| of.fields.as_slice()).unwrap_or_default();
        let found =
            fields.iter().find(|field| field.name.wire == name && fits(self, field)).cloned();
        if found.is_none() {
            self.problem(&at.child(key), format!("no field `{name}` there is {what}; name one"));
        }
        found
    }

    fn structure(&self, schema: &Schema) -> Option<Struct> {
        Some(self.finished.structure(schema)?.1.clone())
    }

    fn problem(&mut self, at: &JsonPointer, message: String) {
        self.problems.push(Diagnostic::new(at.clone(), "bad-ensure", message));
    }
}

fn is_text(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::String { .. })
}

fn texts<'e>(entry: &'e Value, key: &str) -> impl Iterator<Item = &'e str> {
    entry.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn text<'e>(entry: &'e Value, key: &str) -> &'e str {
    entry.get(key).and_then(Value::as_str).unwrap_or_default()
}
