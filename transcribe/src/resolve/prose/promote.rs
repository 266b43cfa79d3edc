//! The phrases of one sentence. In: a sentence in plain signs, and the type of its field. Out: the keywords that
//! its phrases give; bounds among them only if nothing around them could change what they mean.

use std::ops::Range;

use regex::Captures;
use serde_json::Value;

use super::{
    super::{coerce, keyword::Keyword, kind::Kind},
    Hit, conditions, leftover,
    numbers::Numbered,
    phrases::{Of, PHRASES, Phrase},
};

/// A keyword, and where the number of its phrase ends.
struct Found {
    hit: Hit,
    number_end: usize,
}

/// Which phrases count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// All, for the sentence holds always.
    Always,
    /// Those that count under a condition as well.
    Sometimes,
}

/// What the phrases give.
pub(super) fn of_phrases<T>(name: &str, text: &str, kind: &Kind<T>, when: When) -> Vec<Hit> {
    if !may_have_phrases(text) {
        return Vec::new();
    }
    let numbered = Numbered::new(text);
    let (mut bounds, mut others): (Vec<Found>, Vec<Hit>) = (Vec::new(), Vec::new());
    let mut known = Vec::new();
    let counts = |phrase: &&Phrase| (when == When::Always || phrase.always) && of(phrase.of, kind);
    for phrase in PHRASES.iter().filter(counts) {
        // A default of a string is text: its numbers stay as they are written.
        let is_text = phrase.of == Of::Scalar && !kind.is_number();
        let source = if is_text { text } else { &numbered.text };
        for found in all_given(name, source, phrase, kind) {
            let is_bound = !matches!(found.hit.keyword, Keyword::Default | Keyword::Nullable);
            if !is_text {
                known.push(found.hit.span.clone());
            }
            if is_bound {
                bounds.push(found);
            } else if is_text {
                others.push(found.hit);
            } else if found.hit.keyword == Keyword::Nullable
                || !leftover::goes_on(source, found.number_end)
            {
                let span = numbered.original(&found.hit.span);
                others.push(Hit { span, ..found.hit });
            }
        }
    }
    let spans: Vec<Range<usize>> =
        bounds.iter().map(|found| found.hit.span.start..found.number_end).collect();
    if !leftover::is_harmless(&numbered.text, &spans, &known, limits(&bounds)) {
        bounds.clear();
    }
    let back = |Found { hit, .. }| Hit { span: numbered.original(&hit.span), ..hit };
    bounds.into_iter().map(back).chain(others).collect()
}

/// Whether there is anything that a phrase needs; most sentences have neither a number nor a default.
fn may_have_phrases(text: &str) -> bool {
    const WORDS: [&str; 4] = ["默认", "缺省", "null", "efault"];
    text.contains(|c: char| c.is_ascii_digit() || c == conditions::SELF)
        || WORDS.iter().any(|word| text.contains(word))
}

/// Everything that a phrase gives, or nothing at all: one half of a range alone would be another bound.
fn all_given<T>(name: &str, text: &str, phrase: &Phrase, kind: &Kind<T>) -> Vec<Found> {
    let Some(found) = phrase.form.captures(text) else { return Vec::new() };
    if !is_about(name, text, &found, phrase.of) {
        return Vec::new();
    }
    let there = phrase.gives.iter().filter(|(group, _)| found.name(group).is_some());
    let all: Option<Vec<Found>> = there.map(|give| given(&found, *give, kind)).collect();
    all.unwrap_or_default()
}

/// What a sentence would bound if it held always; nothing is asked about what stands around.
pub(super) fn claimed<T>(text: &str, kind: &Kind<T>) -> Vec<(Keyword, Value)> {
    if !may_have_phrases(text) {
        return Vec::new();
    }
    let text = Numbered::new(text).text;
    let phrases = PHRASES.iter().filter(|phrase| of(phrase.of, kind));
    let found = phrases.filter_map(|phrase| Some((phrase, phrase.form.captures(&text)?)));
    let each = found.flat_map(|(phrase, found)| {
        let given = phrase.gives.iter().filter_map(|give| given(&found, *give, kind));
        given.collect::<Vec<_>>()
    });
    each.map(|found| (found.hit.keyword, found.hit.value)).collect()
}

/// The least and the greatest number that the bounds of a number allow.
fn limits(bounds: &[Found]) -> (Option<f64>, Option<f64>) {
    let of = |keyword: Keyword| {
        let mut all = bounds.iter().map(|found| &found.hit);
        all.find(|hit| hit.keyword == keyword).and_then(|hit| hit.value.as_f64())
    };
    (of(Keyword::Minimum), of(Keyword::Maximum))
}

/// Whether phrases for some types count for this one; bounds of a list are those of its items.
fn of<T>(of: Of, kind: &Kind<T>) -> bool {
    match of {
        Of::String => matches!(kind, Kind::String),
        Of::Number => kind.leaf().is_number(),
        Of::List => matches!(kind, Kind::Array(_)),
        Of::Scalar => matches!(kind, Kind::String | Kind::Boolean) || kind.is_number(),
        Of::Anything => true,
    }
}

/// Words by which a sentence speaks of parts of the value.
const PARTS: [&str; 6] = ["每个", "每条", "单个", "其中", "分别", "each"];

/// And of parts of a string, of the mask of a block of addresses, of a list that it is an item of, or of bytes.
const PARTS_OF_STRINGS: [&str; 8] =
    ["前缀", "后缀", "掩码", "数组", "列表", "元素", "字节", "byte"];

/// Whether a phrase is about the field as a whole, and about nothing but characters and numbers.
fn is_about(name: &str, text: &str, found: &Captures<'_>, of: Of) -> bool {
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    let of_other = group("of").is_some_and(|of| !of.is_empty() && of != name);
    let in_bytes = group("bytes").is_some();
    let in_parts = PARTS.iter().any(|word| text.contains(word))
        || (of == Of::String && PARTS_OF_STRINGS.iter().any(|word| text.contains(word)));
    let bounds = matches!(of, Of::String | Of::Number | Of::List);
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

fn is_number(text: &str) -> bool {
    number(text).is_some()
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
fn given<T>(found: &Captures<'_>, give: (&str, Keyword), kind: &Kind<T>) -> Option<Found> {
    let (name, keyword) = give;
    let (whole, group) = (found.get(0)?, found.name(name)?);
    let text = group.as_str();
    let (keyword, value) = match keyword {
        Keyword::MinLength | Keyword::MaxLength | Keyword::MinItems | Keyword::MaxItems => {
            (keyword, text.parse::<u64>().ok()?.into())
        }
        Keyword::Nullable => (keyword, true.into()),
        // That nothing is the default is no default.
        Keyword::Default if text == "null" => return None,
        Keyword::Default => (keyword, coerce::value(kind, text)?),
        Keyword::ExclusiveMinimum | Keyword::ExclusiveMaximum => exclusive(keyword, text, kind)?,
        _ => (keyword, coerce::value(kind.leaf(), text)?),
    };
    let hit = Hit { keyword, value, span: whole.range() };
    // Both ends of a range end where its last one does.
    let ends = found.iter().flatten().skip(1).filter(|group| is_number(group.as_str()));
    let number_end = ends.map(|group| group.end()).max().unwrap_or(group.end());
    Some(Found { hit, number_end: number_end.max(group.end()) })
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
