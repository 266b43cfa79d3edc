//! Compiled rules compared with the interpreter of `cel`: they agree on every rule for every request, and on the rules
//! that are not evaluated because a value they read is invalid itself.
//!
//! Requests are the payloads of the reference, and one with every field, with up to three fields
//! changed, removed or added, using values that rules mention: any fields, or those of one rule.
//! This is done for each operation whose body has rules. A disagreement is shrunk and printed.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use codegen::model::{Api, Operation, Rule, Schema, Shape, TypeKind};
use conformance::{
    bodies,
    interpreter::Interpreter,
    mutation::{self, Mutations},
    repo,
};
use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, TestRunner},
};
use serde_json::Value;

#[test]
fn compiled_rules_agree_with_the_interpreter() {
    let api = codegen::model(&repo::document()).unwrap();
    let interpreter = Interpreter::new(&api);
    let (mut met, mut broken) = (Rules::new(), BTreeSet::new());
    for operation in &api.operations {
        let Some(body) = &operation.body else { continue };
        let mut rules = Rules::new();
        collect(&api, &body.schema, &mut rules);
        if !rules.is_empty() {
            broken.extend(agree(&api, &interpreter, operation, &rules));
        }
        met.extend(rules);
    }
    nearly_all("all operations", &met, &broken, 8);
    let all = api.types.values().filter_map(|definition| match &definition.kind {
        TypeKind::Struct(shape) => Some(&shape.rules),
        TypeKind::Enum(_) => None,
    });
    let all: BTreeSet<&str> = all.flatten().map(|rule| rule.id.as_str()).collect();
    assert_eq!(met.into_keys().collect::<BTreeSet<_>>(), all, "rules of bodies, and all rules");
}

type Rules<'a> = BTreeMap<&'a str, &'a Rule>;

/// The most fields, and the most rules between them, have those that change the whole instance.
fn cases(operation: &str) -> u32 {
    match operation {
        "CreateInstance" => 6000,
        "UpdateInstance" | "CreateMigrationTask" => 2000,
        _ => 1000,
    }
}

/// Compares on the requests of one operation. Out: the rules that were broken.
fn agree(
    api: &Api,
    interpreter: &Interpreter<'_>,
    operation: &Operation,
    rules: &Rules<'_>,
) -> BTreeSet<String> {
    let id = operation.name.wire.as_str();
    let schema = &operation.body.as_ref().unwrap().schema;
    let requests = requests(api, operation, rules);
    let decoded = Cell::new(0_u32);
    let broken = RefCell::new(BTreeSet::new());
    let cases = cases(id);
    let mut runner =
        TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let result = runner.run(&requests, |json| {
        // What does not decode cannot be sent at all.
        let Ok(request) = bodies::request(id, &json) else { return Ok(()) };
        decoded.set(decoded.get() + 1);
        let faults = request.violations.errors().filter(|violation| violation.source.is_none());
        let faults: Vec<String> = faults.map(|violation| violation.path.clone()).collect();
        let compiled: Vec<(String, String)> = request
            .violations
            .into_iter()
            .filter(|violation| rules.contains_key(&*violation.rule))
            .map(|violation| (violation.path, violation.rule.into_owned()))
            .collect();
        let expected = interpreter.broken(schema, &request.sent, &faults);
        broken.borrow_mut().extend(expected.iter().map(|(_, id)| id.clone()));
        prop_assert_eq!(compiled, expected, "compiled and interpreted, on {}", request.sent);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{id}: {error}");
    }
    let decoded = decoded.get();
    assert!(decoded > cases / 2, "{id}: {decoded} of {cases} requests decode");
    let broken = broken.into_inner();
    nearly_all(id, rules, &broken, 4);
    broken
}

/// Agreement on rules that are never broken would prove little: at most one in `of` may not be.
fn nearly_all(what: &str, rules: &Rules<'_>, broken: &BTreeSet<String>, of: usize) {
    let never: Vec<&&str> = rules.keys().filter(|id| !broken.contains(**id)).collect();
    let all = rules.len();
    assert!(never.len() * of <= all, "{what}: of {all} rules, never broken: {never:?}");
}

/// Payloads with changes.
fn requests(api: &Api, operation: &Operation, rules: &Rules<'_>) -> impl Strategy<Value = Value> {
    let schema = &operation.body.as_ref().unwrap().schema;
    let all: Vec<&Rule> = rules.values().copied().collect();
    let mutations = Mutations::new(api, &all);
    let payloads = repo::requests(&operation.name.wire).into_iter().map(|(_, json)| json);
    let payloads: Vec<Value> = payloads.chain([mutations.everything(schema)]).collect();
    let of_rules = all.iter().map(|rule| mutation::about(api, schema, rule));
    let of_rules: Vec<_> = of_rules.map(Rc::new).collect();
    let all = Rc::new(mutations.targets(schema));
    let targets = prop_oneof![1 => Just(all), 2 => select(of_rules)];
    // Which of the targets, which of its values, and whether to take away what is there instead.
    let change = (any::<Index>(), any::<Index>(), prop::bool::weighted(0.25));
    let changes = prop::collection::vec(change, 0..4);
    (select(payloads), targets, changes).prop_map(|(mut json, targets, changes)| {
        for (target, value, remove) in &changes {
            let target = target.get(targets.as_slice());
            target.change(&mut json, (!remove).then_some(value.get(&target.values)));
        }
        json
    })
}

/// The rules of a schema and of all that it holds.
fn collect<'a>(api: &'a Api, schema: &Schema, rules: &mut Rules<'a>) {
    match &schema.shape {
        Shape::Array(item) | Shape::Map(item) => collect(api, item, rules),
        Shape::Named(name) => {
            if let Some(TypeKind::Struct(shape)) = api.types.get(name).map(|def| &def.kind) {
                rules.extend(shape.rules.iter().map(|rule| (rule.id.as_str(), rule)));
                shape.fields.iter().for_each(|field| collect(api, &field.schema, rules));
            }
        }
        _ => {}
    }
}
