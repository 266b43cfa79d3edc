//! Instances whose creation fails or never ends, because a fault says so. In: that fate, for orders from now on. Out:
//! the state that their instances stay in.

use super::{Instance, State, Status, kept::Key};

/// What becomes of an instance that is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    /// How many milliseconds after its order it is listed.
    pub(crate) listed_after: u64,
    /// Nothing for the usual end, which is `RUNNING`.
    pub(crate) end: Option<End>,
}

/// How its creation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// As `CREATEFAILED`.
    Fails,
    /// Never: it stays `CREATING`.
    Sticks,
}

impl State {
    /// The instance has the fate that orders have now.
    pub(super) fn doom(&mut self, id: &str) {
        if self.fate != Fate::default() {
            self.fates.insert(id.to_owned(), self.fate);
        }
    }

    /// Instances that are not meant to run do not.
    pub(super) fn hold(&mut self) {
        for (id, fate) in &self.fates {
            let Some(end) = fate.end else { continue };
            let is_due = |i: &&mut Instance| i.id == *id && i.status == Status::Running;
            let Some(instance) = self.instances.iter_mut().find(is_due) else { continue };
            instance.endpoint = None;
            self.changed.insert(Key::Instance(id.clone()));
            instance.status = match end {
                End::Fails => Status::CreateFailed,
                End::Sticks => Status::Creating,
            };
        }
    }

    /// Whether lists have the instance yet.
    pub(crate) fn is_listed(&self, instance: &Instance, now: u64) -> bool {
        let fate = self.fates.get(&instance.id);
        fate.is_none_or(|fate| instance.created.saturating_add(fate.listed_after) <= now)
    }
}
