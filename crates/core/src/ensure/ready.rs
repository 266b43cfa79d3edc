//! Waits for everything an order created, concurrently. In: a waiter for each instance, and optionally a source that tells
//! whether the order is paid. Out: the last response of each, or the first error.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures_core::Stream as _;

use super::{
    EnsureError, Ensured, OrderState, OrderStates, Resource,
    error::Comma,
    payment::{Payment, Watch},
};
use crate::{WaitError, Waiter};

type Progress<'c, T> = Box<dyn FnMut(&Resource, &T) + Send + 'c>;

/// How to wait for what was made sure of; generated calls have a setter for each.
#[doc(hidden)]
pub struct WaitOptions<'c, T> {
    pub first: Option<Duration>,
    pub every: Option<Duration>,
    pub limit: Option<Duration>,
    /// How long what was made may not be visible; generated calls give it as long as an order that is
    /// looked for.
    pub appear: Option<Duration>,
    pub progress: Option<Progress<'c, T>>,
    payment: Payment<'c>,
}

impl<T> Default for WaitOptions<'_, T> {
    #[inline]
    fn default() -> Self {
        Self {
            first: None,
            every: None,
            limit: None,
            appear: None,
            progress: None,
            payment: Payment(None),
        }
    }
}

impl<T> fmt::Debug for WaitOptions<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitOptions")
            .field("first", &self.first)
            .field("every", &self.every)
            .field("limit", &self.limit)
            .field("appear", &self.appear)
            .field("payment", &self.payment)
            .finish_non_exhaustive()
    }
}

impl<'c, T> WaitOptions<'c, T> {
    /// Whom to ask what has become of the order.
    #[must_use]
    pub fn asking(mut self, states: impl OrderStates + 'c) -> Self {
        self.payment = Payment(Some(Box::new(states)));
        self
    }

    /// Waits for all of it at the same time; `waiter` makes one of an id. The first that fails ends it.
    ///
    /// # Errors
    ///
    /// [`EnsureWaitError::Wait`] or [`EnsureWaitError::Order`] with all that is there.
    pub async fn wait<'w>(
        mut self,
        ensured: Ensured,
        waiter: impl Fn(&str) -> Waiter<'w, T>,
    ) -> Result<Ensured<T>, EnsureWaitError> {
        let payment = std::mem::take(&mut self.payment);
        let mut watch = Watch::new(&payment, ensured.order_id.as_deref());
        let is_accepted = watch.as_ref().map(|watch| Arc::clone(&watch.is_accepted));
        let waiting = |resource: &Resource| Waiting {
            resource: resource.clone(),
            waiter: self.tell(waiter(&resource.id)).excused_by(is_accepted.clone()),
            last: None,
            is_done: false,
        };
        let mut all: Vec<Waiting<'w, T>> = ensured.items.iter().map(waiting).collect();
        let progress = &mut self.progress;
        let end = poll_fn(|context| {
            if let Poll::Ready(end) = poll_all(&mut all, progress, context) {
                return Poll::Ready(Ok(end));
            }
            match &mut watch {
                Some(watch) => watch.end.as_mut().poll(context).map(Err),
                None => Poll::Pending,
            }
        });
        match end.await {
            Ok(Ok(())) => {
                let answers = all.into_iter().filter_map(|waiting| waiting.last).collect();
                Ok(ensured.with_items(answers))
            }
            Ok(Err(error)) => Err(EnsureWaitError::Wait { items: ensured.items, error }),
            Err(state) => {
                let order_id = watch.map(|watch| watch.order_id).unwrap_or_default();
                Err(EnsureWaitError::Order { items: ensured.items, order_id, state })
            }
        }
    }

    fn tell<'w>(&self, waiter: Waiter<'w, T>) -> Waiter<'w, T> {
        let waiter = match self.appear {
            Some(time) => waiter.appears_within(time),
            None => waiter,
        };
        let waiter = match self.first {
            Some(pause) => waiter.first_after(pause),
            None => waiter,
        };
        let waiter = match self.every {
            Some(pause) => waiter.every(pause),
            None => waiter,
        };
        match self.limit {
            Some(limit) => waiter.limit(limit),
            None => waiter,
        }
    }
}

/// One that is waited for.
struct Waiting<'w, T> {
    resource: Resource,
    waiter: Waiter<'w, T>,
    last: Option<T>,
    is_done: bool,
}

fn poll_all<T>(
    all: &mut [Waiting<'_, T>],
    progress: &mut Option<Progress<'_, T>>,
    context: &mut Context<'_>,
) -> Poll<Result<(), WaitError>> {
    let mut is_done = true;
    for Waiting { resource, waiter, last, is_done: one_is_done } in all {
        while !*one_is_done {
            match Pin::new(&mut *waiter).poll_next(context) {
                Poll::Pending => break,
                Poll::Ready(Some(Ok(answer))) => {
                    if let Some(progress) = progress {
                        progress(resource, &answer);
                    }
                    *last = Some(answer);
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(error)),
                Poll::Ready(None) => *one_is_done = true,
            }
        }
        is_done &= *one_is_done;
    }
    if is_done { Poll::Ready(Ok(())) } else { Poll::Pending }
}

/// Why something that was made sure of is not ready.
#[non_exhaustive]
pub enum EnsureWaitError {
    /// It is not sure that it is there.
    Ensure(EnsureError),
    /// It is there, but one of it is not ready. Wait for each again by its id; nothing is ordered twice.
    Wait {
        /// All that is there.
        items: Vec<Resource>,
        /// Why the first that failed is not ready.
        error: WaitError,
    },
    /// Nothing is made of the order, says whoever bills it. An unpaid one is carried out once it is paid:
    /// pay it, and wait for each again by its id.
    Order {
        /// All that will be made of it.
        items: Vec<Resource>,
        /// The order.
        order_id: String,
        /// What has become of it.
        state: OrderState,
    },
}

impl From<EnsureError> for EnsureWaitError {
    fn from(error: EnsureError) -> Self {
        Self::Ensure(error)
    }
}

impl fmt::Display for EnsureWaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ensure(error) => error.fmt(f),
            Self::Wait { items, error } => write!(f, "{error} (there is {})", Comma(items)),
            Self::Order { items, order_id, state } => {
                let what = match state {
                    OrderState::Cancelled => {
                        "was cancelled, and nothing will be made of it; order again"
                    }
                    _ => "is not paid, and nothing is made of it before; pay it, and wait again",
                };
                write!(f, "order {order_id} {what} (it is for {})", Comma(items))
            }
        }
    }
}

crate::readable_debug!(EnsureWaitError);

impl std::error::Error for EnsureWaitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Ensure(error) => error.source(),
            Self::Wait { error, .. } => Some(error),
            Self::Order { .. } => None,
        }
    }
}
