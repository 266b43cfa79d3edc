//! Pages in memory in, facts out: one page, and a set in parallel from the disk.

#![expect(clippy::unwrap_used, reason = "a benchmark of what fails measures nothing")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use transcribe::read;

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

criterion_group!(benches, one_page, folder);
criterion_main!(benches);
