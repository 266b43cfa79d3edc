//! Building a client: what it is told, what it needs, and everything that is wrong at once.

mod parts;

use std::{fmt, marker::PhantomData, time::Duration};

use reqwest::{Url, redirect};

use crate::{
    ConfigError, Context, Error, OnWarning, Secret, ServiceClient, Validation, Violation,
    context::Settings, tls,
};

/// Time for a whole call, unless told otherwise.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Time for a connection to come about, unless told otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Unused connections are closed by us rather than by a load balancer, which would do it while a
/// request is on its way and leave its outcome unknown.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// Collects what a client needs; [`build`](Self::build) checks it.
///
/// Needed are a region or an endpoint, a project id and a token. Redirects are never followed, for
/// a token must not go elsewhere; nothing is ever sent twice. An endpoint on this machine
/// (`localhost`, `127.0.0.1`) is called directly even where a proxy is set.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    parts: Parts,
    client: PhantomData<fn() -> C>,
}

#[derive(Clone, Default)]
struct Parts {
    region: Option<String>,
    endpoint: Option<String>,
    project_id: Option<String>,
    auth_token: Option<Secret>,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    user_agent_suffix: Option<String>,
    validation: Validation,
    on_warning: OnWarning,
    http_client: Option<reqwest::Client>,
}

impl<C: ServiceClient> ClientBuilder<C> {
    /// An empty builder; `C::builder()` is shorter.
    pub fn new() -> Self {
        Self { parts: Parts::default(), client: PhantomData }
    }

    /// Calls the service in a region, such as `eu-west-101`. Any name will do: new regions need no
    /// new version of this crate.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.parts.region = Some(region.into());
        self
    }

    /// Calls this URL instead of a region's: `https://…`, or `http://…` in plain text. A path is
    /// kept as a prefix. Wins over [`region`](Self::region).
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.parts.endpoint = Some(url.into());
        self
    }

    /// The project of the region that calls are made for.
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.parts.project_id = Some(id.into());
        self
    }

    /// A token for the project, sent as `X-Auth-Token`. It is good for at most 24 hours, and it is
    /// not renewed.
    pub fn auth_token(mut self, token: impl Into<Secret>) -> Self {
        self.parts.auth_token = Some(token.into());
        self
    }

    /// Time for a whole call, from the first attempt to connect to the last byte of the answer; 30
    /// seconds if it is not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.parts.timeout = Some(timeout);
        self
    }

    /// Time for a connection to come about; 5 seconds if it is not set. Too late here means that
    /// nothing was sent.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.parts.connect_timeout = Some(timeout);
        self
    }

    /// Appended to `User-Agent`, to tell your application: `my-app/1.2`.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.parts.user_agent_suffix = Some(suffix.into());
        self
    }

    /// Whether requests are checked before they are sent; they are if it is not set.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.parts.validation = validation;
        self
    }

    /// Is called with each warning about a request that is sent all the same; without it, warnings
    /// go to `tracing`.
    pub fn on_warning(mut self, hook: impl Fn(&Violation) + Send + Sync + 'static) -> Self {
        self.parts.on_warning = OnWarning::new(hook);
        self
    }

    /// Sends by a client of your own, for a proxy or roots of your own.
    ///
    /// Its settings then hold: turn its redirects off (`redirect::Policy::none()`), or a token may
    /// follow one. Its time limits hold too, unless [`timeout`](Self::timeout) is set.
    ///
    /// With the feature `rustls`, reqwest has no provider of cryptography of its own: install one
    /// for the process, or hand the client a `rustls::ClientConfig`
    /// (`tls_backend_preconfigured`), or making it panics.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.parts.http_client = Some(client);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with everything that is missing or wrong, and the setter to call.
    pub fn build(self) -> Result<C, Error> {
        let context = self.parts.build(C::SERVICE, C::ENDPOINT).map_err(ConfigError::new)?;
        Ok(C::from_context(context))
    }
}

impl<C: ServiceClient> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Clone for ClientBuilder<C> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), client: PhantomData }
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.parts.region)
            .field("endpoint", &self.parts.endpoint)
            .field("project_id", &self.parts.project_id)
            .field("auth_token", &self.parts.auth_token)
            .finish_non_exhaustive()
    }
}

impl Parts {
    /// Checks everything; the errors are all problems.
    fn build(self, service: &str, template: &str) -> Result<Context, Vec<String>> {
        let mut problems = Vec::new();
        let mut keep = |problem: String| problems.push(problem);
        let endpoint = self.endpoint(template).map_err(&mut keep).ok();
        let project = parts::project_id(self.project_id.as_deref()).map_err(&mut keep).ok();
        let token = parts::token(self.auth_token.as_ref()).map_err(&mut keep).ok();
        let suffix = self.user_agent_suffix.as_deref();
        let user_agent = parts::user_agent(service, suffix).map_err(&mut keep).ok();
        for (setter, limit) in
            [("timeout", self.timeout), ("connect_timeout", self.connect_timeout)]
        {
            if limit == Some(Duration::ZERO) {
                keep(format!("no call succeeds in no time: give .{setter}(…) more than 0"));
            }
        }
        // Without an endpoint there is nothing to connect to, and a problem already.
        let http = endpoint.as_ref().and_then(|url| self.http(url).map_err(&mut keep).ok());
        let (Some(endpoint), Some((project_id, project_header)), Some(token_header)) =
            (endpoint, project, token)
        else {
            return Err(problems);
        };
        let (Some(user_agent), Some(http), true) = (user_agent, http, problems.is_empty()) else {
            return Err(problems);
        };
        Ok(Context::new(Settings {
            endpoint: endpoint.as_str().trim_end_matches('/').to_owned(),
            project_id,
            timeout: self.timeout.or(self.http_client.is_none().then_some(TIMEOUT)),
            http,
            validation: self.validation,
            on_warning: self.on_warning,
            token_header,
            project_header,
            user_agent,
        }))
    }

    fn endpoint(&self, template: &str) -> Result<Url, String> {
        match (&self.endpoint, &self.region) {
            (Some(url), _) => parts::endpoint(url),
            (None, Some(region)) => parts::regional_endpoint(region, template),
            (None, None) if template.contains(parts::REGION) => {
                Err("no region: call .region(…), or .endpoint(…) with a URL".to_owned())
            }
            (None, None) => parts::endpoint(template),
        }
    }

    fn http(&self, endpoint: &Url) -> Result<reqwest::Client, String> {
        if let Some(client) = &self.http_client {
            return Ok(client.clone());
        }
        let is_https = endpoint.scheme() == "https";
        if is_https && !tls::AVAILABLE {
            return Err("no TLS for an https endpoint: turn on the feature `rustls` or \
                        `native-tls`, or call .http_client(…)"
                .to_owned());
        }
        let mut builder = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .pool_idle_timeout(POOL_IDLE_TIMEOUT);
        if parts::is_loopback(endpoint) {
            builder = builder.no_proxy();
        }
        let builder = tls::choose(builder, is_https, &[])
            .map_err(|error| format!("TLS cannot be set up ({error}): call .http_client(…)"))?;
        builder.build().map_err(|error| format!("no HTTP client ({error}): call .http_client(…)"))
    }
}

#[cfg(test)]
mod tests;
