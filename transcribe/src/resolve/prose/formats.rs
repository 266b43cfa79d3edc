//! Forms of dates and times. In: a sentence such as `格式为HH:mm:ss`. Out: an anchored pattern.

use std::sync::LazyLock;

use regex::Regex;

use super::super::keyword::Keyword;
use super::{Hit, compiled};

static FORM: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"格式(?:必须|应)?(?:为|是|:)*\s*"?(?P<form>[yY]{4}[yYmMdDhHsST/:. "Z-]*|HH[mMsS:]+)"#,
    )
});

const YEAR: &str = "[0-9]{4}";
const MONTH: &str = "(0[1-9]|1[0-2])";
const DAY: &str = "(0[1-9]|[12][0-9]|3[01])";
const HOUR: &str = "([01][0-9]|2[0-3])";
const SIXTY: &str = "[0-5][0-9]";
const MILLIS: &str = "[0-9]{3}";

pub(super) fn find(plain: &str) -> Option<Hit> {
    let found = FORM.captures(plain)?;
    let form = found.name("form")?;
    let pattern = pattern(form.as_str().trim_matches([' ', '"', '.', ',']))?;
    let whole = found.get(0)?;
    Some(Hit { keyword: Keyword::Pattern, value: pattern.into(), span: whole.start()..whole.end() })
}

/// The pattern of `yyyy-MM-dd HH:mm:ss` and the like; nothing if a letter could mean two things.
fn pattern(form: &str) -> Option<String> {
    let mut out = String::from("^");
    let mut rest = form;
    // `MM` is a month until the hour has been seen: some write minutes that way.
    let (mut seen_hour, mut seen_year) = (false, false);
    while !rest.is_empty() {
        let (part, length) = if let Some(part) = letters(rest, seen_year, seen_hour) {
            part
        } else {
            match rest.chars().next()? {
                c @ ('-' | '/' | ':' | ' ' | 'T' | 'Z') => (c.to_string(), 1),
                '.' => ("\\.".to_owned(), 1),
                _ => return None,
            }
        };
        seen_hour |= part == HOUR;
        seen_year |= part == YEAR;
        out.push_str(&part);
        rest = rest.get(length..)?;
    }
    out.push('$');
    Some(out)
}

/// The run of letters in front, and its length. `hh` may be of 12 or of 24 hours.
fn letters(text: &str, seen_year: bool, seen_hour: bool) -> Option<(String, usize)> {
    let first = text.chars().next()?;
    let length = text.chars().take_while(|c| *c == first).count();
    let part = match (first, length) {
        ('y' | 'Y', 4) => YEAR,
        ('M', 2) if !seen_hour => MONTH,
        ('d' | 'D', 2) => DAY,
        ('H', 2) => HOUR,
        // Some write months that way; without a year in front it could be a minute.
        ('m', 2) if !seen_hour && seen_year => MONTH,
        ('m', 2) if seen_hour => SIXTY,
        ('M', 2) => SIXTY,
        ('s', 2) => SIXTY,
        ('S', 2) => SIXTY,
        ('S', 3) => MILLIS,
        _ => return None,
    };
    Some((part.to_owned(), length))
}

#[cfg(test)]
mod tests {
    use super::{find, pattern};

    #[test]
    fn forms_become_patterns() {
        let cases = [
            ("HH:mm:ss", "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"),
            ("HH:mm", "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
            ("yyyy-MM-dd", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
            (
                "YYYY-MM-DD HH:MM:SS",
                "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$",
            ),
            ("yyyymmdd", "^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$"),
            (
                "yyyyMMddHHmmss",
                "^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$",
            ),
        ];
        for (form, expected) in cases {
            assert_eq!(pattern(form).as_deref(), Some(expected), "{form}");
        }
        assert_eq!(pattern("yyyy-MM-dd hh:mm:ss"), None);
        assert_eq!(pattern("mm:ss"), None);
    }

    #[test]
    fn a_sample_is_no_form() {
        assert!(find("格式为2020-06-15").is_none());
        assert!(find("甲,格式:\"yyyy-MM-dd\"").is_some());
    }
}
