//! `generate`: documents → output folders; `--check` compares, `--dump-model` prints the model.

use std::{path::Path, time::Instant};

use codegen::{
    Error,
    config::Service,
    output::{self, Change, DriftKind, FileSet},
};

use super::{Outcome, document, print_problems, services};

/// Regenerates everything and prints a line a file that changed.
pub(crate) fn write(config: &Path) -> anyhow::Result<Outcome> {
    for service in &services(config)? {
        let start = Instant::now();
        let Some(files) = files(service)? else { return Ok(Outcome::Problems) };
        let changes = output::write(&files, Path::new(&service.output))?;
        for change in &changes {
            match change {
                Change::Created(path) => println!("created {}/{path}", service.output),
                Change::Updated(path) => println!("updated {}/{path}", service.output),
                Change::Removed(path) => println!("removed {}/{path}", service.output),
                Change::Foreign(path) => {
                    eprintln!(
                        "warning: {}/{path} was not generated; move it elsewhere",
                        service.output
                    );
                }
            }
        }
        println!(
            "{}: {} files, {} changed, {:.2} s",
            service.output,
            files.paths().count(),
            changes.iter().filter(|change| !matches!(change, Change::Foreign(_))).count(),
            start.elapsed().as_secs_f64()
        );
    }
    Ok(Outcome::Fine)
}

/// Lists every difference between the disk and what would be generated; writes nothing.
pub(crate) fn check(config: &Path) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    for service in &services(config)? {
        let Some(files) = files(service)? else { return Ok(Outcome::Problems) };
        for drift in output::drift(&files, Path::new(&service.output))? {
            outcome = Outcome::Drift;
            match drift.kind {
                DriftKind::Missing => println!("missing {}/{}", service.output, drift.path),
                DriftKind::Orphaned => println!("orphaned {}/{}", service.output, drift.path),
                DriftKind::Stale { diff } => {
                    println!("stale {}/{}\n{diff}", service.output, drift.path);
                }
            }
        }
    }
    if matches!(outcome, Outcome::Drift) {
        eprintln!("generated files differ; run `cargo xtask generate` and review what changed");
    }
    Ok(outcome)
}

/// Prints the model of each document.
pub(crate) fn dump(config: &Path) -> anyhow::Result<Outcome> {
    for service in &services(config)? {
        let Some(document) = document(service) else { return Ok(Outcome::Problems) };
        match codegen::model(&document) {
            Ok(api) => print!("{}", codegen::dump(&api)?),
            Err(problems) => {
                print_problems(service, &problems);
                return Ok(Outcome::Problems);
            }
        }
    }
    Ok(Outcome::Fine)
}

/// What a service's document gives; its problems are printed.
fn files(service: &Service) -> anyhow::Result<Option<FileSet>> {
    let Some(document) = document(service) else { return Ok(None) };
    match codegen::generate(&document, service) {
        Ok(files) => Ok(Some(files)),
        Err(Error::Document(problems)) => {
            print_problems(service, &problems);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
