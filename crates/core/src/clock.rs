//! The time: this machine's clock, corrected by what servers say.
//!
//! In: responses, which tell the time, and among them those that reject a signature because of its
//! date. Out: the date of signatures, and the time that the expiry of keys is compared with; both are shared by all
//! clients that use the same credentials provider.
//!
//! Signatures use this machine's time until one is rejected: a server with a wrong `Date` does
//! no harm as long as it accepts signatures. The expiry of keys is compared with the time in the last response, and not
//! checked at all without one: otherwise a wrong clock could never be corrected, since nothing would be sent.

use std::{
    fmt,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime},
};

use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap},
};
use tokio::time::Instant;

/// Clocks that are less apart are not what a server minds.
const TOLERANCE: Duration = Duration::from_secs(60);

/// So long an answer vouches for a clock. What one server says that is off itself is forgotten, too,
/// so that calls which it keeps from being sent are tried again.
const VOUCHED: Duration = Duration::from_secs(300);

/// A clock that can be put right.
#[derive(Debug, Default)]
pub struct Clock {
    /// Milliseconds that signatures are dated ahead of this machine.
    ahead: AtomicI64,
    /// What the last answer said.
    told: RwLock<Option<Told>>,
}

/// How far a server was ahead of this machine.
#[derive(Clone, Copy, Debug)]
struct Told {
    milliseconds: i64,
    at: Instant,
}

/// A moment, and whether an answer has vouched for it lately.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) time: SystemTime,
    pub(crate) is_known: bool,
}

impl Moment {
    /// What nobody has vouched for.
    pub(crate) fn of_this_machine() -> Self {
        Self { time: SystemTime::now(), is_known: false }
    }
}

impl Clock {
    /// This moment as signatures have it.
    pub(crate) fn now(&self) -> SystemTime {
        shifted(SystemTime::now(), self.ahead.load(Ordering::Relaxed))
    }

    /// This moment as the last answer has it.
    pub(crate) fn moment(&self) -> Moment {
        let told = *self.told.read().unwrap_or_else(PoisonError::into_inner);
        let milliseconds = told.map_or(0, |told| told.milliseconds);
        let is_known = told.is_some_and(|told| told.at.elapsed() < VOUCHED);
        Moment { time: shifted(SystemTime::now(), milliseconds), is_known }
    }

    /// Learns the time from an answer, if it says it. Small differences are those of the way.
    pub(crate) fn learn(&self, headers: &HeaderMap) {
        let Some(theirs) = date(headers) else { return };
        let apart = milliseconds(theirs, SystemTime::now());
        let milliseconds = if is_off(apart) { apart } else { 0 };
        let told = Told { milliseconds, at: Instant::now() };
        *self.told.write().unwrap_or_else(PoisonError::into_inner) = Some(told);
    }

    /// Puts the clock right by an answer that says that the date of a signature is off, and that was
    /// sent at another time than the request was `signed` at. Says whether it did.
    ///
    /// A signature that is wrong for another reason does not get right by another date; an answer
    /// without `Date` says nothing.
    pub(crate) fn correct(&self, refusal: &Refusal<'_>, signed: SystemTime) -> bool {
        let Some(theirs) = refusal.date() else { return false };
        let apart = milliseconds(theirs, signed);
        if !is_off(apart) || !refusal.is_about_date() {
            return false;
        }
        self.ahead.store(milliseconds(theirs, SystemTime::now()), Ordering::Relaxed);
        tracing::warn!(
            seconds = apart / 1000,
            "the clock of this machine is off; signing by that of the service"
        );
        true
    }
}

/// How far the clock of this machine is off: milliseconds that the service is ahead.
#[derive(Clone, Copy)]
pub(crate) struct Apart(i64);

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = Roughly(Duration::from_millis(self.0.unsigned_abs()));
        let side = if self.0 < 0 { "ahead of" } else { "behind" };
        write!(f, "The clock of this machine is {span} {side} that of the service: set it.")
    }
}

/// A span of time as people tell it: `5 hours`.
pub(crate) struct Roughly(pub(crate) Duration);

impl fmt::Display for Roughly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = (self.0.as_secs() + 30) / 60;
        let (count, unit) = match minutes {
            0 => return f.write_str("less than a minute"),
            1..=90 => (minutes, "minute"),
            91..=4_320 => ((minutes + 30) / 60, "hour"),
            _ => ((minutes + 720) / 1_440, "day"),
        };
        let s = if count == 1 { "" } else { "s" };
        write!(f, "{count} {unit}{s}")
    }
}

/// An answer that may refuse a signature.
pub(crate) struct Refusal<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    /// What it says, in its own words.
    pub(crate) message: &'a str,
}

impl Refusal<'_> {
    /// How far the clock of this machine is off, if that is why; also if signatures are made by a better
    /// one.
    pub(crate) fn apart(&self) -> Option<Apart> {
        let apart = milliseconds(self.date()?, SystemTime::now());
        let is_why = is_off(apart) && self.is_about_date();
        is_why.then_some(Apart(apart))
    }

    fn date(&self) -> Option<SystemTime> {
        date(self.headers)
    }

    fn is_about_date(&self) -> bool {
        is_about_date(self.status, self.message)
    }
}

/// Is a request refused because of its date? `APIGW.0301` and its like stand for every signature that is
/// refused, so the words decide: `signature expired`, or the name of the header.
pub(crate) fn is_about_date(status: StatusCode, message: &str) -> bool {
    let is_refusal = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    let text = message.to_ascii_lowercase();
    let is_expired = text.contains("signature") && text.contains("expired");
    is_refusal && (is_expired || text.contains("x-sdk-date"))
}

/// A moment as HTTP writes it, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn parse_date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    parse_date(headers.get(DATE)?.to_str().ok()?)
}

fn is_off(milliseconds: i64) -> bool {
    u128::from(milliseconds.unsigned_abs()) > TOLERANCE.as_millis()
}

/// How much later `a` is than `b`, in milliseconds.
fn milliseconds(a: SystemTime, b: SystemTime) -> i64 {
    let whole = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    match a.duration_since(b) {
        Ok(later) => whole(later),
        Err(earlier) => -whole(earlier.duration()),
    }
}

/// A moment so many milliseconds later; the same one where that would be no moment.
fn shifted(time: SystemTime, milliseconds: i64) -> SystemTime {
    let by = Duration::from_millis(milliseconds.unsigned_abs());
    let shifted = if milliseconds < 0 { time.checked_sub(by) } else { time.checked_add(by) };
    shifted.unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    const EXPIRED: &str = "Incorrect IAM authentication information: Signature expired";

    /// Whether a clock is put right by an answer of this status, date and message to a request that
    /// was signed at 08:49:37, and by how many seconds from then.
    fn corrected(status: u16, date: Option<&'static str>, message: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.extend(date.map(|date| (DATE, HeaderValue::from_static(date))));
        let status = StatusCode::from_u16(status).unwrap();
        let signed = parse_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        let (clock, refusal) = (Clock::default(), Refusal { status, headers: &headers, message });
        let is_corrected = clock.correct(&refusal, signed);
        let moved = milliseconds(SystemTime::now(), clock.now()).abs() > 3_600_000;
        assert_eq!(moved, is_corrected, "now is long after 1994");
        is_corrected
    }

    #[test]
    fn only_a_date_that_is_off_is_put_right() {
        let (near, off) = ("Sun, 06 Nov 1994 08:50:37 GMT", "Sun, 06 Nov 1994 08:50:38 GMT");
        let before = "Sun, 06 Nov 1994 08:48:36 GMT";
        assert!(corrected(401, Some(off), EXPIRED) && corrected(403, Some(before), EXPIRED));
        assert!(corrected(401, Some(off), "bad X-Sdk-Date header"));
        assert!(!corrected(401, Some(near), EXPIRED));
        assert!(!corrected(401, None, EXPIRED) && !corrected(401, Some("soon"), EXPIRED));
        assert!(!corrected(400, Some(off), EXPIRED) && !corrected(500, Some(off), EXPIRED));
        let others =
            ["token expired", "verify aksk signature fail", "the key expired", "no such date", ""];
        for message in others {
            assert!(!corrected(401, Some(off), message), "{message}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_vouches_for_a_clock_for_a_while() {
        let clock = Clock::default();
        let at = |date| {
            let mut headers = HeaderMap::new();
            headers.insert(DATE, HeaderValue::from_static(date));
            headers
        };
        let then = |date| milliseconds(clock.moment().time, parse_date(date).unwrap()).abs() < 5000;
        clock.learn(&HeaderMap::new());
        clock.learn(&at("soon"));
        assert!(!clock.moment().is_known);
        let (past, future) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Wed, 01 Jan 2098 12:00:30 GMT");
        clock.learn(&at(past));
        assert!(clock.moment().is_known && then(past));
        clock.learn(&at(future));
        assert!(clock.moment().is_known && then(future));
        // Signatures are dated otherwise.
        assert!(milliseconds(clock.now(), SystemTime::now()).abs() < 5000);
        tokio::time::advance(Duration::from_secs(299)).await;
        assert!(clock.moment().is_known);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(!clock.moment().is_known && then(future), "still the best that is known");
    }

    #[test]
    fn differences_are_told() {
        let said = |minutes: i64| Apart(minutes * 60_000).to_string();
        let behind = "The clock of this machine is 5 hours behind that of the service: set it.";
        assert_eq!(said(300), behind);
        assert_eq!(said(-2), behind.replace("5 hours behind", "2 minutes ahead of"));
        assert_eq!(said(92), behind.replace("5 hours", "2 hours"));
        assert_eq!(said(30 * 1440), behind.replace("5 hours", "30 days"));
    }

    #[test]
    fn moments_move_both_ways() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(100);
        let end = SystemTime::UNIX_EPOCH + Duration::from_secs(90);
        assert_eq!((milliseconds(end, start), milliseconds(start, end)), (-10_000, 10_000));
        assert_eq!(shifted(start, -10_000), end);
        assert_eq!(shifted(end, 10_000), start);
        assert_eq!(shifted(start, 0), start);
    }
}
