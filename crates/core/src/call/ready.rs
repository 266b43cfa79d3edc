//! A call that is about to be made: for whom, by which credentials, and until when.

use std::{
    fmt,
    sync::Arc,
    time::{Instant, SystemTime},
};

use reqwest::{Request, header::USER_AGENT};

use crate::{Context, Credentials, authorize::authorize, project::Project, redact::Redactor};

/// What a call knows that its client does not: the credentials and the project that were found for
/// it, and when its time is over. Made by [`Context::ready`]; cheap to clone.
#[derive(Clone)]
pub struct Ready {
    call: Arc<Call>,
}

struct Call {
    context: Context,
    credentials: Credentials,
    project: Project,
    deadline: Option<Instant>,
}

impl Ready {
    pub(crate) fn new(
        context: Context,
        credentials: Credentials,
        project: Project,
        deadline: Option<Instant>,
    ) -> Self {
        Self { call: Arc::new(Call { context, credentials, project, deadline }) }
    }

    /// What the client was built with.
    pub fn context(&self) -> &Context {
        &self.call.context
    }

    /// The project that the call is made for.
    pub fn project_id(&self) -> &str {
        &self.call.project.id
    }

    /// Puts the credentials into the headers of a request. They are marked as sensitive, so that
    /// `Debug` of the request does not show them.
    pub(super) fn authorize(&self, request: &mut Request) -> Result<(), String> {
        let Call { credentials, project, .. } = &*self.call;
        authorize(request, credentials, Some(&project.header), SystemTime::now())
    }

    /// Settings that are no credentials; the time that is left is the most that an attempt gets.
    pub(super) fn prepare(&self, request: &mut Request) {
        let settings = self.context().settings();
        request.headers_mut().insert(USER_AGENT, settings.user_agent.clone());
        let left = self.call.deadline.map(|end| end.saturating_duration_since(Instant::now()));
        let limits = [*request.timeout_mut(), settings.attempt_timeout, left];
        *request.timeout_mut() = limits.into_iter().flatten().min();
    }

    /// Knows the secrets, to keep them out of errors.
    pub(super) fn redactor(&self) -> Redactor<'_> {
        Redactor::of(&self.call.credentials)
    }
}

impl fmt::Debug for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ready")
            .field("context", self.context())
            .field("credentials", &self.call.credentials)
            .field("project_id", &self.project_id())
            .finish_non_exhaustive()
    }
}
