//! Payloads written for other tools: wrapped in `body`, or with names of an older API. In: orders in these forms. Out: what
//! validation says about them.

use codegen::payload::{self, Severity};
use conformance::repo;
use serde_json::{Value, json};

fn order() -> Value {
    json!({
        "name": "cache", "engine": "Redis", "engine_version": "5.0", "capacity": 2, "vpc_id": "v", "subnet_id": "s",
        "spec_code": "redis.ha.xu1.large.r2.2", "az_codes": ["a", "b"], "no_password_access": true
    })
}

fn violations(payload: &Value) -> Vec<(Severity, String)> {
    let found = payload::check(&repo::document(), "CreateInstance", payload).unwrap();
    let found =
        found.into_iter().map(|one| (one.severity, format!("{}: {}", one.path, one.message)));
    found.collect()
}

#[test]
fn a_wrapped_body_is_checked_inside() {
    assert_eq!(violations(&order()), []);
    let why = "body: holds the body, as in requests of the vendor's SDKs; what is inside was checked: send that alone";
    let wrapped = |inner: Value| json!({"project_id": "p", "body": inner});
    assert_eq!(violations(&wrapped(order())), [(Severity::Warning, why.to_owned())]);
    let mut wrong = order();
    wrong["instance_num"] = json!(0);
    assert_eq!(
        violations(&wrapped(wrong)),
        [
            (Severity::Warning, why.to_owned()),
            (Severity::Error, "instance_num: is 0; must be at least 1".to_owned())
        ]
    );
    // A field beside it that the schema has: this is no wrapper.
    let mut beside = wrapped(order());
    beside["name"] = json!("cache");
    let found = violations(&beside);
    assert!(found.iter().any(|(_, line)| line.starts_with("body: is unknown")), "{found:?}");
}

#[test]
fn a_name_of_an_older_api_is_answered_with_that_of_today() {
    let mut old = order();
    let fields = old.as_object_mut().unwrap();
    for (today, former) in [("spec_code", "product_id"), ("az_codes", "available_zones")] {
        let value = fields.shift_remove(today).unwrap();
        fields.insert(former.to_owned(), value);
    }
    let found = violations(&old);
    for line in [
        "spec_code: is missing; it is required",
        "az_codes: is missing; it is required",
        "product_id: is the name in an older API; here it is `spec_code`",
        "available_zones: is the name in an older API; here it is `az_codes`",
    ] {
        assert!(found.contains(&(Severity::Error, line.to_owned())), "{line}: {found:?}");
    }
}

#[test]
fn a_pattern_is_told_in_words() {
    let mut order = order();
    order["name"] = json!("my cache");
    let found = violations(&order);
    let words = "use only letters from a to z, digits, Chinese characters, `-` and `_`";
    assert!(
        found.iter().any(|(_, line)| line.starts_with("name: ") && line.ends_with(words)),
        "{found:?}"
    );
}
