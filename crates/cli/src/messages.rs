//! The message catalog. In: the name of a message and its values. Out: its text in the chosen language. Texts of operations and
//! fields come from the documents instead.
//!
//! Every message has all languages side by side, so no translation can be missing.

mod help;
mod outcome;
mod parse;
mod problems;
mod profiles;
mod usage;

use std::sync::OnceLock;

pub(crate) use help::*;
pub(crate) use outcome::*;
pub(crate) use parse::*;
pub(crate) use problems::*;
pub(crate) use profiles::*;
pub(crate) use usage::*;

/// A language that messages come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Chinese,
}

static CHOSEN: OnceLock<Language> = OnceLock::new();

/// Chooses the language of this process, once.
pub(crate) fn speak(name: &str) {
    let language = if name == "zh" { Language::Chinese } else { Language::English };
    let _ = CHOSEN.set(language);
}

/// The language of this process; English until one is chosen.
pub(crate) fn language() -> Language {
    CHOSEN.get().copied().unwrap_or(Language::English)
}

/// Its name, as the documents' texts have it.
pub(crate) fn language_name() -> &'static str {
    match language() {
        Language::English => "en",
        Language::Chinese => "zh",
    }
}

/// A message without values.
pub(crate) type Message = fn() -> String;

/// A function for each message: `name(values) { English Chinese }`.
macro_rules! messages {
    ($($name:ident($($value:ident),*) { $english:literal $chinese:literal })*) => {
        $(
            pub(crate) fn $name($($value: impl std::fmt::Display),*) -> String {
                match $crate::messages::language() {
                    $crate::messages::Language::English => format_args!($english).to_string(),
                    $crate::messages::Language::Chinese => format_args!($chinese).to_string(),
                }
            }
        )*

        /// Name, English and Chinese of each.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str, &str)] =
            &[$((stringify!($name), $english, $chinese)),*];
    };
}
use messages;

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
        let parts = [help::ALL, outcome::ALL, parse::ALL, problems::ALL, profiles::ALL, usage::ALL];
        parts.into_iter().flatten()
    }

    fn values(text: &str) -> Vec<&str> {
        let text = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let mut names: Vec<&str> =
            text.map(|name| name.split(':').next().unwrap_or_default()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn every_message_says_the_same_in_each_language() {
        for (name, english, chinese) in all() {
            assert_eq!(values(english), values(chinese), "{name}");
            assert!(chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}");
            assert!(!english.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}");
        }
    }

    #[test]
    fn no_two_messages_are_the_same() {
        let mut texts: Vec<&str> = all().map(|(_, english, _)| *english).collect();
        texts.sort_unstable();
        let pairs = texts.windows(2).filter(|pair| pair[0] == pair[1]);
        assert_eq!(pairs.collect::<Vec<_>>(), Vec::<&[&str]>::new());
    }

    /// Source texts without comments and tests.
    fn sources(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let lines = code.lines().map(str::trim).filter(|line| !line.starts_with("//"));
                found.push((path.display().to_string(), lines.collect::<Vec<_>>().join(" ")));
            }
        }
    }

    /// The string literals of code.
    fn literals(code: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            if c == '\'' {
                // A character, perhaps the quotation mark; a lifetime has none behind it.
                let ahead: Vec<char> = chars.clone().take(3).collect();
                let skip = match ahead.as_slice() {
                    ['\\', _, '\''] => 3,
                    [_, '\'', ..] => 2,
                    _ => 0,
                };
                chars.by_ref().take(skip).for_each(drop);
            }
            if c != '"' {
                continue;
            }
            let mut literal = String::new();
            while let Some(c) = chars.next() {
                match c {
                    '"' => break,
                    '\\' => chars.by_ref().take(1).for_each(drop),
                    c => literal.push(c),
                }
            }
            found.push(literal);
        }
        found
    }

    #[test]
    fn no_text_for_people_stands_anywhere_else() {
        let mut found = Vec::new();
        sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.len() > 40);
        // Programs in another language are no texts for people.
        found.retain(|(path, _)| !path.contains("messages") && !path.ends_with("show.rs"));
        for (path, code) in found {
            let code = code.replace("reason = \"", "reason = \"#");
            for literal in literals(&code)
                .iter()
                .filter(|text| !text.starts_with("#") && !text.starts_with("hwc "))
            {
                let is_word =
                    |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
                let words = literal.split([' ', ':', ';', ',']).filter(is_word).count();
                assert!(words < 3, "{path}: {literal}");
            }
        }
    }
}
