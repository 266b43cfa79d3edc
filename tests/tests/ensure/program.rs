//! A program that ensures instances with the generated client, and may crash. In: an
//! endpoint, what is wanted, what is known of earlier programs, and how it crashes. Out: its result, if
//! it survived.

use std::{
    fmt,
    future::{Future, poll_fn},
    io,
    pin::pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use fastrand::Rng;
use huaweicloud_dcs::{
    Client, Credentials, EnsureError, Ensured, FileJournal, Journal, LookupPolicy, MemoryJournal,
    RetryPolicy, types::*,
};
use tempfile::TempDir;

use crate::world::World;

/// So much of a program's time passes in a millisecond.
pub(crate) const LAPSE: Duration = Duration::from_millis(250);

/// How long an order takes at most until it is listed: in worlds where programs do not know of each other,
/// and in all others.
pub(crate) const BEFORE: Duration = Duration::from_secs(2);
pub(crate) const AFTER: Duration = Duration::from_secs(5);

/// 3 looks before an order and 6 behind it, or a little more.
const POLICY: LookupPolicy =
    LookupPolicy { before: BEFORE, after: AFTER, every: Duration::from_secs(1) };

/// How long the client waits for one answer: as long as 16 steps of the clock.
const ATTEMPT: Duration = Duration::from_secs(4);

/// Retries as users have them, but for the pauses.
const RETRY: RetryPolicy = RetryPolicy::none()
    .max_attempts(2)
    .base(Duration::from_millis(250))
    .cap(Duration::from_millis(250))
    .budget(500);

/// A folder in memory, where the system has such a thing: the clock of a run does not wait for a disk.
fn memory_folder() -> io::Result<TempDir> {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir())
}

/// How programs know of each other.
#[derive(Clone)]
pub(crate) enum Memory {
    /// They share a journal, in a folder or in mind.
    Journal(Arc<dyn Journal>),
    /// They share a folder, which is removed in the end.
    Folder(Arc<TempDir>),
    /// They are told that something may have been ordered before.
    Told,
    None,
}

impl Memory {
    pub(crate) fn draw(random: &mut Rng) -> Result<Self, String> {
        Ok(match random.u8(0..32) {
            0 => {
                let folder = memory_folder().map_err(|error| error.to_string())?;
                Self::Folder(Arc::new(folder))
            }
            1..=10 => Self::Journal(Arc::new(MemoryJournal::new())),
            11..=20 => Self::Told,
            _ => Self::None,
        })
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Journal(_) => "a journal",
            Self::Folder(_) => "a journal in a folder",
            Self::Told => "told",
            Self::None => "knows nothing",
        })
    }
}

/// How a program dies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Crash {
    Never,
    /// When it has been asked so often to go on; if it is not done before.
    After(u32),
    /// When its order was carried out and it does not know yet, or just does.
    WhenBought,
}

impl Crash {
    pub(crate) fn draw(random: &mut Rng) -> Self {
        match random.u8(0..4) {
            0 => Self::After(random.u32(1..60)),
            1 => Self::WhenBought,
            _ => Self::Never,
        }
    }
}

/// A program before it runs.
pub(crate) struct Program {
    pub(crate) endpoint: String,
    pub(crate) order: CreateInstanceBody,
    pub(crate) memory: Memory,
    pub(crate) is_restart: bool,
    pub(crate) process: MemoryJournal,
    /// Keys sign, and then a date can be refused.
    pub(crate) credentials: Credentials,
    pub(crate) crash: Crash,
}

pub(crate) fn credentials(random: &mut Rng) -> Credentials {
    match random.u8(0..4) {
        0 => Credentials::new("EXAMPLE-ACCESS-KEY", "example-secret-key"),
        _ => Credentials::token("not-a-token"),
    }
}

impl Program {
    /// Runs it; nothing if it died.
    pub(crate) async fn run(self, world: &World) -> Option<Result<Ensured, EnsureError>> {
        let client = Client::builder()
            .endpoint(self.endpoint)
            .allow_http(true)
            .project_id("p-1")
            .credentials(self.credentials)
            .attempt_timeout(ATTEMPT)
            .connect_timeout(ATTEMPT)
            .timeout(ATTEMPT * 2)
            .retry(RETRY)
            .build()
            .unwrap_or_else(|error| panic!("{error}"));
        let call = client.ensure_instance(self.order).lookup(POLICY).in_process(self.process);
        let call = match self.memory {
            Memory::Journal(journal) => call.journal(journal),
            Memory::Folder(folder) => call.journal(FileJournal::new(folder.path())),
            Memory::Told if self.is_restart => call.without_journal().may_have_been_ordered(),
            Memory::Told | Memory::None => call.without_journal(),
        };
        let ensured = call.send();
        match self.crash {
            Crash::Never => Some(ensured.await),
            Crash::After(polls) => limited(ensured, polls).await,
            Crash::WhenBought => tokio::select! {
                biased;
                () = world.bought.notified() => None,
                outcome = ensured => Some(outcome),
            },
        }
    }
}

/// What is wanted: one instance, or a batch.
pub(crate) fn order(name: &str, count: i32) -> CreateInstanceBody {
    CreateInstanceBody::new(name, Engine::Redis, 1, "spec", ["zone-a"], "vpc", "subnet")
        .engine_version("5.0")
        .no_password_access(true)
        .instance_num(count)
}

/// A future that is dropped when it has been polled so often.
async fn limited<F: Future>(future: F, polls: u32) -> Option<F::Output> {
    let (mut future, mut left) = (pin!(future), polls);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}
