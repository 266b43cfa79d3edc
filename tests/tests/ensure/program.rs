//! A program that makes sure of instances by the generated client, and may die on the way. In: an
//! endpoint, what is wanted, and how it dies. Out: what it was told, if it lived.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

use huaweicloud_dcs::{Client, EnsureError, Ensured, Patience, RetryPolicy, types::*};

use crate::world::World;

/// 3 looks before an order and 4 behind it.
const PATIENCE: Patience = Patience {
    before: Duration::from_millis(2),
    after: Duration::from_millis(3),
    every: Duration::from_millis(1),
};

/// How long the client waits for one answer.
const ATTEMPT: Duration = Duration::from_millis(40);

/// Retries as users have them, but for the pauses: without these 10,000 programs end in a minute.
const RETRY: RetryPolicy = RetryPolicy::none()
    .max_attempts(2)
    .base(Duration::from_millis(1))
    .cap(Duration::from_millis(1))
    .budget(500);

/// How a program dies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Crash {
    Never,
    /// When it has been asked so often to go on; if it is not done before.
    After(u32),
    /// When its order was carried out and it does not know yet, or just does.
    WhenBought,
}

/// Runs it; nothing if it died.
pub(crate) async fn run(
    world: &World,
    endpoint: &str,
    order: CreateInstanceBody,
    crash: Crash,
) -> Option<Result<Ensured, EnsureError>> {
    let client = Client::builder()
        .endpoint(endpoint)
        .allow_http(true)
        .project_id("p-1")
        .auth_token("not-a-token")
        .attempt_timeout(ATTEMPT)
        .retry(RETRY)
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    let ensured = client.ensure_instance(order).patience(PATIENCE).send();
    match crash {
        Crash::Never => Some(ensured.await),
        Crash::After(polls) => limited(ensured, polls).await,
        Crash::WhenBought => tokio::select! {
            biased;
            () = world.bought.notified() => None,
            outcome = ensured => Some(outcome),
        },
    }
}

/// What is wanted: one instance, or a batch.
pub(crate) fn order(name: &str, count: i32) -> CreateInstanceBody {
    CreateInstanceBody::new(name, Engine::Redis, 1, "spec", ["zone-a"], "vpc", "subnet")
        .engine_version("5.0")
        .no_password_access(true)
        .instance_num(count)
}

/// A future that is dropped when it has been polled so often.
async fn limited<F: Future>(future: F, polls: u32) -> Option<F::Output> {
    let (mut future, mut left) = (pin!(future), polls);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}
