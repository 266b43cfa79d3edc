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
}

impl<P: CredentialsProvider + ?Sized> CredentialsProvider for Box<P> {
    fn credentials(&self) -> CredentialsFuture<'_> {
        (**self).credentials()
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
    now: fn() -> SystemTime,
}

impl CachedCredentials {
    /// Keeps what this provider gives.
    pub fn new(provider: impl CredentialsProvider + 'static) -> Self {
        Self { provider: Box::new(provider), cache: Cache::default(), now: SystemTime::now }
    }

    /// What is kept, if it need not be renewed.
    pub(crate) fn kept(&self) -> Option<Credentials> {
        self.cache.fresh(self.now)
    }

    pub(crate) async fn get(&self) -> Result<Credentials, CredentialsError> {
        let make = || async {
            let credentials = self.provider.credentials().await?;
            if let Some(problem) = credentials.problem() {
                return Err(CredentialsError::new("provider", problem));
            }
            let expires = credentials.expires();
            Ok((credentials, expires))
        };
        self.cache.get(self.now, make).await
    }
}

impl CredentialsProvider for CachedCredentials {
    #[inline]
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get())
    }
}

impl fmt::Debug for CachedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedCredentials").finish_non_exhaustive()
    }
}
