//! Where credentials come from, as a trait. In: what a program knows about a place. Out: credentials that
//! are valid now, or why there are none.

use std::{pin::Pin, sync::Arc};

use super::{Credentials, CredentialsError};
use crate::clock::Clock;

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
    /// changed or withdrawn before their end. A client asks for them once for all calls that were
    /// refused, and not again within half a minute; it sends a call again if it may be sent twice and
    /// if they are others. If there are none, it keeps those that it has.
    ///
    /// Without an implementation of its own, a provider is asked as for any credentials; one that
    /// keeps what it gives must not give `refused` again if it can get others.
    ///
    /// # Errors
    ///
    /// As [`credentials`](Self::credentials); the call then fails with what the service said.
    fn renewed(&self, refused: &Credentials) -> CredentialsFuture<'_> {
        let _ = refused;
        self.credentials()
    }

    /// The clock of all who ask this provider, if it has one. No part of the interface.
    #[doc(hidden)]
    fn clock(&self) -> Option<Arc<Clock>> {
        None
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

    fn clock(&self) -> Option<Arc<Clock>> {
        (**self).clock()
    }
}

impl<P: CredentialsProvider + ?Sized> CredentialsProvider for Box<P> {
    fn credentials(&self) -> CredentialsFuture<'_> {
        (**self).credentials()
    }

    fn renewed(&self, refused: &Credentials) -> CredentialsFuture<'_> {
        (**self).renewed(refused)
    }

    fn clock(&self) -> Option<Arc<Clock>> {
        (**self).clock()
    }
}
