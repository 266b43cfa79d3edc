//! The turn of one caller. In: names, and the journals with earlier orders of them. Out: how
//! long to look before ordering, and an entry for the order to be sent.
//!
//! There are two journals: the memory of this process, which always exists, so that two of its tasks
//! take turns, and one that outlives the process. Both are read, and both are written.

use std::{
    path::PathBuf,
    sync::LazyLock,
    time::{Duration, Instant, SystemTime},
};

use super::{
    EnsureSettings, FileJournal, Intention, IntentionOutcome, Journal, JournalError, JournalTurn,
    LookupPolicy, MemoryJournal,
    journal::{JournalFuture, KEPT, digest, new_id},
    settings::JournalChoice,
};

/// What this process remembers.
static PROCESS: LazyLock<MemoryJournal> = LazyLock::new(MemoryJournal::new);

/// How long writing an intention down may take; if it took longer, it is written again.
const WRITING: Duration = Duration::from_secs(5);

/// So often an intention is written before the journal is given up.
const WRITES: u32 = 20;

/// How long somebody else may have the turn. Who looks for names is done in a quarter of that, unless told
/// to be more patient.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// How long a journal may take to read or to write, so that a disk that hangs, or somebody who was stopped
/// while they had the journal, cannot keep a call for ever.
const ANSWER: Duration = Duration::from_secs(2 * 60);

/// The turn with some names; it ends when this is dropped.
pub(super) struct Turn {
    scope: String,
    names: Vec<String>,
    policy: LookupPolicy,
    /// Whether there may be an earlier order that no journal knows of.
    is_in_doubt: bool,
    turns: Vec<Box<dyn JournalTurn>>,
    intention: Option<Intention>,
}

impl Turn {
    /// Waits for the turn, and begins it.
    ///
    /// # Errors
    ///
    /// The journal cannot be used, or somebody else does not come to an end.
    pub(super) async fn take(
        settings: &EnsureSettings,
        scope: String,
        names: &[String],
        state_folder: Option<PathBuf>,
    ) -> Result<Self, JournalError> {
        let taken = Self::wait(settings, scope, names, state_folder);
        let in_time = tokio::time::timeout(LONGEST, taken).await;
        in_time.unwrap_or_else(|_| {
            Err(JournalError::new(format!(
                "is held by somebody else who orders {} and was not done after {} minutes: wait for \
                 it, or end it",
                names.join(", "),
                LONGEST.as_secs() / 60
            )))
        })
    }

    async fn wait(
        settings: &EnsureSettings,
        scope: String,
        names: &[String],
        state_folder: Option<PathBuf>,
    ) -> Result<Self, JournalError> {
        let process = settings.process.as_ref().unwrap_or(&PROCESS);
        let mut turns = vec![process.turn(&scope, names).await?];
        let mut is_in_doubt = settings.may_have_been_ordered;
        match &settings.journal {
            JournalChoice::None => {}
            JournalChoice::Given(journal) => turns.push(journal.turn(&scope, names).await?),
            JournalChoice::User => match FileJournal::of_user(state_folder).await {
                Some(journal) => turns.push(journal.turn(&scope, names).await?),
                // Whoever has no place for a journal may have ordered before, and cannot know.
                None => is_in_doubt = true,
            },
        }
        let (names, policy) = (names.to_vec(), settings.lookup);
        Ok(Self { scope, names, policy, is_in_doubt, turns, intention: None })
    }

    /// How long to look before ordering: until an earlier order must be listed that may have been
    /// carried out.
    ///
    /// # Errors
    ///
    /// A journal cannot be read.
    pub(super) async fn patience(&mut self) -> Result<Duration, JournalError> {
        let LookupPolicy { before, after, .. } = self.policy;
        let (mut patience, now) = (before, now());
        if self.is_in_doubt {
            patience = patience.max(after);
        }
        for turn in &mut self.turns {
            for intention in in_time(turn.read()).await? {
                if intention.outcome == IntentionOutcome::Refused {
                    continue;
                }
                // One from the future is of another clock, and so may be as young as can be.
                let age = now.duration_since(intention.time).unwrap_or_default();
                patience = patience.max(after.saturating_sub(age));
            }
        }
        Ok(patience)
    }

    /// Writes down that an order is about to leave; `order` is all of it, without secrets. It leaves in the
    /// time that a call may take, if it leaves at all: connections may fail before one comes about.
    ///
    /// # Errors
    ///
    /// A journal cannot be written; then nothing may be ordered.
    pub(super) async fn begin(&mut self, order: &str, call: Duration) -> Result<(), JournalError> {
        let mut intention = Intention {
            id: new_id(),
            scope: self.scope.clone(),
            names: self.names.clone(),
            order: digest(order),
            time: now(),
            outcome: IntentionOutcome::Open,
        };
        for _ in 0..WRITES {
            let begun = now();
            let time = begun.checked_add(call).and_then(|time| time.checked_add(WRITING));
            // What is older than the journal keeps cannot be asked for, so nothing later is needed.
            let latest = || begun.checked_add(KEPT).unwrap_or(begun);
            intention.time = time.unwrap_or_else(latest);
            for turn in &mut self.turns {
                in_time(turn.write(&intention)).await?;
            }
            if now().duration_since(begun).unwrap_or_default() <= WRITING {
                self.intention = Some(intention);
                return Ok(());
            }
        }
        Err(JournalError::new(format!("takes longer than {} s to write", WRITING.as_secs())))
    }

    /// Writes down that the call of the order is over: it left before now, if it did.
    pub(super) async fn returned(&mut self) {
        if let Some(intention) = &mut self.intention {
            intention.time = intention.time.min(now());
        }
        self.end(IntentionOutcome::Open).await;
    }

    /// Writes down what came of the order. If that fails, the intention stays open, and a later call is
    /// patient: that is no reason to fail now.
    pub(super) async fn end(&mut self, outcome: IntentionOutcome) {
        let Some(intention) = &mut self.intention else { return };
        intention.outcome = outcome;
        for turn in &mut self.turns {
            if let Err(error) = in_time(turn.write(intention)).await {
                tracing::warn!(%error, "the journal of orders keeps an order open that is done");
            }
        }
    }
}

/// What a journal says, or that it says nothing.
async fn in_time<T>(asked: JournalFuture<'_, T>) -> Result<T, JournalError> {
    tokio::time::timeout(ANSWER, asked).await.unwrap_or_else(|_| {
        Err(JournalError::new(format!(
            "does not answer within {} s: check its disk, and whether another program that orders was stopped",
            ANSWER.as_secs()
        )))
    })
}

/// This moment, by the clock on the wall or by the clock that pauses are measured with, whichever is
/// later: an order that looks older than it is would be trusted too early to have come to nothing.
fn now() -> SystemTime {
    static ANCHOR: LazyLock<(SystemTime, Instant)> =
        LazyLock::new(|| (SystemTime::now(), Instant::now()));
    let (wall, start) = *ANCHOR;
    let elapsed = tokio::time::Instant::now().into_std().saturating_duration_since(start);
    SystemTime::now().max(wall.checked_add(elapsed).unwrap_or(wall))
}
