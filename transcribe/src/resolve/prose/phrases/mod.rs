//! The phrases that bound a value in one way only.
//!
//! Tables: what the phrase looks like in plain signs, for which types it counts, and which keyword each of its
//! groups gives. A phrase that could be read in two ways does not belong here; what stands around it is for
//! `leftover`.

mod chinese;
mod english;

use std::sync::LazyLock;

use regex::Regex;

use super::{super::keyword::Keyword, compiled};

/// For which types a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    String,
    Number,
    /// A list, of whatever.
    List,
    /// A string, number or boolean.
    Scalar,
    Anything,
}

/// One phrase.
pub(super) struct Phrase {
    pub(super) of: Of,
    pub(super) form: Regex,
    /// Groups of the form, and what they give.
    pub(super) gives: &'static [(&'static str, Keyword)],
    /// Whether it also counts under a condition.
    pub(super) always: bool,
}

const NUMBER: &str = r"-?\d+(?:\.\d+)?";
/// After a comparison stands nothing, or another one: a unit could be that of something else.
const STOP: &str = r"\s*(?:$|[,;)]|且|并|同时|小于|不大于|不超过|低于|and(?-u:\b))";
/// A word of ASCII, as defaults are.
const WORD: &str = r#""?(?P<default>[A-Za-z0-9][A-Za-z0-9_.+:/-]*|-\d+)"?\s*(?:$|[,;)\s。])"#;
const TO: &str = r"\s*(?:-|~|到|至|to|through)\s*";
/// Bytes are no characters; a form with this group in it is not taken.
const UNIT: &str = r"\s*(?P<bytes>个?(?:字节|[Bb]yte))?";

/// A phrase of the tables: for which types, its form, what its groups give, and whether conditions do not matter.
type PhraseRow = (Of, &'static str, &'static [(&'static str, Keyword)], bool);

use Keyword::{MaxItems, MaxLength, Maximum, MinItems, MinLength, Minimum};

const LENGTHS: &[(&str, Keyword)] = &[("min", MinLength), ("max", MaxLength)];
const SHORTEST: &[(&str, Keyword)] = &[("min", MinLength)];
const LONGEST: &[(&str, Keyword)] = &[("max", MaxLength)];
const BOTH: &[(&str, Keyword)] = &[("both", MinLength), ("both", MaxLength)];
const ITEMS: &[(&str, Keyword)] = &[("min", MinItems), ("max", MaxItems)];
const FEWEST_ITEMS: &[(&str, Keyword)] = &[("min", MinItems)];
const MOST_ITEMS: &[(&str, Keyword)] = &[("max", MaxItems)];
const BOUNDS: &[(&str, Keyword)] = &[("min", Minimum), ("max", Maximum)];
const LOWER: &[(&str, Keyword)] = &[("min", Minimum)];
const UPPER: &[(&str, Keyword)] = &[("max", Maximum)];

/// All phrases, ready to be looked for.
pub(super) static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let compile = |(of, form, gives, always): &PhraseRow| {
        let form = form
            .replace("{SUBJECT}", chinese::SUBJECT)
            .replace("{CLAUSE}", english::CLAUSE)
            .replace("{MOST}", english::MOST)
            .replace("{LEAST}", english::LEAST)
            .replace("{UNIT}", UNIT)
            .replace("{WORD}", WORD)
            .replace("{STOP}", STOP)
            .replace("{TO}", TO)
            .replace("{N}", NUMBER);
        Phrase { of: *of, form: compiled(&form), gives, always: *always }
    };
    let tables = [chinese::LENGTHS_AND_ITEMS, chinese::BOUNDS_AND_DEFAULTS, english::ROWS];
    tables.into_iter().flatten().map(compile).collect()
});

#[cfg(test)]
mod tests {
    use super::PHRASES;

    #[test]
    fn every_row_is_a_pattern_with_its_groups() {
        for phrase in PHRASES.iter() {
            let form = &phrase.form;
            let has = |group: &str| form.capture_names().flatten().any(|name| name == group);
            for (group, _) in phrase.gives {
                assert!(has(group), "{form} has no {group}");
            }
        }
    }
}
