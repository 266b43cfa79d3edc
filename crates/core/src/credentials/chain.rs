//! The places where credentials are looked up, in order.

use std::{borrow::Cow, fmt, sync::Arc};

use super::{
    Attempt, Credentials, CredentialsError, CredentialsFuture, CredentialsProvider, environment,
    file, found::Found, metadata,
};
use crate::{clock::Clock, environment::Environment};

const ADVICE: &str =
    "set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or give the client credentials";

/// Looks for credentials in the usual places, and takes the first that there are:
///
/// 1. the environment: `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and, with temporary keys,
///    `HUAWEICLOUD_SDK_SECURITY_TOKEN`, as for the vendor's SDKs; then `HW_ACCESS_KEY`,
///    `HW_SECRET_KEY` and `HW_SECURITY_TOKEN`, as for Terraform;
/// 2. the section `[basic]` of the file that `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names, or else of
///    `~/.huaweicloud/credentials`: `ak`, `sk`, `security_token`; or the section `[basic.NAME]` or
///    `[profile NAME]`, if `HUAWEICLOUD_SDK_PROFILE` or [`profile`](Self::profile) gives the name;
/// 3. the metadata service of an elastic cloud server: temporary keys of its agency. It has a second
///    to take a connection and two for an answer;
///    [`without_metadata`](Self::without_metadata) leaves it out.
///
/// A place that is half filled or broken ends the search with an error, as does any line of the file
/// that is not understood: keys from further down might call, and buy, for someone else. If there are none anywhere, the error lists every place and what
/// was missing there.
///
/// A client without other credentials uses this.
#[derive(Clone)]
pub struct CredentialsChain {
    around: Environment,
    /// The profile of the file; with one the environment holds no keys.
    profile: Option<String>,
    /// The address of the metadata service, if it is asked.
    metadata: Option<Cow<'static, str>>,
    /// Put right by the metadata service, which says what time it is when it gives keys.
    clock: Arc<Clock>,
}

impl CredentialsChain {
    /// All three places.
    pub fn new() -> Self {
        Self::around(Environment::default())
    }

    pub(crate) fn around(around: Environment) -> Self {
        let metadata = Some(Cow::Borrowed(metadata::ADDRESS));
        Self { around, profile: None, metadata, clock: Arc::default() }
    }

    /// Takes the keys of a profile of the file, `[basic.NAME]` or `[profile NAME]`, and of nobody
    /// else: neither variables with keys nor the machine count.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Does not ask the metadata service.
    #[must_use]
    pub fn without_metadata(mut self) -> Self {
        self.metadata = None;
        self
    }

    /// Asks the metadata service at another address, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn metadata_address(mut self, url: impl Into<String>) -> Self {
        self.metadata = Some(Cow::Owned(url.into()));
        self
    }

    /// Looks variables up by this function instead of in the environment of the process, also
    /// `HOME`, where the file is.
    #[must_use]
    pub fn environment(
        mut self,
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.around = Environment::new(lookup);
        self
    }

    async fn search(&self) -> Result<Credentials, CredentialsError> {
        let mut attempts = Vec::new();
        if self.profile.is_none()
            && let Some(found) = environment::find(&self.around).settle(&mut attempts)?
        {
            return Ok(found);
        }
        let found = file::find(&self.around, self.profile.as_deref()).await;
        if let Some(found) = found.settle(&mut attempts)? {
            return Ok(found);
        }
        let found = match &self.metadata {
            Some(address) => metadata::find(address, &self.clock).await,
            None => Found::Nothing(Attempt::new("metadata service", "is turned off in the client")),
        };
        match found.settle(&mut attempts)? {
            Some(credentials) => Ok(credentials),
            None => Err(CredentialsError::of("credentials", attempts, ADVICE)),
        }
    }
}

impl Default for CredentialsChain {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialsProvider for CredentialsChain {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.search())
    }

    fn clock(&self) -> Option<Arc<Clock>> {
        Some(Arc::clone(&self.clock))
    }
}

impl fmt::Debug for CredentialsChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialsChain").field("metadata", &self.metadata).finish_non_exhaustive()
    }
}
