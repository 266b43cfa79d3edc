//! From a builder's settings to what a client needs, or to all problems at once.

use std::{sync::Arc, time::Duration};

use reqwest::Url;

use super::{Parts, Source, parts};
use crate::{
    CachedCredentials, Context, CredentialsChain, ErrorCatalog, Region,
    context::Settings,
    credentials::Origin,
    endpoint::endpoint,
    environment::Environment,
    link::Link,
    owner::{Owner, OwnerId},
    project::{Known, ProjectSource},
    region,
    retry::Budget,
};

/// Time for a whole call, unless told otherwise.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Of Terraform; the vendor's SDKs have none.
const REGION_VARIABLE: &str = "HW_REGION_NAME";

/// How to give an endpoint.
const ENDPOINT_HINT: &str = "give .endpoint(…) a URL such as https://host";

impl Parts {
    /// Checks everything; the errors are all problems.
    pub(super) fn build(
        mut self,
        service: &str,
        pattern: &str,
        errors: ErrorCatalog,
        rules: &'static [&'static str],
    ) -> Result<Context, Vec<String>> {
        let mut problems = self.problems();
        let unknown = self.allowed.problems(rules).into_iter();
        problems.extend(unknown.map(|what| format!("{what}: give .allow(…) the id of a rule")));
        let mut keep = |problem: String| problems.push(problem);
        if self.region.is_none() {
            self.region = self.around.variable(REGION_VARIABLE).map(Region::from);
        }
        let url = self.url(service, pattern).map_err(&mut keep).ok();
        let mut given = |owner, id: Option<&str>| -> Option<OwnerId> {
            let id = id.map(|id| parts::owner_id(owner, id)).transpose();
            id.map_err(&mut keep).ok().flatten()
        };
        let project = given(Owner::Project, self.project_id.as_deref());
        let domain = given(Owner::Domain, self.domain_id.as_deref());
        let suffix = self.user_agent_suffix.as_deref();
        let user_agent = parts::user_agent(service, suffix).map_err(&mut keep).ok();
        // Without an endpoint there is nothing to connect to, and a problem already.
        let http = url.as_ref().and_then(|url| self.connections(url).map_err(&mut keep).ok());
        let (Some(url), Some(user_agent), Some(http), true) =
            (url, user_agent, http, problems.is_empty())
        else {
            return Err(problems);
        };
        let (connect_timeout, proxy) = (self.connect_limit(), self.called_by(&url));
        let (of_project, of_domain) = self.shared.owners();
        let credentials = kept(self.source, &self.around, self.profile.as_deref());
        Ok(Context::new(Settings {
            link: Link {
                region: self.region,
                proxy,
                http,
                connect_timeout,
                user_agent,
                clock: Arc::clone(credentials.shared_clock()),
                #[cfg(feature = "testing")]
                stage: self.stage,
            },
            endpoint: url.as_str().trim_end_matches('/').to_owned(),
            base: url,
            timeout: self.timeout.unwrap_or(TIMEOUT),
            attempt_timeout: self.attempt_timeout,
            budget: Budget::new(self.retry.tokens()),
            hooks: self.hooks,
            errors,
            validation: self.validation,
            allowed: self.allowed,
            rules,
            journal: self.journal,
            on_warning: self.on_warning,
            credentials,
            project: ProjectSource {
                project: Known { given: project, kept: of_project },
                domain: Known { given: domain, kept: of_domain },
                iam_endpoint: self.iam_endpoint,
                allow_http: self.allow_http,
                may_repeat: self.retry.attempts() > 1,
                around: self.around,
                profile: self.profile,
            },
            retry: self.retry,
        }))
    }

    /// What is wrong with single parts.
    pub(super) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if let Some(Source::Given(credentials)) = &self.source
            && let Some(problem) = credentials.problem()
        {
            let setter =
                if credentials.auth_token().is_some() { "auth_token" } else { "credentials" };
            problems.push(format!("{problem}: give .{setter}(…) nothing but what was issued"));
        }
        if let Some(url) = &self.iam_endpoint {
            let hint = "give .iam_endpoint(…) a URL such as https://host";
            problems.extend(endpoint(url, hint, self.allow_http).err());
        }
        let limits = [
            ("timeout", self.timeout),
            ("attempt_timeout", self.attempt_timeout),
            ("connect_timeout", self.connect_timeout),
        ];
        for (setter, limit) in limits {
            if limit == Some(Duration::ZERO) {
                problems
                    .push(format!("no call succeeds in no time: give .{setter}(…) more than 0"));
            }
        }
        problems
    }

    /// The endpoint that is called.
    fn url(&self, service: &str, pattern: &str) -> Result<Url, String> {
        if let Some(url) = &self.endpoint {
            return endpoint(url, ENDPOINT_HINT, self.allow_http);
        }
        let Some(region) = &self.region else {
            if pattern.contains(region::PLACEHOLDER) {
                return Err(format!(
                    "no region: call .region(…), set {REGION_VARIABLE}, or call .endpoint(…) with \
                     a URL"
                ));
            }
            return endpoint(pattern, ENDPOINT_HINT, self.allow_http);
        };
        let usual = region.endpoint(pattern).ok_or_else(|| {
            format!(
                "{region:?} is no region: give .region(…) letters, digits and hyphens, such as \
                 eu-west-101"
            )
        })?;
        let variable = region.variable(service);
        match self.around.variable(&variable) {
            Some(url) => {
                let hint = format!("set {variable} to a URL such as https://host");
                // The vendor's SDKs take a host alone, and several with commas between them.
                let url = url.split(',').next().unwrap_or_default().trim();
                let scheme = if url.contains("://") { "" } else { "https://" };
                let url = format!("{scheme}{url}");
                endpoint(&url, &hint, self.allow_http)
            }
            None => endpoint(&usual, ENDPOINT_HINT, self.allow_http),
        }
    }
}

/// The credentials that were given, or those of the usual places.
pub(super) fn kept(
    source: Option<Source>,
    around: &Environment,
    profile: Option<&str>,
) -> CachedCredentials {
    match source {
        Some(Source::Given(credentials)) => CachedCredentials::from(Origin::Code, credentials),
        Some(Source::Provider(provider)) => CachedCredentials::new(provider),
        None => {
            let chain = CredentialsChain::around(around.clone());
            let chain = match profile {
                Some(name) => chain.profile(name),
                None => chain,
            };
            CachedCredentials::from(Origin::Places, chain)
        }
    }
}
