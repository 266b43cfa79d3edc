//! Ordering at most once over real sockets: thousands of services with seeded faults, used by
//! programs that ensure one instance or three, and that may crash, run concurrently
//! and are restarted. There are never more instances than requested, and success is never reported without them.
//!
//! The simulation makes the assumptions of the documentation: an order is listed within `after` of being sent. Half
//! of the services take longer than `before`; there, a restarted program either has a journal or reports that something
//! may have been ordered.
//!
//! A failing run prints its seed; `ENSURE_SEED=17 cargo test -p conformance --test ensure` runs
//! only that seed and prints what happened. `ENSURE_RUNS` sets the number of seeds.

#[path = "ensure/answers.rs"]
mod answers;
#[path = "ensure/fate.rs"]
mod fate;
#[path = "ensure/judge.rs"]
mod judge;
#[path = "ensure/often.rs"]
mod often;
#[path = "ensure/program.rs"]
mod program;
#[path = "ensure/run.rs"]
mod run;
#[path = "ensure/service.rs"]
mod service;
#[path = "ensure/world.rs"]
mod world;

use std::{
    env,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use often::OFTEN;
use program::LAPSE;
use world::Counts;

/// Seeds that are run.
const RUNS: u64 = 20_000;

/// Threads, each with a clock of its own.
const THREADS: usize = 4;

/// Runs at the same time in a thread: most of the time a run waits.
const TOGETHER: usize = 16;

#[test]
fn never_more_than_asked_for_and_never_a_success_for_none() {
    if let Some(seed) = number("ENSURE_SEED") {
        let world = by_fast_clock(run::check(seed)).unwrap_or_else(|failure| panic!("{failure}"));
        println!("seed {seed} holds:\n  {}", world.log());
        return;
    }
    let runs = number("ENSURE_RUNS").unwrap_or(RUNS);
    let (started, next) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let next = Arc::clone(&next);
            thread::spawn(move || by_fast_clock(many(next, runs)))
        })
        .collect();
    let (mut counts, mut failures) = (Counts::new(), Vec::new());
    for thread in threads {
        match thread.join() {
            Ok((part, failed)) => {
                add(&mut counts, part);
                failures.extend(failed);
            }
            Err(_) => failures.push("a thread panicked".to_owned()),
        }
    }
    println!("{runs} runs in {:.1?}: {counts:#?}", started.elapsed());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    if runs >= RUNS {
        let count = |kind: &str| counts.get(kind).copied().unwrap_or(0);
        let seldom: Vec<_> = OFTEN.iter().filter(|(kind, least)| count(kind) < *least).collect();
        assert!(
            seldom.is_empty(),
            "happened too seldom to prove anything: {seldom:?}\n{counts:#?}"
        );
    }
}

/// Runs seed after seed, several at a time; ends with the first that fails.
async fn many(next: Arc<AtomicU64>, runs: u64) -> (Counts, Vec<String>) {
    let workers: Vec<_> =
        (0..TOGETHER).map(|_| tokio::task::spawn_local(worker(Arc::clone(&next), runs))).collect();
    let (mut counts, mut failures) = (Counts::new(), Vec::new());
    for worker in workers {
        match worker.await {
            Ok(Ok(part)) => add(&mut counts, part),
            Ok(Err((part, failure))) => {
                add(&mut counts, part);
                failures.push(failure);
            }
            Err(panic) => failures.push(panic.to_string()),
        }
    }
    (counts, failures)
}

/// One of them; what happened counts even if a seed failed.
async fn worker(next: Arc<AtomicU64>, runs: u64) -> Result<Counts, (Counts, String)> {
    let mut counts = Counts::new();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= runs {
            return Ok(counts);
        }
        match run::check(seed).await {
            Ok(world) => add(&mut counts, world.counts()),
            Err(failure) => {
                next.store(runs, Ordering::Relaxed);
                return Err((counts, failure));
            }
        }
    }
}

/// Runs with a clock that is moved on each millisecond, and never jumps by itself: that would end each wait
/// for the network at once. While the thread is busy the clock stands still, so a slow machine is no broken
/// network.
fn by_fast_clock<F: Future>(future: F) -> F::Output {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime =
        runtime.enable_all().start_paused(true).build().unwrap_or_else(|error| panic!("{error}"));
    let clock = async {
        loop {
            let pause = || thread::sleep(Duration::from_millis(1));
            let _ = tokio::task::spawn_blocking(pause).await;
            tokio::time::advance(LAPSE).await;
        }
    };
    tokio::task::LocalSet::new().block_on(&runtime, async {
        tokio::select! {
            biased;
            output = future => output,
            () = clock => unreachable!("the clock goes on"),
        }
    })
}

fn add(counts: &mut Counts, part: Counts) {
    for (kind, count) in part {
        *counts.entry(kind).or_default() += count;
    }
}

/// A number of the environment.
fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is {text:?}; give a whole number")))
}
