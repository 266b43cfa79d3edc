//! Types as data. In: schemas and named types of the model. Out: shapes, bounds, fields, values and rules.

use huaweicloud_catalog::{
    Bounds, Field, Kind, Known, Limit, Rule, Schema, Severity, Shape, TypeDef,
};

use super::{Texts, facts};
use crate::model::{self, TypeKind};

pub(super) fn type_def(definition: &model::TypeDef, texts: &Texts<'_>) -> TypeDef {
    TypeDef {
        name: definition.name.0.clone(),
        description: texts.of_document(&definition.description),
        origins: facts::origins(&definition.origins),
        kind: match &definition.kind {
            TypeKind::Struct(shape) => Kind::Struct {
                fields: shape.fields.iter().map(|one| field(one, texts)).collect(),
                rules: shape.rules.iter().map(|one| rule(one, texts)).collect(),
            },
            TypeKind::Enum(set) => Kind::Enum {
                open: set.open,
                values: set.variants.iter().map(|one| value(one, texts)).collect(),
            },
        },
    }
}

fn field(field: &model::Field, texts: &Texts<'_>) -> Field {
    Field {
        name: field.name.wire.clone(),
        code: code(&field.name),
        required: field.required,
        description: texts.text(&field.description),
        schema: schema(&field.schema, texts),
        default: field.default.clone(),
        example: field.example.clone(),
        deprecated: field.deprecated,
        is_rest: field.is_rest,
        affects_price: field.affects_price,
        choices: field.choices.as_ref().map(facts::choices),
        origins: facts::origins(&field.origins),
    }
}

/// What code calls it, if that is not its name.
pub(super) fn code(name: &model::Name) -> Option<String> {
    (name.code != name.wire).then(|| name.code.clone())
}

fn rule(rule: &model::Rule, texts: &Texts<'_>) -> Rule {
    Rule {
        id: rule.id.clone(),
        severity: match rule.severity {
            model::Severity::Error => Severity::Error,
            model::Severity::Warning => Severity::Warning,
        },
        message: texts.text(&rule.message.text),
        cel: rule.text.clone(),
        field: rule.field_path.clone(),
        source: rule.source.clone(),
        sources: rule.sources.clone(),
    }
}

fn value(variant: &model::Variant, texts: &Texts<'_>) -> Known {
    Known {
        value: variant.name.wire.clone(),
        code: Some(variant.name.code.clone()),
        description: texts.option(variant.description.as_deref()),
    }
}

pub(super) fn schema(schema: &model::Schema, texts: &Texts<'_>) -> Schema {
    Schema {
        shape: shape(&schema.shape, texts),
        nullable: schema.nullable,
        bounds: bounds(&schema.constraints, texts),
    }
}

fn shape(shape: &model::Shape, texts: &Texts<'_>) -> Shape {
    match shape {
        model::Shape::Any => Shape::Any,
        model::Shape::Boolean => Shape::Boolean,
        model::Shape::Integer(width) => Shape::Integer(width.format()),
        model::Shape::Number => Shape::Number,
        model::Shape::String { format } => Shape::String(format.clone()),
        model::Shape::Secret => Shape::Secret,
        model::Shape::File => Shape::File,
        model::Shape::Array(inner) => Shape::Array(Box::new(schema(inner, texts))),
        model::Shape::Map(inner) => Shape::Map(Box::new(schema(inner, texts))),
        model::Shape::Named(name) => Shape::Named(name.0.clone()),
    }
}

fn bounds(constraints: &model::Constraints, texts: &Texts<'_>) -> Bounds {
    let limit = |bound: &Option<model::Bound>| {
        bound.as_ref().map(|bound| Limit { value: bound.value.clone(), exclusive: bound.exclusive })
    };
    let keys = constraints.keys.iter().map(|(key, description)| Known {
        value: key.clone(),
        code: None,
        description: (!description.is_empty()).then(|| texts.text(description)),
    });
    Bounds {
        min_length: constraints.min_length,
        max_length: constraints.max_length,
        pattern: constraints.pattern.as_ref().map(|pattern| pattern.text.clone()),
        minimum: limit(&constraints.minimum),
        maximum: limit(&constraints.maximum),
        multiple_of: constraints.multiple_of.clone(),
        min_items: constraints.min_items,
        max_items: constraints.max_items,
        unique_items: constraints.unique_items,
        min_entries: constraints.min_properties,
        max_entries: constraints.max_properties,
        keys: keys.collect(),
        allowed: constraints.allowed.clone(),
        known: constraints.known.clone(),
    }
}
