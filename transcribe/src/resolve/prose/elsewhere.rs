//! What other sentences say about the values that a bound leaves out. In: the bounds that were found, and all
//! sentences of the description. Out: the bounds that no sentence contradicts.
//!
//! `取值范围：1-9。-1表示不限` allows -1, and a condition may allow more than what holds otherwise.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    super::keyword::Keyword, super::kind::Kind, Hit, compiled, numbers::Numbered, promote,
};

/// A number that a sentence gives a meaning, allows, or consists of.
static ALLOWED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let forms = [
        r#"(?P<n>-?\d+)"?\s*(?:表示|代表|意味|即|:|(?i:means|indicates|stands for))"#,
        r#"(?:可以?|允许|支持|填写?|设置?|设定|传入?|取值?|值)(?:为|成|是)\s*"?(?P<n>-?\d+)"?\s*(?:$|[,;)]|时)"#,
        r"^\s*-?\d+\s*(?:-|~|到|至)\s*(?P<n>-?\d+)\s*$",
        r"^\s*(?P<n>-?\d+)\s*$",
    ];
    forms.into_iter().map(compiled).collect()
});

/// Takes out bounds beyond which another sentence goes, and what was found with them.
pub(super) fn drop_contested<T>(hits: &mut Vec<(usize, Hit)>, plain: &[String], kind: &Kind<T>) {
    let is_contested = |(at, hit): &(usize, Hit)| {
        let others = plain.iter().enumerate().filter(|(i, _)| i != at);
        others.into_iter().any(|(_, text)| {
            let of_numbers = matches!(hit.keyword, Keyword::Minimum | Keyword::Maximum);
            (of_numbers && allowed(text).into_iter().any(|number| leaves_out(hit, number)))
                || promote::claimed(text, kind).into_iter().any(|(keyword, value)| {
                    let number = value.as_f64().filter(|_| keyword == hit.keyword);
                    number.is_some_and(|number| leaves_out(hit, number))
                })
        })
    };
    let contested: Vec<(usize, Hit)> =
        hits.iter().filter(|hit| is_bound(hit.1.keyword) && is_contested(hit)).cloned().collect();
    hits.retain(|(at, hit)| {
        !contested.iter().any(|(of, other)| {
            at == of && is_bound(hit.keyword) && {
                let spans = (&hit.span, &other.span);
                spans.0.start < spans.1.end && spans.1.start < spans.0.end
            }
        })
    });
}

fn is_bound(keyword: Keyword) -> bool {
    use Keyword::{MaxItems, MaxLength, Maximum, MinItems, MinLength, Minimum};
    matches!(keyword, MinLength | MaxLength | Minimum | Maximum | MinItems | MaxItems)
}

fn leaves_out(hit: &Hit, number: f64) -> bool {
    let Some(bound) = hit.value.as_f64() else { return false };
    match hit.keyword {
        Keyword::Minimum | Keyword::MinLength | Keyword::MinItems => number < bound,
        _ => number > bound,
    }
}

/// The numbers that a sentence speaks of as values.
fn allowed(text: &str) -> Vec<f64> {
    let text = Numbered::new(text).text;
    let all = ALLOWED.iter().flat_map(|form| form.captures_iter(&text));
    let numbers = all.filter_map(|found| found.name("n")?.as_str().parse().ok());
    numbers.collect()
}
