//! Pages and packages in, facts out: one page in memory, a set of pages in parallel from the disk, and packages of
//! a few operations and of many, whose cost per operation must not grow.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark of what fails measures nothing"
)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use transcribe::read::{
    self,
    package::{Selection, package},
};

#[expect(dead_code, reason = "tests use the rest")]
#[path = "../tests/package/render.rs"]
mod library;
#[path = "../tests/support/render.rs"]
mod render;
#[path = "../tests/support/sample.rs"]
mod sample;

fn one_page(criterion: &mut Criterion) {
    let (text, expected) = render::render(&sample::page(1));
    let reading = read::page(&expected.file, text.as_bytes());
    assert_eq!((reading.page.as_ref(), reading.refused.len()), (Some(&expected), 0));
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("page", |bencher| {
        bencher.iter(|| read::page("page.md", black_box(text.as_bytes())));
    });
    group.finish();
}

#[expect(clippy::disallowed_methods, reason = "a bench makes its own files")]
fn folder(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..200 {
        let (text, page) = render::render(&sample::page(number));
        std::fs::write(folder.path().join(page.file), text).unwrap();
    }
    assert_eq!(
        read::files(&[folder.path()]).iter().filter(|read| read.page.is_some()).count(),
        200
    );
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(200));
    group.bench_function("folder of 200 pages", |bencher| {
        bencher.iter(|| read::files(black_box(&[folder.path()])));
    });
    group.finish();
}

/// A package with so many operations, each with a request, a body, a response and a part of it.
fn shelf(operations: usize) -> library::Package {
    let text = "**参数解释**： 名称。 **约束限制**： 不涉及。 **取值范围**： 4-64个字符。 **默认取值**： 不涉及。";
    let fields = |of: &str| {
        let mut fields: Vec<_> =
            (0..12).map(|i| library::field(&format!("field_{i}"), "str", text)).collect();
        fields.push(library::field("parts", of, text));
        fields
    };
    let mut shelf = library::Package::default();
    for number in 0..operations {
        let id = format!("ShowBook{number}");
        let call = format!("POST /v1/books{number}/{{book_id}}");
        let part = format!("list[{id}Part]");
        shelf.operations.push(library::operation(
            &id,
            &call,
            &["path:book_id", "query:limit", "body"],
        ));
        let body = format!("{id}RequestBody");
        let request = vec![
            library::field("book_id!", "str", text),
            library::field("limit", "int", "每页显示的条目数量。最小值：1，最大值：100"),
            library::field("body!", &body, ""),
        ];
        shelf.models.extend([
            library::model(&format!("{id}Request"), request),
            library::model(&body, fields(&part)),
            library::model(&format!("{id}Response"), fields(&part)),
            library::model(&format!("{id}Part"), fields("list[str]")),
        ]);
    }
    shelf
}

fn packages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read package");
    group.sample_size(10);
    for operations in [35, 140, 560] {
        let (_folder, path) = library::folder(&shelf(operations).modules());
        let reading = package(&path, &Selection::default());
        assert_eq!((reading.pages.len(), reading.refused.len()), (operations, 0));
        group.throughput(Throughput::Elements(operations as u64));
        group.bench_function(BenchmarkId::from_parameter(operations), |bencher| {
            bencher.iter(|| package(black_box(&path), &Selection::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, one_page, folder, packages);
criterion_main!(benches);
