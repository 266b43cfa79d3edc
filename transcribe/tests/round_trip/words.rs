//! A schema in, out: what the cells of its row say. Descriptions, patterns, titles, null and extensions
//! are no facts of a page, except for open lists of values.

use serde_json::Value;
use transcribe::facts::Constraints;

use crate::pages::resolved;

/// The words of a type, and the schema of the components that they lead to.
pub(crate) struct Type {
    pub(crate) words: String,
    pub(crate) target: Option<String>,
}

/// The cell of the type.
pub(crate) fn type_of(schema: &Value) -> Type {
    let target = name_in(leaf(schema));
    let words = match (schema["type"].as_str(), &target) {
        (Some("array"), Some(name)) if name_in(&schema["items"]).is_some() => {
            format!("Array of {name} objects")
        }
        (Some("array"), _) if is_scalar(&schema["items"]) => {
            format!("Array of {}s", generic(&schema["items"]).to_lowercase())
        }
        (None, Some(name)) => format!("{name} object"),
        _ => generic(schema),
    };
    Type { words, target }
}

/// As types in brackets are written: `Map<String,Array<Tag>>`.
fn generic(schema: &Value) -> String {
    if let Some(name) = name_in(schema) {
        return name;
    }
    let format = schema["format"].as_str().unwrap_or_default();
    match (schema["type"].as_str().unwrap_or_default(), format) {
        ("array", _) => format!("Array<{}>", generic(&schema["items"])),
        ("object", _) if schema["additionalProperties"].is_object() => {
            format!("Map<String,{}>", generic(&schema["additionalProperties"]))
        }
        ("object", _) => "Object".to_owned(),
        ("string", "binary") => "File".to_owned(),
        ("string", _) => "String".to_owned(),
        ("integer", "int64") => "Long".to_owned(),
        ("integer", _) => "Integer".to_owned(),
        ("number", _) => "Double".to_owned(),
        ("boolean", _) => "Boolean".to_owned(),
        (other, _) => panic!("no page has a word for the type `{other}` of {schema}"),
    }
}

/// What stands inside of all lists and maps.
pub(crate) fn leaf(schema: &Value) -> &Value {
    ["items", "additionalProperties"]
        .into_iter()
        .find_map(|inside| schema.get(inside).filter(|inner| inner.is_object()))
        .map_or(schema, leaf)
}

/// The schema that a reference leads to, plain or wrapped.
pub(crate) fn name_in(schema: &Value) -> Option<String> {
    let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref"))?.as_str()?;
    reference.strip_prefix("#/components/schemas/").map(str::to_owned)
}

fn is_scalar(schema: &Value) -> bool {
    matches!(schema["type"].as_str(), Some("string" | "integer" | "number" | "boolean"))
}

/// Whether strings stand inside of all lists: a row speaks of their lengths, not of the counts.
pub(crate) fn is_list_of_strings(schema: &Value) -> bool {
    let items = &schema["items"];
    schema["type"] == "array" && (items["type"] == "string" || is_list_of_strings(items))
}

/// The labelled constraints: lengths of texts, counts of other lists, bounds and values of what is inside.
pub(crate) fn constraints(schema: &Value) -> Constraints {
    let leaf = leaf(schema);
    let counted = |of_text: &str, of_list: &str| match schema["type"] == "array" {
        true if is_list_of_strings(schema) => leaf.get(of_text).map(text),
        true => schema.get(of_list).map(text),
        false => schema.get(of_text).map(text),
    };
    let values = leaf.get("enum").or_else(|| leaf.get("x-extensible-enum"));
    Constraints {
        min_length: counted("minLength", "minItems"),
        max_length: counted("maxLength", "maxItems"),
        minimum: leaf.get("minimum").map(text),
        maximum: leaf.get("maximum").map(text),
        default: schema.get("default").map(text),
        values: values.and_then(Value::as_array).into_iter().flatten().map(text).collect(),
    }
}

/// A value as cells have it.
fn text(value: &Value) -> String {
    match value.as_str() {
        Some("") => "\"\"".to_owned(),
        Some(text) => text.to_owned(),
        None => value.to_string(),
    }
}

/// The rows of an object: each property with its schema, and whether it is required.
pub(crate) fn properties<'d>(document: &'d Value, name: &str) -> Vec<(&'d str, &'d Value, bool)> {
    let schema = resolved(document, &document["components"]["schemas"][name]);
    let required = schema["required"].as_array();
    let properties = schema["properties"].as_object();
    let properties =
        properties.unwrap_or_else(|| panic!("`{name}` has no properties, so no table"));
    let row = |(name, schema): (&'d String, &'d Value)| {
        let is_required = required.is_some_and(|list| list.iter().any(|known| known == name));
        (name.as_str(), schema, is_required)
    };
    properties.iter().map(row).collect()
}
