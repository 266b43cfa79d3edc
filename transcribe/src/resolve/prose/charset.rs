//! Which characters a string may have. In: a sentence such as
//! `由字母开头，只能由字母、数字和下划线组成`. Out: an anchored pattern.

use std::sync::LazyLock;

use regex::Regex;

use super::super::keyword::Keyword;
use super::{Hit, compiled};

static FORM: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?:(?:必须|需)?(?:由|以)(?P<first>[^,]{1,20})开头,\s*)?",
        r"(?:必须|且)?(?:只能|仅能|仅|必须)(?:由|包含)(?P<all>[^,]{1,60}?)(?:组成|$)",
    ))
});

/// Kinds of characters, in the order in which a class of a pattern has them.
const KINDS: &[(&str, &[&str])] = &[
    ("A-Z", &["英文字母", "英文字符", "大小写字母", "字母", "英文", "大写字母"]),
    ("a-z", &["英文字母", "英文字符", "大小写字母", "字母", "英文", "小写字母"]),
    ("0-9", &["数字"]),
    ("_", &["下划线"]),
    (".", &["点", "点号", "英文句号", "英文点"]),
    (" ", &["空格"]),
    // A hyphen stands last, so that it is no range.
    ("-", &["中划线", "连字符", "短横线", "连接符", "短划线"]),
];

pub(super) fn find(plain: &str) -> Option<Hit> {
    let found = FORM.captures(plain)?;
    let all = class(found.name("all")?.as_str())?;
    let pattern = match found.name("first") {
        Some(first) => format!("^[{}][{all}]*$", class(first.as_str())?),
        None => format!("^[{all}]*$"),
    };
    let whole = found.get(0)?;
    Some(Hit { keyword: Keyword::Pattern, value: pattern.into(), span: whole.start()..whole.end() })
}

/// The inside of a class; nothing if one of the words is not known.
fn class(words: &str) -> Option<String> {
    let words = words.split(['、', '和', '或', '及', '与']).map(|word| {
        let word = word.trim();
        // `中划线(-)` shows the sign as well.
        word.split_once('(').map_or(word, |(word, _)| word.trim())
    });
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_known = |word: &&str| KINDS.iter().any(|(_, names)| names.contains(word));
    let of = |names: &[&str]| words.iter().any(|word| names.contains(word));
    let all_known = !words.is_empty() && words.iter().all(is_known);
    let parts = KINDS.iter().filter(|(_, names)| of(names)).map(|(part, _)| *part);
    all_known.then(|| parts.collect())
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn kinds_of_characters_become_classes() {
        let pattern = |text: &str| find(text).map(|hit| hit.value);
        assert_eq!(
            pattern("由字母开头,只能由字母、数字、下划线和中划线组成"),
            Some("^[A-Za-z][A-Za-z0-9_-]*$".into())
        );
        assert_eq!(pattern("只能由小写字母和数字组成"), Some("^[a-z0-9]*$".into()));
        assert_eq!(pattern("只能由字母(a-z)或空格组成"), Some("^[A-Za-z ]*$".into()));
        assert_eq!(pattern("只能由字母、数字和特殊字符组成"), None);
        assert_eq!(pattern("甲由乙组成"), None);
    }
}
