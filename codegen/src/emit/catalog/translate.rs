//! Texts with what they are in other languages. In: a document with its files of translations. Out: any text of it, in
//! all of these.

use std::collections::{BTreeMap, BTreeSet};

use huaweicloud_catalog::Text;

use crate::{load::Document, texts};

/// The translations of a document, by language.
pub(super) struct Texts<'d> {
    /// Those that the document has itself.
    spoken: BTreeSet<&'d str>,
    languages: Vec<(&'d str, BTreeMap<&'d str, &'d str>)>,
}

impl<'d> Texts<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let files = document.translations.iter();
        let languages = files
            .map(|(language, file)| (language.as_str(), texts::translations(file, language)))
            .collect();
        let spoken = texts::of_value(&document.value).into_iter().map(|(_, text)| text).collect();
        Self { spoken, languages }
    }

    /// A text of the document.
    pub(super) fn text(&self, en: &str) -> Text {
        let others = self.languages.iter().filter_map(|(language, known)| {
            Some(((*language).to_owned(), (*known.get(en)?).to_owned()))
        });
        Text { en: en.to_owned(), others: others.collect() }
    }

    /// A text, unless the generator made it, for want of one in the document.
    pub(super) fn of_document(&self, en: &str) -> Option<Text> {
        self.spoken.contains(en).then(|| self.text(en))
    }

    /// A text that need not be there.
    pub(super) fn option(&self, en: Option<&str>) -> Option<Text> {
        en.map(|en| self.text(en))
    }
}
