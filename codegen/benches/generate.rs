//! How long everything takes for documents of several sizes, stage by stage. In: documents of numbered copies of a
//! few shapes, with a tag for each twenty operations. Out: times of criterion, of which those for one operation are to
//! be alike.

#![expect(clippy::unwrap_used, reason = "a benchmark of what fails measures nothing")]

use std::{fmt::Write as _, hint::black_box};

use codegen::{config::Service, emit, format, load, load::Document, lower, passes, validate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SIZES: [usize; 3] = [61, 300, 1000];

/// So many operations have one tag.
const OF_TAG: usize = 20;

const HEAD: &str = "openapi: 3.0.3
info: { title: Large, version: v1, description: Many operations. }
servers: [{ url: \"https://large.example.com\" }]
";

/// A tag for each of so many operations.
fn tags(operations: usize) -> String {
    let tags = 0..operations.div_ceil(OF_TAG);
    tags.map(|tag| format!("  - {{ name: Tag{tag}, description: Some. }}\n")).collect()
}

fn text(operations: usize) -> String {
    let mut paths = format!("{HEAD}tags:\n{}paths:\n", tags(operations));
    let mut schemas = String::from("components:\n  schemas:\n");
    for n in 0..operations {
        let tag = n / OF_TAG;
        let _ = write!(
            paths,
            r##"  /v1/{{project_id}}/things{n}/{{id}}:
    put:
      operationId: UpdateThing{n}
      tags: [Tag{tag}]
      summary: Updates thing {n}
      description: Updates the thing of kind {n}.
      parameters:
        - {{ name: project_id, in: path, required: true, description: The project., schema: {{ type: string }}, x-client-parameter: true }}
        - {{ name: id, in: path, required: true, description: The thing., schema: {{ type: string }}, example: a }}
        - {{ name: limit, in: query, description: How many., schema: {{ type: integer, format: int32, minimum: 1 }} }}
      requestBody:
        required: true
        content:
          application/json:
            schema: {{ $ref: "#/components/schemas/Thing{n}" }}
            examples:
              small: {{ summary: A small thing, value: {{ name: abcd, mode: fast, parts: [ {{ key: k }} ] }} }}
      responses:
        "200":
          description: The thing.
          content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/Thing{n}" }} }} }}
        "400":
          description: It was refused.
          content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/Part{n}" }} }} }}
"##
        );
        let _ = write!(
            schemas,
            r##"    Thing{n}:
      type: object
      description: A thing of kind {n}.
      required: [name, mode]
      properties:
        name: {{ type: string, description: Its name., minLength: 4, maxLength: 64, pattern: "^[a-z]+$" }}
        mode: {{ title: Mode{n}, type: string, description: How it works., enum: [fast, slow] }}
        port: {{ type: integer, format: int32, description: Its port., minimum: 1, maximum: 65535, default: 80 }}
        size: {{ type: number, format: double, description: Its size in GB. }}
        on: {{ type: boolean, description: Whether it runs. }}
        labels: {{ type: object, description: Its labels., additionalProperties: {{ type: string }} }}
        parts:
          type: array
          description: What it is made of.
          items: {{ $ref: "#/components/schemas/Part{n}" }}
    Part{n}:
      type: object
      description: A part of a thing of kind {n}.
      required: [key]
      properties:
        key: {{ type: string, description: Its key., maxLength: 36 }}
        value: {{ type: string, description: Its value., maxLength: 43 }}
"##
        );
    }
    paths + &schemas
}

fn service() -> Service {
    Service {
        document: "spec/large.yaml".to_owned(),
        package: "large-client".to_owned(),
        output: "generated".to_owned(),
        version: "0.1.0".to_owned(),
        keywords: Vec::new(),
        server: false,
        draft: false,
        notes: Default::default(),
    }
}

fn generate(c: &mut Criterion) {
    SIZES.into_iter().for_each(|operations| stages(c, operations));
}

fn stages(c: &mut Criterion, operations: usize) {
    let (text, service) = (text(operations), service());
    let load = |text: &str| -> Document { load::parse("large.yaml", text).unwrap() };
    let document = load(&text);
    assert!(validate::validate(&document).is_empty());
    let mut group = c.benchmark_group(format!("{operations} operations"));
    group.sample_size(10);
    group.throughput(Throughput::Elements(operations as u64));
    group.bench_function("load", |b| b.iter(|| load(black_box(&text))));
    group.bench_function("validate", |b| b.iter(|| validate::validate(black_box(&document))));
    group.bench_function("lower and passes", |b| {
        b.iter(|| {
            let mut api = lower::lower(black_box(&document)).unwrap();
            passes::run_passes(&mut api);
            api
        });
    });
    let api = codegen::model(&document).unwrap();
    group.bench_function("emit", |b| {
        b.iter(|| emit::emit(&document, black_box(&api), &service).unwrap())
    });
    group.bench_function("emit and format", |b| {
        b.iter(|| {
            let mut files = emit::emit(&document, black_box(&api), &service).unwrap();
            format::format(&mut files).unwrap();
            files
        });
    });
    group.bench_function("everything", |b| {
        b.iter(|| codegen::generate(&load(black_box(&text)), &service).unwrap());
    });
    group.finish();
}

criterion_group!(benches, generate);
criterion_main!(benches);
