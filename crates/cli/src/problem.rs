//! Errors of commands. In: what went wrong. Out: a message or JSON, and the exit code of its kind.

use std::fmt;

use huaweicloud_core::{Error, Violation, Violations};
use serde_json::{Value, json};

use crate::messages;

/// The kinds of outcome, each with an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file, a terminal or the program itself.
    Other,
    /// The command line is wrong.
    Usage,
    /// The request breaks rules, and was not sent.
    Invalid,
    /// The service refused.
    Refused,
    /// The service has no such thing.
    NotFound,
    /// There are no credentials, or they are not allowed to.
    Denied,
    /// The service failed or cannot be reached: the same command may succeed later.
    Unavailable,
    /// Unknown outcome: the request may have been carried out.
    Unknown,
    /// A state was not reached in time.
    TimedOut,
    /// A state will not be reached.
    Failed,
    /// What exists differs from the order.
    Differs,
    /// Ctrl-C, with no change under way.
    Interrupted,
}

impl Kind {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 12] = [
        Self::Other,
        Self::Usage,
        Self::Invalid,
        Self::Refused,
        Self::NotFound,
        Self::Denied,
        Self::Unavailable,
        Self::Unknown,
        Self::TimedOut,
        Self::Failed,
        Self::Differs,
        Self::Interrupted,
    ];

    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Other => 1,
            Self::Usage => 2,
            Self::Invalid => 3,
            Self::Refused => 4,
            Self::NotFound => 5,
            Self::Denied => 6,
            Self::Unavailable => 7,
            Self::Unknown => 8,
            Self::TimedOut => 9,
            Self::Failed => 10,
            Self::Differs => 11,
            // As shells have it.
            Self::Interrupted => 130,
        }
    }

    /// The name of the kind in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Usage => "usage",
            Self::Invalid => "invalid",
            Self::Refused => "refused",
            Self::NotFound => "not_found",
            Self::Denied => "denied",
            Self::Unavailable => "unavailable",
            Self::Unknown => "unknown_outcome",
            Self::TimedOut => "timed_out",
            Self::Failed => "failed",
            Self::Differs => "differs",
            Self::Interrupted => "interrupted",
        }
    }

    /// Its meaning, for help.
    pub fn meaning(self) -> String {
        match self {
            Self::Other => messages::exit_other(),
            Self::Usage => messages::exit_usage(),
            Self::Invalid => messages::exit_invalid(),
            Self::Refused => messages::exit_refused(),
            Self::NotFound => messages::exit_not_found(),
            Self::Denied => messages::exit_denied(),
            Self::Unavailable => messages::exit_unavailable(),
            Self::Unknown => messages::exit_unknown(),
            Self::TimedOut => messages::exit_timed_out(),
            Self::Failed => messages::exit_failed(),
            Self::Differs => messages::exit_differs(),
            Self::Interrupted => messages::exit_interrupted(),
        }
    }
}

/// An error of a command.
#[derive(Debug)]
pub struct Problem {
    /// The kind, which determines the exit code.
    pub kind: Kind,
    /// What is wrong and what to do, in one or more lines.
    pub message: String,
    details: Value,
    source: Option<Box<Error>>,
}

impl Problem {
    /// A problem of a kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), details: Value::Null, source: None }
    }

    /// The command line is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// A file or the terminal cannot be used.
    pub fn other(message: impl Into<String>) -> Self {
        Self::new(Kind::Other, message)
    }

    /// No credentials.
    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::new(Kind::Denied, message)
    }

    /// A request that breaks rules.
    pub fn invalid(violations: &Violations) -> Self {
        let count = violations.errors().count();
        let mut message = match count {
            1 => messages::invalid_one(),
            _ => messages::invalid_many(count),
        };
        for violation in violations {
            message.push_str(&format!("\n  {}: {violation}", violation.severity));
        }
        let ids: Vec<String> =
            violations.errors().map(|violation| violation.id().into_owned()).collect();
        let mut distinct = ids.clone();
        distinct.sort();
        distinct.dedup();
        // Missing and mistyped values cannot be allowed.
        let is_certain =
            |id: &str| id == "path" || id.starts_with("required@") || id.starts_with("type@");
        distinct.retain(|id| !is_certain(id));
        if !distinct.is_empty() {
            let flags: Vec<String> =
                distinct.iter().map(|id| format!("--allow {}", crate::text::shell(id))).collect();
            let rule = distinct.first().map_or("", String::as_str);
            let explain = format!("hwc explain {}", crate::text::shell(rule));
            message.push_str(&format!(
                "\n{}\n{}",
                messages::way_out(flags.join(" ")),
                messages::why(explain),
            ));
        }
        let list = violations.iter().map(|violation| {
            json!({
                "path": violation.path, "rule": violation.id(), "message": violation.message,
                "severity": violation.severity.to_string(),
            })
        });
        let details = json!({ "violations": list.collect::<Vec<_>>() });
        Self { kind: Kind::Invalid, message, details, source: None }
    }

    /// The service's own code, if it refused.
    pub fn code(&self) -> Option<&str> {
        self.details.get("code")?.as_str()
    }

    /// The underlying error of the runtime; other problems become an invalid request.
    pub(crate) fn into_error(self) -> Error {
        match self.source {
            Some(error) => *error,
            None => Violations::from(Violation::error("(answer)", "list", self.message)).into(),
        }
    }

    /// As JSON, in one line.
    pub fn json(&self) -> String {
        let mut all = json!({
            "error": self.kind.word(), "exit": self.kind.code(), "message": self.message,
        });
        if let (Some(all), Value::Object(details)) = (all.as_object_mut(), self.details.clone()) {
            all.extend(details);
        }
        all.to_string()
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let details = json!({
            "status": error.status().map(|status| status.as_u16()),
            "code": error.code(),
            "request_id": error.request_id(),
        });
        let kind = match &error {
            Error::Invalid(violations) => return Self::invalid(violations),
            Error::Config(_) | Error::Request(_) => Kind::Usage,
            Error::Credentials(_) => Kind::Denied,
            _ if error.is_unknown_outcome() => Kind::Unknown,
            Error::Connect(_) => Kind::Unavailable,
            _ => of_status(error.status().map(|status| status.as_u16())),
        };
        Self { kind, message: error.to_string(), details, source: Some(Box::new(error)) }
    }
}

fn of_status(status: Option<u16>) -> Kind {
    match status {
        Some(401 | 403) => Kind::Denied,
        Some(404) => Kind::NotFound,
        Some(429 | 500..) => Kind::Unavailable,
        Some(_) => Kind::Refused,
        None => Kind::Other,
    }
}

impl From<huaweicloud_catalog::CatalogError> for Problem {
    fn from(error: huaweicloud_catalog::CatalogError) -> Self {
        Self::other(error.to_string())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use huaweicloud_core::Violation;

    use super::*;

    #[test]
    fn every_kind_has_a_code_of_its_own() {
        let codes: Vec<u8> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes, (1..=11).chain([130]).collect::<Vec<u8>>());
    }

    #[test]
    fn all_violations_are_said_at_once_with_the_way_out() {
        let list = vec![
            Violation::error("name", "minLength", "is too short"),
            Violation::warning("port", "port-usual", "is unusual"),
        ];
        let problem = Problem::invalid(&list.into());
        assert_eq!(
            problem.message,
            "the request is not valid; nothing was sent:\n  error: name: is too short (minLength)\n  \
             warning: port: is unusual (port-usual)\n\
             if the service accepts it anyway: --allow minLength@name\nwhy: hwc explain minLength@name"
        );
        let json: Value = serde_json::from_str(&problem.json()).unwrap();
        assert_eq!(json["exit"], 3);
        assert_eq!(json["violations"][1]["rule"], "port-usual");
    }

    #[test]
    fn a_status_says_what_kind_it_is() {
        let kinds =
            [(400, 4), (401, 6), (403, 6), (404, 5), (409, 4), (429, 7), (500, 7), (503, 7)];
        for (status, code) in kinds {
            assert_eq!(of_status(Some(status)).code(), code, "{status}");
        }
    }
}
