//! The project that calls are made for.
//!
//! In: what the client was told, the environment, the file of credentials, or the service IAM, which
//! knows the project of a region. Out: its id, found once and kept.

mod iam;

use std::{sync::Arc, time::SystemTime};

use reqwest::header::HeaderValue;

use crate::{
    Credentials, CredentialsError, Region,
    cache::Cache,
    context::Settings,
    credentials::{Attempt, NoProfile, Profile},
    environment::Environment,
};

/// Of the vendor's SDKs, and of Terraform.
const VARIABLES: [&str; 2] = ["HUAWEICLOUD_SDK_PROJECT_ID", "HW_PROJECT_ID"];

const ADVICE: &str = "call .project_id(…) or set HUAWEICLOUD_SDK_PROJECT_ID";

/// An id, and the header that carries it.
#[derive(Clone)]
pub(crate) struct Project {
    pub(crate) id: Arc<str>,
    pub(crate) header: HeaderValue,
}

impl Project {
    /// Nothing if this can be no id: it becomes a segment of every path.
    pub(crate) fn new(id: &str) -> Option<Self> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let is_id = !id.is_empty() && id.chars().all(is_word);
        let header = HeaderValue::from_str(id).ok().filter(|_| is_id)?;
        Some(Self { id: id.into(), header })
    }
}

/// Where the project is found.
pub(crate) struct ProjectSource {
    pub(crate) given: Option<Project>,
    pub(crate) region: Option<Region>,
    /// The endpoint of IAM, if it was given.
    pub(crate) iam_endpoint: Option<String>,
    pub(crate) allow_http: bool,
    pub(crate) around: Environment,
    /// The profile of the file of credentials, if one was given.
    pub(crate) profile: Option<String>,
    pub(crate) kept: Cache<Project, CredentialsError>,
}

impl ProjectSource {
    /// The project, if it is known.
    pub(crate) fn kept(&self) -> Option<Project> {
        self.given.clone().or_else(|| self.kept.fresh(SystemTime::now))
    }

    /// The project, found by the first caller.
    pub(crate) async fn get(
        &self,
        settings: &Settings,
        credentials: &Credentials,
    ) -> Result<Project, CredentialsError> {
        if let Some(project) = self.kept() {
            return Ok(project);
        }
        let find = || async { Ok((self.find(settings, credentials).await?, None)) };
        self.kept.get(SystemTime::now, find).await
    }

    async fn find(
        &self,
        settings: &Settings,
        credentials: &Credentials,
    ) -> Result<Project, CredentialsError> {
        let mut attempts = Vec::new();
        let wrong = |attempts, advice| CredentialsError::of("project id", attempts, advice);
        // Who names a profile means its project.
        for variable in VARIABLES.into_iter().filter(|_| self.profile.is_none()) {
            if let Some(id) = self.around.variable(variable) {
                return Project::new(&id).ok_or_else(|| wrong(vec![no_id(variable)], ADVICE));
            }
        }
        let [vendor, terraform] = VARIABLES;
        attempts
            .push(Attempt::new("environment", format!("neither {vendor} nor {terraform} is set")));
        let mut iam_endpoint = None;
        match Profile::read(&self.around, self.profile.as_deref()).await {
            Ok(profile) => {
                let place = profile.place();
                if let Some(id) = profile.value("project_id") {
                    return Project::new(id).ok_or_else(|| wrong(vec![no_id(&place)], ADVICE));
                }
                let problem = format!("project_id is not in {}", profile.section());
                attempts.push(Attempt::new(place, problem));
                iam_endpoint = profile.value("iam_endpoint").map(str::to_owned);
            }
            Err(NoProfile::Missing(attempt) | NoProfile::Wrong(attempt)) => attempts.push(attempt),
        }
        match self.ask(settings, credentials, iam_endpoint).await {
            Ok(project) => Ok(project),
            Err(failure) => {
                attempts.push(failure.attempt);
                let error = wrong(attempts, ADVICE);
                Err(match failure.source {
                    Some(source) => error.with_source(source),
                    None => error,
                })
            }
        }
    }
}

fn no_id(place: &str) -> Attempt {
    Attempt::new(place, "what it gives is no id of a project (is it the name?)")
}
