//! What every call of a client shares: endpoint, project, credentials, connections.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::header::{HeaderName, HeaderValue, USER_AGENT};

use crate::{
    ClientBuilder, Error, ErrorCatalog, OnWarning, Validation, Violations, redact::Redactor,
};

const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");

/// A generated client of one service.
pub trait ServiceClient: Sized {
    /// The generated package and its version, such as `huaweicloud-dcs/0.1.0`; sent in `User-Agent`.
    const SERVICE: &'static str;

    /// The endpoint of a region, with `{region}` for its name.
    const ENDPOINT: &'static str;

    /// The documented error codes.
    const ERRORS: ErrorCatalog = ErrorCatalog::EMPTY;

    /// The client on top of what its builder made.
    fn from_context(context: Context) -> Self;

    /// Starts a client: where it calls, and for whom.
    fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }
}

/// What a client was built with. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Context {
    settings: Arc<Settings>,
}

pub(crate) struct Settings {
    pub(crate) endpoint: String,
    pub(crate) project_id: String,
    pub(crate) http: reqwest::Client,
    pub(crate) validation: Validation,
    pub(crate) on_warning: OnWarning,
    /// Of each call; nothing when the HTTP client has its own.
    pub(crate) timeout: Option<Duration>,
    /// Marked as sensitive.
    pub(crate) token_header: HeaderValue,
    pub(crate) project_header: HeaderValue,
    pub(crate) user_agent: HeaderValue,
}

impl Context {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings: Arc::new(settings) }
    }

    /// The URL that paths are appended to, without a slash at its end.
    pub fn endpoint(&self) -> &str {
        &self.settings.endpoint
    }

    /// The project that calls are made for.
    pub fn project_id(&self) -> &str {
        &self.settings.project_id
    }

    /// The client that sends; it knows nothing of credentials.
    pub fn http(&self) -> &reqwest::Client {
        &self.settings.http
    }

    /// Decides whether a request may be sent, as the client was told to. `check` says what is wrong
    /// with it, and is not called when nothing is checked; each warning is handed on once.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] with everything that is wrong, if the request may not be sent.
    pub fn admit(&self, check: impl FnOnce() -> Violations) -> Result<(), Error> {
        let Settings { validation, on_warning, .. } = &*self.settings;
        if *validation == Validation::Off {
            return Ok(());
        }
        let found = check();
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

    /// Puts the credentials into the headers of a request. They are marked as sensitive, so that
    /// `Debug` of the request does not show them.
    pub fn authorize(&self, request: &mut reqwest::Request) {
        let headers = request.headers_mut();
        headers.insert(X_AUTH_TOKEN, self.settings.token_header.clone());
        headers.insert(X_PROJECT_ID, self.settings.project_header.clone());
    }

    /// Knows the token, to keep it out of errors.
    pub(crate) fn redactor(&self) -> Redactor<'_> {
        // It was made of a text.
        Redactor::new(std::str::from_utf8(self.settings.token_header.as_bytes()).unwrap_or(""))
    }

    /// Settings of a call that are no credentials.
    pub(crate) fn prepare(&self, request: &mut reqwest::Request) {
        request.headers_mut().insert(USER_AGENT, self.settings.user_agent.clone());
        let timeout = request.timeout_mut();
        *timeout = timeout.or(self.settings.timeout);
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("endpoint", &self.settings.endpoint)
            .field("project_id", &self.settings.project_id)
            .field("validation", &self.settings.validation)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls;

    #[test]
    fn tokens_stay_sensitive_and_replace_any_other() {
        let header = |text| HeaderValue::from_static(text);
        let mut token_header = header("hunter2-token");
        token_header.set_sensitive(true);
        let context = Context::new(Settings {
            endpoint: "http://h".to_owned(),
            project_id: "p-1".to_owned(),
            http: tls::choose(reqwest::Client::builder(), false, &[]).unwrap().build().unwrap(),
            validation: Validation::Enforce,
            on_warning: OnWarning::default(),
            timeout: None,
            token_header,
            project_header: header("p-1"),
            user_agent: header("test"),
        });
        let request = context.http().get("http://h").header(X_AUTH_TOKEN, "hunter2-other");
        let mut request = request.build().unwrap();
        context.prepare(&mut request);
        context.authorize(&mut request);
        let tokens: Vec<_> = request.headers().get_all(X_AUTH_TOKEN).iter().collect();
        assert_eq!(tokens, ["hunter2-token"]);
        assert!(tokens[0].is_sensitive());
        assert!(!format!("{request:?}{context:?}").contains("hunter2"));
        assert_eq!(context.redactor().text("a hunter2-token"), "a [redacted]");
    }
}
