//! What a rule may say, and the words for what it may not.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::compile;
use crate::{
    load, lower,
    model::{TypeDef, TypeName},
    pointer::JsonPointer,
};

fn types() -> IndexMap<TypeName, TypeDef> {
    let text = "
openapi: 3.0.3
info: { title: Rules, version: v1 }
paths: {}
components:
  schemas:
    Order:
      type: object
      required: [name, lines]
      properties:
        name: { type: string }
        count: { type: integer, format: int32 }
        size: { type: number }
        on: { type: boolean }
        password: { type: string, format: password }
        maybe: { type: string, nullable: true }
        any: {}
        lines: { type: array, items: { $ref: '#/components/schemas/Line' } }
        labels: { type: object, additionalProperties: { type: string } }
        next: { $ref: '#/components/schemas/Order' }
    Line: { type: object, required: [key], properties: { key: { type: string }, value: { type: string } } }
";
    lower::lower(&load::parse("rules.yaml", text).unwrap()).unwrap().types
}

fn entry(rule: &str) -> Value {
    json!({ "id": "a", "rule": rule, "message": "No.", "source": "Text." })
}

/// What is wrong with an entry, or the canonical notation of its rule.
fn said(types: &IndexMap<TypeName, TypeDef>, entry: &Value) -> String {
    match compile(types, &TypeName("Order".to_owned()), entry, &JsonPointer::root()) {
        Ok(rule) => rule.expression.to_string(),
        Err(problems) => {
            let lines: Vec<String> = problems
                .iter()
                .map(|p| format!("{}: {} [{}]", p.pointer, p.message, p.code))
                .collect();
            lines.join("\n")
        }
    }
}

#[test]
fn has_guards_what_follows() {
    let types = types();
    for rule in [
        "has(self.count) && self.count > 1",
        "!has(self.count) || self.count > 1",
        "has(self.count) ? self.count > 1 : true",
        "!has(self.count) ? true : self.count > 1",
        "!(!has(self.count)) && (self.count > 1 || self.name == '')",
        "!(has(self.count) && has(self.size)) || self.count > 1 && self.size > 1.0",
        "(has(self.count) ? has(self.size) : has(self.size)) && self.size > 1.0",
        "has(self.next) && has(self.next.count) && self.next.count > 1",
        "self.lines.all(l, !has(l.value) || l.value != '')",
        "has(self.count) && self.lines.exists(l, size(l.key) > self.count)",
    ] {
        assert!(!said(&types, &entry(rule)).contains("#/"), "{}", said(&types, &entry(rule)));
    }
    for rule in [
        "self.count > 1",
        "has(self.count) || self.count > 1",
        "!has(self.count) && self.count > 1",
        "self.count > 1 && has(self.count)",
        "(has(self.count) || has(self.size)) && self.count > 1",
        "has(self.count) ? true : self.count > 1",
        "has(self.next.count)",
        "has(self.next) && self.next.count > 1",
        "self.lines.all(l, has(l.value)) && self.lines.all(l, l.value != '')",
    ] {
        assert!(said(&types, &entry(rule)).ends_with("[missing-has]"), "{rule}");
    }
}

#[test]
fn problems_have_a_place_and_words() {
    let types = types();
    let rules = [
        "self.nmae == ''",
        "slef.name == ''",
        "self.name > 1",
        "self.name",
        "self.name == '' && 1",
        "self.lines.all(l, l.key)",
        "self.name in self.labels",
        "has(self.labels) && self.labels.a == ''",
        "has(self.size) && self.size + 1 > 2.0",
        "has(self.size) && self.size % 2.0 > 2.0",
        "self.lines == self.lines",
        "self.name.lowerAscii() == ''",
        "self.name.startWith('a')",
        "startsWith(self.name, 'a')",
        "timestamp(self.name) == 1",
        "self.name == null",
        "self.name == b'a'",
        "self.lines.size() == 1u",
        "self.maybe == ''",
        "self.any == ''",
        "has(self.name)",
        "has(self)",
        "self.name.matches(self.name)",
        r"self.name.matches('^\\d+$')",
        "self.name.matches('(?=a)')",
        "self.lines.map(l, l.key != '', l.key) == ['a']",
        "self.lines.map(l, l.key + '!') == ['a']",
        "self.lines.all(self, true)",
        "self.name in []",
        "[1, 'a'] == [1]",
        "{'a': 1, 'a': 2}['a'] == 1",
        "(self.name == '' ? 1 : 'a') == 1",
        "Order{name: 'a'} == self",
        "self.?name == ''",
        "self.name ==",
        "self.name == 'é' &&\n  self.nmae == ''",
        "'é' == self.nmae",
        "",
    ];
    let lines: Vec<String> =
        rules.iter().map(|rule| format!("{rule:?}\n    {}", said(&types, &entry(rule)))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn messages_and_paths_are_checked() {
    let types = types();
    let of = |message: &str, path: &str| {
        let mut entry = entry("true");
        entry["message"] = json!(message);
        entry["fieldPath"] = json!(path);
        said(&types, &entry)
    };
    assert_eq!(of("{name} of {next.count}", "next.count"), "true");
    let wrong = [
        of("{nmae}", ""),
        of("{password}", ""),
        of("{lines}", ""),
        of("{any}", ""),
        of("{", ""),
        of("No.", "name.key"),
        of("{nxt}", "nxt"),
    ];
    insta::assert_snapshot!(wrong.join("\n"));
}

#[test]
fn hostile_rules_are_refused_or_end_soon() {
    let types = types();
    let rules = [
        "true && ".repeat(2000) + "true",
        "(".repeat(1900) + "true" + &")".repeat(1900),
        "[".repeat(1900) + &"]".repeat(1900),
        "true ? ".repeat(500),
        "!".repeat(3900) + "true",
        "1".to_owned() + &"+1".repeat(1900) + " == 1",
        "self".to_owned() + &".next".repeat(700),
        "'".to_owned() + &"(".repeat(3000),
    ];
    for rule in rules {
        assert!(said(&types, &entry(&rule)).contains("; split it into several rules"));
    }
    let deep = "(".repeat(24) + "true" + &")".repeat(24);
    assert_eq!(said(&types, &entry(&deep)), "true");
    let long = "1".to_owned() + &"+1".repeat(290) + " == 1";
    assert!(!said(&types, &entry(&long)).contains("#/"));
}
