//! Words for people, in each language that the document has. In: English and its translations. Out: one of them.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// A text in English, and what it is in other languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// As the document has it, which is Markdown.
    pub en: String,
    /// By language, such as `zh`.
    #[serde(flatten)]
    pub others: BTreeMap<String, String>,
}

impl Text {
    /// The text in a language; in English where there is no translation.
    pub fn in_language(&self, language: &str) -> &str {
        self.others.get(language).unwrap_or(&self.en)
    }

    /// The first sentence, for lists: up to a full stop before a blank, or to the end of the line.
    pub fn first_sentence(&self, language: &str) -> &str {
        let text = self.in_language(language);
        let line = text.lines().next().unwrap_or_default();
        let ends =
            [line.find(". ").map(|at| at + 1), line.find('。').map(|at| at + '。'.len_utf8())];
        let end = ends.into_iter().flatten().min().unwrap_or(line.len());
        line.get(..end).unwrap_or(line)
    }
}

impl From<&str> for Text {
    fn from(en: &str) -> Self {
        Self { en: en.to_owned(), others: BTreeMap::new() }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_a_translation_is_english() {
        let text: Text = serde_json::from_str(r#"{"en":"A name.","zh":"名称。"}"#).unwrap();
        assert_eq!(text.in_language("zh"), "名称。");
        assert_eq!(text.in_language("fr"), "A name.");
    }

    #[test]
    fn a_sentence_ends_at_its_full_stop_or_its_line() {
        let first = |text: &str| Text::from(text).first_sentence("en").to_owned();
        assert_eq!(first("In GB, 0.125 too. More."), "In GB, 0.125 too.");
        assert_eq!(first("一个。两个。"), "一个。");
        assert_eq!(first("No stop\nat all."), "No stop");
        assert_eq!(first(""), "");
    }
}
