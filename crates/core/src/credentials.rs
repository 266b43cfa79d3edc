//! Credentials: keys or a token, and where they come from.
//!
//! In: code, the environment, a file, the machine. Out: [`Credentials`] from a [`CredentialsProvider`];
//! the client asks the provider for each call and caches the result until it must be renewed.

mod cached;
mod chain;
pub(crate) mod date;
mod environment;
mod error;
mod file;
mod found;
mod ini;
mod metadata;
mod provider;

use std::{fmt, sync::Arc, time::SystemTime};

use crate::{Secret, sign::Signer};

pub use cached::CachedCredentials;
pub(crate) use cached::{Issued, Origin};
pub use chain::CredentialsChain;
pub use error::{Attempt, CredentialsError};
pub(crate) use file::{NoProfile, Profile};
pub use provider::{CredentialsFuture, CredentialsProvider};

/// What proves to the service who calls: a pair of keys, or a token.
///
/// `Debug` shows the kind alone. The secrets are overwritten when the last clone is dropped; clones
/// share them.
///
/// ```
/// use huaweicloud_core::Credentials;
///
/// let credentials = Credentials::new("EXAMPLE-ACCESS-KEY", "EXAMPLE-SECRET-KEY");
/// assert_eq!(format!("{credentials:?}"), "Credentials(access key)");
/// ```
#[derive(Clone)]
pub struct Credentials {
    kind: Arc<Kind>,
    expires: Option<SystemTime>,
}

/// One of the ways to be let in.
pub(crate) enum Kind {
    Keys {
        access_key: Secret,
        secret_key: Secret,
        security_token: Option<Secret>,
        signer: Box<Signer>,
    },
    Token(Secret),
}

impl Credentials {
    /// A permanent access key (AK) and its secret key (SK): requests are signed.
    pub fn new(access_key: impl Into<Secret>, secret_key: impl Into<Secret>) -> Self {
        Self::keys(access_key.into(), secret_key.into(), None)
    }

    /// A temporary access key, its secret key and the security token that belongs to them: requests
    /// are signed and carry `X-Security-Token`.
    pub fn temporary(
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
        security_token: impl Into<Secret>,
    ) -> Self {
        Self::keys(access_key.into(), secret_key.into(), Some(security_token.into()))
    }

    /// A token of the scope of a project, sent as `X-Auth-Token`; good for at most 24 hours.
    pub fn token(token: impl Into<Secret>) -> Self {
        Self { kind: Arc::new(Kind::Token(token.into())), expires: None }
    }

    pub(crate) fn keys(
        access_key: Secret,
        secret_key: Secret,
        security_token: Option<Secret>,
    ) -> Self {
        let signer = Box::new(Signer::new(access_key.expose(), secret_key.expose()));
        let kind = Kind::Keys { access_key, secret_key, security_token, signer };
        Self { kind: Arc::new(kind), expires: None }
    }

    /// The same, good until a moment: their provider is asked for new ones before.
    #[must_use]
    pub fn expiring(mut self, at: SystemTime) -> Self {
        self.expires = Some(at);
        self
    }

    /// Until when they are good, if that is known.
    #[must_use]
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }

    /// The access key, unless this is a token.
    #[must_use]
    pub fn access_key(&self) -> Option<&Secret> {
        match &*self.kind {
            Kind::Keys { access_key, .. } => Some(access_key),
            Kind::Token(_) => None,
        }
    }

    /// The secret key, unless this is a token.
    #[must_use]
    pub fn secret_key(&self) -> Option<&Secret> {
        match &*self.kind {
            Kind::Keys { secret_key, .. } => Some(secret_key),
            Kind::Token(_) => None,
        }
    }

    /// The security token of temporary keys.
    #[must_use]
    pub fn security_token(&self) -> Option<&Secret> {
        match &*self.kind {
            Kind::Keys { security_token, .. } => security_token.as_ref(),
            Kind::Token(_) => None,
        }
    }

    /// The token, unless these are keys.
    #[must_use]
    pub fn auth_token(&self) -> Option<&Secret> {
        match &*self.kind {
            Kind::Keys { .. } => None,
            Kind::Token(token) => Some(token),
        }
    }

    /// Whether both are the same keys or the same token.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&*self.kind, &*other.kind) {
            (Kind::Token(a), Kind::Token(b)) => a == b,
            (
                Kind::Keys { access_key, secret_key, security_token, .. },
                Kind::Keys {
                    access_key: access, secret_key: secret, security_token: token, ..
                },
            ) => access_key == access && secret_key == secret && security_token == token,
            _ => false,
        }
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// What is wrong with them, if anything, without telling what they are.
    pub(crate) fn problem(&self) -> Option<String> {
        let parts = [
            ("access key", self.access_key()),
            ("secret key", self.secret_key()),
            ("security token", self.security_token()),
            ("token", self.auth_token()),
        ];
        parts.into_iter().find_map(|(name, value)| {
            let value = value?.expose();
            if value.trim().is_empty() {
                return Some(format!("the {name} is empty"));
            }
            // Secret keys are in no header, but nothing of what is wrong in one is right in them.
            let is_fit = value.bytes().all(|byte| matches!(byte, 0x20..=0x7e));
            (!is_fit).then(|| {
                format!("the {name} holds what no header can carry (a line break at its end?)")
            })
        })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.kind {
            Kind::Keys { security_token: None, .. } => "Credentials(access key)",
            Kind::Keys { .. } => "Credentials(temporary access key)",
            Kind::Token(_) => "Credentials(token)",
        })
    }
}

#[cfg(test)]
mod tests;
