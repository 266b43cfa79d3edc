//! What became of what was done to an instance. In: an act and its outcome. Out: the instance after it, with the
//! records that tell of it.

use serde_json::json;

use super::{Act, Instance, Outcome, Progress, Status, Task, instance::Pending};

/// The name of the tasks that tell of changed parameters.
pub(crate) const CONFIGURED: &str = "ModifyInstanceConfig";

impl Instance {
    pub(super) fn finished(&mut self, act: &Act, outcome: &Outcome, now: u64) {
        if let Outcome::Ready(endpoint) = outcome {
            self.endpoint.clone_from(endpoint);
            self.waiting.clear();
            // Whatever starts the processes starts all of them.
            self.stopped.clear();
        }
        match (act, outcome) {
            (Act::Backup { id }, _) => self.finish_backup(id, outcome, now),
            (Act::Restore { restore, .. }, _) => self.finish_restore(restore, outcome, now),
            (Act::Analyze { id, .. }, _) => self.finish_analysis(id, outcome, now),
            (_, Outcome::Failed(_) | Outcome::Refused(_)) => {}
            (Act::Revive(_), _) if self.status == Status::Error => self.status = Status::Running,
            (Act::Password(password), _) => self.order.password.clone_from(password),
            (Act::Configure { task, settings }, _) => self.configured(task, settings, outcome, now),
            (Act::Accounts(accounts), _) => {
                self.accounts.retain(|known| accounts.iter().all(|new| new.id != known.id));
                self.accounts.extend(accounts.iter().cloned());
            }
            (Act::Reshard { node, shards, spec_code }, _) => {
                self.order.capacity = node.gigabytes;
                self.order.shards = Some(*shards);
                self.order.spec_code.clone_from(spec_code);
            }
            (Act::StopNodes(numbers), _) => self.stopped.extend(numbers),
            (Act::StartNodes(numbers), _) => {
                self.stopped.retain(|number| !numbers.contains(number));
            }
            (Act::RemoveAccount(name), _) => self.accounts.retain(|known| known.name != *name),
            _ => {}
        }
        match outcome {
            Outcome::Failed(_) if act.is_quick() => {}
            Outcome::Failed(why) => self.fail(act, why, now),
            Outcome::Refused(why) => self.refuse(act, why, now),
            _ => {
                let own = self.pending.iter_mut().filter(|pending| pending.act == *act);
                own.for_each(|pending| pending.is_done = true);
            }
        }
        self.advance(now);
    }

    /// What could not be done leaves the instance as it was.
    fn refuse(&mut self, act: &Act, why: &str, now: u64) {
        self.give_up(act, why, now);
        let is_busy = self.pending.iter().any(|pending| pending.change.is_disturbing());
        if !is_busy && !self.status.is_settled() {
            self.status = Status::Running;
        }
    }

    /// A backup or an analysis that fails leaves the instance as it is.
    fn fail(&mut self, act: &Act, why: &str, now: u64) {
        let status = match act {
            Act::Start(_) if self.status == Status::Creating => Status::CreateFailed,
            Act::Backup { .. }
            | Act::Analyze { .. }
            | Act::Migrate { .. }
            | Act::RemoveBackup { .. } => self.status,
            Act::StopNodes(_) | Act::StartNodes(_) if self.status == Status::Running => self.status,
            _ => Status::Error,
        };
        if status != self.status {
            self.status = status;
            self.fault = Some(why.to_owned());
        }
        self.give_up(act, why, now);
    }

    /// Its task has failed.
    fn give_up(&mut self, act: &Act, why: &str, now: u64) {
        let is_own = |pending: &Pending| pending.act == *act;
        let failed: Vec<String> =
            self.pending.iter().filter(|p| is_own(p)).map(|p| p.task.clone()).collect();
        self.pending.retain(|pending| !is_own(pending));
        for task in self.tasks.iter_mut().filter(|task| failed.contains(&task.id)) {
            (task.progress, task.updated) = (Progress::Failed, now);
            task.why = Some(why.to_owned());
        }
    }

    fn configured(
        &mut self,
        task: &str,
        settings: &[(String, String)],
        outcome: &Outcome,
        now: u64,
    ) {
        let mut done = Task::new(task.to_owned(), CONFIGURED, now);
        done.progress = Progress::Succeeded;
        done.details = json!({"updated_config_length": settings.len()});
        for (name, value) in settings {
            let old = self.configuration.insert(name.clone(), value.clone());
            done.changes.push((name.clone(), old, value.clone()));
        }
        if let Outcome::NeedsRestart(names) = outcome {
            self.at_start.extend(names.iter().cloned());
            self.waiting.extend(names.iter().cloned());
        }
        self.note(done);
    }

    fn finish_backup(&mut self, id: &str, outcome: &Outcome, now: u64) {
        for backup in self.backups.iter_mut().filter(|backup| backup.id == *id) {
            backup.updated = now;
            (backup.size, backup.progress) = match outcome {
                Outcome::BackedUp(bytes) => (Some(*bytes), Progress::Succeeded),
                _ => (None, Progress::Failed),
            };
        }
    }

    fn finish_restore(&mut self, id: &str, outcome: &Outcome, now: u64) {
        for restore in self.restores.iter_mut().filter(|restore| restore.id == *id) {
            restore.updated = now;
            let failed = matches!(outcome, Outcome::Failed(_) | Outcome::Refused(_));
            restore.progress = if failed { Progress::Failed } else { Progress::Succeeded };
        }
    }

    fn finish_analysis(&mut self, id: &str, outcome: &Outcome, now: u64) {
        for analysis in self.analyses.iter_mut().filter(|analysis| analysis.id == *id) {
            analysis.finished = Some(now);
            (analysis.progress, analysis.found) = match outcome {
                Outcome::Found(found) => (Progress::Succeeded, found.clone()),
                Outcome::Failed(why) => (Progress::Failed, json!({ "why": why })),
                _ => (Progress::Succeeded, json!({})),
            };
        }
    }
}
