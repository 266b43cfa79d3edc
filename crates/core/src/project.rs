//! The project or domain that calls are made for.
//!
//! In: the client's settings, the environment, the credentials file, or the service IAM, which
//! knows the project of a region and the domain of credentials. Out: its ID, looked up once and cached.

mod iam;

use std::sync::Arc;

use crate::{
    CredentialsError,
    cache::Cache,
    clock::Moment,
    credentials::{Attempt, Issued, NoProfile, Profile},
    environment::Environment,
    link::Link,
    owner::{Owner, OwnerId},
};

/// An id as far as it is known.
pub(crate) struct Known {
    pub(crate) given: Option<OwnerId>,
    /// Shared by the clients of one configuration.
    pub(crate) kept: Arc<Cache<OwnerId, CredentialsError>>,
}

/// Where project and domain are found.
pub(crate) struct ProjectSource {
    pub(crate) project: Known,
    pub(crate) domain: Known,
    /// The endpoint of IAM, if it was given.
    pub(crate) iam_endpoint: Option<String>,
    pub(crate) allow_http: bool,
    /// Whether IAM may be asked once more.
    pub(crate) may_repeat: bool,
    pub(crate) around: Environment,
    /// The profile of the file of credentials, if one was given.
    pub(crate) profile: Option<String>,
}

impl ProjectSource {
    fn known(&self, owner: Owner) -> &Known {
        match owner {
            Owner::Project => &self.project,
            Owner::Domain => &self.domain,
        }
    }

    /// The id, if it is known.
    pub(crate) fn kept(&self, owner: Owner) -> Option<OwnerId> {
        let known = self.known(owner);
        known.given.clone().or_else(|| known.kept.fresh(Moment::of_this_machine))
    }

    /// The id, found by the first caller.
    pub(crate) async fn get(
        &self,
        owner: Owner,
        link: &Link,
        issued: &Issued,
    ) -> Result<OwnerId, CredentialsError> {
        if let Some(id) = self.kept(owner) {
            return Ok(id);
        }
        let find = |_| async { Ok((self.find(owner, link, issued).await?, None)) };
        self.known(owner).kept.get(Moment::of_this_machine, find).await
    }

    async fn find(
        &self,
        owner: Owner,
        link: &Link,
        issued: &Issued,
    ) -> Result<OwnerId, CredentialsError> {
        let mut attempts = Vec::new();
        let [vendor, terraform] = owner.variables();
        let id = |id: &str, place: &str| {
            OwnerId::new(id).ok_or_else(|| wrong(owner, vec![no_id(owner, place)]))
        };
        // Who names a profile means its project and domain.
        for variable in [vendor, terraform].into_iter().filter(|_| self.profile.is_none()) {
            if let Some(text) = self.around.variable(variable) {
                return id(&text, variable);
            }
        }
        attempts
            .push(Attempt::new("environment", format!("neither {vendor} nor {terraform} is set")));
        let mut iam_endpoint = None;
        match Profile::read(&self.around, self.profile.as_deref()).await {
            Ok(profile) => {
                let (place, key) = (profile.place(), owner.key());
                if let Some(text) = profile.value(key) {
                    return id(text, &place);
                }
                let problem = format!("{key} is not in {}", profile.section());
                attempts.push(Attempt::new(place, problem));
                iam_endpoint = profile.value("iam_endpoint").map(str::to_owned);
            }
            Err(NoProfile::Missing(attempt) | NoProfile::Wrong(attempt)) => attempts.push(attempt),
        }
        match self.ask(owner, link, issued, iam_endpoint).await {
            Ok(found) => Ok(found),
            Err(failure) => {
                attempts.push(failure.attempt);
                let error = wrong(owner, attempts);
                Err(match failure.source {
                    Some(source) => error.with_source(source),
                    None => error,
                })
            }
        }
    }
}

fn wrong(owner: Owner, attempts: Vec<Attempt>) -> CredentialsError {
    let (what, advice) = match owner {
        Owner::Project => ("project id", "call .project_id(…) or set HUAWEICLOUD_SDK_PROJECT_ID"),
        Owner::Domain => ("domain id", "call .domain_id(…) or set HUAWEICLOUD_SDK_DOMAIN_ID"),
    };
    CredentialsError::of(what, attempts, advice)
}

fn no_id(owner: Owner, place: &str) -> Attempt {
    let word = owner.word();
    Attempt::new(place, format!("what it gives is no id of a {word} (is it the name?)"))
}
