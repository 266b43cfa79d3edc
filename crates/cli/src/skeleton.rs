//! Files to fill in. In: an operation. Out: JSON or YAML that is valid input as it is: required values, and those of the
//! document's example; YAML has a comment above each field.

use huaweicloud_catalog::{Described, Field, Kind, Parameter, Place, Schema, Shape};
use serde_json::{Map, Value, json};

use crate::messages;

/// Maximum depth; types may be recursive.
const DEEPEST: usize = 8;

/// The values of a call: those of its first example, or valid ones.
pub fn values(described: &Described) -> Map<String, Value> {
    let operation = &described.operation;
    let mut all = Map::new();
    for (key, place) in [("path", Place::Path), ("query", Place::Query), ("header", Place::Header)]
    {
        let own = operation.parameters.iter().filter(|p| p.place == place && p.of_client.is_none());
        let own = own.filter(|parameter| parameter.required || parameter.example.is_some());
        let values: Map<String, Value> = own
            .map(|parameter| (parameter.name.clone(), of_parameter(described, parameter)))
            .collect();
        if !values.is_empty() {
            all.insert(key.to_owned(), Value::Object(values));
        }
    }
    if let Some(body) = &operation.body {
        let example = body.examples.first().map(|example| example.value.clone());
        let value = example.unwrap_or_else(|| of_schema(described, &body.schema, "body", 0));
        all.insert("body".to_owned(), value);
    }
    all
}

/// A value for a parameter: its example, or one that fits.
pub fn of_parameter(described: &Described, parameter: &Parameter) -> Value {
    let example = parameter.example.clone();
    example.unwrap_or_else(|| of_schema(described, &parameter.schema, &parameter.name, 0))
}

/// A value for a field: its example, or one that fits.
pub fn of_field(described: &Described, field: &Field) -> Value {
    let fits = || of_schema(described, &field.schema, &field.name, 0);
    field.example.clone().unwrap_or_else(fits)
}

fn of_schema(described: &Described, schema: &Schema, name: &str, depth: usize) -> Value {
    let least = schema.bounds.minimum.as_ref().map(|limit| limit.value.clone());
    match &schema.shape {
        Shape::Any => json!({}),
        Shape::Boolean => json!(false),
        Shape::Integer(_) | Shape::Number => {
            let allowed = schema.bounds.allowed.first().cloned();
            allowed.or(least).map_or(json!(1), Value::Number)
        }
        Shape::String(_) | Shape::Secret | Shape::File => Value::from(placeholder(name)),
        Shape::Array(item) if depth < DEEPEST => {
            json!([of_schema(described, item, name, depth + 1)])
        }
        Shape::Array(_) => json!([]),
        Shape::Map(_) => json!({}),
        Shape::Named(type_name) => match described.types.get(type_name).map(|named| &named.kind) {
            Some(Kind::Struct { fields, .. }) if depth < DEEPEST => {
                let wanted = fields.iter().filter(|field| field.required && !field.is_rest);
                let value = |field: &Field| {
                    let fits = || of_schema(described, &field.schema, &field.name, depth + 1);
                    (field.name.clone(), field.example.clone().unwrap_or_else(fits))
                };
                Value::Object(wanted.map(value).collect())
            }
            Some(Kind::Enum { values, .. }) => {
                values.first().map_or(Value::Null, |known| Value::from(known.value.as_str()))
            }
            _ => json!({}),
        },
    }
}

/// A placeholder for a value that only the caller knows: `INSTANCE_ID` for `instance_id`.
fn placeholder(name: &str) -> String {
    name.to_ascii_uppercase().replace('-', "_")
}

/// The values, with a comment above each field of the body.
pub fn yaml(described: &Described, language: &str) -> Result<String, serde_yaml::Error> {
    let operation = &described.operation;
    let mut lines =
        vec![format!("# {}: {}", operation.id, operation.summary.in_language(language))];
    let values = values(described);
    for (key, part) in &values {
        lines.push(format!("{key}:"));
        let fields = operation.body.as_ref().filter(|_| key == "body");
        let fields = fields.and_then(|body| described.fields(&body.schema)).unwrap_or_default();
        let Value::Object(entries) = part else {
            lines.extend(indented(&serde_yaml::to_string(part)?));
            continue;
        };
        for (name, value) in entries {
            let description = match fields.iter().find(|field| field.name == *name) {
                Some(field) => Some((&field.description, field.required)),
                None => {
                    let parameter = operation.parameters.iter().find(|p| p.name == *name);
                    parameter.map(|parameter| (&parameter.description, parameter.required))
                }
            };
            if let Some((text, required)) = description {
                let need = if required { messages::skeleton_required() } else { String::new() };
                lines.push(format!("  # {need}{}", text.first_sentence(language)));
            }
            let one: Map<String, Value> = [(name.clone(), value.clone())].into_iter().collect();
            lines.extend(indented(&serde_yaml::to_string(&one)?));
        }
        for field in
            fields.iter().filter(|field| !field.is_rest && !entries.contains_key(&field.name))
        {
            lines.push(format!(
                "  # {}: {}",
                field.name,
                field.description.first_sentence(language)
            ));
        }
    }
    Ok(lines.join("\n"))
}

fn indented(yaml: &str) -> Vec<String> {
    yaml.trim_end().lines().map(|line| format!("  {line}")).collect()
}
