//! Where credentials come from, as a trait; and a provider that keeps what another one gives.

use std::{fmt, pin::Pin, sync::Arc, time::SystemTime};

use super::{Credentials, CredentialsError};
use crate::cache::Cache;

/// What a provider returns.
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// A source of credentials.
///
/// A client keeps what it is given until shortly before [`Credentials::expires`], and for ever if
/// there is no such moment. Then one of its calls asks again while others wait, so a provider need
/// neither keep anything nor expect to be asked by many at once.
///
/// ```
/// use huaweicloud_core::{Credentials, CredentialsError, CredentialsFuture, CredentialsProvider};
///
/// struct Vault;
///
/// impl CredentialsProvider for Vault {
///     fn credentials(&self) -> CredentialsFuture<'_> {
///         Box::pin(async {
///             let keys = read_keys().await;
///             let (access_key, secret_key) =
///                 keys.map_err(|error| CredentialsError::new("vault", error))?;
///             Ok(Credentials::new(access_key, secret_key))
///         })
///     }
/// }
/// # async fn read_keys() -> Result<(String, String), String> { Err("it is sealed".to_owned()) }
/// ```
pub trait CredentialsProvider: Send + Sync {
    /// Credentials that are good now.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] with what is missing or wrong; the call then fails with it.
    fn credentials(&self) -> CredentialsFuture<'_>;

    /// Credentials in place of some that the service refused (status 401), perhaps because they were
    /// changed or withdrawn before their end. A client asks for them once a call, and sends the call
    /// again if it may be sent twice and if they are others.
    ///
    /// Without an implementation of its own, a provider is asked as for any credentials; one that
    /// keeps what it gives forgets `refused` first.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials); the call then fails with what the service said.
    fn renewed(&self, refused: &Credentials) -> CredentialsFuture<'_> {
        let _ = refused;
        self.credentials()
    }
}

/// Always gives itself.
impl CredentialsProvider for Credentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async { Ok(self.clone()) })
    }
}

impl<P: CredentialsProvider + ?Sized> CredentialsProvider for Arc<P> {
    fn credentials(&self) -> CredentialsFuture<'_> {
        (**self).credentials()
    }

    fn renewed(&self, refused: &Credentials) -> CredentialsFuture<'_> {
        (**self).renewed(refused)
    }
}

impl<P: CredentialsProvider + ?Sized> CredentialsProvider for Box<P> {
    fn credentials(&self) -> CredentialsFuture<'_> {
        (**self).credentials()
    }

    fn renewed(&self, refused: &Credentials) -> CredentialsFuture<'_> {
        (**self).renewed(refused)
    }
}

/// Keeps what another provider gives, and renews it before it expires.
///
/// Every client does this for its own provider; wrap one yourself (in an [`Arc`]) to share what it
/// gives among several clients. New credentials are asked for five minutes before the old ones
/// expire, or when a quarter of their time is left if that is shorter. One caller asks, the others
/// wait and get the same; if it fails, the old ones serve until they expire.
pub struct CachedCredentials {
    provider: Box<dyn CredentialsProvider>,
    cache: Cache<Credentials, CredentialsError>,
}

impl CachedCredentials {
    /// Keeps what this provider gives.
    pub fn new(provider: impl CredentialsProvider + 'static) -> Self {
        Self { provider: Box::new(provider), cache: Cache::default() }
    }

    /// What is kept, if it need not be renewed.
    pub(crate) fn kept(&self, now: impl Fn() -> SystemTime) -> Option<Credentials> {
        self.cache.fresh(now)
    }

    /// What is kept, or what the provider gives.
    pub(crate) async fn get(
        &self,
        now: impl Fn() -> SystemTime,
    ) -> Result<Credentials, CredentialsError> {
        self.made(&now, || self.provider.credentials()).await
    }

    /// Others than those that were refused: what is kept meanwhile, or what the provider gives then.
    pub(crate) async fn others(
        &self,
        refused: &Credentials,
        now: impl Fn() -> SystemTime,
    ) -> Result<Credentials, CredentialsError> {
        self.cache.forget_if(|kept| kept.is_same(refused));
        self.made(&now, || self.provider.renewed(refused)).await
    }

    async fn made<'p>(
        &'p self,
        now: &impl Fn() -> SystemTime,
        ask: impl FnOnce() -> CredentialsFuture<'p>,
    ) -> Result<Credentials, CredentialsError> {
        let make = || async {
            let credentials = ask().await?;
            if let Some(problem) = credentials.problem() {
                return Err(CredentialsError::new("provider", problem));
            }
            let expires = credentials.expires();
            if expires.is_some_and(|end| end <= now()) {
                let problem =
                    "what it gave has expired by the clock of the service; renew it there";
                return Err(CredentialsError::new("provider", problem));
            }
            Ok((credentials, expires))
        };
        self.cache.get(now, make).await
    }
}

impl CredentialsProvider for CachedCredentials {
    #[inline]
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get(SystemTime::now))
    }

    fn renewed(&self, refused: &Credentials) -> CredentialsFuture<'_> {
        let refused = refused.clone();
        Box::pin(async move { self.others(&refused, SystemTime::now).await })
    }
}

impl fmt::Debug for CachedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedCredentials").finish_non_exhaustive()
    }
}
