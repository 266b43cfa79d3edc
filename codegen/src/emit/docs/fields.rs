//! Fields as items of a nested list: a list wraps at any width, where a table would not fit. In: a schema. Out: items
//! whose parts are Markdown.

use serde::Serialize;
use serde_json::Value;

use super::{
    bounds, markdown,
    site::{Page, Site},
};
use crate::{
    emit::words,
    model::{Field, Schema, Shape, TypeKind, TypeName},
};

/// No list is longer: what would follow is on the pages of the types.
const MAX_ROWS: usize = 1000;

/// One field.
#[derive(Debug, Serialize)]
pub(super) struct FieldRow {
    /// What stands before its line, two blanks a level.
    indent: String,
    name: String,
    /// Its type, whether it is required, and the like.
    facts: String,
    description: String,
    /// What bounds it, and its default.
    bounds: String,
}

impl FieldRow {
    /// What is on no other level.
    pub(super) fn top(name: String, facts: String, description: String, bounds: String) -> Self {
        Self { indent: String::new(), name, facts, description, bounds }
    }
}

/// The fields of a type, without those inside of them.
pub(super) fn own(site: &Site<'_>, fields: &[Field], from: Page) -> Vec<FieldRow> {
    let list = List { site, from, rows: Vec::new(), path: Vec::new() };
    fields.iter().map(|field| list.row(field, 0)).collect()
}

/// All fields of a body, at every depth.
pub(super) fn flattened(site: &Site<'_>, schema: &Schema, from: Page) -> Vec<FieldRow> {
    let mut list = List { site, from, rows: Vec::new(), path: Vec::new() };
    list.below(schema, 0);
    list.rows
}

struct List<'a> {
    site: &'a Site<'a>,
    from: Page,
    rows: Vec<FieldRow>,
    /// The types that the current row is inside of.
    path: Vec<&'a TypeName>,
}

impl<'a> List<'a> {
    /// Adds what is inside of a value; whether nothing had to be left out.
    fn below(&mut self, schema: &'a Schema, depth: usize) -> bool {
        match &schema.shape {
            Shape::Named(name) => self.named(name, depth),
            Shape::Array(item) => self.below(item, depth),
            Shape::Map(value) if schema.constraints.keys.is_empty() => self.below(value, depth),
            Shape::Map(value) => {
                for (key, description) in &schema.constraints.keys {
                    self.rows.push(FieldRow {
                        indent: indent(depth),
                        name: markdown::code(key),
                        facts: self.site.type_words(value, self.from),
                        description: markdown::joined(description),
                        bounds: bounds(self.site, value, None),
                    });
                    self.below(value, depth + 1);
                }
                true
            }
            _ => true,
        }
    }

    fn named(&mut self, name: &'a TypeName, depth: usize) -> bool {
        let kind = self.site.api.types.get(name).map(|definition| &definition.kind);
        let Some(TypeKind::Struct(shape)) = kind else { return true };
        if self.path.contains(&name) || self.rows.len() >= MAX_ROWS {
            return false;
        }
        self.path.push(name);
        for field in &shape.fields {
            let index = self.rows.len();
            let row = self.row(field, depth);
            self.rows.push(row);
            if !self.below(value(field), depth + 1)
                && let Some(row) = self.rows.get_mut(index)
            {
                // The type's page goes on where this list does not.
                row.facts.push_str(", fields: see the type");
            }
        }
        self.path.pop();
        true
    }

    fn row(&self, field: &Field, depth: usize) -> FieldRow {
        let mut facts = vec![self.site.type_words(value(field), self.from)];
        facts.extend(required(field.required));
        facts.extend(field.deprecated.then(|| "**deprecated**".to_owned()));
        let mut description = markdown::joined(&field.description);
        if let Some(from) = words::only_from(&field.origins) {
            description.push(' ');
            description.push_str(&from);
        }
        FieldRow {
            indent: indent(depth),
            name: markdown::code(&field.name.wire),
            facts: facts.join(", "),
            description,
            bounds: bounds(self.site, value(field), field.default.as_ref()),
        }
    }
}

/// What bounds a value, and its default.
pub(super) fn bounds(site: &Site<'_>, schema: &Schema, default: Option<&Value>) -> String {
    let line = bounds::line(site, schema);
    let default = default.map(|value| format!("default {}", markdown::value(value)));
    let all = [Some(line).filter(|line| !line.is_empty()), default];
    words::capitalize(&all.into_iter().flatten().collect::<Vec<_>>().join("; "))
}

/// A word for what must be there.
pub(super) fn required(is: bool) -> Option<String> {
    is.then(|| "**required**".to_owned())
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// The schema of a property: of those without a field of their own, that of each.
fn value(field: &Field) -> &Schema {
    match &field.schema.shape {
        Shape::Map(value) if field.is_rest => value,
        _ => &field.schema,
    }
}
