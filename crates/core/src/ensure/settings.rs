//! The settings of a call that orders at most once.

use std::sync::Arc;

use super::{Journal, LookupPolicy, MemoryJournal};
use crate::Context;

/// What a call that orders at most once is told; generated calls have a setter for each.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct EnsureSettings {
    pub lookup: LookupPolicy,
    pub journal: JournalChoice,
    /// Whether an earlier order may be underway that no journal knows of.
    pub may_have_been_ordered: bool,
    /// Whether something else of the same name is taken for what was ordered.
    pub allow_differences: bool,
    /// What this process remembers; its own memory, but for tests that play several processes.
    pub process: Option<MemoryJournal>,
}

impl EnsureSettings {
    /// What a call is told that is told nothing: to use the journal of its client.
    pub fn of(context: &Context) -> Self {
        Self { journal: context.settings().journal.clone(), ..Self::default() }
    }
}

/// Which journal is in use.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub enum JournalChoice {
    /// That of the user.
    #[default]
    User,
    Given(Arc<dyn Journal>),
    None,
}
