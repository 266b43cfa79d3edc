//! What a source can state of a value, or not: the words of `x-unstated`. In: a keyword of a schema. Out: its word.

/// The extension that names what no page states of a value.
pub const KEY: &str = "x-unstated";

/// The word for a list of values, closed or open.
pub const VALUES: &str = "values";

/// The keywords of lists of values.
pub const LISTS: [&str; 2] = ["enum", "x-extensible-enum"];

/// Keywords that bound a value, besides lists of values; each is its own word.
pub const BOUNDS: [&str; 10] = [
    "format",
    "nullable",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "default",
];

/// Keywords about what is inside of a value; each is its own word.
pub const INSIDE: [&str; 2] = ["items", "additionalProperties"];

/// All words.
pub fn words() -> impl Iterator<Item = &'static str> {
    BOUNDS.into_iter().chain([VALUES]).chain(INSIDE)
}

/// The word for a keyword, if a source can state it or not.
pub fn word_of(keyword: &str) -> Option<&'static str> {
    let word = if LISTS.contains(&keyword) { VALUES } else { keyword };
    words().find(|known| *known == word)
}

/// The keywords that a word stands for.
pub fn keywords_of(word: &str) -> Vec<&str> {
    if word == VALUES { LISTS.to_vec() } else { vec![word] }
}

#[cfg(test)]
mod tests {
    use super::{keywords_of, word_of, words};

    #[test]
    fn lists_share_a_word() {
        assert_eq!(word_of("enum"), Some("values"));
        assert_eq!(word_of("x-extensible-enum"), Some("values"));
        assert_eq!(word_of("maxLength"), Some("maxLength"));
        assert_eq!(word_of("description"), None);
        assert_eq!(keywords_of("values"), ["enum", "x-extensible-enum"]);
    }

    #[test]
    fn each_word_is_that_of_its_keywords() {
        for word in words() {
            assert!(
                keywords_of(word).iter().all(|keyword| word_of(keyword) == Some(word)),
                "{word}"
            );
        }
    }
}
