//! What exists, as data. In: commands with the moment that they come at, and outcomes of the data plane.
//! Out: the new state, and effects for the data plane to carry out.
//!
//! Nothing here waits, sends, or looks at a clock, so all of it is tested without a socket.

mod instance;
mod records;

use std::{collections::BTreeMap, mem};

use huaweicloud_core::Secret;
use serde_json::Value;

pub(crate) use instance::megabytes as instance_megabytes;
pub(crate) use instance::{Endpoint, Instance, Order, Status, WhitelistGroup};
pub(crate) use records::{Backup, Restore};

use crate::{
    pace::{Change, Pace},
    refusal::Refusal,
};

/// What a project may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota {
    pub(crate) instances: usize,
    /// Of all instances together.
    pub(crate) gigabytes: u32,
}

impl Default for Quota {
    fn default() -> Self {
        Self { instances: 100, gigabytes: 800 }
    }
}

/// All instances of the emulator's project.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) pace: Pace,
    pub(crate) quota: Quota,
    /// In the order of their creation.
    instances: Vec<Instance>,
    /// Deleted ones, which are listed on demand.
    deleted: Vec<Instance>,
    effects: Vec<Effect>,
    random: fastrand::Rng,
}

/// What the data plane has to do.
#[derive(Clone, Debug)]
pub(crate) struct Effect {
    pub(crate) instance: String,
    pub(crate) act: Act,
}

/// What is done to the processes of an instance.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Start(Node),
    Restart,
    Stop,
    Flush,
    Password(Option<Secret>),
    Memory(f64),
    Configure(Vec<(String, String)>),
    Backup {
        id: String,
    },
    Restore {
        backup: String,
        restore: String,
    },
    /// Master and standby change their roles.
    SwitchOver,
    /// A command that only reads, or that is about clients.
    Ask(Vec<String>),
}

/// What the processes of an instance are started with.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) is_memcached: bool,
    /// Master and standby, rather than one process.
    pub(crate) is_replicated: bool,
    pub(crate) port: Option<u16>,
    pub(crate) password: Option<Secret>,
    pub(crate) gigabytes: f64,
    pub(crate) renamed: BTreeMap<String, String>,
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The processes answer there.
    Ready(Option<Endpoint>),
    /// It is done, or nothing was to do.
    Done,
    /// A backup of so many bytes.
    BackedUp(u64),
    /// What a process replied; `null` where there is none.
    Said(Value),
    /// It could not be done, and why.
    Failed(String),
}

impl State {
    /// Nothing. The same seed gives the same ids.
    pub(crate) fn new(pace: Pace, seed: Option<u64>) -> Self {
        let random = seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        let (instances, deleted, effects) = (vec![], vec![], vec![]);
        Self { pace, quota: Quota::default(), instances, deleted, effects, random }
    }

    /// A new id, in the form of a UUID of version 4.
    pub(crate) fn id(&mut self) -> String {
        let bits = self.random.u128(..);
        let bits = bits & !(0xf << 76) | (4 << 76);
        let hex = format!("{:032x}", bits & !(0b11 << 62) | (0b10 << 62));
        [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &hex[part]).join("-")
    }

    /// Orders instances, which are `CREATING` from now on. Several get a number behind their name.
    pub(crate) fn create(
        &mut self,
        order: &Order,
        count: usize,
        now: u64,
    ) -> Result<Vec<(String, String)>, Refusal> {
        let Quota { instances, gigabytes } = self.quota;
        if self.instances.len().saturating_add(count) > instances {
            let detail = format!("{instances} instances are allowed");
            return Err(Refusal::new("DCS.4035", detail));
        }
        let used: f64 = self.instances.iter().map(|instance| instance.order.capacity).sum();
        if used + order.capacity * count as f64 > f64::from(gigabytes) {
            return Err(Refusal::new("DCS.4036", format!("{gigabytes} GB are allowed")));
        }
        let mut made = Vec::with_capacity(count);
        for number in 0..count {
            let name = match count {
                1 => order.name.clone(),
                _ => format!("{}-{number:03}", order.name),
            };
            let id = self.id();
            let order = Order { name: name.clone(), ..order.clone() };
            let mut instance = Instance::new(id.clone(), order, now);
            if !instance.order.is_unpaid {
                self.effects.push(instance.start(self.pace.left(Change::Create, now)));
            }
            self.instances.push(instance);
            made.push((id, name));
        }
        Ok(made)
    }

    /// Pays an order, and begins to create its instances. Out: how many these are.
    pub(crate) fn pay(&mut self, order_id: &str, now: u64) -> usize {
        let left = self.pace.left(Change::Create, now);
        let of_order = self.instances.iter_mut().filter(|instance| {
            instance.status == Status::Paying
                && instance.order.order_id.as_deref() == Some(order_id)
        });
        let effects: Vec<Effect> = of_order.map(|instance| instance.start(left)).collect();
        let paid = effects.len();
        self.effects.extend(effects);
        paid
    }

    /// Removes an instance and its processes.
    pub(crate) fn delete(&mut self, id: &str) -> Result<(), Refusal> {
        let at = self.instances.iter().position(|instance| instance.id == id);
        let at = at.ok_or_else(|| Refusal::no_instance(id))?;
        let mut instance = self.instances.remove(at);
        instance.status = Status::Deleted;
        instance.pending = None;
        instance.endpoint = None;
        self.deleted.push(instance);
        self.effect(id, Act::Stop);
        Ok(())
    }

    /// Begins a change of an instance that is running.
    pub(crate) fn begin(
        &mut self,
        id: &str,
        change: Change,
        act: Act,
        now: u64,
    ) -> Result<&mut Instance, Refusal> {
        let left = self.pace.left(change, now);
        let instance = Self::running_of(&mut self.instances, id)?;
        instance.begin(change, left);
        self.effects.push(Effect { instance: id.to_owned(), act });
        Ok(instance)
    }

    /// Adds something for the data plane to do.
    pub(crate) fn effect(&mut self, id: &str, act: Act) {
        self.effects.push(Effect { instance: id.to_owned(), act });
    }

    /// What the data plane has to do since this was asked last, in order.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        mem::take(&mut self.effects)
    }

    /// What became of an effect. Of an instance that is gone, nothing matters any more.
    pub(crate) fn finished(&mut self, effect: &Effect, outcome: &Outcome, now: u64) {
        let Some(instance) = self.instances.iter_mut().find(|i| i.id == effect.instance) else {
            return;
        };
        instance.finished(&effect.act, outcome, now);
    }

    /// Lets what is due at a moment come to pass.
    pub(crate) fn advance(&mut self, now: u64) {
        self.instances.iter_mut().for_each(|instance| instance.advance(now));
    }

    /// Counts a look at an instance, if it is there.
    pub(crate) fn polled(&mut self, id: &str, now: u64) {
        if let Some(instance) = self.instances.iter_mut().find(|instance| instance.id == id) {
            instance.polled();
            instance.advance(now);
        }
    }

    /// Counts a look at all instances.
    pub(crate) fn polled_all(&mut self, now: u64) {
        for instance in &mut self.instances {
            instance.polled();
            instance.advance(now);
        }
    }

    /// All instances, in the order of their creation.
    pub(crate) fn instances(&self) -> &[Instance] {
        &self.instances
    }

    /// Those that were deleted.
    pub(crate) fn deleted(&self) -> &[Instance] {
        &self.deleted
    }

    /// One instance.
    pub(crate) fn instance(&self, id: &str) -> Result<&Instance, Refusal> {
        let found = self.instances.iter().find(|instance| instance.id == id);
        found.ok_or_else(|| Refusal::no_instance(id))
    }

    /// The same, to be changed.
    pub(crate) fn instance_mut(&mut self, id: &str) -> Result<&mut Instance, Refusal> {
        let found = self.instances.iter_mut().find(|instance| instance.id == id);
        found.ok_or_else(|| Refusal::no_instance(id))
    }

    /// One that is running, to be changed.
    pub(crate) fn running(&mut self, id: &str) -> Result<&mut Instance, Refusal> {
        Self::running_of(&mut self.instances, id)
    }

    fn running_of<'i>(all: &'i mut [Instance], id: &str) -> Result<&'i mut Instance, Refusal> {
        let found = all.iter_mut().find(|instance| instance.id == id);
        let instance = found.ok_or_else(|| Refusal::no_instance(id))?;
        match instance.status {
            Status::Running => Ok(instance),
            other => Err(Refusal::new("DCS.4049", format!("it is {}", other.as_str()))),
        }
    }
}

#[cfg(test)]
mod tests;
