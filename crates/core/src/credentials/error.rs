//! Why there are no credentials.

use std::{error::Error as StdError, fmt, sync::Arc};

use crate::readable_debug;

/// Why there are no credentials, or no project id: each place that was asked, and what was missing
/// or wrong there. Nothing was sent to the service.
///
/// `Display` is one line that ends with what to do.
#[derive(Clone)]
pub struct CredentialsError {
    wanted: &'static str,
    attempts: Vec<Attempt>,
    advice: Option<String>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// A place that was asked, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    place: String,
    problem: String,
}

impl CredentialsError {
    /// For a provider of one's own: a place, such as `vault`, and what is missing or wrong there,
    /// such as `it is sealed`. Keep secrets out of both.
    pub fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            wanted: "credentials",
            attempts: vec![Attempt::new(place, problem)],
            advice: None,
            source: None,
        }
    }

    /// The same with the error that is behind it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    pub(crate) fn of(
        wanted: &'static str,
        attempts: Vec<Attempt>,
        advice: impl Into<String>,
    ) -> Self {
        Self { wanted, attempts, advice: Some(advice.into()), source: None }
    }

    /// The same after other places were asked in vain.
    pub(crate) fn after(mut self, mut attempts: Vec<Attempt>) -> Self {
        attempts.append(&mut self.attempts);
        Self { attempts, ..self }
    }

    /// Each place that was asked, in the order in which they were.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}

impl Attempt {
    pub(crate) fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }

    /// The place, such as `environment`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What was missing or wrong there.
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {}; the request was not sent: ", self.wanted)?;
        for (i, attempt) in self.attempts.iter().enumerate() {
            let separator = if i > 0 { "; " } else { "" };
            write!(f, "{separator}{attempt}")?;
        }
        match &self.advice {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

readable_debug!(CredentialsError);

impl StdError for CredentialsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
