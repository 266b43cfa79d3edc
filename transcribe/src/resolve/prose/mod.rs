//! Descriptions: what of them can be said by keywords.
//!
//! In: the prose of a row, and its type. Out: keywords from phrases that have one reading, what is said
//! about the presence of the field, and all sentences that say more, for people.
//!
//! ```text
//! sentences    pieces     → sentences in plain signs
//! numbers      a sentence → the same with each number in digits alone
//! conditions   a sentence → does it hold always?
//! phrases      lengths, bounds, defaults, null: tables of patterns
//! promote      a sentence → what its phrases give
//! leftover     a sentence → can what stands around the bounds change them?
//! elsewhere    the others → do they speak of values beyond the bounds?
//! formats      a sentence → the pattern of a date or time
//! charset      a sentence → the pattern of the characters that are allowed
//! values       sentences  → lists of values
//! required     a sentence → is the field needed?
//! ```

mod charset;
mod conditions;
mod elsewhere;
mod formats;
mod leftover;
mod numbers;
mod phrases;
mod promote;
mod required;
mod sentences;
mod values;

use std::ops::Range;

use regex::Regex;
use serde_json::Value;

use self::{promote::When, sentences::Sentence, values::List};
use super::{coerce, keyword::Keyword, kind::Kind};
use crate::facts::Prose;

/// What a description says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reading {
    pub(super) promoted: Vec<Promoted>,
    pub(super) presence: Vec<Presence>,
    /// Sentences that say more, as on the page.
    pub(super) rest: Vec<String>,
}

/// What a sentence says about the presence of its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    /// One of several fields is.
    OneOf,
    /// With the condition, where it is one field having one value.
    RequiredWhen(Option<(String, String)>),
    Optional,
}

/// A keyword from a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Promoted {
    pub(super) keyword: Keyword,
    pub(super) value: Value,
    pub(super) phrase: String,
}

/// A keyword, and where in the sentence it was found.
#[derive(Clone, Debug)]
struct Hit {
    keyword: Keyword,
    value: Value,
    span: Range<usize>,
}

/// Reads the description of a field of that name.
pub(super) fn read<T>(name: &str, prose: &[Prose], kind: &Kind<T>) -> Reading {
    let sentences = sentences::split(prose);
    let list = values::below(&sentences).filter(|_| takes_values(kind.leaf()));
    let listed = list.as_ref().and_then(|list| coerced(&list.values, kind.leaf()));
    let plain: Vec<String> =
        sentences.iter().map(|sentence| conditions::without_self(&sentence.plain)).collect();
    let mut hits: Vec<(usize, Hit)> = Vec::new();
    if let (Some(list), Some(value)) = (&list, &listed) {
        let keyword = values_keyword(list.open);
        let hit = Hit { keyword, value: value.clone(), span: list.span.clone() };
        hits.push((list.intro, hit));
    }
    for (i, text) in plain.iter().enumerate() {
        hits.extend(in_sentence(name, text, kind).into_iter().map(|hit| (i, hit)));
    }
    // Two phrases that differ have no one reading; neither has anything else that they say.
    let all = hits.clone();
    let contested = |hit: &Hit| {
        all.iter().any(|(_, other)| other.keyword == hit.keyword && other.value != hit.value)
    };
    hits.retain(|(i, hit)| {
        let of_phrase = all.iter().filter(|(at, other)| at == i && other.span == hit.span);
        !of_phrase.into_iter().any(|(_, other)| contested(other))
    });
    elsewhere::drop_contested(&mut hits, &plain, kind);
    let is_values = |keyword: Keyword| matches!(keyword, Keyword::Values | Keyword::KnownValues);
    let list =
        list.filter(|list| hits.iter().any(|(i, hit)| *i == list.intro && is_values(hit.keyword)));
    let presence = plain.iter().filter_map(|text| required::find(name, text)).collect();
    let rest = rest(&sentences, &plain, &hits, list.as_ref());
    let mut promoted: Vec<Promoted> = Vec::new();
    for (i, hit) in hits {
        let phrase = match &list {
            Some(list) if list.intro == i && is_values(hit.keyword) => list.phrase.clone(),
            _ => sentences.get(i).map(|sentence| sentence.text.clone()).unwrap_or_default(),
        };
        if promoted.iter().all(|known| known.keyword != hit.keyword) {
            promoted.push(Promoted { keyword: hit.keyword, value: hit.value, phrase });
        }
    }
    Reading { promoted, presence, rest }
}

fn values_keyword(open: bool) -> Keyword {
    if open { Keyword::KnownValues } else { Keyword::Values }
}

/// A pattern of this module; each is compiled by a test.
#[expect(clippy::expect_used, reason = "the text is a constant, and every one is used by a test")]
fn compiled(form: &str) -> Regex {
    Regex::new(form).expect("a pattern of this module")
}

/// All keywords of one sentence.
fn in_sentence<T>(name: &str, text: &str, kind: &Kind<T>) -> Vec<Hit> {
    let always = conditions::holds_always(text);
    let when = if always { When::Always } else { When::Sometimes };
    let mut hits = promote::of_phrases(name, text, kind, when);
    if !always {
        return hits;
    }
    if matches!(kind, Kind::String) {
        hits.extend(formats::find(text));
        hits.extend(charset::find(text));
    }
    if takes_values(kind.leaf())
        && let Some((values, span)) = values::inline(text)
        && let Some(value) = coerced(&values, kind.leaf())
    {
        // What is supported "at present" is not all that ever will be.
        let keyword = values_keyword(conditions::holds_today(text));
        hits.push(Hit { keyword, value, span });
    }
    hits
}

fn takes_values<T>(leaf: &Kind<T>) -> bool {
    matches!(leaf, Kind::String) || leaf.is_number()
}

/// The values as a list of the type; nothing if one is none.
fn coerced<T>(texts: &[String], leaf: &Kind<T>) -> Option<Value> {
    let mut values: Vec<Value> = Vec::new();
    for text in texts {
        let value = coerce::value(leaf, text)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Some(Value::Array(values))
}

/// The sentences of which something is left when all that was taken is gone.
fn rest(
    sentences: &[Sentence],
    plain: &[String],
    hits: &[(usize, Hit)],
    list: Option<&List>,
) -> Vec<String> {
    let mut rest = Vec::new();
    for (i, (sentence, text)) in sentences.iter().zip(plain).enumerate() {
        let in_list = list.is_some_and(|list| list.bare.contains(&i));
        let spans: Vec<&Range<usize>> =
            hits.iter().filter(|(at, _)| *at == i).map(|(_, hit)| &hit.span).collect();
        let left = text.char_indices().filter(|(at, _)| !spans.iter().any(|s| s.contains(at)));
        let left: String = left.map(|(_, c)| c).filter(|c| c.is_alphanumeric()).collect();
        let is_filler = |left: &str| {
            ["", "字符", "的字符", "的字符串", "位的字符串", "的字符组成", "之间", "的任意数字"]
                .contains(&left)
        };
        if !in_list && !is_filler(&left) {
            let mark = if sentence.item { "- " } else { "" };
            rest.push(format!("{mark}{}", sentence.text));
        }
    }
    rest
}

#[cfg(test)]
mod tests;
