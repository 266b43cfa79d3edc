//! Waiting, with a paused clock that advances to the next event.

use std::{
    future::poll_fn,
    sync::{Arc, Mutex},
};

use futures_core::Stream as _;

use reqwest::{StatusCode, header::HeaderMap};

use super::*;
use crate::{ServiceError, redact::Redactor};

fn service_error(status: u16) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    let redactor = Redactor::new("");
    Error::Service(Box::new(ServiceError::new(
        status,
        &HeaderMap::new(),
        bytes::Bytes::new(),
        false,
        redactor,
    )))
}

fn judge(state: &&'static str) -> Verdict {
    let reason = || format!("is {state}");
    match *state {
        "RUNNING" => Verdict::Reached,
        "ERROR" => Verdict::Failed { reason: reason() },
        "PAYING" => Verdict::Stalled { reason: reason(), after: Duration::from_secs(60) },
        _ => Verdict::Pending,
    }
}

fn settings() -> WaitSettings<&'static str> {
    WaitSettings {
        first: Duration::from_secs(5),
        every: Duration::from_secs(10),
        limit: Duration::from_secs(1800),
        times: 2,
        judge,
        is_gone: |error| error.status() == Some(StatusCode::NOT_FOUND),
    }
}

/// A service that gives these answers; statuses are errors, and the last one is repeated.
#[derive(Clone)]
struct Script {
    answers: Arc<Mutex<Vec<&'static str>>>,
    asked: Arc<Mutex<Vec<u64>>>,
}

impl Script {
    fn new(answers: &[&'static str]) -> Self {
        let answers = answers.iter().rev().copied().collect();
        Self { answers: Arc::new(Mutex::new(answers)), asked: Arc::default() }
    }

    fn answer(&self, started: Instant) -> Result<&'static str, Error> {
        self.asked.lock().unwrap().push(started.elapsed().as_secs());
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop().unwrap() } else { answers[0] };
        answer.parse().map_or(Ok(answer), |status| Err(service_error(status)))
    }

    fn asked(&self) -> Vec<u64> {
        self.asked.lock().unwrap().clone()
    }

    fn waiter(&self) -> Waiter<'static, &'static str> {
        let (script, started) = (self.clone(), Instant::now());
        Waiter::for_state("thing 1".to_owned(), settings(), move || {
            let answer = script.answer(started);
            async move { answer }
        })
    }

    fn end(&self) -> Waiter<'static, &'static str, UntilGone> {
        let (script, started) = (self.clone(), Instant::now());
        Waiter::for_end("thing 1".to_owned(), settings(), move || {
            let answer = script.answer(started);
            async move { answer }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_state_must_be_seen_twice_in_a_row() {
    let script = Script::new(&["CREATING", "RUNNING", "CREATING", "RUNNING", "RUNNING"]);
    assert_eq!(script.waiter().wait().await.unwrap(), "RUNNING");
    let asked = script.asked();
    assert_eq!((asked.len(), asked[0]), (5, 5));
    for pair in asked.windows(2) {
        assert!((10..=11).contains(&(pair[1] - pair[0])), "{asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_state_that_leads_nowhere_ends_it_at_once() {
    let script = Script::new(&["CREATING", "ERROR"]);
    let error = script.waiter().wait().await.unwrap_err();
    assert_eq!(error.to_string(), "thing 1: is ERROR");
    assert_eq!(script.asked().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_stays_too_long_fails_but_not_what_passes() {
    let script = Script::new(&["PAYING", "PAYING", "CREATING", "PAYING", "RUNNING", "RUNNING"]);
    assert_eq!(script.waiter().wait().await.unwrap(), "RUNNING");
    let script = Script::new(&["PAYING"]);
    let error = script.waiter().wait().await.unwrap_err();
    assert_eq!(error.to_string(), "thing 1: is PAYING");
    assert!((65..=77).contains(script.asked().last().unwrap()), "{:?}", script.asked());
}

#[tokio::test(start_paused = true)]
async fn what_was_never_there_has_a_short_time_to_appear() {
    let script = Script::new(&["404", "404", "CREATING", "RUNNING"]);
    assert_eq!(script.waiter().wait().await.unwrap(), "RUNNING");
    let script = Script::new(&["404"]);
    // However long the first pause was, and for each time that it is waited for.
    let mut waiter = script.waiter().first_after(Duration::from_secs(300));
    for begun in [0, 320] {
        let error = waiter.wait().await.unwrap_err();
        assert!(matches!(error, WaitError::NotFound { .. }));
        let text = "thing 1: it is not there; check the id, and that region and project are those \
                    that it was made in";
        assert_eq!(error.to_string(), text);
        let last = *script.asked().last().unwrap();
        assert!((begun + 320..=begun + 326).contains(&last), "{:?}", script.asked());
    }
    assert_eq!(script.asked().len(), 6);
}

#[tokio::test(start_paused = true)]
async fn how_long_it_may_be_missing_can_be_set() {
    let script = Script::new(&["404", "404", "404", "404", "404", "CREATING", "RUNNING"]);
    let minute = Duration::from_secs(60);
    assert_eq!(script.waiter().appears_within(minute).wait().await.unwrap(), "RUNNING");
    for (time, asked) in [(Duration::ZERO, 1), (Duration::from_secs(10), 2), (minute, 7)] {
        let script = Script::new(&["404"]);
        let error = script.waiter().appears_within(time).wait().await.unwrap_err();
        assert!(matches!(error, WaitError::NotFound { .. }), "{time:?}: {error}");
        assert_eq!(script.asked().len(), asked, "{time:?}");
    }
    // Longer than the limit: the limit ends it, and says what the last answer was.
    let script = Script::new(&["404"]);
    let waiter = script.waiter().appears_within(Duration::MAX).limit(minute);
    let error = { waiter }.wait().await.unwrap_err();
    assert!(matches!(error, WaitError::TimedOut { error: Some(_), .. }), "{error}");
}

/// An item of a list is not there when the list does not have it.
#[tokio::test(start_paused = true)]
async fn an_item_of_a_list_is_waited_for_like_a_thing() {
    let item = |answers: &'static [&'static str]| {
        let (script, started) = (Script::new(answers), Instant::now());
        move || {
            let answer = script.answer(started);
            async move {
                match answer {
                    Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => Ok(None),
                    answer => answer.map(Some),
                }
            }
        }
    };
    let wait = async |answers| {
        Waiter::of_item("thing 1".to_owned(), settings(), item(answers)).wait().await
    };
    assert_eq!(wait(&["404", "404", "WAITING", "503", "RUNNING"]).await.unwrap(), "RUNNING");
    assert!(matches!(wait(&["404"]).await, Err(WaitError::NotFound { .. })));
    assert!(matches!(wait(&["WAITING", "404"]).await, Err(WaitError::Gone { .. })));
    assert!(matches!(wait(&["WAITING", "ERROR"]).await, Err(WaitError::Failed { .. })));
    let end = |answers| Waiter::end_of_item("thing 1".to_owned(), settings(), item(answers));
    end(&["WAITING", "WAITING", "404"]).wait().await.unwrap();
    end(&["404"]).wait().await.unwrap();
    let error = end(&["WAITING"]).limit(Duration::from_secs(30)).wait().await.unwrap_err();
    assert!(matches!(error, WaitError::TimedOut { .. }), "{error}");
}

#[tokio::test(start_paused = true)]
async fn what_was_seen_and_is_gone_ends_it_at_once() {
    let script = Script::new(&["404", "CREATING", "404"]);
    let error = script.waiter().wait().await.unwrap_err();
    let text = "thing 1: it is gone; somebody deleted it in the meantime";
    assert_eq!(error.to_string(), text);
    assert_eq!(script.asked().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_waiter_that_has_ended_asks_again_before_it_says_anything() {
    // Not "gone" after a time-out.
    let script = Script::new(&["CREATING"]);
    let mut waiter = script.end().limit(Duration::from_secs(30));
    for _ in 0..3 {
        let asked = script.asked().len();
        assert!(matches!(waiter.wait().await, Err(WaitError::TimedOut { .. })));
        assert!(script.asked().len() > asked + 1, "each time has the whole limit");
        let next = waiter.next().await;
        assert!(matches!(next, Some(Ok("CREATING"))), "asked again after an error");
        while waiter.next().await.is_some_and(|answer| answer.is_ok()) {}
    }
    // Not "is not there" after a success, nor a success that was true once.
    let script = Script::new(&["RUNNING", "RUNNING", "RUNNING", "RUNNING", "ERROR"]);
    let mut waiter = script.waiter();
    for asked in [2, 4] {
        assert_eq!(waiter.wait().await.unwrap(), "RUNNING");
        assert_eq!(script.asked().len(), asked);
        assert!(waiter.next().await.is_none(), "nothing behind the state that was reached");
    }
    assert!(matches!(waiter.wait().await, Err(WaitError::Failed { .. })));
    // The end of a thing that was made again under its id.
    let script = Script::new(&["404", "CREATING"]);
    let mut waiter = script.end().limit(Duration::from_secs(30));
    waiter.wait().await.unwrap();
    assert!(matches!(waiter.wait().await, Err(WaitError::TimedOut { .. })));
}

#[tokio::test(start_paused = true)]
async fn as_a_stream_it_ends_with_an_error() {
    let script = Script::new(&["CREATING", "403"]);
    let mut waiter = script.waiter();
    let mut next = async || {
        let stream = Pin::new(&mut waiter);
        let mut stream = stream;
        poll_fn(|context| stream.as_mut().poll_next(context)).await
    };
    assert!(matches!(next().await, Some(Ok("CREATING"))));
    assert!(matches!(next().await, Some(Err(WaitError::Call(_)))));
    assert!(next().await.is_none() && next().await.is_none());
    assert_eq!(script.asked().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn any_duration_is_one() {
    for time in [Duration::MAX, Duration::from_secs(u64::MAX), Duration::from_secs(1 << 50)] {
        let script = Script::new(&["CREATING", "RUNNING", "RUNNING"]);
        let mut waiter = script.waiter().limit(time);
        assert_eq!(waiter.wait().await.unwrap(), "RUNNING");
        let mut waiter = script.waiter().first_after(time).every(time).limit(time);
        let next = tokio::time::timeout(Duration::from_secs(3600), waiter.next()).await;
        assert!(next.is_err(), "a pause of ages");
        let limit = Duration::from_secs(60);
        let mut waiter = script.waiter().first_after(time).every(time).limit(limit);
        let asked = script.asked().len();
        assert!(matches!(waiter.wait().await, Err(WaitError::TimedOut { .. })));
        assert_eq!(script.asked().len(), asked + 1, "asked before it is over");
    }
    let script = Script::new(&["CREATING"]);
    let nothing = Duration::ZERO;
    let mut waiter = script.waiter().first_after(nothing).every(nothing).limit(nothing);
    assert!(matches!(waiter.wait().await, Err(WaitError::TimedOut { .. })));
    assert_eq!(script.asked(), [0]);
    // A pause of nothing is one all the same.
    let script = Script::new(&["CREATING"]);
    let mut waiter = script.waiter().first_after(nothing).every(nothing);
    waiter = waiter.limit(Duration::from_secs(10));
    assert!(waiter.wait().await.is_err());
    assert!((80..100).contains(&script.asked().len()), "{}", script.asked().len());
}

#[tokio::test(start_paused = true)]
async fn a_limit_ends_a_question_that_hangs() {
    let began = Instant::now();
    let limit = Duration::from_secs(60);
    let ask = || std::future::pending::<Result<&'static str, Error>>();
    let waiter = Waiter::for_state("thing 1".to_owned(), settings(), ask);
    let error = { waiter.limit(limit) }.wait().await.unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 60);
    let text = "thing 1: gave up waiting after 60 s; the last poll timed out";
    assert_eq!(error.to_string(), text);
    // One that pauses for longer than that is no other.
    let ask = || async {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        Ok("RUNNING")
    };
    let mut waiter = Waiter::for_end("thing 1".to_owned(), settings(), ask).limit(limit);
    assert!(matches!(waiter.wait().await, Err(WaitError::TimedOut { is_unanswered: true, .. })));
    assert_eq!(began.elapsed().as_secs(), 120);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_thing_is_reached_when_it_is_gone() {
    let script = Script::new(&["RUNNING", "404"]);
    script.end().first_after(Duration::ZERO).wait().await.unwrap();
    assert_eq!((script.asked().len(), script.asked()[0]), (2, 0));
    let script = Script::new(&["404"]);
    script.end().wait().await.unwrap();
    assert_eq!(script.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn passing_errors_are_survived_and_others_are_not() {
    let script = Script::new(&["500", "429", "RUNNING", "503", "RUNNING", "RUNNING"]);
    assert_eq!(script.waiter().wait().await.unwrap(), "RUNNING");
    assert_eq!(script.asked().len(), 6, "an error in between breaks the row");
    let script = Script::new(&["408", "425", "429", "499", "501", "RUNNING", "RUNNING"]);
    assert_eq!(script.waiter().wait().await.unwrap(), "RUNNING");
    let script = Script::new(&["CREATING", "403"]);
    let error = script.waiter().wait().await.unwrap_err();
    assert!(
        matches!(&error, WaitError::Call(call) if call.status() == Some(StatusCode::FORBIDDEN))
    );
}

#[tokio::test(start_paused = true)]
async fn time_ends_it_and_the_last_question_is_shortly_before() {
    let script = Script::new(&["CREATING"]);
    let mut waiter = script.waiter().limit(Duration::from_secs(120));
    let error = waiter.wait().await.unwrap_err();
    let text = "thing 1: gave up waiting after 120 s; it may still succeed; wait again";
    assert_eq!(error.to_string(), text);
    assert_eq!(script.asked().last(), Some(&118), "it has 2 s to be answered");

    let script = Script::new(&["CREATING", "PAYING"]);
    let error = script.waiter().limit(Duration::from_secs(30)).wait().await.unwrap_err();
    assert_eq!(error.to_string(), "thing 1: gave up waiting after 30 s: is PAYING");

    let script = Script::new(&["503"]);
    let error = script.waiter().limit(Duration::from_secs(30)).wait().await.unwrap_err();
    let text = error.to_string();
    let begin = "thing 1: gave up waiting after 30 s; the last response was an error: 503";
    assert!(text.starts_with(begin), "{text}");
}

#[tokio::test(start_paused = true)]
async fn every_answer_on_the_way_is_shown() {
    let script = Script::new(&["CREATING", "500", "RUNNING", "RUNNING"]);
    let mut waiter = script.waiter();
    let mut seen = Vec::new();
    while let Some(state) = waiter.next().await {
        seen.push(state.unwrap());
    }
    assert_eq!(seen, ["CREATING", "RUNNING", "RUNNING"]);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_future_loses_nothing() {
    let script = Script::new(&["CREATING", "RUNNING", "RUNNING"]);
    let mut waiter = script.waiter();
    for _ in 0..100 {
        // Most of these end in the middle of a pause.
        let next = tokio::time::timeout(Duration::from_secs(1), waiter.next()).await;
        if matches!(next, Ok(None)) {
            break;
        }
    }
    let asked = script.asked();
    assert_eq!((asked.len(), asked[0]), (3, 5), "{asked:?}");
}

#[test]
fn a_waiter_can_go_to_another_thread() {
    fn sendable<T: Send>(_: &T) {}
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let mut waiter = Script::new(&["RUNNING"]).waiter();
        sendable(&waiter);
        sendable(&waiter.wait());
    });
}
