//! What all calls of a client share: endpoint, project, credentials, connections.

mod ready;

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{StatusCode, Url};
use tokio::time::Instant;

use crate::{
    Allowed, CachedCredentials, CredentialsError, Error, ErrorCatalog, OnWarning, RetryPolicy,
    Validation, Violation, Violations,
    compiled::Compiled,
    credentials::{Attempt, Issued},
    ensure::JournalChoice,
    hook::Hooks,
    link::{Http, Link},
    operation::{Operation, Scope},
    owner::{Owner, OwnerId},
    project::ProjectSource,
    retry::Budget,
};

pub use ready::Ready;

/// Who calls, and for what project or domain, if for any.
type Identity = (Issued, Option<(Owner, OwnerId)>);

/// What a client was built with. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Context {
    settings: Arc<Settings>,
    /// Whether every request opens a connection.
    is_single_use: bool,
}

pub(crate) struct Settings {
    pub(crate) endpoint: String,
    /// The same, parsed.
    pub(crate) base: Url,
    pub(crate) link: Link,
    pub(crate) validation: Validation,
    pub(crate) on_warning: OnWarning,
    /// Rules that do not count for any call.
    pub(crate) allowed: Allowed,
    /// The ids of all rules between fields.
    pub(crate) rules: &'static [&'static str],
    /// Of each call.
    pub(crate) timeout: Duration,
    /// Of each attempt of a call.
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) hooks: Hooks,
    /// The codes of the service.
    pub(crate) errors: ErrorCatalog,
    pub(crate) credentials: CachedCredentials,
    pub(crate) project: ProjectSource,
    /// Where orders are remembered, unless a call says otherwise.
    pub(crate) journal: JournalChoice,
}

impl Context {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings: Arc::new(settings), is_single_use: false }
    }

    /// The same, with a connection of its own for each request, and not only for those that may not
    /// be sent twice. An answer is then never one that lay on a connection before; who buys nothing
    /// because of an answer, or buys because of one, wants to be sure of that.
    #[must_use]
    pub fn with_single_use_connections(&self) -> Self {
        Self { settings: Arc::clone(&self.settings), is_single_use: true }
    }

    /// The URL that paths are appended to, without a slash at its end.
    pub fn endpoint(&self) -> &str {
        &self.settings.endpoint
    }

    /// The URL of a path, which begins with a slash and is encoded already, below the endpoint. The endpoint
    /// is parsed once for all calls, which is a good part of what a short call costs.
    pub fn url(&self, path: &str) -> Url {
        let mut url = self.settings.base.clone();
        match url.path().trim_end_matches('/') {
            "" => url.set_path(path),
            prefix => url.set_path(&format!("{prefix}{path}")),
        }
        url
    }

    /// The client that sends; it knows nothing of credentials.
    pub fn http(&self) -> &reqwest::Client {
        &self.settings.link.http.shared
    }

    /// Decides whether a request may be sent, as the client was told to. `check` says what is wrong
    /// with it, and is not called when nothing is checked; each warning is handed on once.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] with everything that is wrong, if the request may not be sent.
    pub fn admit(&self, check: impl FnOnce() -> Violations) -> Result<(), Error> {
        self.admit_but(&Allowed::NONE, check)
    }

    /// As [`admit`](Self::admit), without the rules that a call allows.
    ///
    /// # Errors
    ///
    /// As [`admit`](Self::admit), and for the id of a rule that there is not.
    pub fn admit_but(
        &self,
        allowed: &Allowed,
        check: impl FnOnce() -> Violations,
    ) -> Result<(), Error> {
        let Settings { validation, on_warning, .. } = &*self.settings;
        let unknown = allowed.problems(self.settings.rules);
        if !unknown.is_empty() {
            let unknown = unknown.into_iter().map(|what| Violation::error("allow", "allow", what));
            return Err(Error::Invalid(unknown.collect()));
        }
        if *validation == Validation::Off {
            return Ok(());
        }
        let found = allowed.left_of(self.settings.allowed.left_of(check()));
        let refused = match validation {
            Validation::Strict => !found.is_empty(),
            _ => found.errors().next().is_some(),
        };
        if refused {
            return Err(Error::Invalid(found));
        }
        for warning in &found {
            on_warning.call(warning);
        }
        Ok(())
    }

    /// Starts a call: finds the credentials and the project that it is made for. Both are kept, so
    /// that only few calls have to ask for them. The time for the whole call runs from here.
    ///
    /// # Errors
    ///
    /// [`Error::Credentials`] with every place that was asked in vain.
    pub async fn ready(&self) -> Result<Ready, Error> {
        self.ready_for(Scope::Project).await
    }

    /// Like [`ready`](Self::ready), for a call that is made for a project, for a domain or for
    /// neither. What the call has no use for is neither looked for nor asked for.
    ///
    /// # Errors
    ///
    /// [`Error::Credentials`] with every place that was asked in vain.
    pub async fn ready_for(&self, scope: Scope) -> Result<Ready, Error> {
        let owner = scope.owner();
        match self.ready_at_once(owner) {
            Some(ready) => Ok(ready),
            None => self.find(owner).await,
        }
    }

    /// Nothing when somebody has to be asked.
    fn ready_at_once(&self, owner: Option<Owner>) -> Option<Ready> {
        let issued = self.settings.credentials.kept()?;
        let owned = match owner {
            Some(owner) => Some((owner, self.settings.project.kept(owner)?)),
            None => None,
        };
        Some(Ready::new(self.clone(), issued, owned, self.deadline()))
    }

    fn find(&self, owner: Option<Owner>) -> Compiled<'_, Result<Ready, Error>> {
        Box::pin(async move {
            let deadline = self.deadline();
            let limit = self.settings.timeout;
            let found = tokio::time::timeout(limit, self.identity(owner)).await;
            let (issued, owned) = found.map_err(|_| too_late(limit, owner))??;
            Ok(Ready::new(self.clone(), issued, owned, deadline))
        })
    }

    fn deadline(&self) -> Option<Instant> {
        Instant::now().checked_add(self.settings.timeout)
    }

    fn identity(&self, owner: Option<Owner>) -> Compiled<'_, Result<Identity, CredentialsError>> {
        Box::pin(async move {
            let settings = &self.settings;
            let issued = settings.credentials.get().await?;
            let Some(owner) = owner else { return Ok((issued, None)) };
            let error = match settings.project.get(owner, &settings.link, &issued).await {
                Ok(id) => return Ok((issued, Some((owner, id)))),
                Err(error) => error,
            };
            if !is_refusal(&error) {
                return Err(error);
            }
            let refused = &issued.credentials;
            let others = settings.credentials.others(refused).await.ok();
            let others = others.filter(|others| !others.credentials.is_same(refused));
            let Some(others) = others else { return Err(error) };
            let id = settings.project.get(owner, &settings.link, &others).await?;
            Ok((others, Some((owner, id))))
        })
    }

    /// Sends the request of an operation, by a connection of its own if it may not be sent twice.
    pub(crate) async fn execute(
        &self,
        operation: Operation,
        request: reqwest::Request,
    ) -> reqwest::Result<reqwest::Response> {
        #[cfg(feature = "testing")]
        if let Some(stage) = &self.settings.link.stage {
            return Ok(crate::testing::respond(&**stage, operation.id, &request));
        }
        let Http { shared, single_use } = &self.settings.link.http;
        let is_kept = operation.is_repeatable && !self.is_single_use;
        let http = if is_kept { shared } else { single_use };
        http.execute(request).await
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// Did IAM refuse the credentials?
fn is_refusal(error: &CredentialsError) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Error>());
    source.and_then(Error::status) == Some(StatusCode::UNAUTHORIZED)
}

fn too_late(limit: Duration, owner: Option<Owner>) -> CredentialsError {
    let attempt = Attempt::new("time limit", format!("none came within {limit:?}"));
    let what = match owner {
        Some(Owner::Project) => "credentials or project id",
        Some(Owner::Domain) => "credentials or domain id",
        None => "credentials",
    };
    CredentialsError::of(what, vec![attempt], "give .timeout(…) more")
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("endpoint", &self.settings.endpoint)
            .field("validation", &self.settings.validation)
            .finish_non_exhaustive()
    }
}
