//! A document in another language. In: a valid document with its files of translations. Out: the same document with each
//! text that people read in that language; what has no translation stays.

use serde_json::Value;

use crate::{
    load::{Document, TRANSLATIONS},
    pointer::JsonPointer,
    texts,
};

/// The document in a language; nothing where it has no file of translations for it.
pub(crate) fn translate(document: &Document, language: &str) -> Option<Document> {
    let (_, file) = document.translations.iter().find(|(known, _)| known == language)?;
    let translations = texts::translations(file, language);
    let mut translated = document.clone();
    let places = texts::of_value(&document.value);
    replace(&mut translated.value, &places, &translations);
    if let Some(catalog) = &mut translated.error_catalog {
        let places = texts::of_error_codes(document);
        replace(&mut catalog.value, &places, &translations);
    }
    // It has none of its own.
    translated.translations.clear();
    if let Some(top) = translated.value.as_object_mut() {
        top.shift_remove(TRANSLATIONS);
    }
    Some(translated)
}

fn replace(
    value: &mut Value,
    places: &[(JsonPointer, &str)],
    translations: &std::collections::BTreeMap<&str, &str>,
) {
    for (at, text) in places {
        let pointer = at.to_string();
        let found = value.pointer_mut(pointer.trim_start_matches('#'));
        if let (Some(text), Some(found)) = (translations.get(text), found) {
            *found = Value::from(*text);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::load::{self, FileBeside};

    #[test]
    fn texts_are_replaced_and_data_is_not() {
        let text = "info: {title: T, description: One.}\npaths: {/a~b: {get: {summary: Two, example: One.}}}\n";
        let mut document = load::parse("a.yaml", text).unwrap();
        let value = json!({"texts": [{"en": "One.", "zh": "一。"}, {"en": "Two", "zh": "二"}]});
        document
            .translations
            .push(("zh".to_owned(), FileBeside { name: "a.zh.yaml".to_owned(), value }));
        let chinese = translate(&document, "zh").unwrap();
        assert_eq!(
            chinese.value,
            json!({
                "info": {"title": "T", "description": "一。"},
                "paths": {"/a~b": {"get": {"summary": "二", "example": "One."}}}
            })
        );
        assert!(translate(&document, "de").is_none());
    }
}
