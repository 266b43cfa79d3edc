//! The site's own words in each language. In: `words/*.json`. Out: phrases by key, for templates and code.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Language;

const ENGLISH: &str = include_str!("words/en.json");
const CHINESE: &str = include_str!("words/zh.json");

/// Phrases by key; some have `{places}`.
#[derive(Debug, Serialize)]
pub(crate) struct Words {
    #[serde(flatten)]
    words: BTreeMap<String, String>,
}

impl Words {
    pub(crate) fn of(language: Language) -> Result<Self, serde_json::Error> {
        let words = match language {
            Language::English => ENGLISH,
            Language::Chinese => CHINESE,
        };
        Ok(Self { words: serde_json::from_str(words)? })
    }

    /// A phrase; a key that nobody has written a phrase for stands for itself.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// A phrase with its places filled.
    pub(crate) fn fill(&self, key: &str, places: &[(&str, &str)]) -> String {
        places.iter().fold(self.get(key).to_owned(), |phrase, (name, value)| {
            phrase.replace(&format!("{{{name}}}"), value)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn places(phrase: &str) -> BTreeSet<&str> {
        phrase.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn every_phrase_is_in_both_languages() {
        let english = Words::of(Language::English).unwrap();
        let chinese = Words::of(Language::Chinese).unwrap();
        let keys = |words: &Words| words.words.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&english), keys(&chinese));
        for (key, phrase) in &english.words {
            assert_eq!(places(phrase), places(chinese.get(key)), "{key}");
        }
    }

    #[test]
    fn places_are_filled() {
        let words = Words::of(Language::English).unwrap();
        let phrase = words.fill("characters_between", &[("min", "4"), ("max", "64")]);
        assert_eq!(phrase, "4 to 64 characters");
    }
}
