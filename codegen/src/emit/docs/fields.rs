//! Fields as rows of one table, with dotted paths. In: a schema. Out: rows whose cells are Markdown.

use serde::Serialize;

use super::{
    bounds, markdown,
    site::{Page, Site},
};
use crate::{
    emit::words,
    model::{Field, Schema, Shape, TypeKind, TypeName},
};

/// No table is longer: what would follow is on the pages of the types.
const MAX_ROWS: usize = 1000;

/// One field.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) path: String,
    #[serde(rename = "type")]
    pub(super) ty: String,
    pub(super) required: &'static str,
    pub(super) constraints: String,
    pub(super) default: String,
    pub(super) description: String,
}

/// The fields of a type, without those inside of them.
pub(super) fn own(site: &Site<'_>, fields: &[Field], from: Page) -> Vec<Row> {
    let table = Table { site, from, rows: Vec::new(), path: Vec::new() };
    fields.iter().map(|field| table.row(field, &field.name.wire)).collect()
}

/// All fields of a body, at every depth.
pub(super) fn flattened(site: &Site<'_>, schema: &Schema, from: Page) -> Vec<Row> {
    let mut table = Table { site, from, rows: Vec::new(), path: Vec::new() };
    table.below(schema, "");
    table.rows
}

struct Table<'a> {
    site: &'a Site<'a>,
    from: Page,
    rows: Vec<Row>,
    /// The types that the current row is inside of.
    path: Vec<&'a TypeName>,
}

impl<'a> Table<'a> {
    /// Adds what is inside of a value; whether nothing had to be left out.
    fn below(&mut self, schema: &'a Schema, prefix: &str) -> bool {
        match &schema.shape {
            Shape::Named(name) => self.named(name, prefix),
            Shape::Array(item) => self.below(item, &format!("{prefix}[]")),
            Shape::Map(value) if schema.constraints.keys.is_empty() => {
                self.below(value, &join(prefix, "*"))
            }
            Shape::Map(value) => {
                for (key, description) in &schema.constraints.keys {
                    let at = join(prefix, key);
                    self.rows.push(Row {
                        path: path(&at),
                        ty: self.site.type_words(value, self.from),
                        required: "no",
                        constraints: bounds::cell(self.site, value),
                        default: String::new(),
                        description: markdown::cell(description),
                    });
                    self.below(value, &at);
                }
                true
            }
            _ => true,
        }
    }

    fn named(&mut self, name: &'a TypeName, prefix: &str) -> bool {
        let kind = self.site.api.types.get(name).map(|definition| &definition.kind);
        let Some(TypeKind::Struct(shape)) = kind else { return true };
        if self.path.contains(&name) || self.rows.len() >= MAX_ROWS {
            return false;
        }
        self.path.push(name);
        for field in &shape.fields {
            let at = join(prefix, &field.name.wire);
            let index = self.rows.len();
            let row = self.row(field, &at);
            self.rows.push(row);
            if !self.below(value(field), &at)
                && let Some(row) = self.rows.get_mut(index)
            {
                // The type's page goes on where this table does not.
                let gap = if row.constraints.is_empty() { "" } else { "<br>" };
                row.constraints.push_str(gap);
                row.constraints.push_str("fields: see the type");
            }
        }
        self.path.pop();
        true
    }

    fn row(&self, field: &Field, at: &str) -> Row {
        let description = markdown::cell(&field.description);
        Row {
            path: path(at),
            ty: markdown::pipes(&self.site.type_words(value(field), self.from)),
            required: yes_no(field.required),
            constraints: bounds::cell(self.site, value(field)),
            default: field
                .default
                .as_ref()
                .map(|v| markdown::pipes(&markdown::value(v)))
                .unwrap_or_default(),
            description: match field.deprecated {
                true => format!("**Deprecated.** {description}"),
                false => description,
            } + &words::only_from(&field.origins)
                .map_or_else(String::new, |from| format!(" {from}")),
        }
    }
}

/// The schema of a property: of those without a field of their own, that of each.
fn value(field: &Field) -> &Schema {
    match &field.schema.shape {
        Shape::Map(value) if field.is_rest => value,
        _ => &field.schema,
    }
}

pub(super) fn yes_no(required: bool) -> &'static str {
    if required { "yes" } else { "no" }
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}

fn path(at: &str) -> String {
    markdown::pipes(&markdown::code(at))
}
