//! The flags of an operation. In: its parameters and the fields of its body. Out: a flag for each plain value, list or map,
//! also inside of objects: `--bss-param.charging-mode`.

use huaweicloud_catalog::{
    Choices, Described, Field, Kind, Paging, Parameter, Place, Schema, Shape, Text,
};

use crate::text::kebab;

/// Maximum depth of flags; deeper objects are given as JSON.
const DEEPEST: usize = 4;

/// A flag of an operation.
pub struct Flag<'d> {
    /// Without the two hyphens.
    pub name: String,
    /// The names that travel, the outermost first.
    pub path: Vec<String>,
    /// What it means.
    pub description: &'d Text,
    /// What it takes.
    pub schema: &'d Schema,
    /// How it is given.
    pub kind: FlagKind,
    /// Whether a call must have it.
    pub required: bool,
    /// Whether it can also be given as a positional argument.
    pub is_positional: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The values that are known.
    pub known: Vec<&'d huaweicloud_catalog::Known>,
    /// Where its values come from.
    pub choices: Option<&'d Choices>,
    /// Whether the price depends on it.
    pub affects_price: bool,
}

impl Flag<'_> {
    /// Its ID in clap; a common option may have the same name.
    pub(crate) fn id(&self) -> String {
        format!("value of {}", self.name)
    }
}

/// How a flag is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagKind {
    /// Once, with one value.
    One,
    /// Without a value, or with `=false`.
    Switch,
    /// With a secret value.
    Secret,
    /// Several values, with commas between them or given again.
    List,
    /// An object each time.
    Objects,
    /// `KEY=VALUE`, with commas between them or given again.
    Entries,
}

/// All flags of an operation, parameters first.
pub fn flags(described: &Described) -> Vec<Flag<'_>> {
    let mut flags = Vec::new();
    let of_paging = paging_limit(described);
    for parameter in &described.operation.parameters {
        let is_paging = Some(parameter.name.as_str()) == of_paging;
        if parameter.of_client.is_none() && !is_paging {
            flags.push(of_parameter(described, parameter));
        }
    }
    if let Some(body) = &described.operation.body {
        match described.fields(&body.schema) {
            Some(fields) => of_fields(described, fields, &[], body.required, &mut flags),
            None => flags.push(Flag {
                name: "body".to_owned(),
                path: vec!["body".to_owned()],
                description: body.description.as_ref().unwrap_or(&described.operation.summary),
                schema: &body.schema,
                kind: kind(described, &body.schema),
                required: body.required,
                is_positional: false,
                deprecated: false,
                known: Vec::new(),
                choices: None,
                affects_price: false,
            }),
        }
    }
    // A name that the body has, too, sets both; a file can set them separately.
    let mut names = std::collections::BTreeSet::new();
    flags.retain(|flag| names.insert(flag.name.clone()));
    flags
}

/// The parameter that says how long a page is: `--limit` says how many items there are to be in all.
pub(super) fn paging_limit(described: &Described) -> Option<&str> {
    match described.operation.pagination.as_ref()?.paging.as_ref()? {
        Paging::Offset { limit, .. } | Paging::Number { limit, .. } => Some(limit),
        Paging::Marker { limit, .. } => limit.as_deref(),
    }
}

fn of_parameter<'d>(described: &'d Described, parameter: &'d Parameter) -> Flag<'d> {
    Flag {
        name: kebab(&parameter.name),
        path: vec![parameter.name.clone()],
        description: &parameter.description,
        schema: &parameter.schema,
        kind: kind(described, &parameter.schema),
        required: parameter.required,
        is_positional: parameter.place == Place::Path,
        deprecated: parameter.deprecated,
        known: known(described, &parameter.schema),
        choices: parameter.choices.as_ref(),
        affects_price: false,
    }
}

fn of_fields<'d>(
    described: &'d Described,
    fields: &'d [Field],
    above: &[String],
    is_required: bool,
    flags: &mut Vec<Flag<'d>>,
) {
    for field in fields.iter().filter(|field| !field.is_rest) {
        let mut path = above.to_vec();
        path.push(field.name.clone());
        let required = is_required && field.required;
        match described.fields(&field.schema) {
            Some(inner) if path.len() < DEEPEST => {
                of_fields(described, inner, &path, required, flags);
            }
            _ => flags.push(Flag {
                name: path.iter().map(|part| kebab(part)).collect::<Vec<_>>().join("."),
                path,
                description: &field.description,
                schema: &field.schema,
                kind: kind(described, &field.schema),
                required,
                is_positional: false,
                deprecated: field.deprecated,
                known: known(described, &field.schema),
                choices: field.choices.as_ref(),
                affects_price: field.affects_price,
            }),
        }
    }
}

fn kind(described: &Described, schema: &Schema) -> FlagKind {
    match &schema.shape {
        Shape::Boolean => FlagKind::Switch,
        Shape::Secret => FlagKind::Secret,
        Shape::Array(item) if described.fields(item).is_some() => FlagKind::Objects,
        Shape::Array(item)
            if matches!(item.shape, Shape::Array(_) | Shape::Map(_) | Shape::Any) =>
        {
            FlagKind::Objects
        }
        Shape::Array(_) => FlagKind::List,
        Shape::Map(_) => FlagKind::Entries,
        _ => FlagKind::One,
    }
}

fn known<'d>(described: &'d Described, schema: &'d Schema) -> Vec<&'d huaweicloud_catalog::Known> {
    let of_named = schema.named().and_then(|name| described.types.get(name));
    match of_named.map(|named| &named.kind) {
        Some(Kind::Enum { values, .. }) => values.iter().collect(),
        _ => schema.bounds.keys.iter().collect(),
    }
}
