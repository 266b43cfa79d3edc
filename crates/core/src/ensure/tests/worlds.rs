//! Ordering at most once in thousands of simulated services, each with seeded faults, by
//! programs that crash, run concurrently and are restarted. The clock is paused and advances automatically.
//!
//! The simulation makes the assumptions of the documentation: an order is listed within `after` of being sent.
//! Some services take longer than `before`; there, a restarted program either has a journal or reports that something
//! may have been ordered.

mod fate;
mod program;
mod service;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use fastrand::Rng;

use super::super::*;
use fate::Fate;
use program::Program;
use service::{POLICY, World};

/// How programs know of each other's orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Memory {
    /// They share a journal.
    Journal,
    /// They are told that something may have been ordered.
    Told,
    /// Not at all; then nothing takes longer than `before`.
    None,
}

/// What a program was told; nothing if it died.
type Outcome = Option<Result<Ensured, EnsureError>>;

#[tokio::test(start_paused = true)]
async fn never_more_than_wanted_and_never_success_for_none() {
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..20_000 {
        let mut random = Rng::with_seed(seed);
        let memory = [Memory::Journal, Memory::Told, Memory::None][random.usize(0..3)];
        let count = if random.u8(0..3) == 0 { 3 } else { 1 };
        let slowest = match memory {
            Memory::None => POLICY.before,
            // An order may leave, and a look begin, a little later than written down.
            _ => POLICY.after - Duration::from_secs(1),
        };
        let world = Arc::new(World::new(random.u64(..), count, slowest));
        let journal = MemoryJournal::new();
        // A program that died, or is not sure, is started again, at once or after a while.
        for run in 0..8 {
            let settings = settings(memory, run, &journal);
            let before = world.made();
            let outcomes = side_by_side(&world, &settings, memory, &mut random).await;
            for outcome in &outcomes {
                world.judge(outcome, before).unwrap_or_else(|what| {
                    panic!("seed {seed}, {memory:?}, run {run}: {what}\n{}", world.log())
                });
                *ends.entry(format!("{memory:?}: {}", end(outcome))).or_default() += 1;
            }
            if outcomes.iter().all(|outcome| matches!(outcome, Some(Ok(_)))) && random.bool() {
                break;
            }
            if random.bool() {
                tokio::time::sleep(Duration::from_secs(random.u64(0..40))).await;
            }
        }
        for (kind, count) in world.counts() {
            *ends.entry(kind).or_default() += count;
        }
    }
    println!("{ends:#?}");
    for memory in ["Journal", "Told", "None"] {
        for end in ["Created", "Adopted", "Found", "Refused", "Unknown", "Unusable", "died"] {
            let end = format!("{memory}: {end}");
            assert!(ends.get(&end).is_some_and(|count| *count > 100), "{end} in {ends:#?}");
        }
    }
    for kind in Fate::KINDS {
        assert!(ends.get(*kind).is_some_and(|count| *count > 100), "{kind} in {ends:#?}");
    }
}

/// Settings of a program that is started for the `run`th time.
fn settings(memory: Memory, run: u32, journal: &MemoryJournal) -> EnsureSettings {
    EnsureSettings {
        lookup: POLICY,
        journal: match memory {
            Memory::Journal => JournalChoice::Given(Arc::new(journal.clone())),
            Memory::Told | Memory::None => JournalChoice::None,
        },
        may_have_been_ordered: memory == Memory::Told && run > 0,
        ..EnsureSettings::default()
    }
}

/// One or two programs at once: two of one process, or of two that share a journal.
async fn side_by_side(
    world: &Arc<World>,
    settings: &EnsureSettings,
    memory: Memory,
    random: &mut Rng,
) -> Vec<Outcome> {
    let process = MemoryJournal::new();
    let in_process = |process: &MemoryJournal| EnsureSettings {
        process: Some(process.clone()),
        ..settings.clone()
    };
    let first = Program::new(world, in_process(&process));
    if random.u8(0..3) != 0 {
        return vec![first.run().await];
    }
    // Programs of two processes know of each other by a journal alone.
    let other =
        if memory == Memory::Journal && random.bool() { MemoryJournal::new() } else { process };
    let second = Program::new(world, in_process(&other));
    let (first, second) = tokio::join!(first.run(), second.run());
    vec![first, second]
}

fn end(outcome: &Outcome) -> &'static str {
    match outcome {
        None => "died",
        Some(Ok(ensured)) => match ensured.provenance {
            Provenance::Found => "Found",
            Provenance::Created => "Created",
            Provenance::Adopted => "Adopted",
        },
        Some(Err(EnsureError::Refused(_))) => "Refused",
        Some(Err(EnsureError::LookupFailed(_))) => "LookupFailed",
        Some(Err(EnsureError::Incomplete { .. })) => "Incomplete",
        Some(Err(EnsureError::Duplicate { .. })) => "Duplicate",
        Some(Err(EnsureError::Different { .. })) => "Different",
        Some(Err(EnsureError::Unusable { .. })) => "Unusable",
        Some(Err(EnsureError::Journal(_))) => "Journal",
        Some(Err(EnsureError::Unknown { .. })) => "Unknown",
    }
}
