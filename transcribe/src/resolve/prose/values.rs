//! Lists of values in prose.
//!
//! In: sentences in plain signs. Out: the values, where every item is one: `取值范围：` and items such
//! as `auto：…`, or a sentence such as `取值为ON或OFF`.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{compiled, conditions, numbers::Numbered, sentences::Sentence};

/// A list whose items stand below a sentence.
pub(super) struct List {
    pub(super) values: Vec<String>,
    /// Whether these are only the values of today.
    pub(super) open: bool,
    /// The sentence that announces the items, and where in it.
    pub(super) intro: usize,
    pub(super) span: Range<usize>,
    /// Sentences with nothing but a value.
    pub(super) bare: Vec<usize>,
    pub(super) phrase: String,
}

/// Announces values, and nothing else.
static INTRO: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?:^|[,:(\s\p{Han}])(?P<intro>(?:取值范围|取值|可选值|枚举值)(?:如下|有|为|包括|包含|是)*",
        r"|(?:取值)?(?:目前|暂时?|现阶段)(?P<only>仅|只)?支持(?:以下取值)?|支持以下(?:取值|值|类型)|以下取值",
        r"|(?:包括|包含|分为)(?:以下[几两三四五]?种?)?)\s*:\s*",
        r#"(?P<first>["A-Za-z0-9].*)?$"#,
    ))
});

/// One item: the value, and perhaps what it means.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"^"?(?P<value>[A-Za-z0-9][A-Za-z0-9_.+/-]*)"?(?P<meaning>\s*(?:[:,(]|-\s|表示|代表).*)?$"#,
    )
});

/// A colon only stands between digits; elsewhere it is followed by a meaning.
const TIME: &str = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?";
const WORD: &str = "[A-Za-z0-9][A-Za-z0-9_.+-]*";

const INLINE: &[&str] = &[
    // At least two values.
    r"(?:^|[,:(\s]|的)(?:取值|值)(?:范围)?(?:目前|暂时?|现阶段)?(?:仅限于|仅支持|可以为|可为|有|为|包括|包含|是|如下|:)+\s*{TWO}{TAIL}",
    r"(?:^|[,:(\s])(?:仅限于|包括|包含|分为)\s*:?\s*{TWO}{TAIL}",
    r"^支持\s*{TWO}[两二三四五六七八2-9]种(?:类型)?$",
    // Of the field itself: a name in front would be that of another one.
    r"^[^A-Za-z0-9的,:]{0,8}必须为\s*{TWO}$",
    // One will do.
    r"(?:^|[,:(\s])(?:取值)?(?:目前|暂时?|现阶段)(?:仅|只)?支持(?:维度有|的?取值(?:为|有))?\s*:?\s*{ONE}{TAIL}",
];

static INLINES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let value = format!(r#""?(?:{TIME}|{WORD})"?(?:\s*\([^()]*\))?"#);
    let separator = r"\s*(?:、|,|/|或者|或|和|与|以及|及)\s*";
    let two = format!("(?P<list>{value}(?:{separator}{value})+)");
    let one = format!("(?P<list>{value}(?:{separator}{value})*)");
    let tail = r"\s*(?:这?[两二三四五六七八2-9]种(?:类型|取值|值|状态)?)?$";
    let compile = |form: &&str| {
        let form = form.replace("{TWO}", &two).replace("{ONE}", &one).replace("{TAIL}", tail);
        compiled(&form)
    };
    INLINE.iter().map(compile).collect()
});

/// One value of a sentence.
static VALUE: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r#""?(?P<value>{TIME}|{WORD})"?(?:\s*\([^()]*\))?"#)));

/// The first list of a description whose items are all values.
pub(super) fn below(sentences: &[Sentence]) -> Option<List> {
    (0..sentences.len()).find_map(|i| announced(sentences, i))
}

fn announced(sentences: &[Sentence], intro: usize) -> Option<List> {
    let sentence = sentences.get(intro)?;
    let found = INTRO.captures(&sentence.plain)?;
    if sentence.item || !conditions::holds_always(&conditions::without_self(&sentence.plain)) {
        return None;
    }
    let span = found.name("intro").map_or(0..0, |found| found.start()..found.end());
    let phrase = sentence.text.clone();
    let open = conditions::holds_today(&sentence.plain);
    let mut list = List { values: Vec::new(), open, intro, span, bare: Vec::new(), phrase };
    if let Some(first) = found.name("first") {
        list.values.push(item(first.as_str())?.0);
    }
    for (i, sentence) in sentences.iter().enumerate().skip(intro + 1).filter(|(_, s)| s.first) {
        match item(&sentence.plain) {
            Some((value, bare)) => {
                list.values.push(value);
                list.phrase = format!("{} / {}", list.phrase, sentence.text);
                if bare {
                    list.bare.push(i);
                }
            }
            // One item that is no value: the list is something else.
            None if sentence.item => return None,
            None => break,
        }
    }
    let enough = if found.name("only").is_some() { 1 } else { 2 };
    (list.values.len() >= enough).then_some(list)
}

/// The value of an item, and whether nothing else stands there.
fn item(plain: &str) -> Option<(String, bool)> {
    let found = ITEM.captures(plain)?;
    let value = found.name("value")?.as_str();
    // `0/false` are two spellings of a value, and `text/plain` is one value.
    let spellings = value.split_once('/').is_some_and(|(first, _)| {
        ["true", "false"].contains(&first) || first.bytes().all(|b| b.is_ascii_digit())
    });
    (!is_range(value) && !spellings).then(|| (value.to_owned(), found.name("meaning").is_none()))
}

/// The values that a sentence lists, and where they stand.
///
/// Numbers of three digits behind a comma could be parts of one: `1,024` is no list.
pub(super) fn inline(plain: &str) -> Option<(Vec<String>, Range<usize>)> {
    let found = INLINES.iter().find_map(|form| form.captures(plain))?;
    let (whole, list) = (found.get(0)?, found.name("list")?);
    let values = VALUE.captures_iter(list.as_str());
    let values: Vec<String> =
        values.filter_map(|found| Some(found.name("value")?.as_str().to_owned())).collect();
    let plain_values = values.iter().all(|value| !is_range(value) && !value.ends_with('.'));
    let grouped = Numbered::new(list.as_str()).text != list.as_str();
    (plain_values && !grouped).then(|| (values, whole.start()..whole.end()))
}

/// `1-7` is no value but all between two.
fn is_range(value: &str) -> bool {
    value.split_once(['-', '~']).is_some_and(|(from, to)| {
        [from, to].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::{below, inline};
    use crate::{facts::Prose, resolve::prose::sentences};

    fn list(pieces: &[(&str, bool)]) -> Option<Vec<String>> {
        let piece = |(text, item): &(&str, bool)| Prose { text: (*text).to_owned(), item: *item };
        let prose: Vec<Prose> = pieces.iter().map(piece).collect();
        below(&sentences::split(&prose)).map(|list| list.values)
    }

    #[test]
    fn items_below_an_announcement_are_values() {
        let found = list(&[("甲。取值范围如下：", false), ("a：甲", true), ("b，表示乙", true)]);
        assert_eq!(found, Some(vec!["a".to_owned(), "b".to_owned()]));
        let found = list(&[("甲，取值目前仅支持： one:甲", false)]);
        assert_eq!(found, Some(vec!["one".to_owned()]));
        let found = list(&[("目前支持以下取值：", false), ("A：甲", false), ("B：乙", false)]);
        assert_eq!(found, Some(vec!["A".to_owned(), "B".to_owned()]));
    }

    #[test]
    fn other_lists_are_not() {
        let cases: &[&[(&str, bool)]] = &[
            &[("取值如下：", false), ("true，表示甲", true), ("false或者其他值，表示乙", true)],
            &[("取值范围：", false), ("mode为a时，为[1,9]", true), ("b", true)],
            &[("当甲为乙时，取值范围如下：", false), ("a", true), ("b", true)],
            &[("获取方法如下：", false), ("a", true), ("b", true)],
            &[("取值范围：", false), ("1-7：甲", true), ("8-9：乙", true)],
            &[("取值范围：", false), ("a", true)],
            &[("取值范围：", false), ("0/false：甲", true), ("1/true：乙", true)],
        ];
        for case in cases {
            assert_eq!(list(case), None, "{case:?}");
        }
    }

    #[test]
    fn sentences_list_values() {
        let values = |text: &str| inline(text).map(|(values, _)| values.join(" "));
        let cases = [
            ("仅限于one(甲)、two(乙)", Some("one two")),
            ("甲,取值有yes或no", Some("yes no")),
            ("取值为ON或OFF", Some("ON OFF")),
            ("这个字段的值包括:A, B,C", Some("A B C")),
            ("甲,包括a1和a2两种类型", Some("a1 a2")),
            ("支持a、b两种", Some("a b")),
            ("甲,目前支持\"daily\"", Some("daily")),
            ("甲必须为01:00、02:30:00和b", Some("01:00 02:30:00 b")),
            ("所在的pool的甲必须为A/B", None),
            ("必须为指定的甲", None),
            ("取值1-7", None),
            ("取值为1-7", None),
            ("甲类型取值:2、4", None),
            ("支持a、b", None),
            ("取值为空", None),
            ("包括甲和乙两种类型", None),
        ];
        for (text, expected) in cases {
            assert_eq!(values(text).as_deref(), expected, "{text}");
        }
    }
}
