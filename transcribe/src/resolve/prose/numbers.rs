//! Numbers in prose. In: a sentence in plain signs. Out: the same with every number in digits alone, and the
//! way back to where it stood.
//!
//! `65,535`, `65 535`, `1万`, `2^31-1` and `2的31次方减1` are numbers that other patterns would read in part.
//! What is no number here stays as it is, and whoever reads the sentence finds it left over.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::compiled;

/// A sentence with its numbers in digits.
pub(super) struct Numbered {
    pub(super) text: String,
    /// Where the text differs: the range here, and the range in the sentence.
    changed: Vec<(Range<usize>, Range<usize>)>,
}

/// A power, or digits in groups of three, perhaps in thousands up to hundred millions. What stands beside a number
/// must not go on with it.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?P<base>\d{1,4})\s*(?:\^|\*\*|的)\s*(?P<power>\d{1,3})(?:次方|次幂)?",
        r"(?:\s*(?P<sign>-|\+|减|加)\s*(?P<rest>\d{1,4}))?",
        r"|(?P<whole>[1-9]\d{0,2}(?:[, ]\d{3})+|\d+)(?P<part>\.\d+)?(?:\s*(?P<unit>[十千]?[万亿]|千))?",
    ))
});

impl Numbered {
    pub(super) fn new(sentence: &str) -> Self {
        let mut text = String::with_capacity(sentence.len());
        let mut changed = Vec::new();
        let (mut end, mut from) = (0, 0);
        while let Some(found) = NUMBER.captures_at(sentence, from) {
            let Some(whole) = found.get(0) else { break };
            let (number, place) = match read(sentence, &found, whole.range()) {
                Some(number) => (number, whole.range()),
                // A difference whose second number goes on is two ends of a range: `2^10-2^20`.
                None => match first_of_range(sentence, &found) {
                    Some(first) => first,
                    None => {
                        from = whole.end();
                        continue;
                    }
                },
            };
            from = place.end;
            if sentence.get(place.clone()) == Some(number.as_str()) {
                continue;
            }
            text.push_str(sentence.get(end..place.start).unwrap_or_default());
            let start = text.len();
            text.push_str(&number);
            end = place.end;
            changed.push((start..text.len(), place));
        }
        text.push_str(sentence.get(end..).unwrap_or_default());
        Self { text, changed }
    }

    /// Where a part of the text stands in the sentence.
    pub(super) fn original(&self, span: &Range<usize>) -> Range<usize> {
        self.position(span.start, true)..self.position(span.end, false)
    }

    fn position(&self, at: usize, is_start: bool) -> usize {
        let mut shifted = at;
        for (here, there) in &self.changed {
            if at >= here.end {
                shifted = there.end + (at - here.end);
            } else if at > here.start {
                return if is_start { there.start } else { there.end };
            } else {
                break;
            }
        }
        shifted
    }
}

/// The number at a place; nothing where what stands beside it belongs to it.
fn read(sentence: &str, found: &Captures<'_>, place: Range<usize>) -> Option<String> {
    let before = sentence.get(..place.start)?;
    let after = sentence.get(place.end..)?;
    value(found).filter(|_| stands_alone(before, after, found))
}

/// The power in front of a minus that is no minus, and its place.
fn first_of_range(sentence: &str, found: &Captures<'_>) -> Option<(String, Range<usize>)> {
    let (base, power) = (found.name("base")?, found.name("power")?);
    let is_range = found.name("sign").is_some_and(|sign| sign.as_str() == "-");
    let rest = sentence.get(found.name("rest")?.end()..)?.trim_start();
    let before = sentence.get(..base.start())?;
    let is_power = rest.starts_with(['^', '的']) || rest.starts_with("**");
    if !is_range || !is_power || before.ends_with(is_part) {
        return None;
    }
    let number = base.as_str().parse::<i64>().ok()?.checked_pow(power.as_str().parse().ok()?)?;
    Some((number.to_string(), base.start()..power.end()))
}

/// The number in digits; nothing where it is too large to be one.
fn value(found: &Captures<'_>) -> Option<String> {
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    if let (Some(base), Some(power)) = (group("base"), group("power")) {
        let power = base.parse::<i64>().ok()?.checked_pow(power.parse().ok()?)?;
        let rest: i64 = group("rest").map_or(Some(0), |rest| rest.parse().ok())?;
        let number = match group("sign") {
            Some("-" | "减") => power.checked_sub(rest)?,
            _ => power.checked_add(rest)?,
        };
        return Some(number.to_string());
    }
    let digits: String = group("whole")?.chars().filter(char::is_ascii_digit).collect();
    let part = group("part").unwrap_or_default();
    let zeros: usize = match group("unit") {
        None => return Some(format!("{digits}{part}")),
        Some(unit) => unit.chars().map(zeros_of).sum(),
    };
    // 1.5万 is 15000: the point moves.
    let decimals = part.trim_start_matches('.');
    let missing = usize::checked_sub(zeros, decimals.len())?;
    let moved = format!("{digits}{decimals}{}", "0".repeat(missing));
    let moved = moved.trim_start_matches('0');
    Some(if moved.is_empty() { "0".to_owned() } else { moved.to_owned() })
}

/// How many zeros a word for a power of ten stands for.
fn zeros_of(word: char) -> usize {
    match word {
        '十' => 1,
        '千' => 3,
        '万' => 4,
        _ => 8,
    }
}

/// What belongs to a number that follows it.
fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '^' | '*')
}

/// Whether nothing beside a number belongs to it: `1.2,345`, `a1,024` and `1,0245` are something else, and
/// `[1,100]` is an interval.
fn stands_alone(before: &str, after: &str, found: &Captures<'_>) -> bool {
    let is_grouped = found.name("whole").is_some_and(|whole| whole.as_str().contains([',', ' ']));
    let groups = found.name("whole").map_or(0, |whole| whole.as_str().matches(',').count());
    if groups == 1
        && before.trim_end().ends_with(['[', '('])
        && (after.is_empty() || after.trim_start().starts_with([']', ')']))
    {
        return false;
    }
    let mut ahead = after.chars();
    let goes_on = match (ahead.next(), ahead.next()) {
        (Some('.'), next) => next.is_some_and(|c| c.is_ascii_digit()),
        (Some(c), next) if is_grouped && matches!(c, ',' | ' ') => {
            next.is_some_and(|c| c.is_ascii_digit())
        }
        (Some(c), _) => matches!(c, '0'..='9' | '^' | '*'),
        (None, _) => false,
    };
    !before.ends_with(is_part) && !goes_on
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Numbered;

    fn text(sentence: &str) -> String {
        Numbered::new(sentence).text
    }

    #[test]
    fn numbers_are_read_whole() {
        let cases = [
            ("1-65,535", "1-65535"),
            ("1-65 535", "1-65535"),
            ("1,024,000个", "1024000个"),
            ("1万", "1万".replace("1万", "10000").as_str()),
            ("1.5万", "15000"),
            ("2亿", "200000000"),
            ("1-2^31-1", "1-2147483647"),
            ("2的31次方减1", "2147483647"),
            ("2**10", "1024"),
            ("0.5", "0.5"),
        ]
        .map(|(from, to)| (from.to_owned(), to.to_owned()));
        for (from, to) in cases {
            assert_eq!(text(&from), to, "{from}");
        }
    }

    #[test]
    fn what_is_no_number_stays() {
        for same in ["1,0245", "1.2,345", "a1,024", "12,34", "1,2,3", "2^99", "1.2.3", "0,1,3,7"] {
            assert_eq!(text(same), same);
        }
    }

    #[test]
    fn the_way_back() {
        let numbered = Numbered::new("甲1,024到2万。");
        assert_eq!(numbered.text, "甲1024到20000。");
        let at = numbered.text.find("20000").unwrap();
        let span = numbered.original(&(at..at + 5));
        assert_eq!("甲1,024到2万。".get(span), Some("2万"));
        assert_eq!(numbered.original(&(0..numbered.text.len())), 0.."甲1,024到2万。".len());
    }

    proptest! {
        /// A number in any spelling becomes its digits, and never a part of them.
        #[test]
        fn spellings_are_read_whole(number in 1_000_i64..1_000_000_000, separator in "[, ]") {
            let digits = number.to_string();
            let mut grouped = String::new();
            for (i, c) in digits.chars().enumerate() {
                if i > 0 && (digits.len() - i).is_multiple_of(3) {
                    grouped.push_str(&separator);
                }
                grouped.push(c);
            }
            prop_assert_eq!(text(&grouped), digits.clone());
            let range = text(&format!("取值范围:1-{grouped}"));
            prop_assert_eq!(range, format!("取值范围:1-{digits}"));
        }
    }
}
