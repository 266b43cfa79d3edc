//! `generate`: documents → output folders; `--check` compares, `--dump-model` prints the model.

use std::{
    io::Write as _,
    time::{Duration, Instant},
};

use codegen::{
    Error,
    config::{Config, Service},
    output::{self, Change, DriftKind, FileSet},
};

use super::{Outcome, document, print_problems, workspace};
use crate::screen::{Screen, complain};

/// What is to be written for one service.
struct Generated<'a> {
    service: &'a Service,
    files: FileSet,
    took: Duration,
}

/// Regenerates everything and prints one line per file that changed. Nothing is written unless
/// everything can be.
pub(crate) fn write(config: &Config, out: &mut Screen) -> anyhow::Result<Outcome> {
    let mut all = Vec::new();
    for service in &config.services {
        let start = Instant::now();
        if let Some(files) = files(config, service)? {
            all.push(Generated { service, files, took: start.elapsed() });
        }
    }
    if all.len() < config.services.len() || has_unowned_in_the_way(config, &all)? {
        return Ok(Outcome::Problems);
    }
    for Generated { service, files, took } in &all {
        let start = Instant::now();
        let changes = output::write(files, &config.root.join(&service.output))?;
        report(service, files, &changes, *took + start.elapsed(), out)?;
    }
    for Generated { service, .. } in &all {
        for (package, folder) in packages(service) {
            let manifest = config.root.join(&folder).join("Cargo.toml");
            if workspace::lacks(&config.root, &manifest) {
                complain(format_args!(
                    "warning: `{package}` is not in the workspace; add \"{folder}\" to `members` in \
                     Cargo.toml"
                ));
            }
        }
    }
    Ok(Outcome::Fine)
}

/// The packages of a service and their folders.
fn packages(service: &Service) -> Vec<(String, String)> {
    let Service { package, output, .. } = service;
    let client = (package.clone(), format!("{output}/client"));
    let server = service.server.then(|| (format!("{package}-server"), format!("{output}/server")));
    [client].into_iter().chain(server).collect()
}

/// Names every file that lies where a generated one would and is somebody's own.
fn has_unowned_in_the_way(config: &Config, all: &[Generated<'_>]) -> anyhow::Result<bool> {
    let mut has = false;
    for Generated { service, files, .. } in all {
        for path in output::unowned_in_the_way(files, &config.root.join(&service.output))? {
            has = true;
            complain(format_args!(
                "error: {}/{path} was not generated, and a generated file goes there; move it away",
                service.output
            ));
        }
    }
    if has {
        complain(format_args!("nothing was written"));
    }
    Ok(has)
}

fn report(
    service: &Service,
    files: &FileSet,
    changes: &[Change],
    took: Duration,
    out: &mut Screen,
) -> anyhow::Result<()> {
    let folder = &service.output;
    let mut changed = changes.len();
    for change in changes {
        match change {
            Change::Created(path) => writeln!(out, "created {folder}/{path}")?,
            Change::Updated(path) => writeln!(out, "updated {folder}/{path}")?,
            Change::Removed(path) => writeln!(out, "removed {folder}/{path}")?,
            Change::Unowned(path) => {
                changed -= 1;
                complain(format_args!(
                    "warning: {folder}/{path} was not generated; move it elsewhere"
                ));
            }
        }
    }
    let (count, seconds) = (files.paths().count(), took.as_secs_f64());
    writeln!(out, "{folder}: {count} files, {changed} changed, {seconds:.2} s")?;
    Ok(())
}

/// Lists every difference between the disk and what would be generated; writes nothing.
pub(crate) fn check(config: &Config, out: &mut Screen) -> anyhow::Result<Outcome> {
    let (mut has_problems, mut has_drift) = (false, false);
    for service in &config.services {
        let Some(files) = files(config, service)? else {
            has_problems = true;
            continue;
        };
        let folder = &service.output;
        for drift in output::drift(&files, &config.root.join(folder))? {
            has_drift = true;
            let path = drift.path;
            match drift.kind {
                DriftKind::Missing => writeln!(out, "missing {folder}/{path}")?,
                DriftKind::Orphaned => writeln!(out, "orphaned {folder}/{path}")?,
                DriftKind::Stale { diff } => writeln!(out, "stale {folder}/{path}\n{diff}")?,
            }
        }
    }
    if has_drift {
        complain(format_args!(
            "generated files differ; run `cargo xtask generate` and review what changed"
        ));
    }
    Ok(match (has_problems, has_drift) {
        (true, _) => Outcome::Problems,
        (false, true) => Outcome::Drift,
        (false, false) => Outcome::Fine,
    })
}

/// Prints the model of each document; several are a YAML stream.
pub(crate) fn dump(config: &Config, out: &mut Screen) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    for service in &config.services {
        let model = document(config, service).map(|document| match service.draft {
            true => codegen::draft_model(&document).map(|(_, api)| api),
            false => codegen::model(&document),
        });
        match model {
            Some(Ok(api)) => {
                if config.services.len() > 1 {
                    writeln!(out, "---\n# {}", service.document)?;
                }
                write!(out, "{}", codegen::dump(&api)?)?;
            }
            Some(Err(problems)) => {
                print_problems(service, &problems);
                outcome = Outcome::Problems;
            }
            None => outcome = Outcome::Problems,
        }
    }
    Ok(outcome)
}

/// What a service's document gives; its problems are printed.
fn files(config: &Config, service: &Service) -> anyhow::Result<Option<FileSet>> {
    let Some(document) = document(config, service) else { return Ok(None) };
    let generated = match service.draft {
        true => codegen::generate_draft(&document, service).map(|(files, gaps)| {
            complain(format_args!("{} is a draft: {gaps}", service.document));
            files
        }),
        false => codegen::generate(&document, service),
    };
    match generated {
        Ok(files) => Ok(Some(files)),
        Err(Error::Document(problems)) => {
            print_problems(service, &problems);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
