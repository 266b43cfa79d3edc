//! The connection to the services. In: a builder's connection settings. Out: the HTTP client, and everything else that is
//! common to all requests, to a service or to IAM.

use std::{sync::Arc, time::Duration};

use reqwest::header::HeaderValue;

use crate::{Region, clock::Clock};

/// The way to the services.
pub(crate) struct Link {
    /// The region that the client was told.
    pub(crate) region: Option<Region>,
    /// What calls go by, such as `the proxy http://proxy.example:3128`.
    pub(crate) proxy: Option<String>,
    pub(crate) http: Http,
    /// Of each connection.
    pub(crate) connect_timeout: Duration,
    pub(crate) user_agent: HeaderValue,
    pub(crate) clock: Arc<Clock>,
    /// What answers in the place of the network.
    #[cfg(feature = "testing")]
    pub(crate) stage: Option<Arc<dyn crate::testing::Stage>>,
}

/// What sends.
#[derive(Clone)]
pub(crate) struct Http {
    /// Keeps connections for the next request.
    pub(crate) shared: reqwest::Client,
    /// Opens a connection for each request. What lies on one that was kept, by fault or malice of
    /// whoever is at its other end, would be taken for the answer.
    pub(crate) single_use: reqwest::Client,
}

impl Link {
    pub(crate) fn region(&self) -> Option<&str> {
        self.region.as_ref().map(Region::as_str)
    }
}
