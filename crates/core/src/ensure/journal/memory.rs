//! A journal in memory. In: turns and intentions. Out: the same, until the process ends.

use std::{
    future::ready,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use tokio::sync::OwnedMutexGuard;

use super::{Intention, IntentionOutcome, Journal, JournalFuture, JournalTurn};

/// A journal without a file: its tasks take turns, and know of each other's orders.
///
/// Every process has one of its own beside the [`FileJournal`](super::FileJournal). Clones share what they
/// know.
#[derive(Clone, Debug, Default)]
pub struct MemoryJournal {
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    /// Few at a time, so that a list does; nobody's once no turn holds it.
    turns: Vec<Turn>,
    /// One for each id.
    intentions: Vec<Intention>,
}

#[derive(Debug)]
struct Turn {
    scope: String,
    name: String,
    lock: Weak<tokio::sync::Mutex<()>>,
}

impl MemoryJournal {
    /// One that knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The locks of names, in the order in which all take them.
    fn locks(&self, scope: &str, names: &[String]) -> Vec<Arc<tokio::sync::Mutex<()>>> {
        let mut known = self.known();
        known.turns.retain(|turn| turn.lock.strong_count() > 0);
        let mut names: Vec<&String> = names.iter().collect();
        names.sort_unstable();
        names.dedup();
        let lock = |name: &String| {
            let turn = known.turns.iter().find(|turn| turn.scope == scope && turn.name == *name);
            turn.and_then(|turn| turn.lock.upgrade()).unwrap_or_else(|| {
                let new = Arc::default();
                let (scope, name) = (scope.to_owned(), name.clone());
                known.turns.push(Turn { scope, name, lock: Arc::downgrade(&new) });
                new
            })
        };
        names.into_iter().map(lock).collect()
    }
}

impl Journal for MemoryJournal {
    fn turn<'a>(
        &'a self,
        scope: &'a str,
        names: &'a [String],
    ) -> JournalFuture<'a, Box<dyn JournalTurn>> {
        Box::pin(async move {
            let locks = self.locks(scope, names);
            let mut guards = Vec::with_capacity(locks.len());
            for lock in locks {
                guards.push(lock.lock_owned().await);
            }
            let (journal, scope, names) = (self.clone(), scope.to_owned(), names.to_vec());
            let turn: Box<dyn JournalTurn> =
                Box::new(MemoryTurn { journal, scope, names, _guards: guards });
            Ok(turn)
        })
    }
}

struct MemoryTurn {
    journal: MemoryJournal,
    scope: String,
    names: Vec<String>,
    _guards: Vec<OwnedMutexGuard<()>>,
}

impl JournalTurn for MemoryTurn {
    fn read(&mut self) -> JournalFuture<'_, Vec<Intention>> {
        let known = self.journal.known();
        let about = known.intentions.iter().filter(|i| i.is_about(&self.scope, &self.names));
        let about = about.cloned().collect();
        Box::pin(ready(Ok(about)))
    }

    fn write<'a>(&'a mut self, intention: &'a Intention) -> JournalFuture<'a, ()> {
        let mut known = self.journal.known();
        known.intentions.retain(|known| known.id != intention.id && !known.is_old());
        if intention.outcome != IntentionOutcome::Refused {
            known.intentions.push(intention.clone());
        }
        Box::pin(ready(Ok(())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn locks_are_forgotten_when_nobody_holds_them() {
        let journal = MemoryJournal::new();
        let known = || journal.known().turns.len();
        let held = journal.turn("here", &["held".to_owned()]).await.unwrap();
        for number in 0..100 {
            journal.turn("here", &[format!("name-{number}")]).await.unwrap();
            assert!(known() <= 3, "{} locks are kept", known());
        }
        // What somebody holds is not forgotten.
        let names = ["held".to_owned()];
        let second = journal.turn("here", &names);
        let at_once = tokio::time::timeout(std::time::Duration::from_millis(50), second).await;
        assert!(at_once.is_err(), "two have the turn");
        drop(held);
        journal.turn("here", &names).await.unwrap();
    }
}
