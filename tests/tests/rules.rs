//! The rules of the document, one by one: a request that each lets through, and one that breaks it
//! and nothing else. The requests are data, in `rules/*.yaml`.
//!
//! `order`, `network`, `access`, `billing` and `backup` hold one entry a rule about CreateInstance,
//! `update` and those after it about other operations: an example of the document, and two JSON merge
//! patches that differ in what the rule is about. `together` says what is reported when rules meet,
//! `sizes` lists the sizes of each type. An entry is about CreateInstance, or the `operation` that it
//! names. Every expected set is exact: rule, place and severity of all that is reported, bounds
//! included.
//!
//! That dropping a rule is noticed follows from two tests. `every_rule_has_one_case` holds the rules
//! of the document against the cases; `without_a_rule_its_failing_request_passes` takes each rule out
//! of the document in turn and shows that its failing request then reports nothing. So the exact set
//! that `failing_requests_break_one_rule` asks for is reported only while the rule is there: by the
//! document, and by the compiled client, which is generated from it.

#[path = "rules/case.rs"]
mod case;

use codegen::{load::Document, payload};
use conformance::{
    bodies::{self, BODIES},
    repo::{self, document},
};
use huaweicloud_dcs::Violations;
use serde_json::Value;

use case::{cases, example, meetings, sizes};

#[test]
fn every_rule_has_one_case() {
    let mut of_document: Vec<String> = rules(&document()).map(|(_, id)| id).collect();
    let mut of_cases: Vec<String> = cases().into_iter().map(|case| case.rule).collect();
    of_document.sort();
    of_cases.sort();
    assert!(!of_document.is_empty());
    assert_eq!(of_document, of_cases);
}

/// So no body escapes what follows.
#[test]
fn every_body_is_in_the_table() {
    let api = codegen::model(&document()).unwrap();
    let with_body = api.operations.iter().filter(|operation| operation.body.is_some());
    let of_document: Vec<&str> = with_body.map(|operation| operation.name.wire.as_str()).collect();
    let of_table: Vec<&str> = BODIES.iter().map(|(operation, _)| *operation).collect();
    assert_eq!(of_document, of_table);
}

#[test]
fn examples_break_no_rule() {
    for (operation, _) in BODIES {
        let examples = repo::requests(operation);
        assert!(!examples.is_empty(), "{operation}");
        for (name, request) in examples {
            assert_eq!(reported(operation, &request), expected(&request, []), "{operation} {name}");
        }
    }
}

#[test]
fn passing_requests_break_no_rule() {
    for case in cases() {
        let expected = expected(&case.passes, []);
        assert_eq!(reported(&case.operation, &case.passes), expected, "{}", case.rule);
    }
}

#[test]
fn failing_requests_break_one_rule() {
    for case in cases() {
        let expected = expected(&case.fails, [case.reports]);
        assert_eq!(reported(&case.operation, &case.fails), expected, "{}", case.rule);
    }
}

#[test]
fn rules_that_meet_report_each_mistake_once() {
    for meeting in meetings() {
        let expected = expected(&meeting.request, meeting.reports);
        assert_eq!(reported(&meeting.operation, &meeting.request), expected, "{}", meeting.name);
    }
}

#[test]
fn each_type_has_its_documented_sizes() {
    for order in sizes() {
        let expected = expected(&order.request, order.reports);
        assert_eq!(reported(&order.operation, &order.request), expected, "{}", order.name);
    }
}

/// Any full hour and the next, and six pairs of times that are four hours apart.
#[test]
fn maintenance_windows_last_one_hour_or_four() {
    for (operation, base, report) in [
        ("CreateInstance", "redis-single-node", "warning maintain-window-length at maintain_end"),
        (
            "UpdateInstance",
            "all-but-security-group",
            "warning update-maintain-window-length at maintain_end",
        ),
    ] {
        for (begin, end) in (0..24).flat_map(|begin| (0..24).map(move |end| (begin, end))) {
            let mut request = example(operation, base);
            request["maintain_begin"] = format!("{begin:02}:00:00").into();
            request["maintain_end"] = format!("{end:02}:00:00").into();
            let fits = (begin + 1) % 24 == end || begin % 4 == 2 && (begin + 4) % 24 == end;
            let broken = (!fits).then(|| report.to_owned());
            let expected = expected(&request, broken);
            assert_eq!(reported(operation, &request), expected, "{operation}: {begin} to {end}");
        }
    }
}

/// The place in the page goes along with the violation, and its text is free of placeholders.
#[test]
fn violations_name_their_source_and_fill_in_their_text() {
    let document = document();
    for case in cases() {
        let (pointer, _) = rules(&document).find(|(_, id)| *id == case.rule).unwrap();
        let source = &document.value.pointer(&pointer).unwrap()["source"];
        let violations = violations(&case.operation, &case.fails);
        for violation in &violations {
            if violation.rule == case.rule {
                assert_eq!(violation.source.as_deref(), source.as_str(), "{}", case.rule);
            }
            assert!(!violation.message.contains(['{', '}']), "{violation}");
        }
    }
}

/// The values of a secret never get into a message.
#[test]
fn messages_hold_no_password() {
    let mut met = 0;
    for case in cases() {
        let violations = violations(&case.operation, &case.fails).to_string();
        for key in ["password", "old_password", "new_password"] {
            let Some(password) = case.fails[key].as_str() else { continue };
            assert!(!violations.contains(password), "{}", case.rule);
            met += 1;
        }
    }
    assert!(met > 0);
}

#[test]
fn without_a_rule_its_failing_request_passes() {
    let document = document();
    for case in cases() {
        let (pointer, _) = rules(&document).find(|(_, id)| *id == case.rule).unwrap();
        let with = reported_by(&document, &case.operation, &case.fails);
        assert_eq!(with, expected(&case.fails, [case.reports]), "{}", case.rule);
        let without = reported_by(&without(&document, &pointer), &case.operation, &case.fails);
        let mut rest = expected(&case.fails, []);
        rest.retain(|line| !line.contains(&case.rule));
        assert_eq!(without, rest, "{} is covered by another rule", case.rule);
    }
}

/// What a request reports, sorted: the given lines, and for what is no longer offered in most regions a notice
/// that says so.
fn expected(request: &Value, lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let notice = "warning engine-no-longer-offered at engine";
    let mut lines: Vec<String> = lines.into_iter().collect();
    let is_old = request["engine"] == "Memcached" || request["engine_version"] == "3.0";
    if is_old && !lines.iter().any(|line| line == notice) {
        lines.push(notice.to_owned());
    }
    sorted(lines)
}

/// What the compiled client reports, sorted.
fn reported(operation: &str, request: &Value) -> Vec<String> {
    let violations = violations(operation, request);
    let lines = violations.iter().map(|v| format!("{} {} at {}", v.severity, v.rule, v.path));
    sorted(lines.collect())
}

/// The same, by a document and without compiled code.
fn reported_by(document: &Document, operation: &str, request: &Value) -> Vec<String> {
    let violations = payload::check(document, operation, request).unwrap();
    let lines = violations.iter().map(|v| format!("{} {} at {}", v.severity, v.rule, v.path));
    sorted(lines.collect())
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

fn violations(operation: &str, request: &Value) -> Violations {
    let read = bodies::request(operation, request);
    read.unwrap_or_else(|error| panic!("{operation}: {error}: {request}")).violations
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
