//! A document in another language. In: a valid document with its files of translations. Out: the same document with each
//! text that people read in that language; what has no translation stays.

use serde_json::Value;

use crate::{
    load::{Document, TRANSLATIONS},
    model::Tag,
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

/// The titles of tags, whose names stay: operations name them.
pub(crate) fn titles(document: &Document, language: &str, tags: &mut [Tag]) {
    let files = document.translations.iter().filter(|(known, _)| known == language);
    for translations in files.map(|(_, file)| texts::translations(file, language)) {
        for tag in tags.iter_mut() {
            if let Some(title) = translations.get(tag.name.wire.as_str()) {
                tag.title = (*title).to_owned();
            }
        }
    }
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

    #[test]
    fn a_tag_has_a_title_and_keeps_its_name() {
        let text = "info: {title: T}\ntags: [{name: Trees}]\npaths: {}\n";
        let mut document = load::parse("a.yaml", text).unwrap();
        let value = json!({"texts": [{"en": "Trees", "zh": "树"}]});
        document
            .translations
            .push(("zh".to_owned(), FileBeside { name: "a.zh.yaml".to_owned(), value }));
        let tag = |title: &str| Tag {
            name: crate::model::Name { wire: "Trees".to_owned(), code: "trees".to_owned() },
            title: title.to_owned(),
            description: None,
        };
        let mut tags = [tag("Trees")];
        titles(&document, "de", &mut tags);
        assert_eq!(tags, [tag("Trees")]);
        titles(&document, "zh", &mut tags);
        assert_eq!(tags, [tag("树")]);
        assert_eq!(translate(&document, "zh").unwrap().value["tags"][0]["name"], "Trees");
    }
}
