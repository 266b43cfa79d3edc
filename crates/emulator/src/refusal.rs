//! How a call is refused. In: a documented error code, and what exactly is wrong. Out: status and body
//! as the service or the gateway before it answers.

use huaweicloud_core::Violations;
use huaweicloud_dcs::ERROR_CODES;
use serde_json::{Value, json};

/// A refused call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    /// What exactly is wrong.
    pub(crate) detail: String,
}

/// What a field that is refused is reported as; everything else is `DCS.4063`.
const FIELDS: &[(&str, &str)] = &[
    ("az_codes", "DCS.4042"),
    ("capacity", "DCS.4012"),
    ("description", "DCS.4011"),
    ("engine", "DCS.4007"),
    ("engine_version", "DCS.4008"),
    ("name", "DCS.4010"),
    ("new_password", "DCS.4019"),
    ("password", "DCS.4019"),
    ("security_group_id", "DCS.4014"),
    ("subnet_id", "DCS.4016"),
    ("vpc_id", "DCS.4013"),
];

impl Refusal {
    /// A refusal with the status that the code is documented with.
    pub(crate) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        let status = ERROR_CODES.find(code).and_then(|entry| entry.status).unwrap_or(400);
        Self { code, status, detail: detail.into() }
    }

    /// A refusal with a status and no code, of a service whose codes are not documented.
    pub(crate) fn plain(status: u16, detail: impl Into<String>) -> Self {
        Self { code: "", status, detail: detail.into() }
    }

    /// No instance has this id.
    pub(crate) fn no_instance(id: &str) -> Self {
        Self::new("DCS.3022", format!("no instance has the ID {id}"))
    }

    /// The request breaks bounds or rules; the first that it breaks decides on the code.
    pub(crate) fn of_violations(violations: &Violations, has_body: bool) -> Option<Self> {
        let first = violations.errors().next()?;
        let field = first.path.split(['.', '[']).next().unwrap_or_default();
        let code = match FIELDS.iter().find(|(name, _)| *name == field) {
            _ if first.rule == "type" && has_body => "DCS.4005",
            _ if field == "(body)" && first.rule == "required" => "DCS.4004",
            Some((_, code)) if has_body => code,
            _ if has_body => "DCS.4063",
            _ => "DCS.4062",
        };
        let all: Vec<String> = violations.errors().map(ToString::to_string).collect();
        Some(Self::new(code, all.join("; ")))
    }

    /// What the code means, and what exactly is wrong.
    pub(crate) fn message(&self) -> String {
        let meaning = ERROR_CODES.find(self.code).map_or("The request is refused.", |e| e.meaning);
        match self.detail.as_str() {
            "" => meaning.to_owned(),
            detail if detail.starts_with(char::is_lowercase) => {
                format!("{}: {detail}", meaning.trim_end_matches('.'))
            }
            detail => format!("{meaning} {detail}"),
        }
    }

    /// The body of the answer.
    pub(crate) fn body(&self, request_id: &str) -> Value {
        let mut body = json!({"error_code": self.code, "error_msg": self.message()});
        if self.code.starts_with("APIGW.") {
            body["request_id"] = json!(request_id);
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use huaweicloud_core::{Report, Violation};

    use super::*;

    fn violations(path: &str, rule: &'static str) -> Violations {
        let mut report = Report::default();
        report.add(Violation::error(path, rule, "why"));
        report.into_violations()
    }

    #[test]
    fn the_code_is_that_of_what_is_wrong() {
        for (path, rule, has_body, code) in [
            ("name", "minLength", true, "DCS.4010"),
            ("capacity", "type", true, "DCS.4005"),
            ("(body)", "required", true, "DCS.4004"),
            ("tags[1].key", "maxLength", true, "DCS.4063"),
            ("limit", "maximum", false, "DCS.4062"),
        ] {
            let refusal = Refusal::of_violations(&violations(path, rule), has_body).unwrap();
            assert_eq!((refusal.code, refusal.status), (code, 400), "{path}");
        }
        assert_eq!(Refusal::of_violations(&Violations::default(), true), None);
    }

    #[test]
    fn every_code_is_documented() {
        for (_, code) in FIELDS {
            assert!(ERROR_CODES.find(code).is_some(), "{code}");
        }
        assert_eq!(Refusal::no_instance("x").status, 404);
    }

    #[test]
    fn a_message_is_one_sentence_or_two() {
        for (detail, message) in [
            ("", "The old password is wrong."),
            ("no task has the ID x", "The old password is wrong: no task has the ID x"),
            ("Write another.", "The old password is wrong. Write another."),
        ] {
            assert_eq!(Refusal::new("DCS.4080", detail).message(), message);
        }
    }

    #[test]
    fn the_gateway_names_the_request() {
        let body = Refusal::new("APIGW.0301", "").body("r-1");
        assert_eq!(body["request_id"], "r-1");
        assert!(Refusal::new("DCS.4062", "x").body("r-1").get("request_id").is_none());
    }
}
