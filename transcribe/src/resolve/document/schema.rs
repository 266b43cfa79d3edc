//! Fields and tables as schemas.

use serde_json::{Map, Value, json};

use super::super::{
    context::{Context, Titles, Way, effective},
    field::Field,
    keyword::{Keyword, Keywords},
    kind::Kind,
    typed_page::{Form, TypedTable},
    unique_schemas::{TableId, UniqueSchema},
};
use super::operation::origin;

/// What a schema is made for.
pub(super) struct Owner<'o> {
    /// The schema or operation, for titles.
    pub(super) name: &'o str,
    pub(super) typed_page: usize,
    pub(super) way: Way,
}

impl Context<'_, '_> {
    /// The component of a schema.
    pub(super) fn component(
        &self,
        unique: &UniqueSchema,
        name: &str,
        titles: &mut Titles,
    ) -> Map<String, Value> {
        let way = if unique.is_request { Way::Sent } else { Way::Received };
        let owner = Owner { name, typed_page: unique.first.0, way };
        let mut schema = Map::new();
        if let Some(fields) = self.fields(unique.first) {
            schema = self.table(fields, &owner, titles);
        }
        schema.insert("x-source".to_owned(), self.source(unique));
        schema
    }

    fn table(
        &self,
        fields: &TypedTable<'_>,
        owner: &Owner<'_>,
        titles: &mut Titles,
    ) -> Map<String, Value> {
        if let (Some(kind), [field]) = (whole(fields), fields.fields.as_slice()) {
            return self.schema(&kind, field, owner, titles);
        }
        let mut schema = object();
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in &fields.fields {
            if field.required() {
                required.push(Value::from(field.row.name.clone()));
            }
            let property = self.property(field, owner, titles);
            properties.insert(field.row.name.clone(), Value::Object(property));
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), Value::Object(properties));
        }
        schema
    }

    /// The schema of a field; a reference is wrapped, so that it can be described.
    pub(super) fn property(
        &self,
        field: &Field<'_>,
        owner: &Owner<'_>,
        titles: &mut Titles,
    ) -> Map<String, Value> {
        let mut schema = self.schema(&field.kind, field, owner, titles);
        if let Some(reference) = schema.remove("$ref") {
            schema.insert("allOf".to_owned(), json!([{"$ref": reference}]));
        }
        if self.settings.vendor_text {
            let description = description(field);
            if !description.is_empty() {
                put_after(&mut schema, &["title", "type", "format"], "description", description);
            }
        }
        schema
    }

    fn schema(
        &self,
        kind: &Kind<usize>,
        field: &Field<'_>,
        owner: &Owner<'_>,
        titles: &mut Titles,
    ) -> Map<String, Value> {
        let effective = effective(field, owner.way);
        let mut part = Part { field, owner, titles, secret: effective.secret };
        self.part(kind, &effective.whole, &effective.items, &mut part)
    }

    fn part(
        &self,
        kind: &Kind<usize>,
        own: &Keywords,
        leaf: &Keywords,
        part: &mut Part<'_, '_>,
    ) -> Map<String, Value> {
        let inner = |inner: &Kind<usize>, part: &mut Part<'_, '_>| {
            let none = Keywords::new();
            match inner {
                Kind::Array(_) | Kind::Map(_) => self.part(inner, &none, leaf, part),
                _ => self.part(inner, leaf, &none, part),
            }
        };
        let mut schema = Map::new();
        match kind {
            Kind::Array(item) => {
                schema.insert("type".to_owned(), "array".into());
                let item = inner(item, part);
                schema.insert("items".to_owned(), Value::Object(item));
            }
            Kind::Map(value) => {
                schema = object();
                let value = inner(value, part);
                if !value.is_empty() {
                    schema.insert("additionalProperties".to_owned(), Value::Object(value));
                }
            }
            Kind::Table(table) => return self.reference((part.owner.typed_page, *table), own),
            scalar => schema.extend(scalar_type(scalar, part.secret)),
        }
        keywords(own, kind, part, &mut schema);
        schema
    }

    fn reference(&self, member: TableId, own: &Keywords) -> Map<String, Value> {
        let mut schema = Map::new();
        match self.named(member) {
            Some((_, name)) => {
                let reference = format!("#/components/schemas/{name}");
                schema.insert("$ref".to_owned(), reference.into());
            }
            None => schema = object(),
        }
        if let Some(nullable) = own.get(&Keyword::Nullable)
            && let Some(reference) = schema.remove("$ref")
        {
            schema.insert("allOf".to_owned(), json!([{"$ref": reference}]));
            schema.insert("nullable".to_owned(), nullable.clone());
        }
        schema
    }

    fn source(&self, unique: &UniqueSchema) -> Value {
        let tables = unique.members.iter().filter(|(typed_page, _)| *typed_page == unique.first.0);
        let numbers = tables.filter_map(|member| self.fields(*member)?.table.number);
        let mut numbers: Vec<u32> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        let typed_page = self.typed_pages.get(unique.first.0);
        let mut source = typed_page.map(|typed_page| origin(typed_page.page)).unwrap_or_default();
        if !numbers.is_empty() {
            source["tables"] = numbers.into();
        }
        source
    }
}

/// What stays the same inside of a type.
struct Part<'a, 't> {
    field: &'a Field<'a>,
    owner: &'a Owner<'a>,
    titles: &'t mut Titles,
    secret: bool,
}

/// The type of a table as a whole, where its one row is not a field.
pub(in super::super) fn whole(fields: &TypedTable<'_>) -> Option<Kind<usize>> {
    let kind = fields.fields.first()?.kind.clone();
    match (fields.form, kind) {
        (Form::Object, _) => None,
        (Form::Array, kind @ Kind::Array(_)) | (Form::Map, kind @ Kind::Map(_)) => Some(kind),
        (Form::Array, item) => Some(Kind::Array(Box::new(item))),
        (Form::Map, value) => Some(Kind::Map(Box::new(value))),
        (Form::File | Form::Scalar, kind) => Some(kind),
    }
}

/// All text of a field, as paragraphs and items.
pub(super) fn description(field: &Field<'_>) -> String {
    let prose = field.row.prose.iter();
    let lines: Vec<String> = prose
        .map(|piece| if piece.item { format!("- {}", piece.text) } else { piece.text.clone() })
        .collect();
    lines.join("\n")
}

/// Puts a key behind those that come first.
pub(super) fn put_after(
    map: &mut Map<String, Value>,
    before: &[&str],
    key: &str,
    value: impl Into<Value>,
) {
    let at = map.keys().take_while(|key| before.contains(&key.as_str())).count();
    map.shift_insert(at, key.to_owned(), value.into());
}

fn object() -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), "object".into())])
}

fn scalar_type(kind: &Kind<usize>, secret: bool) -> Vec<(String, Value)> {
    let (name, format) = match kind {
        Kind::String if secret => ("string", "password"),
        Kind::String => ("string", ""),
        Kind::Whole => ("integer", ""),
        Kind::Int32 => ("integer", "int32"),
        Kind::Int64 => ("integer", "int64"),
        Kind::Double => ("number", "double"),
        Kind::Boolean => ("boolean", ""),
        Kind::Binary => ("string", "binary"),
        Kind::Object => ("object", ""),
        _ => return Vec::new(),
    };
    let pair = |key: &str, value: &str| (key.to_owned(), Value::from(value));
    let pairs = [pair("type", name), pair("format", format)].into_iter();
    pairs.filter(|(_, value)| value.as_str() != Some("")).collect()
}

fn keywords(
    own: &Keywords,
    kind: &Kind<usize>,
    part: &mut Part<'_, '_>,
    schema: &mut Map<String, Value>,
) {
    let is_received = part.owner.way == Way::Received;
    let mut values = None;
    for (keyword, value) in own {
        if !matches!(keyword, Keyword::Values | Keyword::KnownValues) {
            schema.insert(keyword.name().to_owned(), value.clone());
            continue;
        }
        let is_open = is_received || *keyword == Keyword::KnownValues;
        if matches!(kind, Kind::String) {
            let name = &part.field.row.name;
            let title = part.titles.claim(part.owner.name, name, value, is_open);
            schema.shift_insert(0, "title".to_owned(), title.into());
        }
        if is_open {
            values = Some(value.clone());
        } else {
            schema.insert("enum".to_owned(), value.clone());
        }
    }
    if let Some(values) = values {
        schema.insert("x-extensible-enum".to_owned(), values);
    }
}
