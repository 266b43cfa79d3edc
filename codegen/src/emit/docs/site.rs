//! What all pages share: the model, names of files, and how one page links to another.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Serialize;

use super::{markdown, reach::Reach, render::Templates};
use crate::{
    config::{Notes, Service},
    emit::EmitError,
    emit::examples::{self, Plan},
    lower::names,
    model::{Api, Schema, Shape, TypeName},
};

/// What pages are laid out by: a template for each kind of page, and what these include.
const TEMPLATES: &[(&str, &str)] = &[
    ("README", include_str!("templates/README.md.jinja")),
    ("contradictions", include_str!("templates/contradictions.md.jinja")),
    ("error-codes", include_str!("templates/error-codes.md.jinja")),
    ("operation", include_str!("templates/operations/operation.md.jinja")),
    ("schema", include_str!("templates/schemas/schema.md.jinja")),
    ("errata", include_str!("templates/partials/errata.md.jinja")),
    ("examples", include_str!("templates/partials/examples.md.jinja")),
    ("fields", include_str!("templates/partials/fields.md.jinja")),
    ("rules", include_str!("templates/partials/rules.md.jinja")),
    ("source", include_str!("templates/partials/source.md.jinja")),
];

/// The reference as a whole.
pub(super) struct Site<'a> {
    pub(super) api: &'a Api,
    pub(super) banner: String,
    /// The operations and their example files, in document order.
    pub(super) plans: Vec<Plan<'a>>,
    pub(super) reach: Reach<'a>,
    templates: Templates,
    /// Notes on operations that are no part of the document.
    pub(super) notes: &'a Notes,
    /// File names of the types.
    schemas: IndexMap<&'a TypeName, String>,
}

/// Where a page is, and so how it links to others.
#[derive(Clone, Copy)]
pub(super) enum Page {
    /// `docs/*.md`
    Top,
    /// `docs/operations/*.md`
    Operation,
    /// `docs/schemas/*.md`
    Schema,
}

impl<'a> Site<'a> {
    pub(super) fn new(api: &'a Api, service: &'a Service) -> Result<Self, EmitError> {
        let notes = &service.notes;
        let is_known = |name: &&String| api.operations.iter().any(|one| one.name.wire == **name);
        if let Some(operation) = notes.operations.keys().find(|name| !is_known(name)).cloned() {
            return Err(EmitError::Note { file: notes.file.clone(), operation });
        }
        let mut taken = BTreeSet::new();
        let slug =
            |name: &'a TypeName| (name, examples::unique(&mut taken, &names::slug(&name.0), "-"));
        let schemas = api.types.keys().map(slug).collect();
        Ok(Self {
            api,
            banner: service.banner(),
            plans: examples::plan(api),
            reach: Reach::new(api),
            notes,
            templates: Templates::new(TEMPLATES)?,
            schemas,
        })
    }

    /// Lays out a page.
    pub(super) fn render(
        &self,
        template: &str,
        view: &impl Serialize,
    ) -> Result<String, EmitError> {
        self.templates.render(template, view)
    }

    /// The file of a type, below `docs/schemas/`.
    pub(super) fn schema_file(&self, name: &TypeName) -> String {
        let slug = self.schemas.get(name).map_or("", String::as_str);
        format!("{slug}.md")
    }

    /// A link to a type.
    pub(super) fn type_link(&self, name: &TypeName, from: Page) -> String {
        let file = self.schema_file(name);
        let target = match from {
            Page::Top => format!("schemas/{file}"),
            Page::Operation => format!("../schemas/{file}"),
            Page::Schema => file,
        };
        markdown::link(&name.0, &target)
    }

    /// A link to an operation.
    pub(super) fn operation_link(&self, plan: &Plan<'_>, from: Page) -> String {
        let folder = match from {
            Page::Top => "operations/",
            Page::Operation => "",
            Page::Schema => "../operations/",
        };
        markdown::link(&plan.operation.name.wire, &format!("{folder}{}.md", plan.slug))
    }

    /// A schema's type in words, with links.
    pub(super) fn type_words(&self, schema: &Schema, from: Page) -> String {
        match &schema.shape {
            Shape::Any => "any JSON value".to_owned(),
            Shape::Boolean => "boolean".to_owned(),
            Shape::Integer(width) => {
                let sign = if width.unsigned { ", not negative" } else { "" };
                format!("integer ({} bits{sign})", width.bits)
            }
            Shape::Number => "number".to_owned(),
            Shape::String { format: None } => "string".to_owned(),
            Shape::String { format: Some(format) } => format!("string ({format})"),
            Shape::Secret => "string (secret)".to_owned(),
            Shape::File => "file".to_owned(),
            Shape::Array(item) => format!("array of {}", self.type_words(item, from)),
            Shape::Map(value) => format!("map of string to {}", self.type_words(value, from)),
            Shape::Named(name) => self.type_link(name, from),
        }
    }
}
