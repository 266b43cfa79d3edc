//! The HTTP clients of a client: without redirects and automatic retries, with TLS by our features.
//!
//! Whatever a program configures itself, these hold: a redirect is a response, so that no token and no
//! password goes elsewhere, and only the retries of this crate send anything again.

use std::{sync::Arc, time::Duration};

use reqwest::{Proxy, Url, redirect};

use super::{Parts, parts};
use crate::{Secret, link::Http, tls, tls::Tls};

/// Time for a connection to come about, unless told otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Unused connections are closed by us rather than by a load balancer, which would do it while a
/// request is on its way and leave its outcome unknown.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// Settings of reqwest that a program makes itself.
pub(super) type Configure =
    Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

impl Parts {
    /// What sends to an endpoint, and to IAM if the project id is not given.
    pub(super) fn http(&self, endpoint: &Url) -> Result<Http, String> {
        let is_https = endpoint.scheme() == "https";
        if is_https && !tls::AVAILABLE {
            return Err(
                "no TLS for an https endpoint: turn on the feature `rustls` or `native-tls`"
                    .to_owned(),
            );
        }
        let roots = &self.root_certificates;
        let tls = match Tls::new(self.wants_tls(endpoint), roots) {
            // A system without roots can still call plain http, and a program may bring its own TLS.
            // Without either no certificate is trusted.
            Err(_) if roots.is_empty() && (!is_https || self.configure.is_some()) => {
                Tls::new(false, roots)
            }
            tls => tls,
        };
        let tls = tls.map_err(|error| {
            format!(
                "TLS cannot be set up ({error}): give .root_certificate(…) PEM, or set TLS up with \
                 .configure_http(…)"
            )
        })?;
        let build = |is_shared: bool| {
            let builder = self.configured(endpoint, &tls)?;
            // What is never idle is used once.
            let builder = if is_shared { builder } else { builder.pool_max_idle_per_host(0) };
            let failed = |error| format!("no HTTP client ({error}): check .configure_http(…)");
            builder.build().map_err(failed)
        };
        Ok(Http { shared: build(true)?, single_use: build(false)? })
    }

    /// The time for a connection.
    pub(super) fn connect_limit(&self) -> Duration {
        self.connect_timeout.unwrap_or(CONNECT_TIMEOUT)
    }

    /// What calls go by, without its password: the proxy that was given, or that of the system, which
    /// reqwest finds in the environment.
    pub(super) fn called_by(&self, endpoint: &Url) -> Option<String> {
        if let Some(url) = &self.proxy {
            return shown_proxy(url.expose());
        }
        if parts::is_loopback(endpoint) {
            return None;
        }
        let scheme = endpoint.scheme();
        let names = [format!("{scheme}_proxy"), "all_proxy".to_owned()];
        let names = names.into_iter().flat_map(|name| [name.to_uppercase(), name]);
        let found = names.filter_map(|name| Some((std::env::var(&name).ok()?, name)));
        let (url, name) = found.into_iter().find(|(url, _)| !url.trim().is_empty())?;
        Some(format!("{}, which {name} names, unless NO_PROXY says otherwise", shown_proxy(&url)?))
    }

    /// Without a project id IAM may be asked, by TLS; roots that were given are always checked.
    fn wants_tls(&self, endpoint: &Url) -> bool {
        endpoint.scheme() == "https"
            || self.project_id.is_none()
            || self.domain_id.is_none()
            || !self.root_certificates.is_empty()
    }

    /// Our settings, then those of the program, then what it cannot change.
    fn configured(&self, endpoint: &Url, tls: &Tls) -> Result<reqwest::ClientBuilder, String> {
        let builder = tls
            .apply(reqwest::Client::builder())
            .connect_timeout(self.connect_limit())
            .pool_idle_timeout(POOL_IDLE_TIMEOUT);
        let builder = match &self.proxy {
            Some(url) => builder.proxy(proxy(url)?),
            None if parts::is_loopback(endpoint) => builder.no_proxy(),
            None => builder,
        };
        let builder = match &self.configure {
            Some(configure) => configure(builder),
            None => builder,
        };
        Ok(builder.redirect(redirect::Policy::none()).retry(reqwest::retry::never()).referer(false))
    }
}

/// `the proxy http://proxy.example:3128`
fn shown_proxy(url: &str) -> Option<String> {
    let url = url.trim();
    let url = Url::parse(url).or_else(|_| Url::parse(&format!("http://{url}"))).ok()?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("the proxy {}://{}{port}", url.scheme(), url.host_str()?))
}

/// What is wrong is not told: the URL may hold a password.
fn proxy(url: &Secret) -> Result<Proxy, String> {
    let text = url.expose().trim();
    let is_fit = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    Proxy::all(text).ok().filter(|_| is_fit).ok_or_else(|| {
        "no URL of a proxy: give .proxy(…) a URL such as http://proxy.example:3128".to_owned()
    })
}
