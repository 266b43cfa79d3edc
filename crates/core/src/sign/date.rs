//! Timestamps in the format of `X-Sdk-Date`.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

/// Seconds of a day.
const DAY: u64 = 86_400;

/// 9999-12-31T23:59:59Z, after which the form has no room, in seconds.
const LAST: u64 = 253_402_300_799;

/// A moment in UTC as the header `X-Sdk-Date` carries it, such as `20260131T235959Z`.
///
/// Servers take a request for as long as their clock is about 15 minutes around it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp([u8; 16]);

impl Timestamp {
    /// This moment, by the clock of this machine.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Made of digits and two letters.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A moment before 1970 or after 9999 becomes the first or the last between them.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let seconds = since.as_secs().min(LAST);
        let (year, month, day) = civil(seconds / DAY);
        let second = seconds % DAY;
        let mut text = *b"00000000T000000Z";
        put(&mut text[..4], year);
        put(&mut text[4..6], month);
        put(&mut text[6..8], day);
        put(&mut text[9..11], second / 3600);
        put(&mut text[11..13], second / 60 % 60);
        put(&mut text[13..15], second % 60);
        Self(text)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Writes a number right-aligned over zeros.
fn put(room: &mut [u8], mut number: u64) {
    for digit in room.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// Year, month and day of a day after 1970-01-01.
///
/// Counts in eras of 400 years, and in years that begin in March, so that the day that not every
/// year has is the last of its year.
fn civil(days: u64) -> (u64, u64, u64) {
    // From 0000-03-01.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> String {
        Timestamp::from(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).to_string()
    }

    #[test]
    fn moments() {
        assert_eq!(at(0), "19700101T000000Z");
        assert_eq!(at(951_782_399), "20000228T235959Z");
        assert_eq!(at(951_782_400), "20000229T000000Z");
        assert_eq!(at(951_868_800), "20000301T000000Z");
        assert_eq!(at(1_795_789_125), "20261127T141845Z");
        assert_eq!(at(4_107_542_400), "21000301T000000Z");
        assert_eq!(at(LAST), "99991231T235959Z");
    }

    #[test]
    fn moments_out_of_reach() {
        assert_eq!(at(LAST + 1), "99991231T235959Z");
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(format!("{:?}", Timestamp::from(before)), "19700101T000000Z");
        assert!(Timestamp::now() > Timestamp::from(before));
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut last = (1970, 1, 0);
        for day in 0..=LAST / DAY {
            let (y, m, d) = civil(day);
            let follows = (y, m, d) == (last.0, last.1, last.2 + 1)
                || ((y, m, d) == (last.0, last.1 + 1, 1) && last.2 >= 28)
                || ((y, m, d) == (last.0 + 1, 1, 1) && last == (y - 1, 12, 31));
            assert!(follows, "{last:?} before {:?}", (y, m, d));
            last = (y, m, d);
        }
        assert_eq!(last, (9999, 12, 31));
    }
}
