//! Timestamps as the metadata service writes them, such as `2026-11-27T14:18:45.000000Z`.

use std::time::{Duration, SystemTime};

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
    let seconds = since_1970(date, (number(11, 13)?, number(14, 16)?, number(17, 19)?))?;
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

/// Seconds from 1970 to a moment: year, month and day; hour, minute and second.
fn since_1970(date: (u64, u64, u64), time: (u64, u64, u64)) -> Option<u64> {
    let (year, month, day) = date;
    let (hour, minute, second) = time;
    // 60 is a leap second.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(days(year, month, day)? * 86_400 + hour * 3600 + minute * 60 + second)
}

/// Days from 1970-01-01 to a day, if there is one of this date.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if year < 1970 || !(1..=length).contains(&day) {
        return None;
    }
    // Years begin in March, so that the day that not every year has is the last of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468)
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
