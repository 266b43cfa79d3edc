//! The header `Retry-After`: a number of seconds, or a date.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use crate::clock::parse_date;

/// The pause that is asked for. A moment counts from the `Date` of the same answer, if it has one, so
/// that the clocks need not agree; one that is over asks for none.
pub(super) fn pause(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let asked = text(RETRY_AFTER)?;
    if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit ask for longer than anybody waits.
        return Some(Duration::from_secs(asked.parse().unwrap_or(u64::MAX)));
    }
    let until = parse_date(asked)?;
    let from = text(DATE).and_then(parse_date).unwrap_or(now);
    Some(until.duration_since(from).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn asked(after: &'static str, date: Option<&'static str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(after));
        headers.extend(date.map(|date| (DATE, HeaderValue::from_static(date))));
        let now = parse_date("Sun, 06 Nov 1994 08:49:37 GMT")?;
        pause(&headers, now).map(|pause| pause.as_secs())
    }

    #[test]
    fn seconds_or_a_moment() {
        assert_eq!(asked("0", None), Some(0));
        assert_eq!(asked(" 120 ", None), Some(120));
        assert_eq!(asked("99999999999999999999999", None), Some(u64::MAX));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:47 GMT", None), Some(10));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:27 GMT", None), Some(0));
        let theirs = Some("Sun, 06 Nov 1994 08:49:44 GMT");
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:47 GMT", theirs), Some(3));
        for text in ["", "-1", "1.5", "soon"] {
            assert_eq!(asked(text, None), None, "{text}");
        }
        assert_eq!(pause(&HeaderMap::new(), SystemTime::now()), None);
    }
}
