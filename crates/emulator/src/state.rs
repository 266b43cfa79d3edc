//! What exists, as data. In: commands with the moment that they come at, and outcomes of the data plane.
//! Out: the new state, effects for the data plane to carry out, and what is to be on the disk.
//!
//! Nothing here waits, sends, or looks at a clock, so all of it is tested without a socket.

mod act;
mod crash;
mod fate;
mod instance;
mod kept;
mod migration;
mod order;
mod outcome;
mod records;
mod snapshot;

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

pub(crate) use act::{Act, Effect, Node, Outcome};
pub(crate) use fate::{End, Fate};
pub(crate) use instance::{Endpoint, Instance, Status, WhitelistGroup};
pub(crate) use kept::Entry;
pub(crate) use migration::{Migration, Source, Stage};
pub(crate) use order::{Layout, Order, megabytes};
pub(crate) use outcome::CONFIGURED;
pub(crate) use records::{
    Account, Analysis, AnalysisKind, Backup, Export, Progress, Restore, Task, Template,
};
pub(crate) use snapshot::Snapshot;

use crate::{
    pace::{Change, Pace},
    refusal::Refusal,
};

/// Deleted instances that are still listed on demand.
const MOST_DELETED: usize = 1000;

/// Exports that are kept.
const MOST_EXPORTS: usize = 100;

/// What a project may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota {
    pub(crate) instances: usize,
    /// Of all instances together.
    pub(crate) gigabytes: u32,
    /// Processes of one instance.
    pub(crate) processes: usize,
}

impl Default for Quota {
    fn default() -> Self {
        Self { instances: 100, gigabytes: 800, processes: 12 }
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
    /// Parameter templates of the project.
    templates: Vec<Template>,
    migrations: Vec<Migration>,
    exports: Vec<Export>,
    effects: Vec<Effect>,
    /// What has to be written, if anything is.
    changed: BTreeSet<kept::Key>,
    /// The number of the next instance.
    next: u64,
    random: fastrand::Rng,
    /// What becomes of the instances that are ordered from now on.
    pub(crate) fate: Fate,
    /// What becomes of those that were ordered, where it is not the usual.
    fates: BTreeMap<String, Fate>,
}

impl State {
    /// Nothing. The same seed gives the same ids.
    pub(crate) fn new(pace: Pace, seed: Option<u64>) -> Self {
        Self {
            pace,
            quota: Quota::default(),
            instances: Vec::new(),
            deleted: Vec::new(),
            templates: Vec::new(),
            migrations: Vec::new(),
            exports: Vec::new(),
            effects: Vec::new(),
            changed: BTreeSet::new(),
            next: 0,
            fate: Fate::default(),
            fates: BTreeMap::new(),
            random: seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed),
        }
    }

    /// A new id, in the form of a UUID of version 4.
    pub(crate) fn id(&mut self) -> String {
        let bits = self.random.u128(..);
        let bits = bits & !(0xf << 76) | (4 << 76);
        let hex = format!("{:032x}", bits & !(0b11 << 62) | (0b10 << 62));
        [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &hex[part]).join("-")
    }

    /// The id of a task, which has no hyphens.
    pub(crate) fn task_id(&mut self) -> String {
        self.id().replace('-', "")
    }

    /// Orders instances, which are `CREATING` from now on. Several get a number behind their name.
    pub(crate) fn create(
        &mut self,
        order: &Order,
        count: usize,
        now: u64,
    ) -> Result<Vec<(String, String)>, Refusal> {
        let Quota { instances, gigabytes, processes } = self.quota;
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
            let (id, task) = (self.id(), self.task_id());
            let order = Order { name: name.clone(), max_processes: processes, ..order.clone() };
            let mut instance = Instance::new(id.clone(), self.next, order, now);
            self.next += 1;
            if !instance.order.is_unpaid {
                let left = self.pace.left(Change::Create, now);
                self.effects.push(instance.start(task, left, now));
            }
            self.change(&id);
            self.instances.push(instance);
            self.doom(&id);
            made.push((id, name));
        }
        Ok(made)
    }

    /// Pays an order, and begins to create its instances. Out: how many these are.
    pub(crate) fn pay(&mut self, order_id: &str, now: u64) -> usize {
        let left = self.pace.left(Change::Create, now);
        let is_meant = |instance: &Instance| {
            instance.status == Status::Paying
                && instance.order.order_id.as_deref() == Some(order_id)
        };
        let found = self.instances.iter().filter(|instance| is_meant(instance));
        let ids: Vec<String> = found.map(|instance| instance.id.clone()).collect();
        for id in &ids {
            let task = self.task_id();
            if let Ok(instance) = self.instance_mut(id) {
                let effect = instance.start(task, left, now);
                self.effects.push(effect);
            }
        }
        ids.len()
    }

    /// Removes an instance and its processes.
    pub(crate) fn delete(&mut self, id: &str) -> Result<(), Refusal> {
        let at = self.instances.iter().position(|instance| instance.id == id);
        let at = at.ok_or_else(|| Refusal::no_instance(id))?;
        let is_settled =
            self.instances.get(at).is_some_and(|instance| instance.status.is_settled());
        if !is_settled {
            return Err(Refusal::new("DCS.4099", ""));
        }
        let mut instance = self.instances.remove(at);
        instance.status = Status::Deleted;
        instance.pending.clear();
        instance.endpoint = None;
        self.deleted.push(instance);
        self.change(id);
        if self.deleted.len() > MOST_DELETED {
            let forgotten = self.deleted.remove(0).id;
            self.change(&forgotten);
        }
        self.effect(id, Act::Stop);
        Ok(())
    }

    /// Begins a change of an instance that is running. Out: the instance, and the id of the task that
    /// tells of the change.
    pub(crate) fn begin(
        &mut self,
        id: &str,
        change: Change,
        act: Act,
        now: u64,
    ) -> Result<(&mut Instance, String), Refusal> {
        self.running(id)?;
        self.begin_anyway(id, change, act, now)
    }

    /// The same for an instance in any state, such as one that is stopped.
    pub(crate) fn begin_anyway(
        &mut self,
        id: &str,
        change: Change,
        act: Act,
        now: u64,
    ) -> Result<(&mut Instance, String), Refusal> {
        self.instance(id)?;
        let (left, task) = (self.pace.left(change, now), self.task_id());
        self.effects.push(Effect { instance: id.to_owned(), act: act.clone() });
        let instance = self.instance_mut(id)?;
        instance.begin(change, act, task.clone(), left, now);
        Ok((instance, task))
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
        if let Act::Migrate { id, .. } = &effect.act {
            self.migrated(id, outcome, now);
        }
        if let Ok(instance) = self.instance_mut(&effect.instance) {
            instance.finished(&effect.act, outcome, now);
        }
        self.hold();
    }

    /// Lets what is due at a moment come to pass.
    pub(crate) fn advance(&mut self, now: u64) {
        for instance in &mut self.instances {
            if instance.advance(now) {
                self.changed.insert(kept::Key::Instance(instance.id.clone()));
            }
        }
        self.hold();
    }

    /// Counts a poll of an instance, if it exists.
    pub(crate) fn polled(&mut self, id: &str, now: u64) {
        if let Some(instance) = self.instances.iter_mut().find(|instance| instance.id == id)
            && instance.polled() | instance.advance(now)
        {
            self.change(id);
        }
        self.hold();
    }

    /// Counts a poll of all instances.
    pub(crate) fn polled_all(&mut self, now: u64) {
        for instance in &mut self.instances {
            if instance.polled() | instance.advance(now) {
                self.changed.insert(kept::Key::Instance(instance.id.clone()));
            }
        }
        self.hold();
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
        self.change(id);
        let found = self.instances.iter_mut().find(|instance| instance.id == id);
        found.ok_or_else(|| Refusal::no_instance(id))
    }

    /// One that is running, to be changed.
    pub(crate) fn running(&mut self, id: &str) -> Result<&mut Instance, Refusal> {
        self.change(id);
        Self::running_of(&mut self.instances, id)
    }

    /// The parameter templates of the project, to be changed.
    pub(crate) fn templates_mut(&mut self) -> &mut Vec<Template> {
        self.changed.insert(kept::Key::Templates);
        &mut self.templates
    }

    /// The parameter templates of the project.
    pub(crate) fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// Keeps an export; the oldest are forgotten when there are too many.
    pub(crate) fn keep_export(&mut self, export: Export) {
        self.changed.insert(kept::Key::Exports);
        self.exports.push(export);
        let over = self.exports.len().saturating_sub(MOST_EXPORTS);
        self.exports.drain(..over);
    }

    /// An export by its id.
    pub(crate) fn export(&self, id: &str) -> Option<&Export> {
        self.exports.iter().find(|export| export.id == id)
    }

    fn change(&mut self, id: &str) {
        self.changed.insert(kept::Key::Instance(id.to_owned()));
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
