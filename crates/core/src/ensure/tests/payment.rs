//! An unpaid order and a slow one, with a paused clock. In: states of an instance and of its order. Out: the result,
//! and when it is known.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use tokio::time::Instant;

use super::super::{
    EnsureWaitError, Ensured, OrderState, OrderStateFuture, OrderStates, Resource, WaitOptions,
};
use crate::{Verdict, WaitError, Waiter, wait::WaitSettings};

/// Answers one state after the other; the last one stays.
struct Billed(&'static [OrderState], AtomicUsize);

impl OrderStates for Billed {
    fn state<'s>(&'s self, order_id: &'s str) -> OrderStateFuture<'s> {
        assert_eq!(order_id, "order-1");
        let asked = self.1.fetch_add(1, Ordering::Relaxed);
        let state = self.0.get(asked).or(self.0.last()).copied();
        Box::pin(async move { Ok(state.unwrap_or(OrderState::Unknown)) })
    }
}

fn judge(state: &&'static str) -> Verdict {
    match *state {
        "RUNNING" => Verdict::Reached,
        "PAYING" => Verdict::Stalled {
            reason: "it is not paid".to_owned(),
            after: Duration::from_secs(300),
        },
        _ => Verdict::Pending,
    }
}

fn settings() -> WaitSettings<&'static str> {
    WaitSettings {
        first: Duration::from_secs(5),
        every: Duration::from_secs(10),
        limit: Duration::from_secs(1800),
        times: 1,
        judge,
        is_gone: |_| false,
    }
}

/// Waits for an instance that is paying for so many seconds, and then running. Out: the end, and after how many
/// seconds it came.
async fn wait(
    paying: u64,
    billed: Option<&'static [OrderState]>,
    order_id: Option<&str>,
) -> (Result<Ensured<&'static str>, EnsureWaitError>, u64) {
    let start = Instant::now();
    let ask = move || async move {
        let is_over = start.elapsed() >= Duration::from_secs(paying);
        Ok(if is_over { "RUNNING" } else { "PAYING" })
    };
    let item = Resource { name: "cache".to_owned(), id: "i-1".to_owned() };
    let ensured = Ensured::created(vec![item], order_id.map(str::to_owned));
    let mut options = WaitOptions::default();
    if let Some(billed) = billed {
        options = options.asking(Billed(billed, AtomicUsize::new(0)));
    }
    let waiter = |id: &str| Waiter::for_state(format!("instance {id}"), settings(), ask);
    let end = options.wait(ensured, waiter).await;
    (end, start.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn an_unpaid_order_ends_the_waiting_soon() {
    let (end, seconds) = wait(9000, Some(&[OrderState::Unpaid]), Some("order-1")).await;
    let error = end.unwrap_err();
    assert_eq!(
        error.to_string(),
        "order order-1 is not paid, and nothing is made of it before; pay it, and wait again (it is for cache (i-1))"
    );
    assert!((70..90).contains(&seconds), "{seconds}");
}

#[tokio::test(start_paused = true)]
async fn an_order_that_is_paid_by_itself_after_a_moment_is_waited_for() {
    let states =
        &[OrderState::Unknown, OrderState::Unpaid, OrderState::Unpaid, OrderState::Accepted];
    let (end, _) = wait(120, Some(states), Some("order-1")).await;
    assert_eq!(end.unwrap().items, ["RUNNING"]);
}

#[tokio::test(start_paused = true)]
async fn a_paid_order_that_is_slow_is_waited_for() {
    let (end, seconds) = wait(900, Some(&[OrderState::Accepted]), Some("order-1")).await;
    assert_eq!(end.unwrap().items, ["RUNNING"]);
    assert!((900..920).contains(&seconds), "{seconds}");
    // Without anybody to ask, and for what was there before, the state alone counts.
    for (billed, order_id) in
        [(None, Some("order-1")), (Some([OrderState::Accepted].as_slice()), None)]
    {
        let (end, seconds) = wait(900, billed, order_id).await;
        let is_failed =
            matches!(end, Err(EnsureWaitError::Wait { error: WaitError::Failed { .. }, .. }));
        assert!(is_failed && (300..330).contains(&seconds), "{seconds}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_order_ends_the_waiting_at_once() {
    let states = &[OrderState::Accepted, OrderState::Cancelled];
    let (end, seconds) = wait(9000, Some(states), Some("order-1")).await;
    let error = end.unwrap_err();
    let is_cancelled = matches!(
        &error,
        EnsureWaitError::Order { state: OrderState::Cancelled, order_id, .. } if order_id == "order-1"
    );
    assert!(is_cancelled, "{error}");
    assert!((70..80).contains(&seconds), "{seconds}");
}
