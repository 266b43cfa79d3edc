//! Builds a client: its settings. Validation and defaults are in `builder/assemble.rs`.

mod assemble;
mod http;
mod parts;
mod service;
mod shared;

use std::{borrow::Cow, fmt, marker::PhantomData, sync::Arc, time::Duration};

use crate::{
    Allowed, ConfigError, Credentials, CredentialsProvider, Error, Hook, Journal, OnWarning,
    Region, RetryPolicy, Secret, Validation, Violation, ensure::JournalChoice,
    environment::Environment, hook::Hooks, shown_url::ShownUrl,
};

pub use service::ServiceClient;
use shared::Shared;

/// Collects what a client needs; [`build`](Self::build) checks it.
///
/// Needed is a [`region`](Self::region) or an [`endpoint`](Self::endpoint). Credentials are looked
/// for in the [usual places](crate::CredentialsChain) unless they are given, and the project id too
/// (see [`project_id`](Self::project_id)); both happens with the first call, so that building a
/// client needs no network.
///
/// Redirects are never followed, for a token must not go elsewhere. What may be sent twice is said by
/// [`RetryPolicy`]. What may not, such as a purchase, travels on a connection of its own, where no
/// answer to anything else can be. An endpoint on this machine (`localhost`, `127.0.0.1`) is called directly even where the system has
/// a proxy.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    parts: Parts,
    client: PhantomData<fn() -> C>,
}

#[derive(Clone, Default)]
struct Parts {
    region: Option<Region>,
    endpoint: Option<String>,
    iam_endpoint: Option<String>,
    allow_http: bool,
    project_id: Option<String>,
    domain_id: Option<String>,
    source: Option<Source>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    retry: RetryPolicy,
    hooks: Hooks,
    user_agent_suffix: Option<String>,
    validation: Validation,
    allowed: Allowed,
    on_warning: OnWarning,
    journal: JournalChoice,
    /// Its URL may hold a password.
    proxy: Option<Secret>,
    /// PEM.
    root_certificates: Vec<u8>,
    configure: Option<http::Configure>,
    around: Environment,
    profile: Option<String>,
    /// With the other clients of a configuration.
    shared: Shared,
    /// What answers in the place of the network.
    #[cfg(feature = "testing")]
    stage: Option<Arc<dyn crate::testing::Stage>>,
}

/// Where credentials come from, if not from the usual places.
#[derive(Clone)]
enum Source {
    Given(Credentials),
    Provider(Arc<dyn CredentialsProvider>),
}

/// Where, for whom, and by which credentials.
impl<C> ClientBuilder<C> {
    /// An empty builder; `C::builder()` is shorter.
    pub fn new() -> Self {
        Self { parts: Parts::default(), client: PhantomData }
    }

    /// Calls the service in a region, such as [`Region::EU_WEST_101`] or `"eu-west-101"`. Any name
    /// will do: new regions need no new version of this crate. Without it, the variable
    /// `HW_REGION_NAME` of the environment counts.
    ///
    /// The endpoint is the usual one, unless a variable such as
    /// `HUAWEICLOUD_SDK_REGION_DCS_EU_WEST_101` has another.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.parts.shared.drop_owners();
        self.parts.region = Some(region.into());
        self
    }

    /// Calls this URL instead of a region's: `https://…`. A path is kept as a prefix. The region is
    /// then needed only to ask for the project id.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.parts.endpoint = Some(url.into());
        self
    }

    /// Whether endpoints may be `http://…`, also on this machine; not if it is not set. Everybody on
    /// the way then reads passwords and tokens, and who reads a token can use it.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.parts.allow_http = allow;
        self
    }

    /// The project of the region that calls are made for.
    ///
    /// Without it, the first call looks for it: in the variables `HUAWEICLOUD_SDK_PROJECT_ID` and
    /// `HW_PROJECT_ID`, as `project_id` in the file of credentials, and then asks the service IAM
    /// for the project that has the name of the region. What is found is kept.
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.parts.project_id = Some(id.into());
        self
    }

    /// The domain, which is the account, that calls of services without regions are made for.
    ///
    /// Without it, the first such call looks for it: in the variables `HUAWEICLOUD_SDK_DOMAIN_ID` and
    /// `HW_DOMAIN_ID`, as `domain_id` in the file of credentials, and then asks the service IAM. What
    /// is found is kept.
    pub fn domain_id(mut self, id: impl Into<String>) -> Self {
        self.parts.domain_id = Some(id.into());
        self
    }

    /// Calls IAM at this URL for the project id or the domain id. Without it, the variable
    /// `HUAWEICLOUD_SDK_IAM_ENDPOINT` counts, then `iam_endpoint` in the file of credentials, then
    /// `https://iam.{region}.myhuaweicloud.com`.
    pub fn iam_endpoint(mut self, url: impl Into<String>) -> Self {
        self.parts.shared.drop_owners();
        self.parts.iam_endpoint = Some(url.into());
        self
    }

    /// Keys or a token, instead of those of the [usual places](crate::CredentialsChain).
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.parts.shared.drop_owners();
        self.parts.source = Some(Source::Given(credentials));
        self
    }

    /// Asks a provider for credentials, instead of looking in the usual places. What it gives is
    /// kept until shortly before it expires.
    pub fn credentials_provider(mut self, provider: impl CredentialsProvider + 'static) -> Self {
        self.parts.shared.drop_owners();
        self.parts.source = Some(Source::Provider(Arc::new(provider)));
        self
    }

    /// Takes keys, project id and endpoint of IAM from a profile of the file of credentials:
    /// `[basic.NAME]` or `[profile NAME]`. Without it, the variable `HUAWEICLOUD_SDK_PROFILE` counts,
    /// if no variable holds keys; see [`CredentialsChain`](crate::CredentialsChain).
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.parts.shared.drop_owners();
        self.parts.profile = Some(name.into());
        self
    }

    /// A token for the project, sent as `X-Auth-Token`. It is good for at most 24 hours, and it is
    /// not renewed. The same as [`credentials`](Self::credentials) with [`Credentials::token`].
    pub fn auth_token(self, token: impl Into<Secret>) -> Self {
        self.credentials(Credentials::token(token))
    }

    /// Looks variables up by this function instead of in the environment of the process: for tests,
    /// and for programs with settings of their own. Without credentials of its own, the client then
    /// finds the file by what this gives as `HOME`.
    pub fn environment(
        mut self,
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.parts.shared.drop_owners();
        self.parts.around = Environment::new(lookup);
        self
    }
}

/// How calls are made.
impl<C> ClientBuilder<C> {
    /// Time for a whole call, from looking for credentials to the last byte of the answer, over all
    /// attempts and the pauses between them; 30 seconds if it is not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.parts.timeout = Some(timeout);
        self
    }

    /// Time for one attempt, from connecting to the last byte of the answer; as long as the whole call
    /// may take if it is not set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.parts.attempt_timeout = Some(timeout);
        self
    }

    /// Time for a connection to come about; 5 seconds if it is not set. Too late here means that
    /// nothing was sent.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.parts.shared.drop_http();
        self.parts.connect_timeout = Some(timeout);
        self
    }

    /// When a call is sent again; at most three times if it is not set.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.parts.retry = policy;
        self
    }

    /// Watches each attempt of each call. May be called more than once.
    pub fn hook(mut self, hook: impl Hook + 'static) -> Self {
        self.parts.hooks.push(Arc::new(hook));
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

    /// Switches one rule off for all calls, by the id that a violation names: that of a rule between fields, or
    /// of a bound the keyword and the field, such as `maxLength@tags.key`. May be called more than once.
    pub fn allow(mut self, rule: impl Into<Cow<'static, str>>) -> Self {
        self.parts.allowed.add(rule);
        self
    }

    /// Is called with each warning about a request that is sent all the same; without it, warnings
    /// go to `tracing`.
    pub fn on_warning(mut self, hook: impl Fn(&Violation) + Send + Sync + 'static) -> Self {
        self.parts.on_warning = OnWarning::new(hook);
        self
    }

    /// Remembers orders in this journal, for all calls of the client that order at most once, instead of
    /// in that of the user, which is a file ([`FileJournal`](crate::FileJournal) says where). All
    /// programs that may order the same names need the same journal: in a container, a
    /// [`FileJournal`](crate::FileJournal) on a volume that outlives it, or a [`Journal`] on a store of
    /// your own.
    ///
    /// ```
    /// # use huaweicloud_core::{Context, FileJournal, ServiceClient};
    /// # struct Client(Context);
    /// # impl ServiceClient for Client {
    /// #     const SERVICE: &'static str = "test/1.0.0";
    /// #     const ENDPOINT: &'static str = "https://test.{region}.example";
    /// #     fn from_context(context: Context) -> Self { Self(context) }
    /// # }
    /// let builder = Client::builder().journal(FileJournal::new("/var/lib/my-app/orders"));
    /// ```
    pub fn journal(mut self, journal: impl Journal + 'static) -> Self {
        self.parts.journal = JournalChoice::Given(Arc::new(journal));
        self
    }

    /// Remembers orders in this process alone, and writes no file. After a crash, or an outcome that is
    /// unknown, the next process orders again although the first order may still be carried out, unless
    /// its call says that it `may_have_been_ordered`.
    pub fn without_journal(mut self) -> Self {
        self.parts.journal = JournalChoice::None;
        self
    }

    /// Calls through a proxy, such as `http://proxy.example:3128`, instead of those that the system
    /// is set to. User name and password may stand in the URL.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.parts.shared.drop_http();
        self.parts.proxy = Some(url.into());
        self
    }

    /// Trusts these certificates, as PEM, beside the roots of the system. May be called more than
    /// once.
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.parts.shared.drop_http();
        self.parts.root_certificates.extend_from_slice(pem.as_ref());
        self.parts.root_certificates.push(b'\n');
        self
    }

    /// Sets what this builder has no setter for in the HTTP client: name servers, a local address,
    /// TLS of your own. It is called more than once, since purchases have connections of their own,
    /// and after everything else was set, so that what it sets counts:
    ///
    /// ```
    /// # use huaweicloud_core::{Context, ServiceClient};
    /// # struct Client(Context);
    /// # impl ServiceClient for Client {
    /// #     const SERVICE: &'static str = "test/1.0.0";
    /// #     const ENDPOINT: &'static str = "https://test.{region}.example";
    /// #     fn from_context(context: Context) -> Self { Self(context) }
    /// # }
    /// let builder = Client::builder().configure_http(|http| http.tcp_nodelay(true).https_only(true));
    /// ```
    ///
    /// Three things it cannot change: redirects are not followed, for nobody else may get a token or
    /// a password; reqwest repeats nothing by itself, for it knows nothing of purchases; and no
    /// `Referer` is sent. A `reqwest::Client` that is made already cannot be used, since it does not
    /// tell whether it does any of this.
    pub fn configure_http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.parts.shared.drop_http();
        self.parts.configure = Some(Arc::new(configure));
        self
    }

    /// The same for a client of one service.
    pub(crate) fn for_client<T>(&self) -> ClientBuilder<T> {
        ClientBuilder { parts: self.parts.clone(), client: PhantomData }
    }

    /// The same, for clients that share what they find and make.
    pub(crate) fn sharing(mut self) -> Self {
        self.parts.share();
        self
    }

    /// Whether what was told is right, as far as no service is needed to know.
    pub(crate) fn checked(&self) -> Result<(), Error> {
        let problems = self.parts.problems();
        if problems.is_empty() { Ok(()) } else { Err(ConfigError::new(problems).into()) }
    }
}

#[cfg(feature = "testing")]
impl<C> ClientBuilder<C> {
    /// Sends nothing: this answers in the place of the network.
    pub(crate) fn before(mut self, stage: Arc<dyn crate::testing::Stage>) -> Self {
        self.parts.stage = Some(stage);
        self
    }
}

impl<C: ServiceClient> ClientBuilder<C> {
    /// Makes the client. Nothing is sent, and nobody is asked for credentials.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with everything that is missing or wrong, and the setter to call.
    pub fn build(self) -> Result<C, Error> {
        let context = self.parts.build(C::SERVICE, C::ENDPOINT, C::ERRORS, C::RULES);
        let context = context.map_err(ConfigError::new)?;
        Ok(C::from_context(context))
    }
}

impl<C> Default for ClientBuilder<C> {
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
            .field("endpoint", &self.parts.endpoint.as_deref().map(ShownUrl))
            .field("project_id", &self.parts.project_id)
            .field("domain_id", &self.parts.domain_id)
            .field("credentials", &self.parts.source)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(credentials) => credentials.fmt(f),
            Self::Provider(_) => f.write_str("a provider"),
        }
    }
}

#[cfg(test)]
mod tests;
