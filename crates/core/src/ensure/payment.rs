//! Whether an order is paid. In: a source for the states of orders, and the ID of one. Out: that
//! nothing will come of it, as soon as that is known; and whether a slow order is slow for another reason.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::time::{Instant, sleep};

use crate::Error;

/// What has become of an order, as the service says that bills it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrderState {
    /// Nothing is known of it yet.
    Unknown,
    /// It waits for its payment: nothing is made of it before.
    Unpaid,
    /// It is paid or needs no payment, and is carried out; or it is looked at by people before.
    Accepted,
    /// It was cancelled: nothing will be made of it.
    Cancelled,
}

/// The state of an order, once it is known.
pub type OrderStateFuture<'s> =
    Pin<Box<dyn Future<Output = Result<OrderState, Error>> + Send + 's>>;

/// Knows what has become of orders.
pub trait OrderStates: Send + Sync {
    /// The state of an order, by its id.
    fn state<'s>(&'s self, order_id: &'s str) -> OrderStateFuture<'s>;
}

/// How long an order may wait for its payment: one that is paid by itself does so too, for a moment.
const TIME_TO_PAY: Duration = Duration::from_secs(60);

/// How long to pause between questions, at least and while the order is not accepted, and afterwards.
const PAUSE: Duration = Duration::from_secs(10);
const PAUSE_WHEN_ACCEPTED: Duration = Duration::from_secs(60);

/// Whom to ask; nobody where there is nobody.
#[derive(Default)]
pub(super) struct Payment<'c>(pub(super) Option<Box<dyn OrderStates + 'c>>);

impl fmt::Debug for Payment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "asked" } else { "not asked" })
    }
}

/// An order that is watched.
pub(super) struct Watch<'w> {
    pub(super) order_id: String,
    /// Whether the order was accepted, by the last answer.
    pub(super) is_accepted: Arc<AtomicBool>,
    /// Ends with the state that nothing is made of.
    pub(super) end: Pin<Box<dyn Future<Output = OrderState> + Send + 'w>>,
}

impl<'w> Watch<'w> {
    /// Watches an order, if it is known and there is somebody to ask.
    pub(super) fn new(payment: &'w Payment<'_>, order_id: Option<&str>) -> Option<Self> {
        let (states, order_id) = (payment.0.as_deref()?, order_id?.to_owned());
        let is_accepted = Arc::new(AtomicBool::new(false));
        let end = Box::pin(end(states, order_id.clone(), Arc::clone(&is_accepted)));
        Some(Self { order_id, is_accepted, end })
    }
}

/// Asks until nothing will be made of the order. Who gives no answer says nothing about it.
async fn end(
    states: &dyn OrderStates,
    order_id: String,
    is_accepted: Arc<AtomicBool>,
) -> OrderState {
    let mut unpaid_since = None;
    loop {
        let accepted = is_accepted.load(Ordering::Relaxed);
        sleep(if accepted { PAUSE_WHEN_ACCEPTED } else { PAUSE }).await;
        let Ok(state) = states.state(&order_id).await else { continue };
        is_accepted.store(state == OrderState::Accepted, Ordering::Relaxed);
        match state {
            OrderState::Cancelled => return state,
            OrderState::Accepted => unpaid_since = None,
            OrderState::Unknown => {}
            OrderState::Unpaid => {
                let since = *unpaid_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= TIME_TO_PAY {
                    return state;
                }
            }
        }
    }
}
