//! What validation costs: compiled checks and rules of the largest example, and the interpreter of
//! `cel` on the same rules. Out: times of criterion.

use std::{fs, hint::black_box};

use codegen::load;
use conformance::{interpreter::Interpreter, repo};
use criterion::{Criterion, criterion_group, criterion_main};
use huaweicloud_dcs::{Validate as _, types::CreateInstanceBody};
use serde_json::Value;

fn largest() -> Value {
    let folder = repo::root().join("generated/dcs/examples/create-instance");
    let texts = fs::read_dir(folder).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name()?.to_str()?;
        let is_request = name.ends_with(".json") && !name.starts_with("response-");
        is_request.then(|| fs::read(&path).unwrap())
    });
    serde_json::from_slice(&texts.max_by_key(Vec::len).unwrap()).unwrap()
}

fn rules(c: &mut Criterion) {
    let document = load::load(&repo::root().join("spec/dcs/dcs-v2.yaml")).unwrap();
    let api = codegen::model(&document).unwrap();
    let operation = api.operations.iter().find(|o| o.name.wire == "CreateInstance").unwrap();
    let schema = &operation.body.as_ref().unwrap().schema;
    let body: CreateInstanceBody = serde_json::from_value(largest()).unwrap();
    let json = serde_json::to_value(&body).unwrap();
    let interpreter = Interpreter::new(&api);
    let mut group = c.benchmark_group("largest example");
    group.bench_function("validate", |b| b.iter(|| black_box(&body).validate()));
    group.bench_function("interpreter", |b| {
        b.iter(|| interpreter.broken(schema, black_box(&json), &[]));
    });
    group.finish();
}

criterion_group!(benches, rules);
criterion_main!(benches);
