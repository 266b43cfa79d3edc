//! Buying at most once, proved over real sockets: thousands of services, each with troubles of its
//! own by a seed, against programs that make sure of one instance or of three and may die on the
//! way. There are never more instances than asked for, and never a success for none.
//!
//! A run that fails prints its seed; `ENSURE_SEED=17 cargo test -p conformance --test ensure` runs
//! that one alone and prints what happened. `ENSURE_RUNS` sets how many seeds are run.

#[path = "ensure/fate.rs"]
mod fate;
#[path = "ensure/judge.rs"]
mod judge;
#[path = "ensure/program.rs"]
mod program;
#[path = "ensure/service.rs"]
mod service;
#[path = "ensure/world.rs"]
mod world;

use std::{
    env,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use fastrand::Rng;
use huaweicloud_dcs::EnsureError;

use judge::Before;
use program::Crash;
use service::Service;
use world::{Counts, World};

/// Seeds that are run.
const RUNS: u64 = 10_000;

/// Runs at the same time: most of the time a run waits.
const TOGETHER: usize = 24;

/// Programs that are started one after the other for one world, at most.
const PROGRAMS: u32 = 6;

/// What must have happened, and how often at least in all runs.
const OFTEN: &[(&str, u32)] = &[
    ("connection: reset before reading", 2000),
    ("connections: refused for a while", 2000),
    ("look: 403", 100),
    ("look: 429", 800),
    ("look: 500", 800),
    ("look: 502", 800),
    ("look: 503", 1000),
    ("look: 504", 800),
    ("look: cut", 1500),
    ("look: late", 800),
    ("look: reset", 1500),
    ("look: whole", 20_000),
    ("order: carried out, 429", 150),
    ("order: carried out, 500", 150),
    ("order: carried out, 502", 150),
    ("order: carried out, 504", 150),
    ("order: carried out, cut", 250),
    ("order: carried out, late", 150),
    ("order: carried out, mute", 250),
    ("order: carried out, reset", 250),
    ("order: carried out, whole", 1000),
    ("order: half carried out, 500", 15),
    ("order: half carried out, 504", 15),
    ("order: not carried out, 400", 250),
    ("order: not carried out, 429", 150),
    ("order: not carried out, 500", 150),
    ("order: not carried out, 502", 150),
    ("order: not carried out, 504", 150),
    ("order: not carried out, late", 150),
    ("order: not carried out, reset", 250),
    ("outcome: adopted", 600),
    ("outcome: bought", 800),
    ("outcome: died, an order was carried out", 600),
    ("outcome: died, nothing was ordered", 600),
    ("outcome: found", 800),
    ("outcome: incomplete", 40),
    ("outcome: not looked", 250),
    ("outcome: refused by the service", 200),
    ("outcome: refused, no connection", 100),
    ("outcome: unknown", 600),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn never_more_than_asked_for_and_never_a_success_for_none() {
    let only = number("ENSURE_SEED");
    let runs = number("ENSURE_RUNS").unwrap_or(RUNS);
    if let Some(seed) = only {
        let world = check(seed).await.unwrap_or_else(|failure| panic!("{failure}"));
        println!("seed {seed} holds:\n  {}", world.log());
        return;
    }
    let (started, next) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let workers: Vec<_> = (0..TOGETHER)
        .map(|_| {
            let next = Arc::clone(&next);
            tokio::spawn(async move {
                let mut counts = Counts::new();
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= runs {
                        return Ok(counts);
                    }
                    for (kind, count) in check(seed).await?.counts() {
                        *counts.entry(kind).or_default() += count;
                    }
                }
            })
        })
        .collect();
    let (mut counts, mut failures) = (Counts::new(), Vec::new());
    for worker in workers {
        match worker.await.unwrap_or_else(|panic| Err(panic.to_string())) {
            Ok(part) => {
                for (kind, count) in part {
                    *counts.entry(kind).or_default() += count;
                }
            }
            Err(failure) => failures.push(failure),
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

/// A number of the environment.
fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is {text:?}; give a whole number")))
}

/// One world, and one program after the other until one has an end that nobody tries again.
async fn check(seed: u64) -> Result<Arc<World>, String> {
    // Its own stream of numbers: the world draws from the seed itself.
    let mut random = Rng::with_seed(!seed);
    let name = format!("cache-{seed}");
    let count = if random.u8(0..3) == 0 { 3 } else { 1 };
    let world = Arc::new(World::new(seed, &name));
    let said = |what: String| {
        let again = format!("ENSURE_SEED={seed} cargo test -p conformance --test ensure");
        format!("seed {seed}: {what}\n  {}\nrun it again: {again}", world.log())
    };
    let service = Service::start(Arc::clone(&world)).map_err(|error| said(error.to_string()))?;
    for _ in 0..PROGRAMS {
        let crash = match random.u8(0..4) {
            0 => Crash::After(random.u32(1..40)),
            1 => Crash::WhenBought,
            _ => Crash::Never,
        };
        let before = Before::of(&world);
        let order = program::order(&name, count);
        let outcome = program::run(&world, &service.endpoint(), order, crash).await;
        service.settle().await;
        let names = match count {
            1 => vec![name.clone()],
            _ => (0..count).map(|number| format!("{name}-{number:03}")).collect(),
        };
        judge::judge(&world, &names, before, outcome.as_ref()).map_err(&said)?;
        let kind = judge::kind(&world, before, outcome.as_ref());
        world.note(format!("outcome: {kind}"));
        let is_tried_again = match outcome {
            None => true,
            Some(Err(EnsureError::Unknown { .. } | EnsureError::NotLooked(_))) => random.bool(),
            Some(_) => random.u8(0..8) == 0,
        };
        if !is_tried_again {
            break;
        }
    }
    Ok(world)
}
