//! For programs without async. In: a call, or anything else that can be awaited. Out: its result, once it is ready.

use std::{future::IntoFuture, io, panic, thread};

use tokio::runtime::{Builder, Handle, Runtime};

/// Waits for calls in programs without async.
///
/// One is enough for a program, with as many threads as it likes; connections are kept from one call to the next.
///
/// ```no_run
/// # struct Client;
/// # impl Client { async fn list_instances(&self) {} }
/// # fn run(client: &Client) -> std::io::Result<()> {
/// use huaweicloud_core::Blocking;
///
/// let blocking = Blocking::new()?;
/// let instances = blocking.wait(client.list_instances());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Blocking {
    handle: Handle,
    /// There until the end.
    runtime: Option<Runtime>,
}

impl Blocking {
    /// Starts a thread that looks after connections.
    ///
    /// # Errors
    ///
    /// What the system says when it has no thread to give.
    pub fn new() -> io::Result<Self> {
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).enable_all().thread_name("huaweicloud").build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    /// Waits until something is there: a call, a waiter, the next item of a list.
    ///
    /// Within async code it holds the thread up that it is called on; `.await` does not.
    pub fn wait<F>(&self, call: F) -> F::Output
    where
        F: IntoFuture,
        F::IntoFuture: Send,
        F::Output: Send,
    {
        let future = call.into_future();
        if Handle::try_current().is_err() {
            return self.handle.block_on(future);
        }
        // The runtime of async code allows no waiting on its threads.
        thread::scope(|scope| {
            let waiting = scope.spawn(|| self.handle.block_on(future));
            waiting.join().unwrap_or_else(|reason| panic::resume_unwind(reason))
        })
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waiting for its thread is not allowed in async code.
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    async fn later() -> u8 {
        tokio::time::sleep(Duration::from_millis(1)).await;
        7
    }

    #[test]
    fn it_waits_in_any_thread() {
        let blocking = Blocking::new().unwrap();
        assert_eq!(blocking.wait(later()), 7);
        thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(|| blocking.wait(later()))).collect();
            assert!(all.into_iter().all(|one| one.join().unwrap() == 7));
        });
    }

    #[tokio::test]
    async fn it_waits_and_ends_within_async_code() {
        let blocking = Blocking::new().unwrap();
        assert_eq!(blocking.wait(later()), 7);
    }
}
