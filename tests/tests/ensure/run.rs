//! One seed: a simulated service, and programs that use it, one after another or two at a time, until the outcome is
//! final. Out: the simulated service, or what is wrong.

use std::sync::Arc;

use fastrand::Rng;
use huaweicloud_dcs::{EnsureError, Ensured, MemoryJournal};
use tokio::time::{Duration, sleep};

use crate::{
    judge::{self, Before},
    program::{self, AFTER, BEFORE, Crash, Memory, Program},
    service::Service,
    world::World,
};

/// Programs that are started one after the other for one world, at most.
const PROGRAMS: u32 = 6;

/// What a program was told; nothing if it died.
type Told = Option<Result<Ensured, EnsureError>>;

pub(crate) async fn check(seed: u64) -> Result<Arc<World>, String> {
    // Its own stream of numbers: the world draws from the seed itself.
    let mut random = Rng::with_seed(!seed);
    let name = format!("cache-{seed}");
    let count = if random.u8(0..3) == 0 { 3 } else { 1 };
    let memory = Memory::draw(&mut random)?;
    let slowest = if matches!(memory, Memory::None) { BEFORE } else { AFTER };
    let world = Arc::new(World::new(seed, &name, slowest));
    let said = |what: String| {
        let again = format!("ENSURE_SEED={seed} cargo test -p conformance --test ensure");
        format!("seed {seed}, {memory}: {what}\n  {}\nrun it again: {again}", world.log())
    };
    let service = Service::start(Arc::clone(&world)).map_err(|error| said(error.to_string()))?;
    let names = match count {
        1 => vec![name.clone()],
        _ => (0..count).map(|number| format!("{name}-{number:03}")).collect(),
    };
    for run in 0..PROGRAMS {
        let before = Before::of(&world);
        let program = |random: &mut Rng, process: &MemoryJournal| Program {
            endpoint: service.endpoint(),
            order: program::order(&name, count),
            memory: memory.clone(),
            is_restart: run > 0,
            process: process.clone(),
            credentials: program::credentials(random),
            crash: Crash::draw(random),
        };
        let process = MemoryJournal::new();
        let first = program(&mut random, &process);
        let told: Vec<Told> = if random.u8(0..4) == 0 {
            // Two processes know of each other by a journal alone.
            let shares = matches!(memory, Memory::Journal(_) | Memory::Folder(_)) && random.bool();
            let other = if shares { MemoryJournal::new() } else { process };
            world.note(if shares { "two programs at once" } else { "two tasks at once" });
            let second = program(&mut random, &other);
            let (first, second) = tokio::join!(first.run(&world), second.run(&world));
            vec![first, second]
        } else {
            vec![first.run(&world).await]
        };
        service.settle().await;
        let is_alone = told.len() == 1;
        for told in &told {
            let told = told.as_ref();
            judge::judge(&world, &names, before, told, is_alone).map_err(&said)?;
            let kind = judge::kind(&world, before, told);
            world.note(format!("outcome: {kind}"));
        }
        judge::orders(&world, before, told.len()).map_err(&said)?;
        if !told.iter().any(|told| is_tried_again(told, &mut random)) {
            break;
        }
        if random.bool() {
            sleep(Duration::from_secs(random.u64(0..8))).await;
        }
        world.note(format!("started again: {memory}"));
    }
    Ok(world)
}

fn is_tried_again(told: &Told, random: &mut Rng) -> bool {
    match told {
        None => true,
        Some(Err(error)) if error.is_unknown_outcome() => random.bool(),
        Some(Err(EnsureError::LookupFailed(_))) => random.bool(),
        Some(_) => random.u8(0..8) == 0,
    }
}
