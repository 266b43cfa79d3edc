//! The whole state, kept to come back to. In: a state. Out: the same later, and what the data plane has to
//! do for that.
//!
//! What the processes hold is no part of it: keys that were written stay written.

use super::{Act, Effect, Instance, Migration, State, Status, Template, kept::Key};
use crate::pace::Left;

/// A state as it was.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    instances: Vec<Instance>,
    deleted: Vec<Instance>,
    templates: Vec<Template>,
    migrations: Vec<Migration>,
    pace: crate::pace::Pace,
}

impl State {
    /// The state as it is now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let (instances, deleted) = (self.instances.clone(), self.deleted.clone());
        let (templates, migrations) = (self.templates.clone(), self.migrations.clone());
        Snapshot { instances, deleted, templates, migrations, pace: self.pace }
    }

    /// The state as it was. Processes of instances that were not there end; those of the others begin anew,
    /// with what was ordered then.
    pub(crate) fn restore(&mut self, snapshot: &Snapshot) {
        self.change_all();
        let was_there = |id: &str| snapshot.instances.iter().any(|then| then.id == id);
        let gone = self.instances.iter().filter(|instance| !was_there(&instance.id));
        let gone: Vec<Effect> =
            gone.map(|i| Effect { instance: i.id.clone(), act: Act::Stop }).collect();
        self.effects.extend(gone);
        self.fates.clear();
        self.pace = snapshot.pace;
        self.deleted.clone_from(&snapshot.deleted);
        self.templates.clone_from(&snapshot.templates);
        self.migrations.clone_from(&snapshot.migrations);
        self.instances.clone_from(&snapshot.instances);
        for place in 0..self.instances.len() {
            let task = self.task_id();
            let Some(instance) = self.instances.get_mut(place) else { continue };
            let is_made = !matches!(instance.status, Status::Paying | Status::CreateFailed);
            if is_made {
                instance.pending.clear();
                let effect = instance.start(task, Left::Nothing, instance.created);
                self.effects.push(effect);
            }
        }
        self.change_all();
    }

    /// Nothing, as at the start.
    pub(crate) fn clear(&mut self) {
        let (instances, deleted) = (Vec::new(), Vec::new());
        let (templates, migrations) = (Vec::new(), Vec::new());
        let empty = Snapshot { instances, deleted, templates, migrations, pace: self.pace };
        self.restore(&empty);
    }

    /// What is there now is written, and what was there before is not there any more.
    fn change_all(&mut self) {
        let all = self.instances.iter().chain(&self.deleted);
        self.changed.extend(all.map(|instance| Key::Instance(instance.id.clone())));
        self.changed.extend([Key::Templates, Key::Migrations]);
    }
}
