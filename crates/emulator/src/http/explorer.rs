//! The explorer: its page, its data, and what its forms ask. In: a request. Out: an answer, if it is for the explorer.

use huaweicloud_catalog::Service;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::{Answer, Server, answer, dispatch, read::Received};
use crate::{builder, services};

/// The services that have forms.
static SERVICES: [&Service; 6] = [
    &huaweicloud_dcs_catalog::SERVICE,
    &huaweicloud_vpc_catalog::SERVICE,
    &huaweicloud_eip_catalog::SERVICE,
    &huaweicloud_eps_catalog::SERVICE,
    &huaweicloud_bss_catalog::SERVICE,
    &huaweicloud_iam_catalog::SERVICE,
];

pub(super) fn answered(server: &Server, received: &Received) -> Option<Answer> {
    match (received.method.as_str(), received.path()) {
        ("GET", "/_explorer/session") => Some(answer(200, Some(&session(server)))),
        ("POST", "/_explorer/validate" | "/_emulator/validate") => {
            Some(match validated(&received.body) {
                Ok(violations) => answer(200, Some(&json!({"violations": violations}))),
                Err(why) => answer(400, Some(&json!({"message": why}))),
            })
        }
        ("GET", path) => huaweicloud_explorer::page(&SERVICES, path).map(page),
        _ => None,
    }
}

/// A file or data, with what a browser may do with it.
fn page(page: huaweicloud_explorer::Page) -> Answer {
    let headers = page.headers();
    let mut answer = Answer::new(Bytes::from(page.text.into_owned()).into());
    for (name, value) in headers {
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    answer
}

/// What the page has to know of this emulator. Its token is handed out only if everybody knows it anyway.
fn session(server: &Server) -> Value {
    let keys = &server.keys;
    let token = keys.token.expose();
    let services: Vec<&str> = SERVICES.iter().map(|service| service.name).collect();
    json!({
        "project_id": keys.project_id,
        "domain_id": dispatch::DOMAIN,
        "token": (token == builder::KNOWN_TOKEN).then_some(token),
        "services": services,
    })
}

/// Everything that is wrong with a request that was not sent.
fn validated(body: &[u8]) -> Result<Vec<Value>, String> {
    huaweicloud_explorer::validated(&SERVICES, services::operation, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(asked: &Value) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let found = validated(asked.to_string().as_bytes()).unwrap();
        found.iter().map(|one| (text(&one["path"]), text(&one["rule"]))).collect()
    }

    fn order() -> Value {
        json!({
            "name": "session-cache", "engine": "Redis", "engine_version": "5.0", "capacity": 2,
            "spec_code": "redis.ha.xu1.large.r2.2", "az_codes": ["a", "b"], "vpc_id": "v", "subnet_id": "s",
            "no_password_access": true
        })
    }

    #[test]
    fn a_form_is_checked_as_the_client_checks() {
        let parameters = json!({"project_id": "p"});
        let asked = |body: Value| json!({"operation": "CreateInstance", "parameters": parameters, "body": body});
        assert_eq!(rules(&asked(order())), []);
        let mut short = order();
        short["name"] = json!("a");
        assert_eq!(rules(&asked(short)), [("name".to_owned(), "minLength".to_owned())]);
    }

    #[test]
    fn a_rule_is_not_judged_that_would_quote_what_nobody_filled_in() {
        let mut late = order();
        late["maintain_end"] = json!(2.5);
        let asked =
            json!({"operation": "CreateInstance", "parameters": {"project_id": "p"}, "body": late});
        assert_eq!(rules(&asked), [("maintain_end".to_owned(), "type".to_owned())]);
    }

    #[test]
    fn everything_is_told_of_a_form_that_is_half_filled() {
        let body = json!({"name": "a", "engine": "Redis", "password": "short", "port": "x"});
        let asked =
            json!({"operation": "CreateInstance", "parameters": {"project_id": "p"}, "body": body});
        let found = rules(&asked);
        for wanted in [
            ("capacity", "required"),
            ("spec_code", "required"),
            ("az_codes", "required"),
            ("vpc_id", "required"),
            ("subnet_id", "required"),
            ("port", "type"),
            ("name", "minLength"),
            ("password", "minLength"),
            ("engine_version", "engine-version-required"),
        ] {
            assert!(
                found.iter().any(|(path, rule)| (path.as_str(), rule.as_str()) == wanted),
                "{wanted:?}: {found:?}"
            );
        }
        assert!(
            !found.iter().any(|(path, rule)| path == "capacity" && rule != "required"),
            "{found:?}"
        );
    }

    #[test]
    fn parameters_are_texts_as_they_travel() {
        let asked = |limit: Value| json!({"operation": "ListInstances", "parameters": {"project_id": "p", "limit": limit}});
        assert_eq!(rules(&asked(json!(10))), []);
        assert_eq!(rules(&asked(json!("10"))), []);
        assert_eq!(rules(&asked(json!("ten"))).len(), 1);
        let missing = json!({"operation": "ShowInstance", "parameters": {"project_id": "p"}});
        assert_eq!(rules(&missing), [("instance_id".to_owned(), "required".to_owned())]);
    }

    #[test]
    fn what_cannot_be_checked_says_why() {
        assert_eq!(
            validated(b"{"),
            Err("no JSON: EOF while parsing an object at line 1 column 1".to_owned())
        );
        assert_eq!(validated(b"{}"), Err("give the id of an `operation`".to_owned()));
        assert_eq!(validated(br#"{"operation":"X"}"#), Err("there is no operation `X`".to_owned()));
    }

    #[test]
    fn every_form_is_of_an_operation_that_is_answered() {
        for service in SERVICES {
            for entry in &service.index().unwrap().operations {
                let path = format!("/_explorer/catalog/{}/{}", service.name, entry.id);
                let page = huaweicloud_explorer::page(&SERVICES, &path).unwrap();
                assert!(page.text.contains(&entry.path), "{path}");
                assert_eq!(services::operation(&entry.id).unwrap().path, entry.path, "{path}");
            }
        }
    }
}
