//! The rules of the document, one by one: a request that each lets through, and one that breaks it
//! and nothing else. The requests are data, in `rules/*.yaml`.
//!
//! `order`, `network`, `access`, `billing` and `backup` hold one entry a rule: an example of the
//! document, and two JSON merge patches that differ in what the rule is about. `together` says what
//! is reported when rules meet, `sizes` lists the sizes of each type. Every expected set is exact:
//! rule, place and severity of all that is reported, bounds included.
//!
//! That dropping a rule is noticed follows from two tests. `every_rule_has_one_case` holds the rules
//! of the document against the cases; `without_a_rule_its_failing_request_passes` takes each rule out
//! of the document in turn and shows that its failing request then reports nothing. So the exact set
//! that `failing_requests_break_one_rule` asks for is reported only while the rule is there: by the
//! document, and by the compiled client, which is generated from it.

#[path = "rules/case.rs"]
mod case;

use codegen::{
    load::{self, Document},
    payload,
};
use conformance::repo;
use huaweicloud_dcs::{Validate as _, types::CreateInstanceBody};
use serde_json::Value;

use case::{cases, example, examples, meetings, sizes};

const OPERATION: &str = "CreateInstance";

#[test]
fn every_rule_has_one_case() {
    let mut of_document: Vec<String> = rules(&document()).map(|(_, id)| id).collect();
    let mut of_cases: Vec<String> = cases().into_iter().map(|case| case.rule).collect();
    of_document.sort();
    of_cases.sort();
    assert!(!of_document.is_empty());
    assert_eq!(of_document, of_cases);
}

#[test]
fn examples_break_no_rule() {
    for name in examples() {
        assert_eq!(reported(&example(&name)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn passing_requests_break_no_rule() {
    for case in cases() {
        assert_eq!(reported(&case.passes), Vec::<String>::new(), "{}", case.rule);
    }
}

#[test]
fn failing_requests_break_one_rule() {
    for case in cases() {
        assert_eq!(reported(&case.fails), [case.reports], "{}", case.rule);
    }
}

#[test]
fn rules_that_meet_report_each_mistake_once() {
    for meeting in meetings() {
        assert_eq!(reported(&meeting.request), meeting.reports, "{}", meeting.name);
    }
}

#[test]
fn each_type_has_its_documented_sizes() {
    for order in sizes() {
        assert_eq!(reported(&order.request), order.reports, "{}", order.name);
    }
}

/// Six of the thirty-six pairs of times are four hours apart.
#[test]
fn maintenance_windows_last_four_hours() {
    let hours = [2, 6, 10, 14, 18, 22];
    for (begin, end) in hours.iter().flat_map(|begin| hours.iter().map(move |end| (begin, end))) {
        let mut request = example("redis-single-node");
        request["maintain_begin"] = format!("{begin:02}:00:00").into();
        request["maintain_end"] = format!("{end:02}:00:00").into();
        let fits = (begin + 4) % 24 == *end;
        let expected =
            if fits { vec![] } else { vec!["error maintain-window-length at maintain_end"] };
        assert_eq!(reported(&request), expected, "{begin} to {end}");
    }
}

/// The place in the page goes along with the violation, and its text is free of placeholders.
#[test]
fn violations_name_their_source_and_fill_in_their_text() {
    let document = document();
    for case in cases() {
        let (pointer, _) = rules(&document).find(|(_, id)| *id == case.rule).unwrap();
        let source = &document.value.pointer(&pointer).unwrap()["source"];
        let violations = body(&case.fails).violations();
        for violation in &violations {
            assert_eq!(violation.source.as_deref(), source.as_str(), "{}", case.rule);
            assert!(!violation.message.contains(['{', '}']), "{violation}");
        }
    }
}

/// The values of a secret never get into a message.
#[test]
fn messages_hold_no_password() {
    for case in cases() {
        let Some(password) = case.fails["password"].as_str() else { continue };
        let violations = body(&case.fails).violations();
        assert!(!violations.to_string().contains(password), "{}", case.rule);
    }
}

#[test]
fn without_a_rule_its_failing_request_passes() {
    let document = document();
    for case in cases() {
        let (pointer, _) = rules(&document).find(|(_, id)| *id == case.rule).unwrap();
        let with = reported_by(&document, &case.fails);
        assert_eq!(with, [case.reports], "{}", case.rule);
        let without = reported_by(&without(&document, &pointer), &case.fails);
        assert_eq!(without, Vec::<String>::new(), "{} is covered by another rule", case.rule);
    }
}

/// What the compiled client reports, sorted.
fn reported(request: &Value) -> Vec<String> {
    let violations = body(request).violations();
    let lines = violations.iter().map(|v| format!("{} {} at {}", v.severity, v.rule, v.path));
    sorted(lines.collect())
}

/// The same, by a document and without compiled code.
fn reported_by(document: &Document, request: &Value) -> Vec<String> {
    let violations = payload::check(document, OPERATION, request).unwrap();
    let lines = violations.iter().map(|v| format!("{} {} at {}", v.severity, v.rule, v.path));
    sorted(lines.collect())
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

fn body(request: &Value) -> CreateInstanceBody {
    serde_json::from_value(request.clone()).unwrap_or_else(|error| panic!("{error}: {request}"))
}

fn document() -> Document {
    let services = repo::services();
    load::load(&repo::root().join(&services[0].document)).unwrap()
}

/// Where each rule stands, and its id.
fn rules(document: &Document) -> impl Iterator<Item = (String, String)> {
    let schemas = document.value["components"]["schemas"].as_object().unwrap();
    schemas.iter().flat_map(|(schema, value)| {
        let rules = value.get("x-validations").and_then(Value::as_array);
        rules.into_iter().flatten().enumerate().map(move |(i, rule)| {
            let pointer = format!("/components/schemas/{schema}/x-validations/{i}");
            (pointer, rule["id"].as_str().unwrap().to_owned())
        })
    })
}

/// The document without one rule, and without the list when that was all of it.
fn without(document: &Document, pointer: &str) -> Document {
    let mut document = document.clone();
    let (list, index) = pointer.rsplit_once('/').unwrap();
    let rules = document.value.pointer_mut(list).and_then(Value::as_array_mut).unwrap();
    rules.remove(index.parse().unwrap());
    if rules.is_empty() {
        let (schema, key) = list.rsplit_once('/').unwrap();
        let schema = document.value.pointer_mut(schema).and_then(Value::as_object_mut).unwrap();
        schema.shift_remove(key);
    }
    document
}
