//! Fields that open in place. In: a schema. Out: a tree, with an anchor for each field.

use codegen::model::{Api, Field, Origin, Parameter, Schema, Shape, TypeKind, TypeName};
use serde::Serialize;

use crate::{
    bounds::{self, Set},
    markdown::{self, Links},
    words::Words,
};

/// No tree has more fields: what would follow is recursion in disguise.
const MAX_FIELDS: usize = 1000;

/// One field, and those inside of it.
#[derive(Serialize)]
pub(crate) struct View {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(rename = "type")]
    ty: String,
    pub(crate) required: bool,
    secret: bool,
    deprecated: bool,
    pub(crate) description: String,
    bounds: Vec<String>,
    default: Option<String>,
    set: Option<Set>,
    /// Where it is known from, if not from where the rest is.
    only_from: Option<String>,
    pub(crate) fields: Vec<View>,
    /// Whether its fields are those of something around it.
    recursive: bool,
}

/// What trees are made with.
pub(crate) struct Tree<'a> {
    pub(crate) api: &'a Api,
    pub(crate) words: &'a Words,
    pub(crate) links: &'a Links<'a>,
}

/// A walk through one tree.
struct Walk<'a> {
    path: Vec<&'a TypeName>,
    count: usize,
}

impl<'a> Tree<'a> {
    /// A parameter.
    pub(crate) fn parameter(&self, parameter: &'a Parameter) -> View {
        let mut view = self.value(&parameter.schema, format!("parameter.{}", parameter.name.wire));
        view.name.clone_from(&parameter.name.wire);
        view.required = parameter.required;
        view.deprecated = parameter.deprecated;
        view.description = self.text(&parameter.description);
        if parameter.of_client {
            view.description.push_str(&format!(" <span>{}</span>", self.words.get("of_client")));
        }
        view.default = parameter.default.as_ref().map(bounds::plain);
        view.only_from = self.only_from(&parameter.origins);
        view
    }

    /// The fields of a body, below an anchor.
    pub(crate) fn body(&self, schema: &'a Schema, id: &str) -> Vec<View> {
        self.below(schema, id, &mut Walk { path: Vec::new(), count: 0 })
    }

    fn text(&self, description: &str) -> String {
        markdown::inline(description, self.links)
    }

    fn below(&self, schema: &'a Schema, id: &str, walk: &mut Walk<'a>) -> Vec<View> {
        match &schema.shape {
            Shape::Array(item) => self.below(item, id, walk),
            Shape::Map(value) if schema.constraints.keys.is_empty() => self.below(value, id, walk),
            Shape::Map(value) => {
                let keys = schema.constraints.keys.iter();
                let key = |(key, description): &(String, String)| {
                    let mut view = self.value(value, format!("{id}.{key}"));
                    view.name.clone_from(key);
                    view.description = self.text(description);
                    view
                };
                keys.map(key).collect()
            }
            Shape::Named(name) => self.named(name, id, walk),
            _ => Vec::new(),
        }
    }

    fn named(&self, name: &'a TypeName, id: &str, walk: &mut Walk<'a>) -> Vec<View> {
        let kind = self.api.types.get(name).map(|definition| &definition.kind);
        let Some(TypeKind::Struct(shape)) = kind else { return Vec::new() };
        if walk.path.contains(&name) || walk.count > MAX_FIELDS {
            return Vec::new();
        }
        walk.path.push(name);
        let fields = shape.fields.iter().map(|field| self.field(field, id, walk)).collect();
        walk.path.pop();
        fields
    }

    fn field(&self, field: &'a Field, id: &str, walk: &mut Walk<'a>) -> View {
        walk.count += 1;
        let id = format!("{id}.{}", field.name.wire);
        let schema = match &field.schema.shape {
            Shape::Map(value) if field.is_rest => value,
            _ => &field.schema,
        };
        let mut view = self.value(schema, id.clone());
        view.name.clone_from(&field.name.wire);
        view.required = field.required;
        view.deprecated = field.deprecated;
        view.description = self.text(&field.description);
        view.default = field.default.as_ref().map(bounds::plain);
        view.only_from = self.only_from(&field.origins);
        view.fields = self.below(schema, &id, walk);
        let is_object = schema.named().is_some_and(|name| !self.api.is_enum(name));
        view.recursive = view.fields.is_empty() && is_object && {
            let has_fields = schema.named().and_then(|name| self.api.types.get(name));
            has_fields.is_some_and(|definition| {
                matches!(&definition.kind, TypeKind::Struct(shape) if !shape.fields.is_empty())
            })
        };
        view
    }

    fn value(&self, schema: &Schema, id: String) -> View {
        View {
            id,
            name: String::new(),
            ty: bounds::kind(self.api, self.words, schema),
            required: false,
            secret: schema.shape == Shape::Secret,
            deprecated: false,
            description: String::new(),
            bounds: bounds::phrases(self.words, schema),
            default: None,
            set: bounds::set(self.api, schema, self.links),
            only_from: None,
            fields: Vec::new(),
            recursive: false,
        }
    }

    fn only_from(&self, origins: &[Origin]) -> Option<String> {
        let all: Vec<String> = origins.iter().map(|one| origin(self.words, one)).collect();
        let from = all.join(self.words.get("and"));
        (!all.is_empty()).then(|| self.words.fill("only_from", &[("source", &from)]))
    }
}

/// Where something is from.
pub(crate) fn origin(words: &Words, origin: &Origin) -> String {
    match origin {
        Origin::Package { package, version } => {
            words.fill("origin_package", &[("package", package), ("version", version)])
        }
        Origin::Page { page, .. } => words.fill("origin_page", &[("page", page)]),
    }
}
