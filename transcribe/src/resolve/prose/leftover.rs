//! What stands around a phrase. In: a sentence, and where its phrases are. Out: whether anything that is left
//! over could change what the bounds mean.
//!
//! A bound that is wrong refuses valid requests, so it is not promoted when in doubt: `1-9之外`, `1-9,11`, `1-10GB`
//! and `1-9、11-20` are for people.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{compiled, conditions};

/// What may follow the last number of a bound, up to the end of its clause.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r#"^\s*["\])]*\s*(?:(?:个|位)?(?:英文|unicode|ASCII)?(?:字符|字|位|个元素|个)?)?\s*(?:之间|[以之]内|范围内?|及?以[上下])?"#,
        r#"\s*的?\s*(?:任意|正|英文)?(?:一个)?(?:整数|数字|数值|数|字符串|字符|值|名称|字母)?(?:组成)?"#,
        r#"\s*(?i:unicode )?(?i:characters?|integers?|items|elements|inclusive)?\s*["\])]*"#,
        r#"\s*(?:$|[,;(:、]|且|并|同时|小于|不大于|不超过|低于|and(?-u:\b))"#,
    ))
});

/// What may not stand in front of a bound.
static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?:不支持|不允许|不能|不可|不得|不在|不是|不为|除了?|禁止|非)[^,;:()]{0,6}$")
});

/// What opens or closes a bound without a number: its ends may be left out, or it may be more.
static OPENED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?:不包?含|不包括|除去?|排除)\s*(?:边界|两端|端点|端值|首尾|自身|本身|最[大小]值|[上下]限|零)|开区间",
        r"|更[大小多少高低长短]|可(?:以)?(?:扩展|调整|申请|提升|修改)|\.\.\.|…",
        r"|(?i:exclu|except|other than|or more|or larger|or higher)",
    ))
});

/// A number that is left over.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| compiled(r"-?\d+(?:\.\d+)?"));

/// What makes a number that is left over harmless: it is explained, it is the default, or it is a version.
static EXPLAINED: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"^"?\s*(?:[:为是即时]|表示|代表|默认)"#));

/// Whether the bounds of a sentence hold whatever stands around them.
///
/// `bounds` are the places of the phrases that bound the value, up to their last number; `known` are the places of
/// all phrases of the sentence.
pub(super) fn is_harmless(
    text: &str,
    bounds: &[Range<usize>],
    known: &[Range<usize>],
    limits: (Option<f64>, Option<f64>),
) -> bool {
    let touches = |span: &Range<usize>| {
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        let inside = text.get(span.clone()).unwrap_or_default();
        // `[1,9)` leaves its end out.
        let is_half_open = inside.contains('[') && after.trim_start().starts_with(')');
        !DENIED.is_match(before) && TAIL.is_match(after) && !is_half_open
    };
    let is_closed = || !OPENED.is_match(text) && !conditions::holds_today(text);
    bounds.is_empty()
        || (bounds.iter().all(touches) && is_closed() && numbers_are_explained(text, known, limits))
}

/// Whether a number goes on behind the end of a default, as in `1,2`, or has a unit.
pub(super) fn goes_on(text: &str, end: usize) -> bool {
    let after = text.get(end..).unwrap_or_default().trim_start_matches('"').trim_start();
    let next = after.trim_start_matches([',', '、', ' ']);
    let is_number = next.len() < after.len() && next.starts_with(|c: char| c.is_ascii_digit());
    is_number || !(after.is_empty() || after.starts_with([',', ';', ')', '(', '。', '、', ':']))
}

/// Whether each number outside of all phrases says what it stands for, and is within the bounds.
fn numbers_are_explained(
    text: &str,
    known: &[Range<usize>],
    (min, max): (Option<f64>, Option<f64>),
) -> bool {
    NUMBER.find_iter(text).all(|found| {
        let is_known =
            known.iter().any(|span| span.start <= found.start() && found.end() <= span.end);
        let before = text.get(..found.start()).unwrap_or_default();
        let after = text.get(found.end()..).unwrap_or_default();
        if is_known || is_name(before, after) {
            return true;
        }
        let number: Option<f64> = found.as_str().parse().ok();
        let within = number
            .is_some_and(|n| min.is_none_or(|min| n >= min) && max.is_none_or(|max| n <= max));
        within
            && (EXPLAINED.is_match(after) || before.ends_with("默认") || before.ends_with("端口"))
    })
}

/// Whether digits are a part of a name: `Redis4.0`, `IPv4`, `dcs_demo-000`.
fn is_name(before: &str, after: &str) -> bool {
    let word = |c: char| c.is_ascii_alphabetic() || c == '_';
    let run = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    run.ends_with(word) || after.starts_with(word)
}
