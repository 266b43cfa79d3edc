//! From the pieces of a description to sentences.
//!
//! In: paragraphs and items of lists. Out: sentences in the page's characters, and the same with one
//! form of each sign, which is what phrases are looked for in.

use std::sync::LazyLock;

use regex::Regex;

use super::compiled;
use crate::facts::Prose;

/// A sentence, or an item of a list up to its first full stop.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// As on the page.
    pub(super) text: String,
    /// With half-width signs.
    pub(super) plain: String,
    /// Where it stands in a list.
    pub(super) item: bool,
    /// The first one of its piece.
    pub(super) first: bool,
}

/// Where a sentence without a full stop in front of it begins.
static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"[\s\[](?:(?:约束(?:限制)?|功能说明|参数解释|说明|取值范围|默认取值|缺省值|默认值)(?:如下|为|是)?\s*[:：])",
    )
});

/// A label of the four-part layout in bold.
static BOLD_LABEL: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"\*\*\s*(?P<label>参数解释|约束限制|取值范围|默认取值)\s*\*\*"));

/// A labelled part that says nothing.
static NOT_APPLICABLE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:约束限制|取值范围|默认取值)\s*:\s*(?:不涉及|无)$"));

/// Where an item begins that was glued to the one before it: ` - cluster: …`.
static GLUED: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"\s-\s*["“]?[A-Za-z0-9_.]+["”]?\s*[:：]"#));

/// All sentences of a description, in its order.
pub(super) fn split(prose: &[Prose]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for piece in prose {
        let text = BOLD_LABEL.replace_all(&piece.text, "$label");
        for (i, part) in cut(&text, &GLUED).into_iter().enumerate() {
            let part = if i > 0 { part.trim_start().trim_start_matches('-') } else { part };
            let mut first = true;
            for text in cut(part, &LABELS).into_iter().flat_map(stops) {
                let text = text.trim().trim_matches(['[', ']']).trim();
                let plain = plain(text);
                if !text.is_empty() && !NOT_APPLICABLE.is_match(&plain) {
                    let item = (piece.item || i > 0) && first;
                    sentences.push(Sentence { text: text.to_owned(), plain, item, first });
                    first = false;
                }
            }
        }
    }
    sentences
}

/// One form of each sign and digit; `当前` (at present) is no `当` (when).
pub(super) fn plain(text: &str) -> String {
    let sign = |c: char| match c {
        '【' => '[',
        '】' => ']',
        '“' | '”' | '「' | '」' | '‘' | '’' | '\'' | '＇' | '`' => '"',
        '〜' => '~',
        '—' | '–' | '−' => '-',
        c if c.is_whitespace() => ' ',
        // Full width: `：`, `，`, `（`, `９` and so on, in the order of ASCII.
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let text = text.replace("——", "—").replace("当前", "目前");
    without_superscripts(&text.chars().map(sign).collect::<String>())
}

/// `2³¹` is `2^31`.
fn without_superscripts(text: &str) -> String {
    let digit = |c: char| {
        let at = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|high| high == c)?;
        char::from_digit(u32::try_from(at).ok()?, 10)
    };
    let mut out = String::with_capacity(text.len());
    let mut is_high = false;
    for c in text.chars() {
        let high = digit(c);
        out.extend(high.filter(|_| !is_high).map(|_| '^'));
        out.push(high.unwrap_or(c));
        is_high = high.is_some();
    }
    out
}

/// Cuts in front of each match.
fn cut<'t>(text: &'t str, at: &Regex) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for found in at.find_iter(text) {
        parts.extend(text.get(start..found.start()));
        start = found.start();
    }
    parts.extend(text.get(start..));
    parts
}

/// Cuts at full stops, semicolons and ends of lines.
fn stops(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if matches!(c, '。' | '；' | '！' | '\n') || (matches!(c, ';' | '.') && ends) {
            parts.extend(text.get(start..at));
            start = at + c.len_utf8();
        }
    }
    parts.extend(text.get(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::{Prose, split};

    fn texts(pieces: &[(&str, bool)]) -> Vec<(String, bool)> {
        let piece = |(text, item): &(&str, bool)| Prose { text: (*text).to_owned(), item: *item };
        let prose: Vec<Prose> = pieces.iter().map(piece).collect();
        split(&prose).into_iter().map(|s| (s.text, s.item)).collect()
    }

    #[test]
    fn sentences_end_at_stops_and_begin_at_labels() {
        assert_eq!(
            texts(&[("甲。乙； 默认值为：3 约束： 丙", false)]),
            [("甲", false), ("乙", false), ("默认值为：3", false), ("约束： 丙", false)]
                .map(|(text, item)| (text.to_owned(), item))
        );
    }

    #[test]
    fn items_that_are_glued_together_come_apart() {
        assert_eq!(
            texts(&[("a：甲 - b_2: 乙；丙", true), ("4.0", true)]),
            [("a：甲", true), ("b_2: 乙", true), ("丙", false), ("4.0", true)]
                .map(|(text, item)| (text.to_owned(), item))
        );
    }
}
