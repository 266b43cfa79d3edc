//! What every call holds besides its parameters. In: the context of its client, and what the caller
//! says about checks. Out: both, for the steps of the call.

use std::borrow::Cow;

use crate::{Allowed, Context, Error, Violations};

/// Where a call is sent, and which checks count for it.
#[derive(Clone, Debug)]
pub struct Setup<'c> {
    context: &'c Context,
    is_checked: bool,
    allowed: Allowed,
}

impl<'c> Setup<'c> {
    /// A call of this client for which every check counts.
    #[must_use]
    pub const fn new(context: &'c Context) -> Self {
        Self { context, is_checked: true, allowed: Allowed::NONE }
    }

    /// What the client was built with.
    #[must_use]
    pub const fn context(&self) -> &'c Context {
        self.context
    }

    /// Sends the call whatever violations there are.
    pub const fn skip_validation(&mut self) {
        self.is_checked = false;
    }

    /// Switches one rule off, by the id that a violation names.
    pub fn allow(&mut self, rule: impl Into<Cow<'static, str>>) {
        self.allowed.add(rule);
    }

    /// Refuses a call for violations that count. They are looked for only if they can count.
    pub(super) fn admit(&self, violations: impl FnOnce() -> Violations) -> Result<(), Error> {
        match self.is_checked {
            true => self.context.admit_but(&self.allowed, violations),
            false => Ok(()),
        }
    }
}
