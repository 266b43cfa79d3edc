//! The HTTP client of a client: without redirects and repetitions, with TLS by our features.

use std::time::Duration;

use reqwest::{Proxy, Url, redirect};

use super::{Parts, parts};
use crate::{Secret, tls};

/// Time for a connection to come about, unless told otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Unused connections are closed by us rather than by a load balancer, which would do it while a
/// request is on its way and leave its outcome unknown.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);

impl Parts {
    /// The client that sends to an endpoint, and to IAM if the project id is not given.
    pub(super) fn http(&self, endpoint: &Url) -> Result<reqwest::Client, String> {
        if let Some(client) = &self.http_client {
            return Ok(client.clone());
        }
        let is_https = endpoint.scheme() == "https";
        if is_https && !tls::AVAILABLE {
            return Err("no TLS for an https endpoint: turn on the feature `rustls` or \
                        `native-tls`, or call .http_client(…)"
                .to_owned());
        }
        let failed = |error| format!("TLS cannot be set up ({error}): call .http_client(…)");
        let roots = &self.root_certificates;
        let builder = match tls::choose(self.plain(endpoint)?, self.wants_tls(endpoint), roots) {
            // A system without roots can still call plain http.
            Err(_) if !is_https && roots.is_empty() => {
                tls::choose(self.plain(endpoint)?, false, roots)
            }
            chosen => chosen,
        };
        let builder = builder.map_err(failed)?;
        builder.build().map_err(|error| format!("no HTTP client ({error}): call .http_client(…)"))
    }

    /// The time for a connection of a client that is made here.
    pub(super) fn connect_limit(&self) -> Option<Duration> {
        self.http_client.is_none().then_some(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
    }

    /// Without a project id IAM may be asked, by TLS; roots that were given are always checked.
    fn wants_tls(&self, endpoint: &Url) -> bool {
        endpoint.scheme() == "https"
            || self.project_id.is_none()
            || !self.root_certificates.is_empty()
    }

    /// Everything but TLS.
    fn plain(&self, endpoint: &Url) -> Result<reqwest::ClientBuilder, String> {
        let builder = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .pool_idle_timeout(POOL_IDLE_TIMEOUT);
        match &self.proxy {
            Some(url) => Ok(builder.proxy(proxy(url)?)),
            None if parts::is_loopback(endpoint) => Ok(builder.no_proxy()),
            None => Ok(builder),
        }
    }
}

/// What is wrong is not told: the URL may hold a password.
fn proxy(url: &Secret) -> Result<Proxy, String> {
    let text = url.expose().trim();
    let is_fit = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    Proxy::all(text).ok().filter(|_| is_fit).ok_or_else(|| {
        "no URL of a proxy: give .proxy(…) a URL such as http://proxy.example:3128".to_owned()
    })
}
