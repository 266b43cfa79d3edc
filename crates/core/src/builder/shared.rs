//! What the clients of one configuration share. In: what one of them looked up or made. Out: the same for the
//! others, unless they have settings of their own.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Url;

use super::{Parts, Source, assemble::kept, parts};
use crate::{CredentialsError, cache::Cache, link::Http, owner::OwnerId};

/// What is found once and kept.
pub(super) type Kept = Arc<Cache<OwnerId, CredentialsError>>;

/// Nothing, for a client that stands alone.
#[derive(Clone, Default)]
pub(super) struct Shared {
    owners: Option<Owners>,
    http: Option<Arc<Pools>>,
}

/// The connections that were made so far.
type Pools = Mutex<Vec<(Pool, Http)>>;

#[derive(Clone, Default)]
struct Owners {
    project: Kept,
    domain: Kept,
}

/// What the connections of an endpoint depend on, beside what all endpoints have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pool {
    is_loopback: bool,
    is_https: bool,
}

impl Shared {
    /// The project and the domain of these credentials, once they are found.
    pub(super) fn owners(&self) -> (Kept, Kept) {
        let owners = self.owners.clone().unwrap_or_default();
        (owners.project, owners.domain)
    }

    /// From now on of other credentials, or of another region.
    pub(super) fn drop_owners(&mut self) {
        self.owners = None;
    }

    /// From now on with connections of its own.
    pub(super) fn drop_http(&mut self) {
        self.http = None;
    }
}

impl Parts {
    /// Makes all clients that are built from this share credentials, ids and connections.
    pub(super) fn share(&mut self) {
        let source = self.source.take();
        let credentials = kept(source, &self.around, self.profile.as_deref());
        self.source = Some(Source::Provider(Arc::new(credentials)));
        self.shared = Shared { owners: Some(Owners::default()), http: Some(Arc::default()) };
    }

    /// The connections to an endpoint, which another client may have made.
    pub(super) fn connections(&self, endpoint: &Url) -> Result<Http, String> {
        let Some(all) = &self.shared.http else { return self.http(endpoint) };
        let pool = Pool {
            is_loopback: parts::is_loopback(endpoint),
            is_https: endpoint.scheme() == "https",
        };
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, http)) = all.iter().find(|(of, _)| *of == pool) {
            return Ok(http.clone());
        }
        let http = self.http(endpoint)?;
        all.push((pool, http.clone()));
        Ok(http)
    }
}
