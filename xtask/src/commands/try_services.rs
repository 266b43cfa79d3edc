//! `try-services PACKAGE…`: is each of the vendor's packages read, generated and built? In: wheels, or folders that
//! they unpack to. Out: a line for each API version of each, and below `target/try-services` what was made.
//!
//! What is made are drafts with the vendor's sentences: for trying out, and never to be committed.

mod attempt;
mod build;
mod record;
mod table;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use codegen::{config::Config, load, payload};
use transcribe::read::package;

use super::{Outcome, package_document::service_name, write};
use crate::screen::{Screen, complain};
use attempt::{Attempt, Ended, Extent};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The vendor's Python packages: wheels, or the folders that they unpack to.
    #[arg(required_unless_present = "table", value_name = "PACKAGE")]
    packages: Vec<PathBuf>,
    /// Only read and generate; build nothing.
    #[arg(long)]
    no_build: bool,
    /// List what was refused and every problem, not only how many there are.
    #[arg(short, long)]
    verbose: bool,
    /// Then write a table of all that was tried so far, in this run and in others.
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
}

pub(crate) fn run(
    config: &Config,
    arguments: &Arguments,
    out: &mut Screen,
) -> anyhow::Result<Outcome> {
    let folder = build::Folder::new(&config.root)?;
    let mut extents = Vec::new();
    for path in &arguments.packages {
        let shown = path.display();
        let name = service_name(path).with_context(|| {
            format!("{shown} is not a package of the vendor's; give huaweicloudsdk….whl")
        })?;
        let versions = package::api_versions(path);
        if versions.is_empty() {
            extents.push(Extent::Failed);
            writeln!(out, "{name}: failed to read: {shown} has no API version with a client")?;
        }
        for version in &versions {
            let attempt = Attempt { path, service: &name, version, folder: &folder };
            let ended = attempt.run(!arguments.no_build);
            extents.push(ended.extent());
            ended.record(&name, version).keep(&folder.results())?;
            writeln!(out, "{name} {version}: {ended}")?;
            out.flush()?;
            if arguments.verbose {
                details(&ended);
            }
        }
    }
    if let Some(file) = &arguments.table {
        write_table(config, &folder, file)?;
    }
    if arguments.packages.is_empty() {
        return Ok(Outcome::Fine);
    }
    let count = |wanted| extents.iter().filter(|extent| **extent == wanted).count();
    let (tried, whole) = (extents.len(), count(Extent::Whole));
    let (part, failed) = (count(Extent::Part), count(Extent::Failed));
    writeln!(out, "{tried} tried: {whole} whole, {part} in part, {failed} failed")?;
    Ok(if tried == whole { Outcome::Fine } else { Outcome::Problems })
}

fn write_table(config: &Config, folder: &build::Folder, file: &Path) -> anyhow::Result<()> {
    let records = record::all(&folder.results())?;
    let mut committed = table::Committed::new();
    for service in &config.services {
        let stem = Path::new(&service.document).file_stem().and_then(|stem| stem.to_str());
        let Some((name, version)) = stem.and_then(|stem| stem.rsplit_once('-')) else { continue };
        let document = load::load(&config.root.join(&service.document))
            .map_err(|problem| anyhow::anyhow!("{}: {problem}", service.document))?;
        let count = payload::operations(&document).len();
        committed.insert((name.to_owned(), version.to_owned()), count);
    }
    write::create(file, &table::text(&records, &committed))
        .with_context(|| format!("cannot write {}", file.display()))
}

fn details(ended: &Ended) {
    for line in &ended.details {
        complain(format_args!("  {line}"));
    }
}
