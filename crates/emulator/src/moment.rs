//! Moments. In: milliseconds since 1970. Out: the texts that answers and files have.

use std::time::{Duration, SystemTime};

use huaweicloud_core::sign::Timestamp;

/// This moment, in milliseconds since 1970.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// As answers have it: `2026-01-31T23:59:59.000Z`.
pub(crate) fn text(moment: u64) -> String {
    let compact = compact(moment);
    let part = |from: usize, to: usize| compact.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{}T{}:{}:{}.{:03}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(9, 11),
        part(11, 13),
        part(13, 15),
        moment % 1000
    )
}

/// As names have it: `20260131235959`.
pub(crate) fn digits(moment: u64) -> String {
    compact(moment).chars().filter(char::is_ascii_digit).collect()
}

/// As signatures have it: `20260131T235959Z`.
pub(crate) fn compact(moment: u64) -> String {
    let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(moment));
    Timestamp::from(time.unwrap_or(SystemTime::UNIX_EPOCH)).as_str().to_owned()
}

/// As the header `Date` has it.
pub(crate) fn of_header(moment: u64) -> String {
    let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(moment));
    httpdate::fmt_http_date(time.unwrap_or(SystemTime::UNIX_EPOCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_the_service_does() {
        assert_eq!(text(1_769_904_000_007), "2026-02-01T00:00:00.007Z");
        assert_eq!(digits(0), "19700101000000");
        assert_eq!(compact(1_769_903_999_999), "20260131T235959Z");
        assert_eq!(of_header(1_769_904_000_007), "Sun, 01 Feb 2026 00:00:00 GMT");
    }
}
