//! Moments as the metadata service tells them, such as `2026-11-27T14:18:45.000000Z`.

use std::time::{Duration, SystemTime};

use crate::calendar;

/// Reads a moment of RFC 3339, from 1970 on; parts of a second do not count.
pub(super) fn parse(text: &str) -> Option<SystemTime> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<u64> {
        let digits = text.get(from..to).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse().ok()
    };
    let is = |at: usize, allowed: &[u8]| bytes.get(at).is_some_and(|byte| allowed.contains(byte));
    if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
        return None;
    }
    let date = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let seconds = calendar::seconds(date, (number(11, 13)?, number(14, 16)?, number(17, 19)?))?;
    let zone = text.get(19..)?;
    let zone = match zone.strip_prefix('.') {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => zone,
    };
    let seconds = seconds.checked_add_signed(-offset(zone)?)?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Seconds that a zone is ahead of UTC: `Z` or `+08:00`.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let number = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() == 2);
    let seconds = i64::from(number(hours)?) * 3600 + i64::from(number(minutes)?) * 60;
    match zone.as_bytes().first()? {
        b'+' => Some(seconds),
        b'-' => Some(-seconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<u64> {
        Some(parse(text)?.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs())
    }

    #[test]
    fn moments() {
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2026-11-27T14:18:45.000000Z"), Some(1_795_789_125));
        assert_eq!(seconds("2026-11-27T22:18:45.9+08:00"), Some(1_795_789_125));
        assert_eq!(seconds("2026-11-27 13:48:45-00:30"), Some(1_795_789_125));
        assert_eq!(seconds("2000-02-29t00:00:00z"), Some(951_782_400));
        assert_eq!(seconds("2100-03-01T00:00:00Z"), Some(4_107_542_400));
    }

    #[test]
    fn what_is_no_moment() {
        let texts = [
            "",
            "Z",
            "2026-11-27",
            "2026-11-27T14:18:45",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00+00:01",
            "2026-11-27T24:00:00Z",
            "2026-11-27T00:60:00Z",
            "2026-11-27T00:00:61Z",
            "2026-11-27T00:00:00+8:00",
            "2026-11-27T00:00:00 08:00",
            "2026-11-27T00:00:00+日",
            "2026-11-27T+1:00:00Z",
            "2026/11/27T00:00:00Z",
            "２026-11-27T00:00:00Z",
        ];
        for text in texts {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
