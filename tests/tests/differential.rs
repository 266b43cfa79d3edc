//! Compiled rules against the interpreter of `cel`: they agree on every rule of every request.
//!
//! Requests are the payloads of the reference with up to three fields changed, removed or added,
//! among values that rules speak of. A disagreement is shrunk and printed.

use std::fs;

use codegen::{
    load,
    model::{Api, ExprKind, Schema, Shape, TypeKind},
};
use conformance::{interpreter::Interpreter, repo};
use huaweicloud_dcs::{Validate as _, types::CreateInstanceBody};
use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

const CASES: u32 = 6000;

fn api() -> Api {
    let document = load::load(&repo::root().join("spec/dcs-v2.yaml")).unwrap();
    codegen::model(&document).unwrap()
}

fn schema(api: &Api) -> &Schema {
    let operation = api.operations.iter().find(|o| o.name.wire == "CreateInstance").unwrap();
    &operation.body.as_ref().unwrap().schema
}

fn payloads() -> Vec<Value> {
    let folder = repo::root().join("generated/examples/create-instance");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let is_request = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.ends_with(".json") && !name.starts_with("response-")
    };
    let read = |path| serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    paths.into_iter().filter(is_request).map(read).collect()
}

/// A field that can be changed: the steps to it, and values that fit its type.
#[derive(Debug, Clone)]
struct Target {
    steps: Vec<String>,
    values: Vec<Value>,
}

/// Literals of all rules, so that both sides of each comparison are met.
fn words(api: &Api) -> (Vec<Value>, Vec<Value>) {
    let (mut texts, mut numbers) = (vec![json!(""), json!("x")], vec![json!(0), json!(-1)]);
    for definition in api.types.values() {
        let TypeKind::Struct(shape) = &definition.kind else { continue };
        for rule in &shape.rules {
            rule.expression.walk(&mut |expr| match &expr.kind {
                ExprKind::Text(text) => texts.push(json!(text)),
                ExprKind::Int(n) => numbers.extend([json!(n), json!(n + 1)]),
                ExprKind::Double(n) => numbers.push(json!(n)),
                _ => {}
            });
        }
    }
    let more = [
        "redis.single.au1.large.2",
        "redis.ha.au1.large.2",
        "redis.cluster.au1.large.4",
        "7.0",
        "redis.proxy.xu1.large.4",
        "dcs.memcached.single_node",
        "Passw0rd!x",
        "Pass%w0rd",
        "02:00:00",
        "06:00:00",
        "22:00:00",
        "GMT+08:00",
        "+14:00",
        "00:00-01:00",
        "23:00-24:00",
        "a1_-",
        "日本語ß",
    ];
    texts.extend(more.map(|text| json!(text)));
    texts.extend([1, 31, 56, 57, 64, 65].map(|n| json!("n".repeat(n))));
    (texts, numbers)
}

fn targets(api: &Api, schema: &Schema, steps: &[String], found: &mut Vec<Target>) {
    let (texts, numbers) = words(api);
    let scalar = |schema: &Schema| match &schema.shape {
        Shape::Boolean => vec![json!(true), json!(false)],
        Shape::Integer { .. } => numbers.iter().filter(|n| n.is_i64()).cloned().collect(),
        Shape::Number => numbers.clone(),
        Shape::String { .. } | Shape::Secret => texts.clone(),
        Shape::Named(name) => match api.types.get(name).map(|def| &def.kind) {
            Some(TypeKind::Enum(set)) => {
                let known = set.variants.iter().map(|variant| json!(variant.name.wire));
                known.chain([json!("other"), json!("")]).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    match &schema.shape {
        Shape::Named(name) => {
            if let Some(TypeKind::Struct(shape)) = api.types.get(name).map(|def| &def.kind) {
                for field in &shape.fields {
                    let steps = [steps, std::slice::from_ref(&field.name.wire)].concat();
                    targets(api, &field.schema, &steps, found);
                }
                return;
            }
            found.push(Target { steps: steps.to_vec(), values: scalar(schema) });
        }
        Shape::Array(item) => {
            let items = scalar(item);
            let lists =
                items.iter().flat_map(|v| [json!([v]), json!([v, v]), json!([v, items[0]])]);
            let lists = lists.chain([json!([])]).collect();
            found.push(Target { steps: steps.to_vec(), values: lists });
            targets(api, item, &[steps, &["0".to_owned()]].concat(), found);
            targets(api, item, &[steps, &["1".to_owned()]].concat(), found);
        }
        Shape::Map(value) => {
            let keys: Vec<&str> = schema
                .constraints
                .keys
                .iter()
                .map(|(key, _)| key.as_str())
                .chain(["other"])
                .collect();
            let pair = |v: &Value| json!({ keys[0]: v, keys[keys.len() / 2]: v });
            let mut values: Vec<Value> = scalar(value).iter().map(pair).collect();
            values.extend([json!({}), json!({ keys[0]: "a", keys[keys.len() / 2]: "b" })]);
            found.push(Target { steps: steps.to_vec(), values });
        }
        _ => found.push(Target { steps: steps.to_vec(), values: scalar(schema) }),
    }
}

/// Puts a value at a place, making what is on the way, or takes away what is there.
fn change(json: &mut Value, steps: &[String], with: Option<&Value>) {
    let [step, rest @ ..] = steps else {
        return with.map_or((), |value| *json = value.clone());
    };
    if let Ok(i) = step.parse::<usize>() {
        let Value::Array(list) = json else { return };
        if with.is_none() && rest.is_empty() && i < list.len() {
            list.remove(i);
        } else if i < list.len() {
            change(&mut list[i], rest, with);
        } else if with.is_some() && i == list.len() {
            list.push(json!({}));
            change(&mut list[i], rest, with);
        }
        return;
    }
    let Value::Object(map) = json else { return };
    if rest.is_empty() && with.is_none() {
        map.shift_remove(step);
        return;
    }
    let empty = if rest.first().is_some_and(|s| s.parse::<usize>().is_ok()) {
        json!([])
    } else {
        json!({})
    };
    if with.is_some() || map.contains_key(step) {
        change(map.entry(step.clone()).or_insert(empty), rest, with);
    }
}

#[test]
fn compiled_rules_agree_with_the_interpreter() {
    let api = api();
    let interpreter = Interpreter::new(&api);
    let rules: Vec<&str> = api
        .types
        .values()
        .filter_map(|def| match &def.kind {
            TypeKind::Struct(shape) => Some(&shape.rules),
            TypeKind::Enum(_) => None,
        })
        .flatten()
        .map(|rule| rule.id.as_str())
        .collect();
    let mut all = Vec::new();
    targets(&api, schema(&api), &[], &mut all);
    all.retain(|target| !target.values.is_empty());
    let step = (select(all), any::<Index>(), prop::bool::weighted(0.25));
    let requests = (select(payloads()), prop::collection::vec(step, 0..4));

    let decoded = std::cell::Cell::new(0_u32);
    let broken = std::cell::RefCell::new(std::collections::BTreeSet::new());
    let mut runner =
        TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    let result = runner.run(&requests, |(mut json, changes)| {
        for (target, index, remove) in &changes {
            let value = index.get(&target.values);
            change(&mut json, &target.steps, (!remove).then_some(value));
        }
        // What does not decode cannot be sent at all.
        let Ok(body) = serde_json::from_value::<CreateInstanceBody>(json) else { return Ok(()) };
        decoded.set(decoded.get() + 1);
        let sent = serde_json::to_value(&body).unwrap();
        let is_rule = |id: &str| rules.contains(&id);
        let compiled: Vec<(String, String)> = body
            .violations()
            .into_iter()
            .filter(|violation| is_rule(&violation.rule))
            .map(|violation| (violation.path, violation.rule.into_owned()))
            .collect();
        let expected = interpreter.broken(schema(&api), &sent);
        broken.borrow_mut().extend(expected.iter().map(|(_, id)| id.clone()));
        prop_assert_eq!(compiled, expected, "compiled and interpreted, on {}", sent);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(decoded.get() > CASES / 2, "{} of {CASES} requests decode", decoded.get());
    // Agreement on rules that are never broken would prove little.
    let broken = broken.into_inner();
    let never: Vec<&&str> = rules.iter().filter(|id| !broken.contains(**id)).collect();
    assert!(never.len() * 4 <= rules.len(), "of {} rules, never broken: {never:?}", rules.len());
}
