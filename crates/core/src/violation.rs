//! What is wrong with a value: where, which rule, and how to fix it.

mod path;

use std::{borrow::Cow, fmt, slice, vec};

pub use path::Path;

use crate::readable_debug;

/// How bad a violation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The service will refuse the request, or do something else than was meant.
    Error,
    /// The request can be sent, but is probably not what was meant.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One rule that one value breaks. Displays as `path: message (rule)`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The value's place in the request, such as `tags[1].key`; see [`Path`].
    pub path: String,
    /// The rule: a keyword of OpenAPI such as `maxLength`, or the id of a rule over several fields.
    pub rule: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and what to do. Never holds a secret.
    pub message: String,
    /// Where the rule is documented, if it is not in the table of the field itself.
    pub source: Option<Cow<'static, str>>,
}

impl Violation {
    /// A violation that the service will not forgive.
    pub fn error(
        path: impl Into<String>,
        rule: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        let (path, rule, message) = (path.into(), rule.into(), message.into());
        Self { path, rule, severity: Severity::Error, message, source: None }
    }

    /// A value that is missing.
    pub fn required(path: impl Into<String>) -> Self {
        Self::error(path, "required", "is missing; it is required")
    }

    /// A violation that does not keep the request from being sent.
    pub fn warning(
        path: impl Into<String>,
        rule: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, rule, message) }
    }

    /// Says where the rule is documented.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Cow<'static, str>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.rule)
    }
}

/// All violations of one request, in the order of its fields. Displays as one line each.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// All of them, in order.
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// How many there are, warnings included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// May the request be sent?
    ///
    /// # Errors
    ///
    /// All of them, if one is an error; warnings alone are none.
    pub fn into_result(self) -> Result<(), Violations> {
        if self.errors().next().is_some() { Err(self) } else { Ok(()) }
    }

    /// Those that keep a request from being sent.
    pub fn errors(&self) -> impl Iterator<Item = &Violation> {
        self.iter().filter(|violation| violation.severity == Severity::Error)
    }

    /// Those that do not.
    pub fn warnings(&self) -> impl Iterator<Item = &Violation> {
        self.iter().filter(|violation| violation.severity == Severity::Warning)
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("no violations");
        }
        for (i, violation) in self.0.iter().enumerate() {
            let line_break = if i == 0 { "" } else { "\n" };
            let label = if violation.severity == Severity::Warning { "warning: " } else { "" };
            write!(f, "{line_break}{label}{violation}")?;
        }
        Ok(())
    }
}

readable_debug!(Violations);

impl std::error::Error for Violations {}

impl From<Vec<Violation>> for Violations {
    fn from(list: Vec<Violation>) -> Self {
        Self(list)
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(list: I) -> Self {
        Self(list.into_iter().collect())
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_one_line_each() {
        let list = Violations::from(vec![
            Violation::error("port", "minimum", "is 0; must be at least 1"),
            Violation::warning("tags", "billing", "are empty").with_source("page 7"),
        ]);
        assert_eq!(
            list.to_string(),
            "port: is 0; must be at least 1 (minimum)\nwarning: tags: are empty (billing)"
        );
        assert_eq!((list.len(), list.errors().count(), list.warnings().count()), (2, 1, 1));
        assert_eq!(list.warnings().next().unwrap().source.as_deref(), Some("page 7"));
        assert_eq!((&list).into_iter().count(), 2);
        assert_eq!(list.into_iter().next().unwrap().severity.to_string(), "error");
    }

    #[test]
    fn an_empty_list_says_so() {
        assert!(Violations::default().is_empty());
        assert_eq!(Violations::default().to_string(), "no violations");
    }
}
