//! Descriptions: what of them can be said by keywords.
//!
//! In: the prose of a row, and its type. Out: keywords from phrases that have one reading, what is said
//! about the presence of the field, and all sentences that say more, for people.
//!
//! ```text
//! sentences    pieces     → sentences in plain signs
//! numbers      a sentence → the same with each number in digits alone
//! conditions   a sentence → does it hold always?
//! phrases      a sentence → lengths, bounds, defaults, null (a table of patterns)
//! leftover     a sentence → can what stands around the bounds change them?
//! formats      a sentence → the pattern of a date or time
//! charset      a sentence → the pattern of the characters that are allowed
//! values       sentences  → lists of values
//! required     a sentence → is the field needed?
//! ```

mod charset;
mod conditions;
mod formats;
mod leftover;
mod numbers;
mod phrases;
mod required;
mod sentences;
mod values;

use std::ops::Range;

use regex::{Captures, Regex};
use serde_json::Value;

use self::{
    numbers::Numbered,
    phrases::{Of, PHRASES},
    sentences::Sentence,
    values::List,
};
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
    let mut hits = of_phrases(name, text, kind, always);
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
        let keyword = values_keyword(text.contains("目前"));
        hits.push(Hit { keyword, value, span });
    }
    hits
}

/// What the phrases give; the bounds among them only if nothing around them could change what they mean.
fn of_phrases<T>(name: &str, text: &str, kind: &Kind<T>, always: bool) -> Vec<Hit> {
    let numbered = Numbered::new(text);
    let (mut bounds, mut others): (Vec<Hit>, Vec<Hit>) = (Vec::new(), Vec::new());
    let mut known = Vec::new();
    for phrase in PHRASES.iter().filter(|phrase| (always || phrase.always) && of(phrase.of, kind)) {
        // A default of a string is text: its numbers stay as they are written.
        let is_text = phrase.of == Of::Scalar && !kind.is_number();
        let source = if is_text { text } else { &numbered.text };
        let Some(found) = phrase.form.captures(source) else { continue };
        if !is_about(name, source, &found, phrase.of) {
            continue;
        }
        for give in phrase.gives {
            let Some(hit) = given(&found, *give, kind) else { continue };
            let is_bound = !matches!(hit.keyword, Keyword::Default | Keyword::Nullable);
            if !is_text {
                known.push(hit.span.clone());
            }
            if is_bound {
                bounds.push(hit);
            } else if is_text || !leftover::goes_on(source, &hit) {
                let span = if is_text { hit.span } else { numbered.original(&hit.span) };
                others.push(Hit { span, ..hit });
            }
        }
    }
    let spans: Vec<Range<usize>> = bounds.iter().map(|hit| hit.span.clone()).collect();
    if !leftover::is_harmless(&numbered.text, &spans, &known, limits(&bounds)) {
        bounds.clear();
    }
    let back = |hit: Hit| Hit { span: numbered.original(&hit.span), ..hit };
    bounds.into_iter().map(back).chain(others).collect()
}

/// The least and the greatest number that the bounds of a number allow.
fn limits(bounds: &[Hit]) -> (Option<f64>, Option<f64>) {
    let of = |keyword: Keyword| {
        bounds.iter().find(|hit| hit.keyword == keyword).and_then(|hit| hit.value.as_f64())
    };
    (of(Keyword::Minimum), of(Keyword::Maximum))
}

/// Whether phrases for some types count for this one; bounds of a list are those of its items.
fn of<T>(of: Of, kind: &Kind<T>) -> bool {
    match of {
        Of::String => matches!(kind, Kind::String),
        Of::Number => kind.leaf().is_number(),
        Of::Scalar => matches!(kind, Kind::String | Kind::Boolean) || kind.is_number(),
        Of::Anything => true,
    }
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

/// Whether a phrase is about the field as a whole, and about nothing but characters and numbers.
fn is_about(name: &str, text: &str, found: &Captures<'_>, of: Of) -> bool {
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    let of_other = group("of").is_some_and(|of| !of.is_empty() && of != name);
    let in_bytes = group("bytes").is_some();
    // Of a part of the value, or of the mask of a block of addresses.
    let in_parts =
        ["每个", "每条", "单个", "其中", "分别", "掩码"].iter().any(|word| text.contains(word));
    let bounds = matches!(of, Of::String | Of::Number);
    let numbers = (group("min").and_then(number), group("max").and_then(number));
    let outside = match numbers {
        (Some(min), Some(max)) => min > max || meanings(text).any(|n| n < min || n > max),
        _ => false,
    };
    !(of_other || in_bytes || (bounds && in_parts) || outside)
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// Numbers that mean something of their own: `0表示…`.
fn meanings(text: &str) -> impl Iterator<Item = f64> {
    let digits = |before: &str| {
        let start = before.rfind(|c: char| !c.is_ascii_digit() && c != '-').map_or(0, |at| {
            at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        before.get(start..).and_then(number)
    };
    let marks = text.match_indices("表示").chain(text.match_indices("代表"));
    marks.filter_map(move |(at, _)| digits(text.get(..at)?.trim_end()))
}

/// The keyword of one group.
fn given<T>(found: &Captures<'_>, give: (&str, Keyword), kind: &Kind<T>) -> Option<Hit> {
    let (name, keyword) = give;
    let (whole, text) = (found.get(0)?, found.name(name)?.as_str());
    let (keyword, value) = match keyword {
        Keyword::MinLength | Keyword::MaxLength => (keyword, text.parse::<u64>().ok()?.into()),
        Keyword::Nullable => (keyword, true.into()),
        // That nothing is the default is no default.
        Keyword::Default if text == "null" => return None,
        Keyword::Default => (keyword, coerce::value(kind, text)?),
        Keyword::ExclusiveMinimum | Keyword::ExclusiveMaximum => exclusive(keyword, text, kind)?,
        _ => (keyword, coerce::value(kind.leaf(), text)?),
    };
    Some(Hit { keyword, value, span: whole.start()..whole.end() })
}

/// Above 0 is from 1 for whole numbers; others are left to people.
fn exclusive<T>(keyword: Keyword, text: &str, kind: &Kind<T>) -> Option<(Keyword, Value)> {
    let bound: i64 = text.parse().ok()?;
    let whole = matches!(kind.leaf(), Kind::Whole | Kind::Int32 | Kind::Int64);
    let (keyword, bound) = match keyword {
        Keyword::ExclusiveMinimum => (Keyword::Minimum, bound.checked_add(1)?),
        _ => (Keyword::Maximum, bound.checked_sub(1)?),
    };
    whole.then(|| (keyword, bound.into()))
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
