//! A clock that tests set, and makers that are counted.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::SystemTime,
};

use tokio::sync::{Notify, Semaphore};

use super::*;

/// The clock of tokio, which stands still: seconds since 1970, as it were.
struct Clock {
    start: Instant,
    is_known: bool,
}

impl Default for Clock {
    fn default() -> Self {
        Self { start: Instant::now(), is_known: true }
    }
}

impl Clock {
    fn now(&self) -> Moment {
        let time = SystemTime::UNIX_EPOCH + self.start.elapsed();
        Moment { time, is_known: self.is_known }
    }

    async fn set(&self, seconds: u64) {
        let at = self.start + Duration::from_secs(seconds);
        tokio::time::advance(at.duration_since(Instant::now())).await;
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
        let make = |_| async {
            let number = self.made.fetch_add(1, Ordering::Relaxed) + 1;
            let end = self.clock.now().time + Duration::from_secs(3600);
            if works { Ok((number, Some(end))) } else { Err(format!("failure {number}")) }
        };
        self.cache.get(|| self.clock.now(), make).await
    }
}

#[tokio::test(start_paused = true)]
async fn a_value_is_renewed_before_its_end() {
    let maker = Maker::default();
    assert_eq!(maker.get(true).await, Ok(1));
    maker.clock.set(3299).await;
    assert_eq!(maker.get(true).await, Ok(1));
    maker.clock.set(3300).await;
    assert_eq!(maker.get(true).await, Ok(2));
    maker.clock.set(3300 + 3299).await;
    assert_eq!(maker.get(false).await, Ok(2));
    maker.cache.refuse_if(|_| true);
    assert_eq!(maker.get(true).await, Ok(3));
}

#[tokio::test(start_paused = true)]
async fn a_value_that_was_refused_serves_until_there_is_another() {
    let maker = Maker::default();
    assert_eq!(maker.get(true).await, Ok(1));
    maker.cache.refuse_if(|value| *value == 2);
    assert_eq!(maker.get(true).await, Ok(1), "another one was refused");
    maker.cache.refuse_if(|value| *value == 1);
    assert_eq!(maker.get(false).await, Ok(1));
    assert_eq!(maker.made.load(Ordering::Relaxed), 2);
    // Refused over and over: nobody is asked before the pause has passed.
    for _ in 0..10 {
        maker.cache.refuse_if(|value| *value == 1);
        assert_eq!(maker.get(true).await, Ok(1));
    }
    maker.clock.set(30).await;
    maker.cache.refuse_if(|value| *value == 1);
    assert_eq!(maker.get(true).await, Ok(3));
    // Nor for the one that came instead.
    maker.cache.refuse_if(|value| *value == 3);
    assert_eq!(maker.get(true).await, Ok(3));
    maker.clock.set(60).await;
    maker.cache.refuse_if(|value| *value == 3);
    assert_eq!(maker.get(true).await, Ok(4));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_over_by_a_clock_that_nobody_has_vouched_for() {
    let mut clock = Clock { is_known: false, ..Clock::default() };
    let cache: Cache<u32, String> = Cache::default();
    clock.set(10_000).await;
    let end = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    let made = async |_| Ok((1, end(9_000)));
    let other = async |_| Ok((2, end(9_100)));
    let none = async |_| Err("none".to_owned());
    assert_eq!(cache.get(|| clock.now(), made).await, Ok(1));
    clock.set(10_029).await;
    assert_eq!(cache.get(|| clock.now(), other).await, Ok(1));
    clock.set(10_030).await;
    assert_eq!(cache.get(|| clock.now(), none).await, Ok(1));
    clock.set(10_060).await;
    assert_eq!(cache.get(|| clock.now(), other).await, Ok(2));
    clock.is_known = true;
    assert_eq!(cache.get(|| clock.now(), none).await, Err("none".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_value_that_cannot_be_renewed_serves_until_its_end() {
    let maker = Maker::default();
    assert_eq!(maker.get(true).await, Ok(1));
    maker.clock.set(3400).await;
    assert_eq!(maker.get(false).await, Ok(1));
    assert_eq!(maker.made.load(Ordering::Relaxed), 2);
    // No second attempt before the pause has passed.
    maker.clock.set(3429).await;
    assert_eq!(maker.get(false).await, Ok(1));
    assert_eq!(maker.made.load(Ordering::Relaxed), 2);
    maker.clock.set(3430).await;
    assert_eq!(maker.get(false).await, Ok(1));
    assert_eq!(maker.made.load(Ordering::Relaxed), 3);
    // The pause ends with the value.
    maker.clock.set(3590).await;
    assert_eq!(maker.get(false).await, Ok(1));
    maker.clock.set(3600).await;
    assert_eq!(maker.get(false).await, Err("failure 5".to_owned()));
    assert_eq!(maker.get(true).await, Ok(6));
}

#[tokio::test(start_paused = true)]
async fn short_and_ended_values() {
    let clock = Clock::default();
    let cache: Cache<u32, String> = Cache::default();
    let end = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    let get = async |number, end| cache.get(|| clock.now(), |_| async { Ok((number, end)) }).await;
    assert_eq!(get(1, end(100)).await, Ok(1));
    clock.set(74).await;
    assert_eq!(get(2, end(200)).await, Ok(1));
    clock.set(75).await;
    assert_eq!(get(3, end(10)).await, Ok(3));
    // It had ended when it came: it is used, and not kept.
    assert_eq!(get(4, None).await, Ok(4));
    clock.set(u64::from(u32::MAX)).await;
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
            let make = |_| async {
                let number = made.fetch_add(1, Ordering::Relaxed) + 1;
                gate.acquire().await.map_err(|error| error.to_string())?.forget();
                if works { Ok((number, None)) } else { Err(format!("failure {number}")) }
            };
            cache.get(Moment::of_this_machine, make).await
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
            let make = |_| async {
                started.notify_one();
                std::future::pending::<Result<_, String>>().await
            };
            cache.get(Moment::of_this_machine, make).await
        }
    });
    started.notified().await;
    let second = tokio::spawn({
        let cache = Arc::clone(&cache);
        async move { cache.get(Moment::of_this_machine, |_| async { Ok((2, None)) }).await }
    });
    tokio::task::yield_now().await;
    first.abort();
    assert_eq!(second.await.unwrap(), Ok(2));
}
