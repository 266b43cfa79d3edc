//! The state as entries that are kept on the disk. In: what was changed, or the entries of an earlier
//! emulator. Out: entries to write, or the state as it was.

use std::mem;

use super::{Effect, Export, Instance, Migration, State, Status, Template};

/// What stands in an entry of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Instance(String),
    Templates,
    Migrations,
    Exports,
}

/// An entry: its name, and its value as JSON; without one it is to be removed.
pub(crate) type Entry = (String, Option<String>);

const INSTANCE: &str = "instance/";
const TEMPLATES: &str = "templates";
const MIGRATIONS: &str = "migrations";
const EXPORTS: &str = "exports";

impl State {
    /// What was changed since this was asked last. Without `is_kept` nothing is written out.
    pub(crate) fn take_changes(&mut self, is_kept: bool) -> Vec<Entry> {
        let changed = mem::take(&mut self.changed);
        if !is_kept {
            return Vec::new();
        }
        changed.into_iter().map(|key| self.entry(key)).collect()
    }

    fn entry(&self, key: Key) -> Entry {
        match key {
            Key::Templates => (TEMPLATES.to_owned(), serde_json::to_string(&self.templates).ok()),
            Key::Migrations => {
                (MIGRATIONS.to_owned(), serde_json::to_string(&self.migrations).ok())
            }
            Key::Exports => (EXPORTS.to_owned(), serde_json::to_string(&self.exports).ok()),
            Key::Instance(id) => {
                let all = self.instances.iter().chain(&self.deleted);
                let found = all.into_iter().find(|instance| instance.id == id);
                // Nothing in an instance has no form in JSON.
                let value = found.and_then(|instance| serde_json::to_string(instance).ok());
                (format!("{INSTANCE}{id}"), value)
            }
        }
    }

    /// The instances that have files, and the backups of each.
    pub(crate) fn files(&self) -> Vec<(&str, Vec<&str>)> {
        let mut files = Vec::new();
        for Instance { id, backups, .. } in &self.instances {
            files.push((id.as_str(), backups.iter().map(|backup| backup.id.as_str()).collect()));
        }
        files
    }

    /// Takes over what an earlier emulator kept. Out: why an entry cannot be read.
    pub(crate) fn load(&mut self, entries: &[(String, String)]) -> Result<(), String> {
        let unread = |name: &str, error: serde_json::Error| format!("{name}: {error}");
        for (name, value) in entries {
            if name.starts_with(INSTANCE) {
                let read = serde_json::from_str::<Instance>(value);
                let instance = read.map_err(|error| unread(name, error))?;
                match instance.status {
                    Status::Deleted => self.deleted.push(instance),
                    _ => self.instances.push(instance),
                }
            } else if name == TEMPLATES {
                let read = serde_json::from_str::<Vec<Template>>(value);
                self.templates = read.map_err(|error| unread(name, error))?;
            } else if name == MIGRATIONS {
                let read = serde_json::from_str::<Vec<Migration>>(value);
                self.migrations = read.map_err(|error| unread(name, error))?;
            } else if name == EXPORTS {
                let read = serde_json::from_str::<Vec<Export>>(value);
                self.exports = read.map_err(|error| unread(name, error))?;
            }
        }
        self.instances.sort_by_key(|instance| instance.number);
        self.deleted.sort_by_key(|instance| instance.number);
        let all = self.instances.iter().chain(&self.deleted);
        self.next = all.map(|instance| instance.number + 1).max().unwrap_or(0);
        let revived: Vec<Effect> = self.instances.iter().flat_map(Instance::revive).collect();
        self.effects.extend(revived);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pace::{Change, Pace},
        state::{Act, Endpoint, Order, Outcome, Progress},
    };

    fn order(name: &str) -> Order {
        Order {
            name: name.to_owned(),
            engine: "Redis".to_owned(),
            capacity: 1.0,
            password: Some("Example-Passw0rd".into()),
            ..Order::default()
        }
    }

    /// What another state is made of that was given all entries.
    fn again(entries: &[Entry]) -> State {
        let kept: Vec<(String, String)> = entries
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.clone()?)))
            .collect();
        let mut state = State::new(Pace::Immediate, Some(2));
        state.load(&kept).unwrap();
        state
    }

    fn ready() -> Outcome {
        Outcome::Ready(Some(Endpoint { ip: "127.0.0.1".to_owned(), port: 7000 }))
    }

    #[test]
    fn what_was_begun_is_begun_again() {
        let mut state = State::new(Pace::Immediate, Some(1));
        let id = state.create(&order("cache"), 1, 5).unwrap().remove(0).0;
        let start = state.take_effects().remove(0);
        let entries = state.take_changes(true);
        assert_eq!(entries.len(), 1);
        assert_eq!(state.take_changes(true), [], "nothing is written twice");

        // Killed before the process answered: it is started for the first time.
        let mut revived = again(&entries);
        let effects = revived.take_effects();
        assert_eq!(effects.len(), 1);
        assert_eq!(effects[0].act, start.act);
        assert_eq!(revived.instance(&id).unwrap().status, Status::Creating);

        // Killed while it was backed up: the process is started, and the backup made.
        state.finished(&start, &ready(), 6);
        let backup = Act::Backup { id: "b".to_owned() };
        state.begin(&id, Change::Backup, backup.clone(), 7).unwrap();
        let mut revived = again(&state.take_changes(true));
        let acts: Vec<Act> = revived.take_effects().into_iter().map(|effect| effect.act).collect();
        assert!(
            matches!(&acts[..], [Act::Revive(node), last]
            if node.password == Some("Example-Passw0rd".into()) && *last == backup),
            "{acts:?}"
        );
        let instance = revived.instance(&id).unwrap();
        assert_eq!(
            (instance.status, instance.endpoint.as_ref().unwrap().port),
            (Status::Running, 7000)
        );
        assert_eq!(instance.tasks.last().unwrap().progress, Progress::UnderWay);
    }

    #[test]
    fn the_deleted_stay_deleted_and_the_order_stays() {
        let mut state = State::new(Pace::Immediate, Some(1));
        let mut entries = Vec::new();
        for name in ["one", "two", "three"] {
            let made = state.create(&order(name), 1, 5).unwrap().remove(0);
            if name == "two" {
                let start = state.take_effects().pop().unwrap();
                state.finished(&start, &ready(), 6);
                state.delete(&made.0).unwrap();
            }
            entries.extend(state.take_changes(true));
        }
        entries.sort();
        let state = again(&entries);
        let names: Vec<&str> = state.instances().iter().map(|i| i.order.name.as_str()).collect();
        assert_eq!(names, ["one", "three"]);
        assert_eq!(state.deleted()[0].order.name, "two");
        assert_eq!(state.next, 3);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let mut state = State::new(Pace::Immediate, Some(1));
        let why = state.load(&[("instance/x".to_owned(), "{}".to_owned())]).unwrap_err();
        assert!(why.starts_with("instance/x: missing field `id`"), "{why}");
    }
}
