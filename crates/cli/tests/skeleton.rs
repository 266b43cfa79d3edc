//! Every operation of every service: what `--skeleton` writes is a call that can be made, and the request is that of the
//! document's example.

use huaweicloud_cli::{
    fill::texts,
    prepare::prepare,
    request::{Ids, encode},
    service::SERVICES,
    skeleton,
};
use huaweicloud_core::Severity;
use serde_json::Value;

/// The path and the query that the values of a skeleton stand for.
fn target(path: &str, values: &serde_json::Map<String, Value>) -> String {
    let of = |part: &str| values.get(part).and_then(Value::as_object).cloned().unwrap_or_default();
    let mut target = path.to_owned();
    for (name, value) in of("path") {
        target = target.replace(&format!("{{{name}}}"), &encode(&texts(&value).concat()));
    }
    target = target.replace("{project_id}", Ids::UNKNOWN.project);
    target = target.replace("{domain_id}", Ids::UNKNOWN.domain);
    let mut pairs = Vec::new();
    for (name, value) in of("query") {
        pairs
            .extend(texts(&value).iter().map(|text| format!("{}={}", encode(&name), encode(text))));
    }
    if pairs.is_empty() { target } else { format!("{target}?{}", pairs.join("&")) }
}

#[test]
fn every_skeleton_is_the_request_of_its_example_in_both_forms() {
    let mut met = 0;
    let mut refused: Vec<String> = Vec::new();
    for service in SERVICES {
        for entry in service.catalog.index().unwrap().operations {
            let described = service.choose(&entry).unwrap().described;
            let values = skeleton::values(&described);
            let json = serde_json::to_string(&values).unwrap();
            let yaml = skeleton::yaml(&described, "en").unwrap();
            let parsed: Value = serde_yaml::from_str(&yaml).unwrap();
            let is_empty = values.is_empty() && parsed.is_null();
            assert!(is_empty || parsed == Value::Object(values.clone()), "{}: {yaml}", entry.id);
            let example = described.operation.body.as_ref().and_then(|body| body.examples.first());
            let lines = [
                (entry.id.as_str(), vec![format!("--cli-jsonInput={json}")]),
                (entry.command.as_str(), vec!["--from".to_owned(), json.clone()]),
            ];
            for (operation, words) in lines {
                let prepared = prepare(service.catalog.name, operation, words);
                let request = prepared.unwrap_or_else(|why| panic!("{operation}: {why}")).request;
                assert_eq!(request.method(), entry.method);
                assert_eq!(
                    request.target(Ids::UNKNOWN),
                    target(&entry.path, &values),
                    "{operation}"
                );
                if let Some(example) = example {
                    assert_eq!(request.body.as_ref(), Some(&example.value), "{operation}");
                }
                let violations = request.violations(&[], true).unwrap();
                let errors = violations.iter().filter(|one| one.severity == Severity::Error);
                refused.extend(errors.map(|error| format!("{operation}: {error}")));
                met += 1;
            }
        }
    }
    assert!(met > 290, "{met} calls");
    assert!(refused.is_empty(), "{} are refused:\n{}", refused.len(), refused.join("\n"));
}
