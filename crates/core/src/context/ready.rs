//! A call that is ready to be made: its project or domain, its credentials, and its deadline.

use std::{fmt, sync::Arc, time::SystemTime};

use reqwest::{
    Request,
    header::{HeaderValue, USER_AGENT},
};
use tokio::time::Instant;

use super::Context;
use crate::{
    Secret,
    authorize::authorize,
    credentials::Issued,
    error::Limit,
    owner::{Owner, OwnerId},
    redact::Redactor,
};

/// What a call knows that its client does not: the credentials and the project that were found for
/// it, and when its time is over. Made by [`Context::ready`]; cheap to clone.
#[derive(Clone)]
pub struct Ready {
    call: Arc<Call>,
    /// Secrets of the request.
    secrets: Vec<Secret>,
}

struct Call {
    context: Context,
    issued: Issued,
    /// The project or the domain that it is made for.
    owned: Option<(Owner, OwnerId)>,
    deadline: Option<Instant>,
}

impl Ready {
    pub(crate) fn new(
        context: Context,
        issued: Issued,
        owned: Option<(Owner, OwnerId)>,
        deadline: Option<Instant>,
    ) -> Self {
        let call = Arc::new(Call { context, issued, owned, deadline });
        Self { call, secrets: Vec::new() }
    }

    /// The same, with secrets that its request holds.
    pub(crate) fn knowing(self, secrets: Vec<Secret>) -> Self {
        Self { secrets, ..self }
    }

    /// The same by other credentials than those that the service refused; nothing if there are none.
    pub(crate) async fn by_other_credentials(&self) -> Option<Self> {
        let Call { context, issued, owned, deadline } = &*self.call;
        let refused = &issued.credentials;
        let others = context.settings().credentials.others(refused);
        let asked = match deadline {
            Some(deadline) => tokio::time::timeout_at(*deadline, others).await.ok()?,
            None => others.await,
        };
        let others = asked.inspect_err(|error| tracing::debug!("no other credentials: {error}"));
        let others = others.ok().filter(|others| !others.credentials.is_same(refused))?;
        let others = Issued { former: Some(refused.clone()), ..others };
        let ready = Self::new(context.clone(), others, owned.clone(), *deadline);
        Some(ready.knowing(self.secrets.clone()))
    }

    /// Has the credentials replaced, which the service refused, when the next call needs some.
    pub(crate) fn refuse(&self) {
        self.context().settings().credentials.refuse(&self.call.issued.credentials);
    }

    /// What the client was built with.
    pub fn context(&self) -> &Context {
        &self.call.context
    }

    /// The project that the call is made for; empty if it is made for none.
    pub fn project_id(&self) -> &str {
        self.id_of(Owner::Project)
    }

    /// The domain that the call is made for; empty if it is made for none.
    pub fn domain_id(&self) -> &str {
        self.id_of(Owner::Domain)
    }

    fn id_of(&self, wanted: Owner) -> &str {
        match &self.call.owned {
            Some((owner, id)) if *owner == wanted => &id.id,
            _ => "",
        }
    }

    /// Puts the credentials into the headers of a request. They are marked as sensitive, so that
    /// `Debug` of the request does not show them.
    pub(crate) fn authorize(&self, request: &mut Request, now: SystemTime) -> Result<(), String> {
        let Call { issued: Issued { credentials, .. }, owned, .. } = &*self.call;
        let owned = owned.as_ref().map(|(owner, id)| (*owner, &id.header));
        authorize(request, credentials, owned, now)
    }

    /// Whether requests are signed, and so carry a date.
    pub(crate) fn is_signed(&self) -> bool {
        self.call.issued.credentials.auth_token().is_none()
    }

    /// When the time for the whole call is over.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.call.deadline
    }

    /// Settings that are no credentials; the time that is left is the most that an attempt gets. The
    /// limit that will be reached first is given back.
    pub(crate) fn prepare(&self, request: &mut Request, begun: Instant) -> Option<Limit> {
        let settings = self.context().settings();
        request.headers_mut().insert(USER_AGENT, settings.link.user_agent.clone());
        let left = self.call.deadline.map(|end| end.saturating_duration_since(begun));
        let of_attempt = settings.attempt_timeout;
        *request.timeout_mut() = [of_attempt, left].into_iter().flatten().min();
        match (of_attempt, left) {
            (Some(time), left) if left.is_none_or(|left| time <= left) => {
                Some(Limit::Attempt { time })
            }
            (_, left) => Some(Limit::Call { left: left?, of: settings.timeout }),
        }
    }

    /// Knows the secrets, and what was sent in sensitive headers, to keep both out of errors.
    pub(crate) fn redactor<'a>(&'a self, sent: &'a [HeaderValue]) -> Redactor<'a> {
        let Issued { credentials, former } = &self.call.issued;
        Redactor::of(credentials).after(former.as_ref()).and(&self.secrets, sent)
    }
}

impl fmt::Debug for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ready")
            .field("context", self.context())
            .field("credentials", &self.call.issued.credentials)
            .field("project_id", &self.project_id())
            .field("domain_id", &self.domain_id())
            .finish_non_exhaustive()
    }
}
