//! Lists of values in words. In: a schema with a list, and words of its values. Out: a paragraph.

use serde_json::Value;

use super::Object;
use crate::emit::words;

/// The documented values of a schema with their meanings; `heading` introduces them.
pub(super) fn paragraph(schema: &Object, list: &str, heading: &str) -> Option<String> {
    let values = schema.get(list)?.as_array()?;
    let names: Vec<String> = values.iter().map(|value| words::code(&words::value(value))).collect();
    let Some(meanings) = meanings(schema) else {
        return Some(format!("{heading}: {}.", names.join(", ")));
    };
    let rows = names.iter().zip(meanings).map(|(name, meaning)| format!("- {name}: {meaning}"));
    Some(format!("{heading}:\n\n{}", rows.collect::<Vec<_>>().join("\n")))
}

/// The meanings of a schema's values, in their order, a line each.
pub(super) fn meanings(schema: &Object) -> Option<Vec<String>> {
    let texts = schema.get("x-enum-descriptions")?.as_array()?;
    let line = |text: &Value| {
        let text = text.as_str().unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Some(texts.iter().map(line).collect())
}
