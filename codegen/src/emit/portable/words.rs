//! Adding to descriptions. In: an object and paragraphs of Markdown. Out: its description with them.

use serde_json::Value;

use super::Object;

/// Appends paragraphs to the description of an object.
pub(super) fn append(object: &mut Object, paragraphs: Vec<String>) {
    if paragraphs.is_empty() {
        return;
    }
    let own = object.get("description").and_then(Value::as_str).unwrap_or_default().trim_end();
    let own = (!own.is_empty()).then(|| own.to_owned());
    let text: Vec<String> = own.into_iter().chain(paragraphs).collect();
    if !object.contains_key("description") {
        // A description stands before what bounds the values.
        object.shift_insert(0, "description".to_owned(), Value::Null);
    }
    object.insert("description".to_owned(), Value::String(text.join("\n\n")));
}
