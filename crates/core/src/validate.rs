//! Validates a request before it is sent: reports all violations at once.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use crate::{
    rule::{Rule, can_judge},
    violation::{Path, Violation, Violations},
};

/// A value that can be checked against its documented bounds.
///
/// Generated crates implement it for every type of a request; lists, maps, options and boxes of
/// such types are checked item by item.
pub trait Validate {
    /// Adds what is wrong with the value, which stands at `at`, to the report. By default that is nothing.
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        let _ = (at, report);
    }

    /// Checks the value as a whole request.
    ///
    /// # Errors
    ///
    /// All violations at once, if one of them is an error; warnings alone are none.
    fn validate(&self) -> Result<(), Violations> {
        self.violations().into_result()
    }

    /// Everything that is wrong with the value as a whole request, warnings included: fields in the
    /// order of the document, and after the fields of a type the rules between them.
    fn violations(&self) -> Violations {
        let mut report = Report::default();
        self.check(&Path::root(), &mut report);
        report.into_violations()
    }
}

/// Collects violations.
#[derive(Clone, Debug, Default)]
pub struct Report(Vec<Violation>);

impl Report {
    /// Adds an error at a place.
    pub fn push(
        &mut self,
        at: &Path<'_>,
        rule: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) {
        self.0.push(Violation::error(at.to_string(), rule, message));
    }

    /// Adds a rule about the object at `at` that is broken, and where it is documented, unless what it
    /// reads is not valid itself. The message is put together here, so that generated code is small.
    #[cold]
    pub fn broken(&mut self, at: &Path<'_>, rule: &Rule, message: fmt::Arguments<'_>) {
        if can_judge(at, rule.reads, &self.0) {
            let violation = Violation::error(rule.path(at), rule.id, message.to_string());
            self.add(Violation { severity: rule.severity, ..violation.with_source(rule.source) });
        }
    }

    /// Adds a violation as it is.
    pub fn add(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    /// Whether nothing was added, not even a warning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that was added, warnings included.
    #[must_use]
    pub fn into_violations(self) -> Violations {
        self.0.into()
    }
}

/// What is known already.
impl From<Violations> for Report {
    fn from(known: Violations) -> Self {
        Self(known.into_iter().collect())
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        if let Some(value) = self {
            value.check(at, report);
        }
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        (**self).check(at, report);
    }
}

impl<T: Validate> Validate for [T] {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        for (i, item) in self.iter().enumerate() {
            item.check(&at.index(i), report);
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        self.as_slice().check(at, report);
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        for (key, value) in self {
            value.check(&at.key(key), report);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    struct Port(i64);

    impl Validate for Port {
        fn check(&self, at: &Path<'_>, report: &mut Report) {
            crate::check::minimum(&at.field("port"), report, self.0, 1);
        }
    }

    #[test]
    fn everything_can_be_asked_for() {
        assert!(Port(1).violations().is_empty());
        assert_eq!(Port(0).violations().len(), 1);
    }

    fn lines(value: &(impl Validate + ?Sized)) -> String {
        value.validate().map_or_else(|violations| violations.to_string(), |()| "fits".to_owned())
    }

    #[test]
    fn containers_are_walked() {
        assert_eq!(lines(&Port(1)), "fits");
        assert_eq!(lines(&Some(Port(0))), "port: is 0; must be at least 1 (minimum)");
        assert_eq!(lines(&None::<Port>), "fits");
        assert_eq!(
            lines(&vec![Port(0), Port(1), Port(-1)]),
            "[0].port: is 0; must be at least 1 (minimum)\n\
             [2].port: is -1; must be at least 1 (minimum)"
        );
        let map = BTreeMap::from([("a b".to_owned(), Box::new(Port(0)))]);
        assert_eq!(lines(&map), r#"["a b"].port: is 0; must be at least 1 (minimum)"#);
    }

    #[test]
    fn warnings_alone_are_no_error() {
        let mut report = Report::default();
        assert!(report.is_empty());
        report.add(Violation::warning("tags", "billing", "are empty"));
        assert!(!report.is_empty());
        assert_eq!(report.clone().into_violations().into_result(), Ok(()));
        assert_eq!(report.clone().into_violations().len(), 1);
        report.push(&Path::root(), "required", "is missing");
        assert_eq!(report.into_violations().into_result().unwrap_err().len(), 2);
    }

    #[test]
    fn a_broken_rule_has_a_message_and_a_source() {
        let (mut report, root) = (Report::default(), Path::root());
        let rule = about(&["a", "port"], &[]);
        report.broken(&root, &rule, format_args!("is {}", 1));
        let expected = Violation::warning("a.port", "odd-port", "is 1").with_source("page 7");
        assert_eq!(report.into_violations(), Violations::from(expected));
    }

    fn about(place: &'static [&'static str], reads: &'static [&'static str]) -> Rule {
        Rule { id: "odd-port", severity: Severity::Warning, place, reads, source: "page 7" }
    }

    #[test]
    fn a_rule_that_reads_what_is_not_valid_is_not_judged() {
        let root = Path::root();
        let list = root.field("list");
        let at = list.index(3);
        let judged = |invalid: &[&str], reads: &'static [&'static str]| {
            let mut report = Report::default();
            for path in invalid {
                report.add(Violation::error(*path, "minimum", "is 0"));
            }
            report.broken(&at, &about(&[], reads), format_args!("is odd"));
            report.into_violations().len() > invalid.len()
        };
        assert!(judged(&[], &["port"]) && judged(&["list[3].name", "port"], &["port"]));
        assert!(!judged(&["list[3].name", "list[3].port"], &["port"]));
        assert!(judged(&["list[3].port.number", "list[33].port"], &["port"]));
        assert!(!judged(&["list[3].tags[17].key"], &["tags", "tags[].key"]));
        assert!(judged(&["list[3].tags[17].key"], &["tags", "tags[].value"]));
        // A warning is no fault, and a rule that is broken is judged with all others.
        let mut report = Report::default();
        report.add(Violation::warning("list[3].port", "w", "is odd"));
        report.add(Violation::error("list[3].port", "r", "is odd").with_source("page 7"));
        report.broken(&at, &about(&[], &["port"]), format_args!("is odd"));
        assert_eq!(report.into_violations().len(), 3);
    }
}
