//! What to do about violations before a request is sent.

use std::sync::Arc;

use crate::Violation;

/// Are requests checked against their documented bounds and rules before they are sent?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validation {
    /// Yes: what has an error is not sent. Warnings are handed on.
    #[default]
    Enforce,
    /// Yes, and warnings count as errors.
    Strict,
    /// No: the service decides. For what is newer than the documentation.
    Off,
}

/// Where warnings go: to a function, or to `tracing`.
#[derive(Clone, Default)]
pub(crate) struct OnWarning(Option<Arc<Hook>>);

type Hook = dyn Fn(&Violation) + Send + Sync;

impl OnWarning {
    pub(crate) fn new(hook: impl Fn(&Violation) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hook)))
    }

    pub(crate) fn call(&self, warning: &Violation) {
        match &self.0 {
            Some(hook) => hook(warning),
            None => {
                tracing::warn!(path = %warning.path, rule = %warning.rule, "{}", warning.message)
            }
        }
    }
}
