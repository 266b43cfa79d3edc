//! Why a command did not do what was asked. In: what went wrong. Out: a text, or JSON, and the exit code of its kind.

use std::fmt;

use huaweicloud_core::{Error, Violation, Violations};
use serde_json::{Value, json};

/// The kinds of outcome that a script tells apart; each has an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file, a terminal or the program itself.
    Other,
    /// The command line is not understood.
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
    /// Nobody knows whether it was carried out: look before it is sent again.
    Unknown,
    /// What was waited for did not come in time.
    TimedOut,
    /// What was waited for will not come.
    Failed,
    /// Ctrl-C, while nothing was under way that changes anything.
    Interrupted,
}

impl Kind {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 11] = [
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
            // As shells have it.
            Self::Interrupted => 130,
        }
    }

    /// The kind in a word, as JSON has it.
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
            Self::Interrupted => "interrupted",
        }
    }

    /// What it means, for help.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Other => "a file or the terminal made trouble",
            Self::Usage => "the command line is not understood",
            Self::Invalid => "the request violates rules and was not sent",
            Self::Refused => "the service refused the request",
            Self::NotFound => "the service has no such thing",
            Self::Denied => "there are no credentials, or they are not allowed to do this",
            Self::Unavailable => "the service failed or was not reached; try again later",
            Self::Unknown => {
                "nobody knows whether it was carried out; look before you send it again"
            }
            Self::TimedOut => "what was waited for did not come in time",
            Self::Failed => "what was waited for will not come",
            Self::Interrupted => "Ctrl-C; nothing was under way that changes anything",
        }
    }
}

/// Why a command did not do what was asked.
#[derive(Debug)]
pub struct Problem {
    /// The kind, which has the exit code.
    pub kind: Kind,
    /// What is wrong and what to do; one line or several.
    pub message: String,
    details: Value,
    source: Option<Box<Error>>,
}

impl Problem {
    /// A problem of a kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), details: Value::Null, source: None }
    }

    /// The command line is not understood.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// A file or the terminal made trouble.
    pub fn other(message: impl Into<String>) -> Self {
        Self::new(Kind::Other, message)
    }

    /// A request that breaks rules.
    pub fn invalid(violations: &Violations) -> Self {
        let count = violations.errors().count();
        let mut message = match count {
            1 => "the request is invalid and was not sent:".to_owned(),
            _ => format!("the request has {count} violations and was not sent:"),
        };
        for violation in violations {
            message.push_str(&format!("\n  {}: {violation}", violation.severity));
        }
        let ids: Vec<String> =
            violations.errors().map(|violation| violation.id().into_owned()).collect();
        let mut distinct = ids.clone();
        distinct.sort();
        distinct.dedup();
        // What is missing, or is of another kind, is no matter of opinion.
        let is_certain =
            |id: &str| id == "path" || id.starts_with("required@") || id.starts_with("type@");
        distinct.retain(|id| !is_certain(id));
        if !distinct.is_empty() {
            let flags: Vec<String> =
                distinct.iter().map(|id| format!("--allow {}", crate::text::shell(id))).collect();
            let rule = distinct.first().map_or("", String::as_str);
            message.push_str(&format!(
                "\nif the service accepts it anyway: {}\nwhy: hwc explain {}",
                flags.join(" "),
                crate::text::shell(rule),
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

    /// The error of the runtime that it was made of; what is none of these is a request that cannot be.
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
        assert_eq!(codes, (1..=10).chain([130]).collect::<Vec<u8>>());
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
            "the request is invalid and was not sent:\n  error: name: is too short (minLength)\n  \
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
