//! A clock that is set by hand, and makers that are counted.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::SystemTime,
};

use tokio::sync::{Notify, Semaphore};

use super::*;

/// Seconds since some beginning.
#[derive(Default)]
struct Clock(AtomicU64);

impl Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn set(&self, seconds: u64) {
        self.0.store(seconds, Ordering::Relaxed);
    }
}

/// Gives 1, 2, 3, … each good for an hour, or fails.
#[derive(Default)]
struct Maker {
    clock: Clock,
    made: AtomicU32,
    cache: Cache<u32, String>,
}

impl Maker {
    async fn get(&self, works: bool) -> Result<u32, String> {
        let make = || async {
            let number = self.made.fetch_add(1, Ordering::Relaxed) + 1;
            let end = self.clock.now() + Duration::from_secs(3600);
            if works { Ok((number, Some(end))) } else { Err(format!("failure {number}")) }
        };
        self.cache.get(|| self.clock.now(), make).await
    }
}

#[tokio::test]
async fn a_value_is_renewed_before_its_end() {
    let maker = Maker::default();
    assert_eq!(maker.get(true).await, Ok(1));
    maker.clock.set(3299);
    assert_eq!(maker.get(true).await, Ok(1));
    maker.clock.set(3300);
    assert_eq!(maker.get(true).await, Ok(2));
    maker.clock.set(3300 + 3299);
    assert_eq!(maker.get(false).await, Ok(2));
    maker.cache.forget_if(|_| true);
    assert_eq!(maker.get(true).await, Ok(3));
}

#[tokio::test]
async fn a_value_that_cannot_be_renewed_serves_until_its_end() {
    let maker = Maker::default();
    assert_eq!(maker.get(true).await, Ok(1));
    maker.clock.set(3400);
    assert_eq!(maker.get(false).await, Ok(1));
    assert_eq!(maker.made.load(Ordering::Relaxed), 2);
    // No second attempt before the pause has passed.
    maker.clock.set(3429);
    assert_eq!(maker.get(false).await, Ok(1));
    assert_eq!(maker.made.load(Ordering::Relaxed), 2);
    maker.clock.set(3430);
    assert_eq!(maker.get(false).await, Ok(1));
    assert_eq!(maker.made.load(Ordering::Relaxed), 3);
    // The pause ends with the value.
    maker.clock.set(3590);
    assert_eq!(maker.get(false).await, Ok(1));
    maker.clock.set(3600);
    assert_eq!(maker.get(false).await, Err("failure 5".to_owned()));
    assert_eq!(maker.get(true).await, Ok(6));
}

#[tokio::test]
async fn short_and_ended_values() {
    let clock = Clock::default();
    let cache: Cache<u32, String> = Cache::default();
    let end = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    let get = async |number, end| cache.get(|| clock.now(), || async { Ok((number, end)) }).await;
    assert_eq!(get(1, end(100)).await, Ok(1));
    clock.set(74);
    assert_eq!(get(2, end(200)).await, Ok(1));
    clock.set(75);
    assert_eq!(get(3, end(10)).await, Ok(3));
    // It had ended when it came: it is used, and not kept.
    assert_eq!(get(4, None).await, Ok(4));
    clock.set(u64::from(u32::MAX));
    assert_eq!(get(5, None).await, Ok(4));
}

/// Starts many callers, lets all of them wait, and then the one that makes the value go on.
async fn together(works: bool) -> (u32, Vec<Result<u32, String>>) {
    let maker = Arc::new((Cache::<u32, String>::default(), AtomicU32::new(0), Semaphore::new(0)));
    let mut callers = Vec::new();
    for _ in 0..50 {
        let maker = Arc::clone(&maker);
        callers.push(tokio::spawn(async move {
            let (cache, made, gate) = &*maker;
            let make = || async {
                let number = made.fetch_add(1, Ordering::Relaxed) + 1;
                gate.acquire().await.map_err(|error| error.to_string())?.forget();
                if works { Ok((number, None)) } else { Err(format!("failure {number}")) }
            };
            cache.get(SystemTime::now, make).await
        }));
    }
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    maker.2.add_permits(50);
    let mut results = Vec::new();
    for caller in callers {
        results.push(caller.await.unwrap());
    }
    (maker.1.load(Ordering::Relaxed), results)
}

#[tokio::test]
async fn one_makes_it_while_the_others_wait() {
    assert_eq!(together(true).await, (1, vec![Ok(1); 50]));
}

#[tokio::test]
async fn who_waits_shares_the_failure() {
    assert_eq!(together(false).await, (1, vec![Err("failure 1".to_owned()); 50]));
}

#[tokio::test]
async fn a_caller_who_gives_up_makes_room_for_the_next() {
    let cache = Arc::new(Cache::<u32, String>::default());
    let started = Arc::new(Notify::new());
    let first = tokio::spawn({
        let (cache, started) = (Arc::clone(&cache), Arc::clone(&started));
        async move {
            let make = || async {
                started.notify_one();
                std::future::pending::<Result<_, String>>().await
            };
            cache.get(SystemTime::now, make).await
        }
    });
    started.notified().await;
    let second = tokio::spawn({
        let cache = Arc::clone(&cache);
        async move { cache.get(SystemTime::now, || async { Ok((2, None)) }).await }
    });
    tokio::task::yield_now().await;
    first.abort();
    assert_eq!(second.await.unwrap(), Ok(2));
}
