//! A provider that caches what another one provides.
//!
//! In: a provider, and responses that reject its credentials or tell the time. Out: credentials, requested
//! as rarely as possible, and the ones they replaced, so that these can be kept out of messages.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::{Credentials, CredentialsError, CredentialsFuture, CredentialsProvider};
use crate::{
    cache::{Cache, Old},
    clock::{Clock, Moment, Roughly},
};

/// Time for a provider whose old credentials still serve; a call that can be made should not wait for one
/// that hangs.
const RENEWAL: Duration = Duration::from_secs(10);

/// Keeps what another provider gives, and renews it before it expires.
///
/// Every client does this for its own provider; wrap one yourself (in an [`Arc`]) to share what it
/// gives among several clients. New credentials are asked for five minutes before the old ones
/// expire, or when a quarter of their time is left if that is shorter. One caller asks, the others
/// wait and get the same; if it fails, the old ones serve until they expire.
///
/// Whether something has expired is judged by the clock of the services, which every answer tells, and
/// which all clients that share this learn together. As long as no answer has told it, what seems to
/// have expired is used all the same: the clock of the machine may be off, and the answer will tell.
pub struct CachedCredentials {
    provider: Box<dyn CredentialsProvider>,
    origin: Origin,
    clock: Arc<Clock>,
    cache: Cache<Issued, CredentialsError>,
}

/// Who gave credentials, for messages.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// The program, when it built its client.
    Code,
    /// One of the usual places.
    Places,
    /// A provider of the program.
    Provider,
}

/// Credentials, and those that they came in place of.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    pub(crate) credentials: Credentials,
    /// Somebody may still show what was sent before.
    pub(crate) former: Option<Credentials>,
}

impl CachedCredentials {
    /// Keeps what this provider gives.
    pub fn new(provider: impl CredentialsProvider + 'static) -> Self {
        Self::from(Origin::Provider, provider)
    }

    pub(crate) fn from(origin: Origin, provider: impl CredentialsProvider + 'static) -> Self {
        let clock = provider.clock().unwrap_or_default();
        Self { provider: Box::new(provider), origin, clock, cache: Cache::default() }
    }

    /// The clock that their end is judged by.
    pub(crate) fn shared_clock(&self) -> &Arc<Clock> {
        &self.clock
    }

    /// What is kept, if it need not be renewed.
    pub(crate) fn kept(&self) -> Option<Issued> {
        self.cache.fresh(|| self.clock.moment())
    }

    /// What is kept, or what the provider gives.
    pub(crate) async fn get(&self) -> Result<Issued, CredentialsError> {
        self.cache.get(|| self.clock.moment(), |old| self.ask(old)).await
    }

    /// Has credentials that were refused replaced when the next call needs some. Nobody is asked yet.
    pub(crate) fn refuse(&self, refused: &Credentials) {
        self.cache.refuse_if(|kept| kept.credentials.is_same(refused));
    }

    /// Others than those that were refused: what is kept meanwhile, or what the provider gives then.
    pub(crate) async fn others(&self, refused: &Credentials) -> Result<Issued, CredentialsError> {
        self.refuse(refused);
        self.get().await
    }

    async fn ask(
        &self,
        old: Option<Old<Issued>>,
    ) -> Result<(Issued, Option<SystemTime>), CredentialsError> {
        let asked = match &old {
            Some(Old { value, is_refused: true, .. }) => self.provider.renewed(&value.credentials),
            _ => self.provider.credentials(),
        };
        let credentials = match &old {
            Some(Old { serves: true, .. }) => {
                let late = |_| {
                    let problem = format!("has given nothing within {RENEWAL:?}");
                    CredentialsError::new(self.origin.place(), problem)
                };
                tokio::time::timeout(RENEWAL, asked).await.map_err(late)??
            }
            _ => asked.await?,
        };
        if let Some(problem) = credentials.problem() {
            return Err(CredentialsError::new(self.origin.place(), problem));
        }
        let (end, Moment { time, is_known }) = (credentials.expires(), self.clock.moment());
        let over = end.and_then(|end| time.duration_since(end).ok());
        if let Some(over) = over.filter(|_| is_known) {
            return Err(self.origin.expired(Roughly(over)));
        }
        let former = old.and_then(|old| match old.value {
            old if old.credentials.is_same(&credentials) => old.former,
            old => Some(old.credentials),
        });
        Ok((Issued { credentials, former }, end))
    }
}

impl Origin {
    fn place(self) -> &'static str {
        match self {
            Self::Code => "credentials given in code",
            Self::Places => "usual places",
            Self::Provider => "provider",
        }
    }

    fn expired(self, ago: Roughly) -> CredentialsError {
        let (what, advice) = match self {
            Self::Code => ("have expired", "give the client new ones"),
            Self::Places => ("what they give has expired", "put new credentials there"),
            Self::Provider => ("what it gives has expired", "have it give new credentials"),
        };
        let problem = format!("{what} {ago} ago by the clock of the service; {advice}");
        CredentialsError::new(self.place(), problem)
    }
}

impl CredentialsProvider for CachedCredentials {
    #[inline]
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async { Ok(self.get().await?.credentials) })
    }

    fn renewed(&self, refused: &Credentials) -> CredentialsFuture<'_> {
        let refused = refused.clone();
        Box::pin(async move { Ok(self.others(&refused).await?.credentials) })
    }

    fn clock(&self) -> Option<Arc<Clock>> {
        Some(Arc::clone(&self.clock))
    }
}

impl fmt::Debug for CachedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedCredentials").finish_non_exhaustive()
    }
}
