//! A simulated program that places an order and may crash. In: a simulated service, and settings. Out: its result.

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    sync::Notify,
    time::{Instant, sleep},
};

use super::{
    super::{super::*, script::service_error},
    Outcome,
    fate::{Fate, Part},
    service::{State, World},
};

/// Seconds from sending to the answer, at most.
const ANSWERED: u64 = 3;

/// One who orders in a world, and may die.
pub(super) struct Program<'w> {
    world: &'w World,
    settings: EnsureSettings,
    dies: Notify,
}

impl<'w> Program<'w> {
    pub(super) fn new(world: &'w Arc<World>, settings: EnsureSettings) -> Self {
        Self { world, settings, dies: Notify::new() }
    }

    pub(super) async fn run(&self) -> Outcome {
        tokio::select! {
            biased;
            () = self.dies.notified() => None,
            outcome = ensure(self, &self.settings) => Some(outcome),
        }
    }
}

impl Purchase for Program<'_> {
    fn names(&self) -> Vec<String> {
        self.world.names.clone()
    }

    fn stated(&self) -> Vec<Stated> {
        Vec::new()
    }

    fn unusable(&self) -> &'static [&'static str] {
        &["FAILED"]
    }

    fn text(&self) -> String {
        String::new()
    }

    fn scope(&self) -> Compiled<'_, Result<String, Error>> {
        Box::pin(async { Ok("here".to_owned()) })
    }

    fn longest(&self) -> Duration {
        Duration::ZERO
    }

    fn state_folder(&self) -> Option<PathBuf> {
        None
    }

    fn list(&self) -> Compiled<'_, Result<Vec<Listed>, Error>> {
        Box::pin(async { self.world.list() })
    }

    fn order(&self) -> Compiled<'_, Result<Reported, Error>> {
        Box::pin(async {
            let (world, sent) = (self.world, Instant::now());
            let (fate, pause) = {
                let State { random, .. } = &mut *world.state();
                let fate = Fate::draw(world.names.len() as i64, random);
                (fate, Duration::from_secs(random.u64(0..=ANSWERED)))
            };
            world.note(format!("{fate:?}"));
            let all = |status| world.carry_out(Part::All, status, sent);
            let order_id = Some("order".to_owned());
            let answer = match fate {
                Fate::Done => Ok(Reported { items: all(""), order_id }),
                Fate::Fails => {
                    all("FAILED");
                    Err(service_error(504, ""))
                }
                Fate::DoneWithoutIds => {
                    all("");
                    Ok(Reported { items: Vec::new(), order_id })
                }
                Fate::DoneWrongly => {
                    let mut items = all("");
                    match pause.as_secs() {
                        0 => items.iter_mut().for_each(|item| item.id.clear()),
                        1 => items.iter_mut().for_each(|item| item.name.push('x')),
                        2 => drop(items.pop()),
                        _ => items = vec![items[0].clone(); items.len() + 1],
                    }
                    Ok(Reported { items, order_id })
                }
                Fate::Error(status, part) => {
                    world.carry_out(part, "", sent);
                    Err(service_error(status, ""))
                }
                Fate::Crash(part) => {
                    world.carry_out(part, "", sent);
                    self.dies.notify_one();
                    Ok(Reported::default())
                }
            };
            sleep(pause).await;
            answer
        })
    }
}
