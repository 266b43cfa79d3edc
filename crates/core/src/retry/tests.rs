//! Retries, with scripted attempts and a paused clock.

use std::collections::VecDeque;

use bytes::Bytes;
use reqwest::StatusCode;

use super::*;
use crate::{ErrorCatalog, ErrorEntry, RequestError, ServiceError, redact::Redactor};

static ENTRIES: &[ErrorEntry] =
    &[ErrorEntry::new("A.1", 400, "It is busy.", "Wait a moment.", true)];

/// Seconds of no importance, so that each pause is known.
const STEADY: RetryPolicy = RetryPolicy::none().max_attempts(4).budget(500);

/// What a script holds: an answer, or an error with the pause that it asks for.
#[derive(Clone, Copy)]
enum Fate {
    Done,
    Status(u16),
    Asking(u16, u64),
    Busy,
    OldDate,
    OldKeys,
    Stuck,
    Unconnected,
}

impl Fate {
    fn result(self) -> Result<(), Failed> {
        let service = |status, body: &'static str| {
            let status = StatusCode::from_u16(status).unwrap();
            let (headers, body) = (HeaderMap::new(), Bytes::from(body));
            let error = ServiceError::new(status, &headers, body, false, Redactor::new(""));
            Error::Service(Box::new(error.explained(ErrorCatalog::new(ENTRIES))))
        };
        let failed = |error, asked, next| Err(Failed { error, asked, next });
        match self {
            Self::Done => Ok(()),
            Self::Status(status) => failed(service(status, ""), None, Next::Usual),
            Self::Asking(status, seconds) => {
                failed(service(status, ""), Some(Duration::from_secs(seconds)), Next::Usual)
            }
            Self::Busy => failed(service(400, r#"{"error_code":"A.1"}"#), None, Next::Usual),
            Self::OldDate => failed(service(401, ""), None, Next::ByNewDate),
            Self::OldKeys => failed(service(401, ""), None, Next::ByNewKeys),
            Self::Stuck => failed(service(503, ""), None, Next::Never),
            Self::Unconnected => {
                let error = crate::TransportError::new(http().get("no url").build().unwrap_err());
                failed(Error::Connect(error), None, Next::Usual)
            }
        }
    }
}

fn http() -> reqwest::Client {
    let tls = crate::tls::Tls::new(false, &[]).unwrap();
    tls.apply(reqwest::Client::builder()).build().unwrap()
}

struct Script {
    fates: VecDeque<Fate>,
    numbers: Vec<u32>,
    has_other_keys: bool,
    renewals: u32,
    /// How often it was said, to nobody in particular, that they are refused.
    refusals: u32,
}

impl Attempts for Script {
    type Answer = ();

    async fn make(&mut self, number: u32) -> Result<(), Failed> {
        self.numbers.push(number);
        self.fates.pop_front().unwrap_or(Fate::Status(418)).result()
    }

    fn refuse_keys(&mut self) {
        self.refusals += 1;
    }

    async fn renew(&mut self) -> bool {
        self.renewals += 1;
        self.has_other_keys
    }
}

fn script(fates: &[Fate], has_other_keys: bool) -> Script {
    let fates = fates.iter().copied().collect();
    Script { fates, numbers: Vec::new(), has_other_keys, renewals: 0, refusals: 0 }
}

/// Runs a script: the status that it ends with (0 for a success), and how many attempts were made.
async fn run_with(policy: &RetryPolicy, tried: Tried, fates: &[Fate]) -> (u16, usize) {
    let mut script = script(fates, true);
    let budget = Budget::new(policy.tokens());
    let result = repeat(&mut script, tried, policy, &budget).await;
    let expected: Vec<u32> = (1..).take(script.numbers.len()).collect();
    assert_eq!(script.numbers, expected);
    let status = result.err().and_then(|error| error.status()).map_or(0, |s| s.as_u16());
    (status, script.numbers.len())
}

const READ: Tried = Tried { attempts: 0, is_repeatable: true, deadline: None };
const BUY: Tried = Tried { attempts: 0, is_repeatable: false, deadline: None };

#[tokio::test(start_paused = true)]
async fn what_passes_is_tried_again() {
    use Fate::{Busy, Done, Status};
    for status in [429, 502, 503, 504] {
        assert_eq!(run_with(&STEADY, READ, &[Status(status), Done]).await, (0, 2), "{status}");
        assert_eq!(run_with(&STEADY, BUY, &[Status(status), Done]).await, (status, 1));
    }
    for status in [400, 401, 403, 404, 408, 409, 500, 501] {
        assert_eq!(run_with(&STEADY, READ, &[Status(status), Done]).await, (status, 1));
    }
    assert_eq!(run_with(&STEADY, READ, &[Busy, Busy, Done]).await, (0, 3));
    assert_eq!(run_with(&STEADY, BUY, &[Busy, Done]).await, (400, 1));
    let down = [Status(503), Status(502), Status(429), Status(504), Done];
    assert_eq!(run_with(&STEADY, READ, &down).await, (504, 4));
    assert_eq!(run_with(&STEADY.max_attempts(5), READ, &down).await, (0, 5));
    assert_eq!(run_with(&STEADY.max_attempts(0), READ, &down).await, (503, 1));
    assert_eq!(run_with(&RetryPolicy::none(), READ, &down).await, (503, 1));
}

#[tokio::test(start_paused = true)]
async fn other_keys_are_asked_for_once() {
    use Fate::{Done, OldDate, OldKeys, Status};
    assert_eq!(run_with(&STEADY, READ, &[OldKeys, Done]).await, (0, 2));
    assert_eq!(run_with(&STEADY, READ, &[OldKeys, OldKeys, Done]).await, (401, 2));
    assert_eq!(run_with(&STEADY, READ, &[OldDate, OldKeys, Done]).await, (0, 3));
    // It does not count among the attempts.
    let down = [Status(503), OldKeys, Status(503), Status(503), Done];
    assert_eq!(run_with(&STEADY, READ, &down).await, (0, 5));
    assert_eq!(run_with(&RetryPolicy::none(), READ, &[OldKeys, Done]).await, (401, 1));
    let budget = Budget::new(STEADY.tokens());
    // What may not be repeated is not sent again and waits for nobody, but the next call has the other
    // keys.
    for (tried, has_other_keys, calls) in [(READ, false, (1, 0)), (BUY, true, (0, 1))] {
        let mut script = script(&[OldKeys, Done], has_other_keys);
        assert!(repeat(&mut script, tried, &STEADY, &budget).await.is_err());
        assert_eq!(script.numbers.len(), 1);
        assert_eq!((script.renewals, script.refusals), calls);
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_is_put_right_once() {
    use Fate::{Done, OldDate, Status};
    assert_eq!(run_with(&STEADY, READ, &[OldDate, Done]).await, (0, 2));
    assert_eq!(run_with(&STEADY, READ, &[OldDate, OldDate, Done]).await, (401, 2));
    // Not a purchase: it may have been carried out all the same.
    assert_eq!(run_with(&STEADY, BUY, &[OldDate, Done]).await, (401, 1));
    // It does not count as an attempt, and costs nothing.
    let down = [OldDate, Status(503), Status(503), Status(503), Status(503), Done];
    assert_eq!(run_with(&STEADY, READ, &down).await, (503, 5));
    let poor = STEADY.budget(0);
    assert_eq!(run_with(&poor, READ, &[OldDate, Done]).await, (0, 2));
    assert_eq!(run_with(&RetryPolicy::none(), READ, &[OldDate, Done]).await, (401, 1));
}

#[tokio::test(start_paused = true)]
async fn pauses_end_with_the_call() {
    use Fate::{Asking, Done, Status, Stuck};
    let begun = Instant::now();
    let until = |seconds| Tried { deadline: Some(begun + Duration::from_secs(seconds)), ..READ };
    let fates = [Asking(503, 10), Asking(429, 15), Done];
    assert_eq!(run_with(&STEADY, until(26), &fates).await, (0, 3));
    assert_eq!(begun.elapsed(), Duration::from_secs(25));
    // A pause that would last too long is not begun.
    assert_eq!(run_with(&STEADY, until(35), &fates).await, (503, 1));
    assert_eq!(run_with(&STEADY, until(50), &fates).await, (429, 2));
    assert_eq!(begun.elapsed(), Duration::from_secs(35));
    // Without a limit for the call, a server cannot make it wait for ever.
    assert_eq!(run_with(&STEADY, READ, &[Asking(503, 300), Done]).await, (0, 2));
    assert_eq!(run_with(&STEADY, READ, &[Asking(503, 301), Done]).await, (503, 1));
    assert_eq!(run_with(&STEADY, READ, &[Asking(503, u64::MAX), Done]).await, (503, 1));
    assert_eq!(run_with(&STEADY, READ, &[Stuck, Done]).await, (503, 1));
    assert_eq!(run_with(&STEADY, until(0), &[Status(503), Done]).await, (503, 1));
}

#[tokio::test(start_paused = true)]
async fn a_budget_is_shared_by_calls() {
    let policy = STEADY.budget(12);
    let budget = Budget::new(policy.tokens());
    let call = async |fates: &[Fate]| {
        let mut script = script(fates, true);
        let _ = repeat(&mut script, READ, &policy, &budget).await;
        script.numbers.len()
    };
    let down = [Fate::Status(503); 4];
    assert_eq!(call(&down).await, 3);
    assert_eq!(call(&down).await, 1);
    for _ in 0..3 {
        assert_eq!(call(&[Fate::Done]).await, 1);
    }
    // 2 were left, and 3 calls have given 1 back each.
    assert_eq!(call(&[Fate::Status(503), Fate::Done]).await, 2);
    assert_eq!(call(&[Fate::Status(503), Fate::Done]).await, 2);
    assert_eq!(call(&down).await, 2);
}

#[test]
fn pauses_double_up_to_the_cap() {
    let policy = RetryPolicy::default();
    let longest = |attempts| policy.longest(attempts).as_millis();
    assert_eq!([1, 2, 3, 7, 8].map(longest), [200, 400, 800, 12_800, 20_000]);
    assert_eq!(longest(u32::MAX), 20_000);
    let pauses: Vec<Duration> = (0..200).map(|_| policy.pause(3)).collect();
    assert!(pauses.iter().all(|pause| *pause <= Duration::from_millis(800)));
    let (short, long) = (Duration::from_millis(200), Duration::from_millis(600));
    assert!(pauses.iter().any(|p| *p < short) && pauses.iter().any(|p| *p > long));
}

#[test]
fn an_attempt_that_was_not_sent_says_nothing_of_one_before() {
    let http = http();
    let broken = || http.get("no url").build().unwrap_err();
    let connect = || Error::Connect(crate::TransportError::new(broken()));
    let interrupted = || Error::Interrupted(crate::TransportError::new(broken()));
    assert!(matches!(last(connect(), Some(interrupted())), Error::Interrupted(_)));
    assert!(matches!(last(connect(), None), Error::Connect(_)));
    let refused = Error::Request(RequestError::new("no"));
    assert!(matches!(last(refused, Some(interrupted())), Error::Request(_)));
}

/// A call ends with the attempt that may have been carried out, wherever it stood.
#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_outlives_attempts_that_were_not_sent() {
    use Fate::{Done, Status, Unconnected};
    let lost = [Status(504), Unconnected, Unconnected, Unconnected, Done];
    assert_eq!(run_with(&STEADY, READ, &lost).await, (504, 4));
    let known = [Status(429), Unconnected, Unconnected, Unconnected, Done];
    let mut known = script(&known, true);
    let ended = repeat(&mut known, READ, &STEADY, &Budget::new(500)).await;
    assert!(matches!(ended, Err(Error::Connect(_))));
}
