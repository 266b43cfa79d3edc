//! Waiting, on a clock that jumps to the next thing to happen.

use std::sync::{Arc, Mutex};

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

    fn end(&self) -> Waiter<'static, &'static str, Gone> {
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
async fn what_is_gone_is_told_from_what_is_not_listed_yet() {
    let script = Script::new(&["404", "CREATING", "RUNNING"]);
    assert_eq!(script.waiter().wait().await.unwrap(), "RUNNING");
    let script = Script::new(&["404"]);
    assert!(matches!(script.waiter().wait().await, Err(WaitError::Gone { .. })));
    assert_eq!(script.asked().len(), 2);
    let script = Script::new(&["CREATING", "404"]);
    let error = script.waiter().wait().await.unwrap_err();
    assert_eq!(error.to_string(), "thing 1: is not there; check the id, or whether it was deleted");
    assert_eq!(script.asked().len(), 2);
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
    let script = Script::new(&["CREATING", "403"]);
    let error = script.waiter().wait().await.unwrap_err();
    assert!(
        matches!(&error, WaitError::Call(call) if call.status() == Some(StatusCode::FORBIDDEN))
    );
}

#[tokio::test(start_paused = true)]
async fn time_ends_it_and_the_last_question_is_at_the_deadline() {
    let script = Script::new(&["CREATING"]);
    let mut waiter = script.waiter().limit(Duration::from_secs(120));
    let error = waiter.wait().await.unwrap_err();
    let text = "thing 1: not done after 120 s; wait again, it may still get there";
    assert_eq!(error.to_string(), text);
    assert_eq!(script.asked().last(), Some(&120));
    assert!(waiter.next().await.is_none(), "nothing follows an error");

    let script = Script::new(&["CREATING", "PAYING"]);
    let error = script.waiter().limit(Duration::from_secs(30)).wait().await.unwrap_err();
    assert_eq!(error.to_string(), "thing 1: not done after 30 s: is PAYING");

    let script = Script::new(&["503"]);
    let error = script.waiter().limit(Duration::from_secs(30)).wait().await.unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("thing 1: not done after 30 s; the last question failed: 503"));
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
